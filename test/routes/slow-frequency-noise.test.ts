import { expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { DETUNINGS, G2, HERTZ, N_EQ, OMEGA, read, referenceFile, reflection, sourcePower, TOTAL, undrivenFile } from "./closed-form.ts";
import { dataset, facts, LABELS } from "./power-lab.ts";

/** Resonance that wanders slowly by half of G2 (one s.d.), as steps of equal probability. */
const WANDER = Array.from({ length: 41 }, (_, i) => ((i - 20) / 20) * Math.sqrt(3) * 0.5 * G2);
const POWERS = [0.1, 0.5, 2, 10, 30];
const mean = (of: (d: number) => number) => WANDER.reduce((sum, d) => sum + of(d) / WANDER.length, 0);

it("S and n_e under the same slow frequency noise: the rate is right at every power, though the line is no Lorentzian", () => {
  const scattering = POWERS.map((s) =>
    dataset(
      "scattering",
      [
        ["frequency", "Hz", DETUNINGS.map((d) => (OMEGA + d) / 2 / Math.PI)],
        ["s_re", "1", DETUNINGS.map((d) => mean((w) => reflection(s, d - w).re)), "11"],
        ["s_im", "1", DETUNINGS.map((d) => mean((w) => reflection(s, d - w).im)), "11"],
        ["sigma", "1", DETUNINGS.map(() => 1e-4)],
      ],
      { power: sourcePower(s) },
    ),
  );
  const populated = (s: number, d: number) => {
    const there = s / (1 + (d / G2) ** 2);
    return N_EQ + ((1 - 2 * N_EQ) * there) / (2 * (1 + there));
  };
  const population = dataset(
    "population",
    [
      ["power", "W", POWERS.map((s) => sourcePower(s))],
      ["frequency", "Hz", POWERS.map(() => HERTZ)],
      ["population", "1", POWERS.map((s) => read(mean((w) => populated(s, w))))],
    ],
    { noise: { type: "binomial", shots: 1e7 } },
  );
  const { estimates } = powerRoute({
    labels: LABELS,
    facts: facts(),
    datasets: [...scattering, population, undrivenFile(), referenceFile()],
  });
  const rows = estimates.filter((e) => e.estimator === "complex_s" && e.quantity === "gamma1_total");
  expect(failedCodes(rows.find((e) => e.condition === "combined")!.checks)).toContain("line_shape");
  const points = rows.filter((e) => e.condition.startsWith("p_in="));
  expect(points).toHaveLength(POWERS.length);
  for (const e of points) expect(Math.abs(e.value / TOTAL - 1), e.condition).toBeLessThan(0.01);
});
