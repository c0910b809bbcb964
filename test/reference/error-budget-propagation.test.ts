import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sigmaOf } from "../../src/core/estimate.ts";
import { type PowerInput, powerRoute } from "../../src/routes/power/power.ts";
import { propagate } from "../../src/routes/propagation/propagation.ts";
import { dataset, facts, LABELS, LINE, stated } from "../routes/power-lab.ts";

/** error_budget.json, propagation[]: first order and Monte-Carlo of `G = 2 A P (1 - Re S)/(hbar w dn)`, made with numpy (reference/README.md). */
const DRAWS = 200;
const FILE = "../shared/reference/error_budget.json";
const HAS_DATA = existsSync(FILE);

interface Propagated {
  readonly input: Readonly<Record<string, number>>;
  readonly n_e: number;
  readonly n_eq: number;
  readonly Gamma1_total_1_s: number;
  readonly relative_contributions: Readonly<Record<"power" | "S" | "pop" | "fidelity", number>>;
  readonly relative_total: number;
  readonly mc_sd_of_log: number;
  readonly mc_median: number;
}
const cases: readonly Propagated[] = HAS_DATA ? JSON.parse(readFileSync(FILE, "utf8")).propagation : [];

/** One operating point on resonance, read with the same readout as the undriven qubit, against an exact reference. */
function labOf({ input: i }: Propagated): PowerInput {
  const hertz = i.omega_rad_s! / (2 * Math.PI);
  const source = i.P_in_W! * 10 ** (LINE.attenuation!.quantity.value / 10);
  const s = (kind: "scattering" | "reference", re: number, sigma: number, power?: number) =>
    dataset(
      kind,
      [
        ["frequency", "Hz", [hertz]],
        ["s_re", "1", [re], "11"],
        ["s_im", "1", [0], "11"],
        ["sigma", "1", [sigma]],
      ],
      power === undefined ? {} : { power },
    );
  return {
    labels: LABELS,
    facts: facts({
      qubit: { frequency: stated("f", hertz, "Hz") },
      // Only the fidelity's error: p1_given_0 is known, the other carries it.
      readout: {
        p1_given_0: stated("readout.p1_given_0", i.eps_ge!, "1", 0),
        p0_given_1: stated("readout.p0_given_1", i.eps_eg!, "1", i.sigma_fidelity!),
        prepared: "heralded",
      },
      line: { ...LINE, attenuation: stated("lines.drive1.attenuation", LINE.attenuation!.quantity.value, "dB", i.sigma_dB!) },
    }),
    datasets: [
      s("scattering", i.ReS!, i.sigma_ReS!, source),
      s("reference", 1, 0),
      dataset("population", [
        ["power", "W", [source]],
        ["frequency", "Hz", [hertz]],
        ["population", "1", [i.p_meas!]],
        ["sigma", "1", [i.sigma_p!]],
      ]),
      dataset("equilibrium", [
        ["population", "1", [i.p0_meas!]],
        ["sigma", "1", [i.sigma_p!]],
      ]),
    ],
  };
}

describe.skipIf(!HAS_DATA)("error_budget.json, propagation (absent without ../shared)", () => {
  it("holds cases", () => expect(cases.length).toBeGreaterThan(1));

  it.each(cases.map((c) => [`${c.input.sigma_dB} dB`, c] as const))("%s: rate, every contribution, and both totals", (_, c) => {
    const input = labOf(c);
    const found = powerRoute(input).estimates.find(
      (e) => e.quantity === "gamma1_total" && e.estimator === "complex_s" && e.condition === "combined",
    )!;
    expect(found.value / c.Gamma1_total_1_s).toBeCloseTo(1, 8);
    const share = (name: RegExp) => Math.hypot(...found.budget.filter((l) => name.test(l.input)).map((l) => l.contribution)) / found.value;
    expect(share(/attenuation/)).toBeCloseTo(c.relative_contributions.power, 9);
    expect(share(/noise of S/)).toBeCloseTo(c.relative_contributions.S, 9);
    expect(share(/population/)).toBeCloseTo(c.relative_contributions.pop, 9);
    expect(share(/given/)).toBeCloseTo(c.relative_contributions.fidelity, 9);
    expect(sigmaOf(found) / found.value).toBeCloseTo(c.relative_total, 9);
    const drawn = propagate(input, found, DRAWS)!;
    expect(drawn.firstOrder).toBeCloseTo(c.relative_total, 9);
    // Three standard errors of a standard deviation from so many draws; the reference's own draws are many more.
    expect(Math.abs(drawn.sd / c.mc_sd_of_log - 1)).toBeLessThan(3 / Math.sqrt(2 * DRAWS));
    const median = Math.exp(drawn.mean);
    expect(Math.abs(Math.log(median / c.mc_median))).toBeLessThan((3.5 * c.mc_sd_of_log) / Math.sqrt(DRAWS));
  });
});
