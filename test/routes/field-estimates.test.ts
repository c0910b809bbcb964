import { describe, expect, it } from "vitest";
import { check } from "../../src/core/check.ts";
import { covarianceOf, type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/field-route.ts";
import type { FieldNumber, FieldOutcome, TwoFieldOutcome } from "../../src/field/outcome.ts";
import { fieldEstimates } from "../../src/routes/field/estimates.ts";
import type { StatedSource } from "../../src/routes/field/sources.ts";

const number = (name: string, unit: FieldNumber["unit"], value: number, sigma: number): FieldNumber => ({
  ...{ name, unit, value, sigma, low: value - sigma, high: value + sigma },
});
const none = new Float64Array(0);
const FIT = {
  ...{
    law: "field",
    inputs: [{ name: "r.csv", by: { gamma0_mean: 0.5, gamma2: -0.2, "gamma2 metal": -0.3, "gamma2 rest": -0.1 } }],
    films: [],
    profile: [],
    comparisons: [],
    chi2: 1,
    dof: 1,
    n: 2,
  },
  map: { x: none, gamma0: none, sigma: none, priorShare: none, diffusionLength: none, partition: none, share: none },
  ...{ grid: { cells: [9], steps: 9, error: 0, sentence: "9 cells." }, method: "", checks: [], nullDirections: [], correlation: 0 },
};
const NUMBERS = [number("gamma0_mean", "1/s", 2000, 20), number("gamma2", "m^2/s", 1e-3, 4e-6), number("scale r.csv", "1", 1, 0.1)];
const outcome = (numbers: readonly FieldNumber[], twoFields?: TwoFieldOutcome): FieldOutcome => ({
  ...{ ...FIT, state: "converged", numbers },
  ...(twoFields ? { twoFields } : {}),
});

function estimates(of: FieldOutcome, sigma = 0.1): Estimate[] {
  const shape = { type: "map", points: { x: none }, values: none } as const;
  const source: StatedSource = {
    ...{ term: { name: "r.csv", shape, scale: "known", sigma }, on: undefined, entry: "files.r.csv.uncertainty", feeds: () => true },
  };
  return fieldEstimates(of, { labels: { cooldown: "cd1", device: "", qubit: "" }, estimator: "field", datasets: ["a"], sources: [source] });
}

describe("rows of the field route", () => {
  it("the source's stated error is common, value * dln/dln(scale) * sigma with its sign, and the rest of the fit's error noise", () => {
    const whole = [number("gamma0_mean", "1/s", 2000, Math.hypot(20, 100)), number("gamma2", "m^2/s", 1e-3, Math.hypot(4e-6, 2e-5))];
    const [gamma0, gamma2, ...more] = estimates(outcome(whole));
    expect(more).toEqual([]);
    expect(gamma0).toMatchObject({
      quantity: "field_gamma0",
      condition: "combined",
      value: 2000,
      unit: "1/s",
      status: "usable",
    });
    expect(gamma0!.sigmaCommon).toBeCloseTo(2000 * 0.5 * 0.1, 9);
    expect(gamma2!.sigmaCommon).toBeCloseTo(1e-3 * 0.2 * 0.1, 15);
    expect(gamma0!.sigmaStat).toBeCloseTo(20, 9);
    expect(gamma2!.sigmaStat).toBeCloseTo(4e-6, 15);
    expect(sigmaOf(gamma0!)).toBeCloseTo(whole[0]!.sigma, 9);
    expect(covarianceOf(gamma0!, gamma2!)).toBeCloseTo(100 * -2e-5, 12);
    expect(gamma0!.interval).toEqual([whole[0]!.low, whole[0]!.high]);
  });

  it("without a stated error there is no common part, and the interval is that of the profile", () => {
    const [gamma0] = estimates(outcome(NUMBERS), Number.NaN);
    expect([gamma0!.sigmaCommon, sigmaOf(gamma0!), gamma0!.interval]).toEqual([0, 20, [1980, 2020]]);
  });

  it("or what the data leave open of the scale is noise of theirs that both rows see", () => {
    const inputs = FIT.inputs.map((i) => ({ ...i, sigma: 0.04 }));
    const [gamma0, gamma2] = estimates({ ...outcome(NUMBERS), inputs } as FieldOutcome, Number.NaN);
    expect([gamma0!.sigmaCommon, gamma2!.sigmaCommon]).toEqual([0, 0]);
    expect(gamma0!.sigmaStat).toBeCloseTo(Math.hypot(20, 2000 * 0.5 * 0.04), 9);
    expect(covarianceOf(gamma0!, gamma2!)).toBeCloseTo(2000 * 0.5 * 0.04 * -1e-3 * 0.2 * 0.04, 12);
  });

  it("gamma2 of regions are rows of their own", () => {
    const rows = estimates(outcome([NUMBERS[0]!, number("gamma2 metal", "m^2/s", 2e-3, 1e-4), number("gamma2 rest", "m^2/s", 1e-3, 1e-4)]));
    expect(rows.map((e) => [e.quantity, e.condition, e.value])).toEqual([
      ["field_gamma0", "combined", 2000],
      ["field_gamma2", "region=metal", 2e-3],
      ["field_gamma2", "region=rest", 1e-3],
    ]);
    expect(rows.slice(1).map((e) => e.sigmaCommon / e.value / 0.1)).toEqual([expect.closeTo(0.3, 9), expect.closeTo(0.1, 9)]);
  });

  it("two fields have rows under their own estimator; a number that is only bounded has none, and its bound in words", () => {
    const open = { ...number("bath_diffusion", "m^2/s", 1e-4, Number.NaN), low: Number.NaN, high: 3e-4 };
    const two: TwoFieldOutcome = {
      ...{
        state: "fitted",
        law: "",
        numbers: [...NUMBERS.slice(0, 2), number("bath_rate", "1/s", 500, 50), open],
        chi2: 1,
        dof: 1,
        n: 2,
        sentence: "",
        checks: [],
      },
      inputs: [{ name: "r.csv", by: { gamma0_mean: 1, gamma2: 0, bath_rate: 0 } }],
    };
    const rows = estimates(outcome(NUMBERS, two)).filter((e) => e.estimator === "two_fields");
    expect(rows.map((e) => [e.quantity, e.status])).toEqual([
      ["field_gamma0", "usable"],
      ["field_gamma2", "usable"],
      ["field_bath_rate", "usable"],
      ["field_bath_diffusion", "refused"],
    ]);
    expect(rows[0]!.sigmaCommon).toBeCloseTo(200, 9);
    expect(rows[3]!.remark).toBe(say.bounded(Number.NaN, 3e-4, "m^2/s"));
    expect(estimates(outcome(NUMBERS, { state: "unneeded", sentence: "" }))).toHaveLength(2);
  });

  it("a rate whose error is larger than itself is none", () => {
    const [gamma0, gamma2] = estimates(outcome([number("gamma0_mean", "1/s", 2000, 2001), NUMBERS[1]!]));
    expect([gamma0!.status, gamma0!.remark]).toEqual(["refused", say.vague(2000, 2001, "1/s")]);
    expect(gamma2!.status).toBe("usable");
  });

  it("gamma2 that the data only limit has the limit in words and no number", () => {
    const limit = check("field_gamma2_limit", false, "below 3e-5 m^2/s");
    const [gamma0, gamma2] = estimates({ ...outcome(NUMBERS), checks: [limit] } as FieldOutcome);
    expect([gamma0!.status, gamma0!.value]).toEqual(["doubtful", 2000]);
    expect([gamma2!.status, gamma2!.value, gamma2!.remark]).toEqual(["refused", Number.NaN, "below 3e-5 m^2/s"]);
  });

  it("a refused and a stopped fit have no numbers", () => {
    const open = check("field_gamma2_open", false, "open");
    const refused = estimates({ state: "refused", sentence: "why", checks: [open], nullDirections: [], films: [], bound: 1 });
    const stopped = estimates({ ...FIT, state: "stopped", sentence: "late", numbers: NUMBERS });
    for (const e of [...refused, ...stopped]) expect([e.status, e.value]).toEqual(["refused", Number.NaN]);
    expect(refused.map((e) => [e.quantity, e.remark])).toEqual([
      ["field_gamma0", "why"],
      ["field_gamma2", "why"],
    ]);
    expect(stopped[0]!.checks.map((c) => c.code)).toEqual(["not_converged"]);
  });
});
