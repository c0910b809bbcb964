import { noisyResponse } from "../../physics/frequency-noise.ts";
import type { JointBlock } from "./joint-problem.ts";

/** A complex reflection or transmission under drive, normalised to the qubit-off line, physics sign. */
export interface ScatteringPoint {
  /** Drive frequency, rad/s. */
  readonly omega: number;
  /** W, where it is stated. */
  readonly power: number;
  readonly re: number;
  readonly im: number;
  /** One standard deviation of each quadrature. */
  readonly sigma: number;
}

/**
 * What a saturation sweep knows by itself (`physics/saturation.ts`); `offset` = resonance minus a reference frequency, rad/s; `variance` = that of a
 * quasi-static Gaussian frequency noise, (rad/s)^2 (`physics/frequency-noise.ts`): the law is linear in it where it is small.
 */
export const SWEEP_NAMES = ["amplitude", "gamma2", "k", "offset", "variance"] as const;

/** Derivatives by sigma are taken at this share of gamma2 where there is no noise: d/d(sigma^2) = (1/2 sigma) d/d sigma stays finite. */
const NEARLY_NONE = 1e-7;

/** The averaged line at one point with sigma turned into its square. */
function responseAt(gamma2: number, k: number, resonance: number, variance: number, omega: number, power: number) {
  const sigma = Math.max(Math.sqrt(Math.max(variance, 0)), NEARLY_NONE * gamma2);
  const line = noisyResponse({ gamma2, k, resonance }, sigma, omega, power);
  return { ...line, perVariance: 1 / (2 * sigma) };
}

/** Error of the qubit-off reference at one frequency, relative to its size: the same at every power. */
export interface ReferenceNames {
  readonly re: string;
  readonly im: string;
}

/**
 * `1 - S` at every point, real and imaginary part, with the parameters of `SWEEP_NAMES`.
 * @param reference frequency that `offset` counts from, rad/s: near the resonance.
 * @param common two more parameters a, b: the points were all divided by a reference that was off, S = S_law (1 + a + ib).
 */
export function scatteringBlock(name: string, points: readonly ScatteringPoint[], reference: number, common?: ReferenceNames): JointBlock {
  const m = 2 * points.length;
  return {
    name,
    points: m,
    parameters: [...SWEEP_NAMES, ...(common ? [common.re, common.im] : [])],
    evaluate(p, residual, jacobian) {
      const [amplitude, gamma2, k, offset, variance] = p as unknown as [number, number, number, number, number];
      const [a, b] = common ? [p[5]!, p[6]!] : [0, 0];
      let sum = 0;
      for (const [i, { omega, power, re, im, sigma }] of points.entries()) {
        const { extinction: x, extinctionBy, perVariance } = responseAt(gamma2, k, reference + offset, variance, omega, power);
        const s = { re: 1 - amplitude * x.re, im: -amplitude * x.im };
        residual[2 * i] = (s.re * (1 + a) - s.im * b - re) / sigma;
        residual[2 * i + 1] = (s.im * (1 + a) + s.re * b - im) / sigma;
        sum += residual[2 * i]! ** 2 + residual[2 * i + 1]! ** 2;
        const put = (j: number, dRe: number, dIm: number) => {
          jacobian[j * m + 2 * i] = dRe / sigma;
          jacobian[j * m + 2 * i + 1] = dIm / sigma;
        };
        const byLaw = (j: number, dRe: number, dIm: number) => put(j, -(dRe * (1 + a) - dIm * b), -(dIm * (1 + a) + dRe * b));
        byLaw(0, x.re, x.im);
        for (let j = 0; j < 4; j++) {
          const size = amplitude * (j === 3 ? perVariance : 1);
          byLaw(j + 1, size * extinctionBy[j]!.re, size * extinctionBy[j]!.im);
        }
        if (!common) continue;
        put(5, s.re, s.im);
        put(6, -s.im, s.re);
      }
      return sum / 2;
    },
  };
}

/** A population under drive as it was read. */
export interface PopulationPoint {
  readonly omega: number;
  readonly power: number;
  readonly read: number;
  readonly sigma: number;
  /** Counts behind the value: binomial likelihood; NaN: normal noise `sigma`. */
  readonly shots: number;
}

/** Parameters of a read population; `gap`: s between the end of the drive and the readout. */
export const READ_NAMES = ["gamma2", "k", "offset", "variance", "n_eq", "gamma1_total", "p1_given_0", "p0_given_1", "gap"] as const;

/**
 * `p = e0 + (1 - e0 - e1) n`, `n = n_eq + (1 - 2 n_eq) <S/(1+S)>/2 exp(-G1tot gap)`, with the parameters of `READ_NAMES`.
 * @param thermal the levels behind e0 and e1 were prepared from the thermal state: n = <S/(1+S)>/2 exp(-G1tot gap) (PHYSICS.md sec. 1).
 */
export function populationBlock(name: string, points: readonly PopulationPoint[], reference: number, thermal = false): JointBlock {
  const m = points.length;
  return {
    name,
    points: m,
    parameters: READ_NAMES,
    evaluate(p, residual, jacobian) {
      const [gamma2, k, offset, variance, own, total, e0, e1, gap] = p as unknown as number[] &
        [number, number, number, number, number, number, number, number, number];
      const nEq = thermal ? 0 : own;
      const fidelity = 1 - e0 - e1;
      const left = Math.exp(-total * gap);
      const polarisation = ((1 - 2 * nEq) * left) / 2;
      let sum = 0;
      for (const [i, point] of points.entries()) {
        const { saturated, saturatedBy, perVariance } = responseAt(gamma2, k, reference + offset, variance, point.omega, point.power);
        const n = nEq + polarisation * saturated;
        const value = e0 + fidelity * n;
        const noise = noiseAt(point, value);
        if (!noise) return Number.POSITIVE_INFINITY;
        residual[i] = noise.residual;
        sum += noise.deviance;
        const w = noise.weight;
        const bySaturated = fidelity * polarisation * w;
        for (let j = 0; j < 4; j++) jacobian[j * m + i] = bySaturated * saturatedBy[j]! * (j === 3 ? perVariance : 1);
        jacobian[4 * m + i] = thermal ? 0 : w * fidelity * (1 - left * saturated);
        jacobian[5 * m + i] = -gap * bySaturated * saturated;
        jacobian[6 * m + i] = w * (1 - n);
        jacobian[7 * m + i] = -w * n;
        jacobian[8 * m + i] = -total * bySaturated * saturated;
      }
      return sum / 2;
    },
  };
}

/** Counts: maximum likelihood with the law's own variance, so that weights taken from the data do not pull the law (PHYSICS.md sec. 2). */
function noiseAt({ read, sigma, shots }: PopulationPoint, value: number) {
  if (!(shots > 0)) {
    const residual = (value - read) / sigma;
    return { residual, weight: 1 / sigma, deviance: residual * residual };
  }
  if (!(value > 0 && value < 1)) return undefined;
  const weight = Math.sqrt(shots / (value * (1 - value)));
  const term = (x: number, of: number) => (x > 0 ? x * Math.log(x / of) : 0);
  const deviance = 2 * shots * (term(read, value) + term(1 - read, 1 - value));
  return { residual: weight * (value - read), weight, deviance };
}

/** A point of the total output power: what is lost over what is sent in, `(P_in - P_out)/P_in`. */
export interface LossPoint {
  readonly omega: number;
  readonly power: number;
  readonly loss: number;
  readonly sigma: number;
}

const LOSS_NAMES = ["gamma2", "k", "offset", "variance", "n_eq", "gamma_nr", "n_nr", "photons"] as const;

/**
 * `(P_in - P_out)/P_in = Gnr [(1 + 2 n_nr) n_e - n_nr]/F` (PHYSICS.md sec. 1, estimator 3), `F = photons P w_0/w_d` the incident photons per second
 * (`photons` = power ratio of the line over hbar w_0).
 */
export function lossBlock(name: string, points: readonly LossPoint[], reference: number): JointBlock {
  const m = points.length;
  return {
    name,
    points: m,
    parameters: LOSS_NAMES,
    evaluate(p, residual, jacobian) {
      const [gamma2, k, offset, variance, nEq, gnr, nnr, photons] = p as unknown as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      let sum = 0;
      for (const [i, { omega, power, loss, sigma }] of points.entries()) {
        const { saturated, saturatedBy, perVariance } = responseAt(gamma2, k, reference + offset, variance, omega, power);
        const flux = (photons * power * reference) / omega;
        const n = nEq + ((1 - 2 * nEq) / 2) * saturated;
        const emitted = (1 + 2 * nnr) * n - nnr;
        const value = (gnr * emitted) / flux;
        residual[i] = (value - loss) / sigma;
        sum += residual[i]! ** 2;
        const byN = (gnr * (1 + 2 * nnr)) / flux / sigma;
        for (let j = 0; j < 4; j++) jacobian[j * m + i] = byN * ((1 - 2 * nEq) / 2) * saturatedBy[j]! * (j === 3 ? perVariance : 1);
        jacobian[4 * m + i] = byN * (1 - saturated);
        jacobian[5 * m + i] = emitted / flux / sigma;
        jacobian[6 * m + i] = (gnr * (2 * n - 1)) / flux / sigma;
        jacobian[7 * m + i] = -value / photons / sigma;
      }
      return sum / 2;
    },
  };
}
