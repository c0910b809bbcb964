import { describe, expect, it } from "vitest";
import { type Random, random } from "../../src/core/random.ts";
import { degenerate } from "../../src/fit/degenerate.ts";
import { covarianceInterval } from "../../src/fit/intervals/covariance-interval.ts";
import { TWO_SIGMA } from "../../src/fit/intervals/coverage-badge.ts";
import { endsOf, type Interval } from "../../src/fit/intervals/outcome.ts";
import { profileInterval } from "../../src/fit/intervals/profile-interval.ts";
import type { DecayModel } from "../../src/fit/model.ts";
import { DECAY_LAWS } from "../../src/fit/models/index.ts";
import { fitLawFrom } from "../../src/fit/multistart.ts";
import type { Signal } from "../../src/fit/signal-type.ts";
import { ONE_SIGMA } from "../../src/numerics/normal.ts";
import { clean, counted, windowOf } from "./laws.ts";
import { delays } from "./traces.ts";

/** COVERAGE_TRIALS=4000 gives the thorough table (six minutes); the bands are four standard deviations of whatever it is. */
const TRIALS = Number(process.env.COVERAGE_TRIALS ?? 250);
const NOISES = ["binomial", "sigma", "relative", "unknown"] as const;
const SHOTS = [200, 1000, 10_000];

function drawn(
  law: DecayModel,
  p: readonly number[],
  t: Float64Array,
  noise: (typeof NOISES)[number],
  shots: number,
  source: Random,
): Signal {
  if (noise === "binomial") return counted(law, p, t, shots, source);
  const exact = clean(law, p, t);
  const size = 0.5 / Math.sqrt(shots);
  if (noise === "relative")
    return { ...exact, y: exact.y.map((v) => v * (1 + size * source.normal())), noise: { type: noise, relative: size } };
  const y = exact.y.map((v) => v + size * source.normal());
  return { ...exact, y, noise: noise === "sigma" ? { type: noise, sigma: new Float64Array(y.length).fill(size) } : { type: noise } };
}

let cells = 0;

interface Held {
  one: number;
  two: number;
  trials: number;
  /** Traces of which the fit itself says that a simpler law does as well. */
  simpler: number;
}

const holds = (interval: Interval, truth: number): boolean => {
  const ends = endsOf(interval);
  return ends !== undefined && ends[0] <= truth && truth <= ends[1];
};

/** From the truth, so that the figure is about the interval; the search for the minimum has its own test. */
function held(law: DecayModel, p: readonly number[], noise: (typeof NOISES)[number], shots: number, by: "covariance" | "profile"): Held {
  // No seed is chosen: every cell has its own, in order.
  const source = random(++cells);
  const t = delays(101, windowOf(law, p));
  const truth = law.rate(p).value;
  const count: Held = { one: 0, two: 0, trials: 0, simpler: 0 };
  for (let k = 0; k < TRIALS; k++) {
    const signal = drawn(law, p, t, noise, shots, source);
    const fit = fitLawFrom(law, signal, [p])?.fit;
    if (!fit) throw new Error("no minimum from the truth");
    if (degenerate(fit) !== undefined) count.simpler++;
    const at = (level: number) =>
      by === "covariance" ? covarianceInterval(fit, "gamma1_total", level) : profileInterval(fit, signal, "gamma1_total", level);
    count.trials++;
    if (holds(at(ONE_SIGMA), truth)) count.one++;
    if (holds(at(TWO_SIGMA), truth)) count.two++;
  }
  return count;
}

const within = (count: number, trials: number, level: number) =>
  Math.abs(count / trials - level) <= 4 * Math.sqrt((level * (1 - level)) / trials);

const table: string[] = [];
const pooled: Held = { one: 0, two: 0, trials: 0, simpler: 0 };

describe(`68.3 % and 95.4 % intervals of gamma1_total, ${TRIALS} traces of 101 points per cell`, () => {
  for (const [name, law] of Object.entries<DecayModel>(DECAY_LAWS))
    it(name, () => {
      const p = law.examples[0]!;
      for (const noise of NOISES)
        for (const shots of SHOTS) {
          let by: "covariance" | "profile" = "covariance";
          let h = held(law, p, noise, shots, by);
          const cell = `${name.padEnd(20)} ${noise.padEnd(9)} ${String(shots).padStart(6)}`;
          const words = () =>
            `${cell}  ${by.padEnd(10)} ${((100 * h.one) / h.trials).toFixed(1)}  ${((100 * h.two) / h.trials).toFixed(1)}${h.simpler > 0 ? `  (${h.simpler} say: a simpler law does)` : ""}`;
          if (!within(h.one, h.trials, ONE_SIGMA) || !within(h.two, h.trials, TWO_SIGMA)) {
            table.push(words());
            by = "profile";
            h = held(law, p, noise, shots, by);
          }
          table.push(words());
          // Where the fits themselves say in one of twenty that a simpler law does as well, they claim no interval; the figure is printed.
          if (h.simpler > 0.05 * TRIALS && !(within(h.one, h.trials, ONE_SIGMA) && within(h.two, h.trials, TWO_SIGMA))) continue;
          pooled.one += h.one;
          pooled.two += h.two;
          pooled.trials += h.trials;
          expect(within(h.one, h.trials, ONE_SIGMA), words()).toBe(true);
          expect(within(h.two, h.trials, TWO_SIGMA), words()).toBe(true);
        }
    });
  it("pooled over all cells: 68.3 +- 1 %", () => {
    console.log(
      `${table.join("\n")}\npooled: ${((100 * pooled.one) / pooled.trials).toFixed(2)}  ${((100 * pooled.two) / pooled.trials).toFixed(2)}  of ${pooled.trials}`,
    );
    expect(pooled.trials).toBeGreaterThan(12 * TRIALS);
    expect(Math.abs(pooled.one / pooled.trials - ONE_SIGMA)).toBeLessThan(
      0.01 + (TRIALS < 4000 ? 4 * Math.sqrt(0.217 / pooled.trials) : 0),
    );
  });
});
