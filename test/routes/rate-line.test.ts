import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { combineOnLine } from "../../src/routes/power/rate-line.ts";

/** Closed form of a power meter behind a saturating qubit (PHYSICS.md sec. 1): share = G x, x = (n_e - n_eq)/F, from S = 0.5 to 5000. */
const GAMMA = 2e5;
const SHARE_NOISE = 0.0023;
const POINTS = Array.from({ length: 14 }, (_, i) => {
  const s = 0.5 * 2 ** i;
  return { excess: (0.48 * s) / (1 + s), flux: 3e5 * s };
});

function seed(n: number, noise: "stated" | "unknown") {
  const draw = random(n);
  const points = POINTS.map(({ excess, flux }) => {
    const sigma = 0.003;
    const share = (GAMMA * excess) / flux + SHARE_NOISE * draw.normal();
    const read = excess + sigma * draw.normal();
    const relativeS = noise === "stated" ? Math.abs(SHARE_NOISE / share) : Number.NaN;
    return { share, rate: { gamma: (share * flux) / read, relativeS, relativeP: sigma / read } };
  });
  const line = combineOnLine(
    points,
    points.map((p) => p.rate),
    points.map(() => true),
  );
  if (!line) throw new Error("no line");
  return line;
}

describe("rates without a law", () => {
  for (const noise of ["stated", "unknown"] as const)
    it(`noise of the share ${noise}: mean 0 and width 1 over 400 seeds, deep saturation included`, () => {
      const pulls = Array.from({ length: 400 }, (_, n) => {
        const { combined } = seed(n + 1, noise);
        return (combined.gamma - GAMMA) / combined.stat;
      });
      const mean = pulls.reduce((a, b) => a + b) / pulls.length;
      const width = Math.sqrt(pulls.reduce((a, b) => a + (b - mean) ** 2, 0) / (pulls.length - 1));
      // 4 s.d. of the mean and of the width over 400 seeds.
      expect(Math.abs(mean)).toBeLessThan(0.2);
      expect(Math.abs(width - 1)).toBeLessThan(0.15);
    });

  it("estimates the noise of the share that made the scatter, and gives it to every point", () => {
    const estimated = Array.from({ length: 200 }, (_, n) => {
      const { rates, fromResiduals } = seed(n + 1, "unknown");
      expect(fromResiduals).toBe(true);
      const { excess, flux } = POINTS[13]!;
      return Math.abs((rates[13]!.gamma * rates[13]!.relativeS * excess) / flux);
    });
    expect(estimated.reduce((a, b) => a + b) / 200 / SHARE_NOISE).toBeCloseTo(1, 1);
  });

  it("gives no line where the population's noise is not known, nor for two points of unknown noise", () => {
    const rate = { gamma: 1, relativeS: Number.NaN, relativeP: 0.1 };
    expect(combineOnLine([{ share: 0.5 }, { share: 0.4 }], [rate, rate], [true, true])).toBeUndefined();
    const blind = { ...rate, relativeS: 0.1, relativeP: Number.NaN };
    expect(combineOnLine([{ share: 0.5 }], [blind], [true])).toBeUndefined();
  });
});
