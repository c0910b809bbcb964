import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { freeFit } from "../../src/fit/free-fit.ts";
import { compareLaws, LAW_LIMIT, WIDER_LAWS } from "../../src/fit/law-comparison.ts";
import type { Signal } from "../../src/fit/signal-type.ts";
import { delays } from "./traces.ts";

const RATE = 5e4;
const TRIALS = 300;

function cleanTrace(noise: "binomial" | "unknown", source: ReturnType<typeof random>): Signal {
  const t = delays(51, 5 / RATE);
  const m = t.map((x) => 0.03 + 0.9 * Math.exp(-RATE * x));
  if (noise === "binomial")
    return {
      t,
      y: m.map((p) => source.binomial(1000, p) / 1000),
      noise: { type: noise, shots: new Float64Array(51).fill(1000) },
      unit: "1",
    };
  return { t, y: m.map((p) => p + 0.02 * source.normal()), noise: { type: noise }, unit: "1" };
}

describe("clean exponentials gain from a wider law no more than its probability says", () => {
  for (const noise of ["binomial", "unknown"] as const)
    for (const law of WIDER_LAWS)
      it(`${law.name}, ${noise} noise`, () => {
        const source = random(31);
        let [limit, cent] = [0, 0];
        for (let k = 0; k < TRIALS; k++) {
          const signal = cleanTrace(noise, source);
          const [found] = compareLaws(signal, freeFit(signal, []).fit!, [law]);
          if (!found) continue;
          if (found.p < LAW_LIMIT) limit++;
          if (found.p < 0.01) cent++;
        }
        // Laws that are not regular at the exponential gain up to 5 x as often; 4 s.d. of the counts.
        const most = (p: number) => 5 * p * TRIALS + 4 * Math.sqrt(5 * p * TRIALS);
        expect(cent).toBeLessThan(most(0.01));
        expect(limit).toBeLessThan(most(LAW_LIMIT));
      });
});
