import type { Complex } from "./complex.ts";
import { faddeeva } from "./faddeeva.ts";
import type { SaturationLaw } from "./saturation.ts";
import { type Drive, type Rates, saturationParameter } from "./two-level.ts";

/**
 * Quasi-static Gaussian noise of the qubit's frequency (1/f noise, charge parity), standard deviation `sigma` (rad/s): constant during a
 * lifetime, different from shot to shot. Steady state and scattering are those of the Bloch equations averaged over the detuning
 * (PHYSICS.md sec. 1, "Line shape"); everything follows from the average of `1/(width - i detuning)`, a Voigt line.
 */
export interface VoigtLine {
  /** `<1/(width - i (detuning + sigma x))>`, x normal, s. */
  readonly value: Complex;
  /** Its derivatives by width, detuning and sigma. */
  readonly byWidth: Complex;
  readonly byDetuning: Complex;
  readonly bySigma: Complex;
}

/** Beyond this |z| the asymptotic series has all digits; below it the recurrence of the derivatives loses at most four. */
const FAR = 8;
const TERMS = 18;

/** Average over the Gaussian, `sqrt(pi/2)/sigma w((detuning + i width)/(sigma sqrt 2))` with w the Faddeeva function; sigma = 0 is the Lorentzian. */
export function voigtLine(width: number, detuning: number, sigma: number): VoigtLine {
  const { value, first, second } =
    Math.hypot(width, detuning) >= FAR * Math.SQRT2 * sigma ? series(width, detuning, sigma) : closed(width, detuning, sigma);
  return {
    value,
    byWidth: first,
    // u = width - i detuning
    byDetuning: { re: first.im, im: -first.re },
    // Heat equation: d/d(sigma^2) = (1/2) d^2/d(detuning)^2 = -(1/2) d^2/du^2.
    bySigma: { re: -sigma * second.re, im: -sigma * second.im },
  };
}

/** Value and derivatives by `u = width - i detuning`. */
interface Derivatives {
  readonly value: Complex;
  readonly first: Complex;
  readonly second: Complex;
}

/** `sum_k (-1)^k (2k-1)!! sigma^(2k)/u^(2k+1)`. */
function series(width: number, detuning: number, sigma: number): Derivatives {
  const n = width * width + detuning * detuning;
  const inverse = { re: width / n, im: detuning / n };
  const square = { re: inverse.re ** 2 - inverse.im ** 2, im: 2 * inverse.re * inverse.im };
  let [re, im] = [inverse.re, inverse.im];
  const sum = [0, 0, 0, 0, 0, 0];
  for (let k = 0; k < TERMS; k++) {
    const a = 2 * k + 1;
    sum[0]! += re;
    sum[1]! += im;
    sum[2]! -= a * re;
    sum[3]! -= a * im;
    sum[4]! += a * (a + 1) * re;
    sum[5]! += a * (a + 1) * im;
    const factor = -a * sigma * sigma;
    [re, im] = [factor * (re * square.re - im * square.im), factor * (re * square.im + im * square.re)];
  }
  const product = (r: number, i: number, by: Complex) => ({ re: r * by.re - i * by.im, im: r * by.im + i * by.re });
  return { value: { re: sum[0]!, im: sum[1]! }, first: product(sum[2]!, sum[3]!, inverse), second: product(sum[4]!, sum[5]!, square) };
}

function closed(width: number, detuning: number, sigma: number): Derivatives {
  const unit = sigma * Math.SQRT2;
  const z = { re: detuning / unit, im: width / unit };
  const w = faddeeva(z);
  // w' = -2 z w + 2i/sqrt(pi), w'' = -2 w - 2 z w'.
  const d = { re: -2 * (z.re * w.re - z.im * w.im), im: -2 * (z.re * w.im + z.im * w.re) + 2 / Math.sqrt(Math.PI) };
  const dd = { re: -2 * (w.re + z.re * d.re - z.im * d.im), im: -2 * (w.im + z.re * d.im + z.im * d.re) };
  const scale = Math.sqrt(Math.PI / 2) / sigma;
  // dz/du = i/unit
  return {
    value: { re: scale * w.re, im: scale * w.im },
    first: { re: (-scale * d.im) / unit, im: (scale * d.re) / unit },
    second: { re: (-scale * dd.re) / unit ** 2, im: (-scale * dd.im) / unit ** 2 },
  };
}

/** Averages of a saturated line, and their derivatives by gamma2, k, resonance and sigma (`extinctionOf` and `saturationAt` without noise). */
export interface NoisyResponse {
  /** `<1 - S>/amplitude`, s, physics sign: times the amplitude Gr|z_eq| (two-sided: Gr|z_eq|/2). */
  readonly extinction: Complex;
  readonly extinctionBy: readonly [gamma2: Complex, k: Complex, resonance: Complex, sigma: Complex];
  /** `<S/(1+S)>`: the excess n_e - n_eq is |z_eq|/2 times it. */
  readonly saturated: number;
  readonly saturatedBy: readonly [gamma2: number, k: number, resonance: number, sigma: number];
}

/**
 * Mean extinction and mean saturation at drive frequency `omega` (rad/s) and power (W) under frequency noise `sigma` (rad/s):
 * `<1-S>/A = (G2/v) Re L + i Im L`, `<S/(1+S)> = (s G2^2/v) Re L`, with `s = kP w_0/w_d`, `v = G2 sqrt(1+s)`, L the Voigt line of width v.
 */
export function noisyResponse(law: Omit<SaturationLaw, "amplitude">, sigma: number, omega: number, power: number): NoisyResponse {
  const { gamma2, k, resonance } = law;
  const perK = (power * resonance) / omega;
  const s = k * perK;
  const root = Math.sqrt(1 + s);
  const { value, byWidth, byDetuning, bySigma } = voigtLine(gamma2 * root, omega - resonance, sigma);
  // Derivatives at fixed prefactor through width (d v/d gamma2 = root, d v/d s = gamma2/(2 root)) and detuning, and of the prefactors 1/root and s gamma2/root.
  const widthByS = gamma2 / (2 * root);
  const sByResonance = (k * power) / omega;
  const byS = {
    re: (byWidth.re * widthByS - value.re / (2 * root * root)) / root,
    im: byWidth.im * widthByS,
  };
  const saturated = (s * gamma2 * value.re) / root;
  const saturatedByS = (gamma2 / root) * (value.re * (1 - s / (2 * root * root)) + s * byWidth.re * widthByS);
  return {
    extinction: { re: value.re / root, im: value.im },
    extinctionBy: [
      { re: byWidth.re, im: byWidth.im * root },
      { re: byS.re * perK, im: byS.im * perK },
      { re: byS.re * sByResonance - byDetuning.re / root, im: byS.im * sByResonance - byDetuning.im },
      { re: bySigma.re / root, im: bySigma.im },
    ],
    saturated,
    saturatedBy: [
      saturated / gamma2 + s * gamma2 * byWidth.re,
      saturatedByS * perK,
      saturatedByS * sByResonance - (s * gamma2 * byDetuning.re) / root,
      (s * gamma2 * bySigma.re) / root,
    ],
  };
}

/** Excess population and extinction per zero-temperature coupling, averaged over frequency noise, from rates: `1 - S11 = Gr * extinction`. */
export function noisySteadyState(rates: Rates, drive: Drive, sigma: number): { readonly excess: number; readonly extinction: Complex } {
  const s = saturationParameter(rates, { omega: drive.omega, delta: 0 });
  const root = Math.sqrt(1 + s);
  const { value } = voigtLine(rates.gamma2 * root, drive.delta, sigma);
  return {
    excess: (-rates.zEq / 2) * ((s * rates.gamma2 * value.re) / root),
    extinction: { re: (-rates.zEq * value.re) / root, im: -rates.zEq * value.im },
  };
}
