import type { Complex } from "./complex.ts";

/** A bath that the qubit couples to: zero-temperature rate, 1/s, and thermal occupation at the qubit frequency. */
export interface Bath {
  readonly gamma: number;
  readonly n: number;
}

/** Rates of a two-level system, 1/s (PHYSICS.md sec. 0). Dephasing has the dissipator (gammaPhi/2) D[sigma_z]; Paper I writes gammaPhi D[sigma_z]. */
export interface Rates {
  readonly down: number;
  readonly up: number;
  /** down + up = 1/T1. */
  readonly total: number;
  /** total/2 + gammaPhi: decay rate of the coherence. */
  readonly gamma2: number;
  /** Equilibrium population up/total. */
  readonly nEq: number;
  /** Equilibrium polarisation -(1 - 2 nEq). */
  readonly zEq: number;
}

/** `down = sum Gk(1+nk)`, `up = sum Gk nk` over the baths, and pure dephasing `gammaPhi` (1/s). */
export function ratesOf(baths: readonly Bath[], gammaPhi: number): Rates {
  let zero = 0;
  let up = 0;
  for (const b of baths) {
    zero += b.gamma;
    up += b.gamma * b.n;
  }
  const down = zero + up;
  const total = down + up;
  // -(down - up)/total without the cancellation of 1 - 2 up/total.
  return { down, up, total, gamma2: total / 2 + gammaPhi, nEq: up / total, zEq: -zero / total };
}

/** Drive strength `omega` (Rabi rate, rad/s) and detuning `delta = w_d - w_q`, rad/s. */
export interface Drive {
  readonly omega: number;
  readonly delta: number;
}

/** Steady state in the frame of the drive. */
export interface SteadyState {
  /** `S = omega^2/(G1tot G2)/(1 + (delta/G2)^2)`. */
  readonly saturation: number;
  /** `<sigma_z> = zEq/(1+S)`. */
  readonly z: number;
  /** `(1+z)/2`. */
  readonly population: number;
  /** `n_e - n_eq = (1 - 2 n_eq) S/(2(1+S))`, without cancellation. */
  readonly excess: number;
  /** `<sigma_-> = i (omega/2) z/(G2 - i delta)`. */
  readonly sigmaMinus: Complex;
}

/** Exact steady state of a driven two-level system in the rotating-wave approximation (Bloch equations; PHYSICS.md sec. 0). */
export function steadyState(rates: Rates, drive: Drive): SteadyState {
  const { omega, delta } = drive;
  const saturation = saturationParameter(rates, drive);
  const z = rates.zEq / (1 + saturation);
  const excess = (-rates.zEq * saturation) / (2 * (1 + saturation));
  const d = rates.gamma2 * rates.gamma2 + delta * delta;
  const amplitude = (omega / 2) * z;
  // i (G2 + i delta)/d = (-delta + i G2)/d
  return {
    saturation,
    z,
    population: rates.nEq + excess,
    excess,
    sigmaMinus: { re: (-amplitude * delta) / d, im: (amplitude * rates.gamma2) / d },
  };
}

/** `S = omega^2/(G1tot G2)/(1 + (delta/G2)^2)`. */
export function saturationParameter(rates: Pick<Rates, "total" | "gamma2">, drive: Drive): number {
  const r = drive.delta / rates.gamma2;
  return (drive.omega * drive.omega) / (rates.total * rates.gamma2) / (1 + r * r);
}

/** Rabi rate, rad/s, that makes a saturation parameter at detuning `delta` (rad/s): `Omega^2 = S G1tot G2 (1 + (Delta/G2)^2)`, the inverse of it. */
export function rabiOfSaturation({ total, gamma2 }: Pick<Rates, "total" | "gamma2">, saturation: number, delta: number): number {
  return Math.sqrt(saturation * total * gamma2 * (1 + (delta / gamma2) ** 2));
}

/** Work of the drive over hbar w_d, 1/s: `G1tot (n_e - n_eq)`, exact in the RWA for every drive, detuning, dephasing and temperature (Paper I eq 2). */
export function workFlux(rates: Rates, drive: Drive): number {
  return rates.total * steadyState(rates, drive).excess;
}
