import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { degenerate } from "../../src/fit/degenerate.ts";
import { fitByLaw } from "../../src/fit/law.ts";
import { sigmaOf } from "../../src/fit/law-fit.ts";
import type { DecayModel } from "../../src/fit/model.ts";
import { DECAY_LAWS, type DecayLawName } from "../../src/fit/models/index.ts";
import { fitLawFrom } from "../../src/fit/multistart.ts";
import { counted, flatCounts, globalSearch, windowOf } from "./laws.ts";
import { delays } from "./traces.ts";

describe("the law's own starts reach the global minimum (200 seeds each, 1000 shots, 101 points)", () => {
  for (const [name, law] of Object.entries(DECAY_LAWS))
    for (const [k, p] of law.examples.entries())
      it(`${name}, example ${k}: in more than 98 %`, () => {
        const { global, notConverged } = globalSearch(law, p, 101, 1000, random(100 + k), 200);
        expect(notConverged).toBe(0);
        expect(global).toBeGreaterThan(0.98);
      });
});

interface Cover {
  readonly one: number;
  readonly two: number;
  /** Share of the fits that have a standard deviation of the rate. */
  readonly fitted: number;
  /** Share in which the data were said to be those of a simpler law. */
  readonly degenerate: number;
  /** Typical relative standard deviation. */
  readonly size: number;
}

/** How often one and two standard deviations of the quoted rate hold the truth. From the truth: the search is tested above. */
function cover(law: DecayModel, p: readonly number[], shots: number, seed: number, trials: number): Cover {
  const source = random(seed);
  const t = delays(101, windowOf(law, p));
  const truth = law.rate(p).value;
  let [one, two, fitted, simpler, size] = [0, 0, 0, 0, 0];
  for (let k = 0; k < trials; k++) {
    const fit = fitLawFrom(law, counted(law, p, t, shots, source), [p])?.fit;
    if (!fit) continue;
    if (degenerate(fit)) simpler++;
    const { value, gradient } = law.rate(fit.p);
    const sigma = sigmaOf(fit, gradient);
    if (!Number.isFinite(sigma)) continue;
    fitted++;
    size += sigma / truth;
    if (Math.abs(value - truth) < sigma) one++;
    if (Math.abs(value - truth) < 2 * sigma) two++;
  }
  return { one: one / fitted, two: two / fitted, fitted: fitted / trials, degenerate: simpler / trials, size: size / fitted };
}

const line = (what: string, c: Cover) =>
  `${what.padEnd(48)} 68.3: ${(100 * c.one).toFixed(1)}  95.4: ${(100 * c.two).toFixed(1)}  fitted ${(100 * c.fitted).toFixed(0)} %  simpler law ${(100 * c.degenerate).toFixed(0)} %  sigma ${(100 * c.size).toPrecision(2)} %`;

describe("coverage of the quoted rate by the covariance, 1000 shots, 2000 traces", () => {
  for (const [name, law] of Object.entries(DECAY_LAWS))
    for (const [k, p] of law.examples.slice(0, law.parameters.length > 5 ? 1 : 2).entries())
      it(`${name}, example ${k}: 68.3 +- 3 %, 95.4 +- 1.4 %`, () => {
        const c = cover(law, p, 1000, 7, 2000);
        console.log(line(`${name} ${k}`, c));
        expect(c.fitted).toBe(1);
        expect(Math.abs(c.one - 0.683)).toBeLessThan(0.03);
        expect(Math.abs(c.two - 0.954)).toBeLessThan(0.014);
      });
});

const HARD: readonly (readonly [string, DecayLawName, readonly number[], number, number])[] = [
  ["rates a factor 2 apart", "biexponential", [0.5, 5e4, 0.4, 1e5, 0.05], 1000, 400],
  ["rates a factor 4 apart", "biexponential", [0.5, 3e4, 0.4, 1.2e5, 0.05], 200, 400],
  ["a third of a quasiparticle", "quasiparticle", [0.9, 0.3, 1e5, 4e4, 0.05], 1000, 400],
  ["overdamped defect", "coupled_defect", [0.9, 3e4, 1e6, 2e5, 1, 0.05], 1000, 100],
  ["strong beats, equal losses", "coupled_defect", [0.9, 5e4, 5e4, 1e6, 0.9, 0.05], 1000, 400],
  ["200 shots", "coupled_defect", [0.9, 3e4, 9e4, 6e5, 0.7, 0.05], 200, 400],
  ["beta 0.5, 200 shots", "stretched", [0.9, 5e4, 0.5, 0.05], 200, 400],
  ["cold qutrit, 200 shots", "three_level_cascade", [5e4, 0.005, 8e4, 100, 0.02, 0.95], 200, 400],
];

describe("hard cases: the covariance covers (within 3 s.d. of the trials), or the fit says that a simpler law does as well", () => {
  for (const [what, name, p, shots, trials] of HARD)
    it(`${name}: ${what}`, () => {
      const c = cover(DECAY_LAWS[name], p, shots, 7, trials);
      console.log(line(`${name}: ${what}`, c));
      const within = (share: number, nominal: number) => Math.abs(share - nominal) < 3 * Math.sqrt((nominal * (1 - nominal)) / trials);
      expect((within(c.one, 0.683) && within(c.two, 0.954)) || c.degenerate > 0.85).toBe(true);
    });
});

describe("flat noise gives no decay (20 traces of 51 points, 500 shots)", () => {
  const t = delays(51, 1e-4);
  for (const name of Object.keys(DECAY_LAWS))
    it(`${name}: none passes`, () => {
      const source = random(15);
      for (let k = 0; k < 20; k++) expect(fitByLaw(flatCounts(t, 500, source), name).state).toBe("refused");
    });
});
