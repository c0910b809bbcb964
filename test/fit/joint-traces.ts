import type { Random } from "../../src/core/random.ts";
import { fitJointDecays, type JointDecayOptions } from "../../src/fit/joint/decays.ts";
import { fitLaw } from "../../src/fit/law-fit.ts";
import { exponential } from "../../src/fit/models/exponential.ts";
import type { Signal } from "../../src/fit/signal-type.ts";

export const RATE = 5e4;
export const ERRORS = { oneGivenZero: 0.02, zeroGivenOne: 0.05 } as const;
export const SHOTS = 1000;
/** Four calibration points of each level, with the shots of a trace's point. */
export const CALIBRATION = 4 * SHOTS;

/** Traces of binomial counts read with `ERRORS`, from n = 1 to n = 0. */
export function traces(count: number, points: number, source: Random, rate = RATE): Signal[] {
  const t = Float64Array.from({ length: points }, (_, i) => (i * 5) / RATE / (points - 1));
  const fidelity = 1 - ERRORS.oneGivenZero - ERRORS.zeroGivenOne;
  return Array.from({ length: count }, () => ({
    t,
    y: t.map((v) => source.binomial(SHOTS, ERRORS.oneGivenZero + fidelity * Math.exp(-rate * v)) / SHOTS),
    noise: { type: "binomial", shots: new Float64Array(points).fill(SHOTS) },
    unit: "1",
  }));
}

export function calibration(source: Random) {
  return {
    oneGivenZero: { wrong: source.binomial(CALIBRATION, ERRORS.oneGivenZero), shots: CALIBRATION },
    zeroGivenOne: { wrong: source.binomial(CALIBRATION, ERRORS.zeroGivenOne), shots: CALIBRATION },
  };
}

/** What is usual: every trace between the calibrated levels as if they were exact, errors of the rates averaged down. */
export function usualMean(signals: readonly Signal[], { oneGivenZero, zeroGivenOne }: ReturnType<typeof calibration>) {
  const [e0, e1] = [oneGivenZero.wrong / oneGivenZero.shots, zeroGivenOne.wrong / zeroGivenOne.shots];
  let [value, variance] = [0, 0];
  for (const s of signals) {
    const fit = fitLaw(exponential, s, [1 - e0 - e1, RATE, e0], [true, false, true]);
    value += fit.p[1]! / signals.length;
    variance += fit.covariance[4]! / signals.length ** 2;
  }
  return { value, sigma: Math.sqrt(variance) };
}

/** How often the interval of the mean rate holds the truth: both ways of using the calibration, and the usual one. */
export function meanCoverage(count: number, points: number, trials: number, source: Random) {
  const inside = { together: 0, calibration: 0, usual: 0 };
  const holds = (r: { value: number; sigma: number }) => (Math.abs(r.value - RATE) < r.sigma ? 1 / trials : 0);
  for (let k = 0; k < trials; k++) {
    const signals = traces(count, points, source);
    const readout = calibration(source);
    for (const levels of ["together", "calibration"] as const) {
      const { mean } = fitJointDecays(signals, { readout, levels } satisfies JointDecayOptions);
      if (mean) inside[levels] += holds(mean);
    }
    inside.usual += holds(usualMean(signals, readout));
  }
  return inside;
}
