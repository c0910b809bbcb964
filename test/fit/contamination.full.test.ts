import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { type Random, random } from "../../src/core/random.ts";
import { exponential } from "../../src/fit/models/exponential.ts";
import { normalCdf } from "../../src/numerics/normal.ts";
import { length, orthonormalBasis, removeSpan } from "../../src/numerics/orthonormal.ts";
import { column, dataset, delays, population, traceChecks } from "./traces.ts";

const [A, C, RATE, SHOTS] = [0.9, 0.03, 5e4, 1000];
const WINDOW = 5 / RATE;
const clean = (t: number) => C + A * Math.exp(-RATE * t);
const inside = (p: number) => Math.min(1, Math.max(0, p));

type Law = (source: Random) => (t: number) => number;
const jumping =
  (sign: 1 | -1): Law =>
  (source) => {
    const at = WINDOW * (0.1 + 0.8 * source.uniform());
    return (t) => inside(clean(t) + (sign > 0 === t > at ? 0.1 * A : 0));
  };
const second =
  (ratio: number): Law =>
  () =>
  (t) =>
    C + A * (0.7 * Math.exp(-RATE * t) + 0.3 * Math.exp(-ratio * RATE * t));
/** 30 % of a faster part, a jump of 10 % of the amplitude anywhere, readout saturated at 85 %. */
const CONTAMINATED: readonly (readonly [string, Law])[] = [
  ["a part 5 x faster", second(5)],
  ["a part 10 x faster", second(10)],
  ["a part 20 x faster", second(20)],
  ["a jump upwards", jumping(1)],
  ["a jump downwards", jumping(-1)],
  ["clipping", () => (t) => Math.min(clean(t), C + 0.85 * A)],
];

/** Share of traces in which at least one check fails; counts with their shots, without them, or as Gaussian noise of known size. */
function flagged(law: Law, points: number, noise: "binomial" | "unknown" | "sigma", trials: number, outliers = 0): number {
  const source = random(7);
  const t = delays(points, WINDOW);
  let count = 0;
  for (let k = 0; k < trials; k++) {
    const f = law(source);
    const sigma = (m: number) => Math.sqrt((m * (1 - m)) / SHOTS);
    const p = t.map((x) => (noise === "sigma" ? f(x) + sigma(clean(x)) * source.normal() : source.binomial(SHOTS, f(x)) / SHOTS));
    const at = new Set<number>();
    while (at.size < outliers) at.add(Math.floor(points * source.uniform()));
    for (const i of at) p[i] = inside(f(t[i]!) + (source.uniform() < 0.5 ? -8 : 8) * sigma(f(t[i]!)));
    const data =
      noise === "sigma"
        ? dataset(
            [
              column("delay", "s", t),
              column("population", "1", p),
              column(
                "sigma",
                "1",
                t.map((x) => sigma(clean(x))),
              ),
            ],
            { noise: { type: "sigma" } },
          )
        : population(t, p, { noise: noise === "binomial" ? { type: "binomial", shots: SHOTS } : { type: "unknown" } });
    if (failedCodes(traceChecks(data)).length > 0) count++;
  }
  return count / trials;
}

describe("1000 shots over five T1", () => {
  it.each(["binomial", "sigma", "unknown"] as const)(
    "clean traces (%s): all checks together find something in fewer than one in twenty",
    (noise) => {
      for (const points of [51, 101]) expect(flagged(() => clean, points, noise, 2000)).toBeLessThan(0.05);
    },
  );
  for (const noise of ["binomial", "sigma", "unknown"] as const)
    for (const [name, law] of CONTAMINATED)
      it(`${name} is seen in over 95 % (${noise})`, () => {
        for (const points of [51, 101]) expect(flagged(law, points, noise, 400)).toBeGreaterThan(0.95);
      });
  it.each(["binomial", "sigma", "unknown"] as const)("three outliers of 8 sigma are seen in over 0.95 of the traces (%s)", (noise) => {
    for (const points of [51, 101]) expect(flagged(() => clean, points, noise, 400, 3)).toBeGreaterThan(0.95);
  });
});

/** Distance of a drift from the nearest clean exponential, in standard deviations: what the best possible test has to go by. */
function distanceOfDrift(points: number, drift: (t: number) => number): number {
  const t = delays(points, WINDOW);
  const m = t.length;
  const weight = t.map((x) => Math.sqrt(SHOTS / ((clean(x) + drift(x)) * (1 - clean(x) - drift(x)))));
  const tangents = new Float64Array(3 * m);
  const gradient = new Float64Array(3);
  for (let i = 0; i < m; i++) {
    exponential.gradient([A, RATE, C], t[i]!, gradient);
    for (let j = 0; j < 3; j++) tangents[j * m + i] = weight[i]! * gradient[j]!;
  }
  const v = t.map((x, i) => weight[i]! * drift(x));
  removeSpan(v, orthonormalBasis(tangents, m));
  return length(v);
}

describe("a linear drift of 5 % of the amplitude", () => {
  const drift = (t: number) => (0.05 * A * t) / WINDOW;
  const law: Law = () => (t) => clean(t) + drift(t);
  it("is only 2 standard deviations from a clean trace of 51 points, and 4 at 201", () => {
    expect(distanceOfDrift(51, drift)).toBeCloseTo(2.02, 1);
    expect(distanceOfDrift(201, drift)).toBeCloseTo(3.87, 1);
  });
  it.each([51, 101, 201, 301])("%i points: seen as often as the best test of 3 %% false alarms can, within 5 %%", (points) => {
    // Most powerful unbiased two-sided test of a shift by d: P(|z + d| > 2.17).
    const d = distanceOfDrift(points, drift);
    const best = normalCdf(d - 2.17) + normalCdf(-d - 2.17);
    expect(flagged(law, points, "binomial", 1000)).toBeGreaterThan(best - 0.05);
  });
  it("is seen in over 95 % from 251 points on", () => {
    expect(flagged(law, 251, "binomial", 1000)).toBeGreaterThan(0.95);
  });
});
