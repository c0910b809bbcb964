/**
 * Scattering of a saturable two-level system against detuning and power in the three numbers that such data identify (PHYSICS.md sec. 1):
 * `1 - S = A (G2 + i D)/(G2^2 (1 + k P w_0/w_d) + D^2)`, `D = w_d - w_0` (a watt at w_d is 1/(hbar w_d) photons).
 * A = Gr|z_eq| (one port) or Gr|z_eq|/2 (two-sided), G2 the coherence rate, k the saturation per watt; all angular. Lorentzian dephasing.
 */
export interface SaturationLaw {
  /** 1/s. */
  readonly amplitude: number;
  /** 1/s. */
  readonly gamma2: number;
  /** 1/W: S = kP on resonance. */
  readonly k: number;
  /** Resonance, rad/s. */
  readonly resonance: number;
}

/** Real and imaginary part of `1 - S` (physics sign) at drive frequency w (rad/s) and power P (W). */
export function extinctionOf(law: SaturationLaw, omega: number, power: number): { readonly re: number; readonly im: number } {
  const d = omega - law.resonance;
  const denominator = law.gamma2 * law.gamma2 * (1 + (law.k * power * law.resonance) / omega) + d * d;
  return { re: (law.amplitude * law.gamma2) / denominator, im: (law.amplitude * d) / denominator };
}

/** Derivatives of re and im of `1 - S` with respect to amplitude, gamma2, k, resonance. */
export function extinctionGradient(law: SaturationLaw, omega: number, power: number) {
  const { amplitude: a, gamma2: g, k } = law;
  const d = omega - law.resonance;
  const photons = (power * law.resonance) / omega;
  const n = g * g * (1 + k * photons) + d * d;
  const byG = (2 * g * (1 + k * photons)) / n;
  const byK = (g * g * photons) / n;
  const byD = (2 * d - (g * g * k * power) / omega) / n;
  const re = (a * g) / n;
  const im = (a * d) / n;
  return {
    re: [g / n, a / n - re * byG, -re * byK, re * byD] as const,
    im: [d / n, -im * byG, -im * byK, -(a / n) + im * byD] as const,
  };
}

/** Saturation parameter `S = k P (w_0/w_d)/(1 + (D/G2)^2)`. */
export function saturationAt(law: SaturationLaw, omega: number, power: number): number {
  const r = (omega - law.resonance) / law.gamma2;
  return (law.k * power * law.resonance) / omega / (1 + r * r);
}
