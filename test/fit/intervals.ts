import { random } from "../../src/core/random.ts";
import { fitDecay } from "../../src/fit/decay-fit.ts";
import { parameterOf } from "../../src/fit/outcome.ts";
import { type Recipe, simulated } from "./traces.ts";

/** How often the 68 % interval and 1.96 sigma of the rate hold the truth, and the mean error in sigma. */
export function coverage(recipe: Recipe, rate: number, trials: number, seed: number) {
  const source = random(seed);
  let [inside, wide, pull, fitted] = [0, 0, 0, 0];
  for (let k = 0; k < trials; k++) {
    const g = parameterOf(fitDecay(simulated(recipe, source)).outcome, "gamma1_total");
    if (!g) continue;
    fitted++;
    if (g.low <= rate && rate <= g.high) inside++;
    if (Math.abs(g.value - rate) < 1.96 * g.sigma) wide++;
    pull += (g.value - rate) / g.sigma;
  }
  return { fitted, inside: inside / fitted, wide: wide / fitted, pull: pull / fitted };
}

const RATE = 5e4;
const law = (amplitude: number, offset: number) => (t: number) => offset + amplitude * Math.exp(-RATE * t);
const t = (n: number, inT1: number) => Float64Array.from({ length: n }, (_, i) => ((inT1 / RATE) * i) / (n - 1));

/** Few points, many points, cut-off windows, counts up to the very edge. */
export const COVERAGE_CASES: readonly (readonly [string, Recipe])[] = [
  ["12 points of unknown noise", { noise: "unknown", t: t(12, 5), law: law(0.9, 0.05), sigma: 0.03 }],
  ["51 points, window 1.5 T1", { noise: "unknown", t: t(51, 1.5), law: law(0.9, 0.05), sigma: 0.02 }],
  ["I and Q", { noise: "iq", t: t(51, 5), law: law(0.9, 0.05), sigma: 0.05 }],
  ["known sigma", { noise: "sigma", t: t(21, 5), law: law(0.9, 0.05), sigma: 0.03 }],
  ["200 shots", { noise: "binomial", t: t(21, 5), law: law(0.9, 0.05), shots: 200 }],
  ["200 shots from exactly 1 to exactly 0", { noise: "binomial", t: t(51, 5), law: law(1, 0), shots: 200 }],
];
export const COVERAGE_RATE = RATE;
