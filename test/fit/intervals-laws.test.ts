import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { bootstrap, intervalFrom } from "../../src/fit/intervals/bootstrap.ts";
import { covarianceInterval } from "../../src/fit/intervals/covariance-interval.ts";
import { profileInterval } from "../../src/fit/intervals/profile-interval.ts";
import { parametricResampler } from "../../src/fit/intervals/resample.ts";
import { DECAY_LAWS } from "../../src/fit/models/index.ts";
import { fitLawFrom } from "../../src/fit/multistart.ts";
import { clean, counted, windowOf } from "./laws.ts";
import { delays } from "./traces.ts";

/** Counts so many that every law is nearly linear within its errors: the methods must agree. */
const SHOTS = 1_000_000;

describe("intervals (contract for every registered law)", () => {
  for (const law of Object.values(DECAY_LAWS))
    it(`${law.name}: profile and bootstrap agree with the covariance where the errors are small`, () => {
      const p = law.examples[0]!;
      const signal = counted(law, p, delays(81, windowOf(law, p)), SHOTS, random(7));
      const fit = fitLawFrom(law, signal, [p])!.fit;
      const made = bootstrap(fit, signal, { kind: "parametric", resamples: 150, seed: 3 });
      expect(made.failed).toBeLessThanOrEqual(7);
      const names = [...law.parameters.map((q) => q.name), "gamma1_total", "t1", ...(law.derived?.(p) ?? []).map((d) => d.name)];
      for (const name of names) {
        const reference = covarianceInterval(fit, name, 0.683);
        const profile = profileInterval(fit, signal, name, 0.683);
        if (reference.kind !== "two-sided" || profile.kind !== "two-sided")
          expect.fail(`${name}: ${reference.sentence} ${profile.sentence}`);
        expect(Math.abs(profile.low - reference.low), name).toBeLessThan(0.1 * reference.below);
        expect(Math.abs(profile.high - reference.high), name).toBeLessThan(0.1 * reference.above);
        const simulated = intervalFrom(made, name, 0.683);
        if (simulated.kind !== "two-sided") expect.fail(`${name}: ${simulated.sentence}`);
        // 150 resamples: an end moves by 0.24 sigma, from its own rank and from the share below the best value.
        expect(Math.abs(simulated.low - reference.low), name).toBeLessThan(1.1 * reference.below);
        expect(Math.abs(simulated.high - reference.high), name).toBeLessThan(1.1 * reference.above);
      }
    });

  it("simulated qutrit counts keep the shots of each delay together", () => {
    const law = DECAY_LAWS.three_level_cascade;
    const p = law.examples[0]!;
    const signal = counted(law, p, delays(21, windowOf(law, p)), 50, random(2));
    const fit = fitLawFrom(law, signal, [p])!.fit;
    const { draw } = parametricResampler(fit, signal);
    const source = random(4);
    for (let k = 0; k < 20; k++) {
      const { t, y, channel, noise } = draw(source);
      if (noise.type !== "binomial" || !channel) expect.fail("counts stay counts");
      for (let i = 1; i < t.length; i++)
        if (channel[i] === 2) {
          expect([t[i - 1], channel[i - 1]]).toEqual([t[i], 1]);
          expect(noise.shots[i]).toBe(Math.round(50 * (1 - y[i - 1]!)));
        }
    }
    expect(clean(law, p, signal.t).channel).toBeDefined();
  });
});
