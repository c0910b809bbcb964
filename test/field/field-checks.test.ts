import { describe, expect, it } from "vitest";
import { boundaryCheck } from "../../src/field/boundary-check.ts";
import { discretisationShift } from "../../src/field/discretisation.ts";
import { fieldChecks } from "../../src/field/field-checks.ts";
import { compareNested } from "../../src/field/model-comparison.ts";
import { posteriorSigmas } from "../../src/field/posterior-sigmas.ts";
import type { FieldProblem } from "../../src/field/problem.ts";
import { profileGamma2 } from "../../src/field/profile.ts";
import { sourceScales } from "../../src/field/source-scales.ts";
import { type Fitted, filmProblem, fitted, GAMMA0, GAMMA2, type Truth } from "./films.ts";

const NO_FLUX = { type: "no-flux" } as const;
const truth: Truth = {
  dimensions: 1,
  points: 24,
  side: NO_FLUX,
  gamma0: (x) => GAMMA0 * (1 + Math.exp(-((x - 6e-4) ** 2) / (2 * 1.5e-4 ** 2))),
  times: [0.2, 0.5, 1, 1.5, 2, 2.3, 2.6, 3],
  noise: 0.01,
};
const right = filmProblem(truth, NO_FLUX, 3);
const fit = fitted(right);
const { minimum } = fit;
const constant = { ...truth, gamma0: () => GAMMA0, law: { type: "constant" } } as const;

const failed = (problem: FieldProblem, { minimum: m }: Fitted = fitted(problem)) =>
  fieldChecks({ problem, minimum: m, grid: { cells: [1], steps: 1, error: 0 } })
    .filter((c) => !c.holds)
    .map((c) => c.code);
/** The constant medium with something changed in its only experiment. */
const changed = (change: (e: FieldProblem["experiments"][number]) => Partial<FieldProblem["experiments"][number]>, t: Truth = constant) => {
  const problem = filmProblem(t, NO_FLUX, 4);
  return { ...problem, experiments: problem.experiments.map((e) => ({ ...e, ...change(e) })) };
};

describe("checks of a field fit", () => {
  it("all hold where the model is right, and every number is measured against its limit", () => {
    expect(failed(right, fit)).toEqual([]);
  });
  it("chi2: noise that is stated half as large as it is", () => {
    expect(failed(changed(({ sigma }) => ({ sigma: sigma!.map((s) => s / 2) })))).toEqual(["field_chi2"]);
  });
  it("background: an offset of three times the noise", () => {
    expect(failed(changed(({ values, sigma }) => ({ values: values.map((v, k) => v + 3 * sigma![k]!) })))).toContain("field_background");
  });
  it("source: stated a fifth too large; the data know it themselves", () => {
    const problem = changed(({ sources }) => ({
      sources: sources.map((s) => ({ ...s, shape: { ...s.shape, power: 1.2e-15 } as typeof s.shape, sigma: Number.NaN })),
    }));
    const found = fitted(problem);
    expect(failed(problem, found)).toContain("field_source_scale");
    const [scale] = sourceScales(problem, found.minimum);
    expect(Math.abs(scale!.shift - Math.log(1 / 1.2)) / scale!.sigma).toBeLessThan(6);
    expect(scale!.sigma).toBeLessThan(0.05);
  });
  it("source without a stated uncertainty: no doubt where the film gives it, doubt on one steady map of a constant medium", () => {
    const bare = (t: Truth) => changed(({ sources }) => ({ sources: sources.map((s) => ({ ...s, sigma: Number.NaN })) }), t);
    const { times, ...steady } = constant;
    expect(times?.length).toBe(8);
    expect(failed(bare(constant))).not.toContain("field_source_assumed");
    expect(failed(bare({ ...steady, points: 40 }))).toContain("field_source_assumed");
  });
  it("time: a source that goes off later than stated", () => {
    const late = changed(({ sources }) => ({ sources: sources.map((s) => ({ ...s, on: [[0, 1.85 / GAMMA0]] as const })) }));
    expect(failed(late)).toContain("field_residuals_time");
  });
  it("start: steady soon after the source went on", () => {
    const steady = (since: number) => {
      const times = [0.1, 0.4, 0.7, 1, 1.4, 1.8].map((t) => since + t);
      const problem = filmProblem({ ...constant, times }, NO_FLUX, 9);
      const experiments = problem.experiments.map((e) => ({ ...e, start: "steady" as const, from: since / GAMMA0 }));
      return failed({ ...problem, experiments });
    };
    expect(steady(2)).toContain("field_start_assumed");
    expect(steady(12)).not.toContain("field_start_assumed");
  });
  it("times far apart, points far apart", () => {
    expect(failed(changed(() => ({}), { ...constant, times: [4, 8, 12] }))).toContain("field_times_coarse");
    expect(failed(changed(() => ({}), { ...constant, points: 4 }))).toContain("field_sensors_coarse");
  });
  it("maps that do not belong to one medium", () => {
    const two = filmProblem(
      {
        ...constant,
        sources: [
          [0.4, 0],
          [0.7, 0],
        ],
      },
      NO_FLUX,
      5,
    );
    expect(failed(two)).toEqual([]);
    const [first, second] = two.experiments;
    const other = { ...two, experiments: [first!, { ...second!, values: second!.values.map((v) => 0.8 * v) }] };
    expect(failed(other)).toContain("field_maps_disagree");
  });
});

describe("boundary", () => {
  const judged = (problem: FieldProblem) => {
    const f = fitted(problem);
    return boundaryCheck(f.minimum, problem.boundary, problem.dimensions, (b) => f.evaluatorWith(b, 1));
  };
  it("holds where it is right", () => {
    const found = boundaryCheck(minimum, right.boundary, 1, (b) => fit.evaluatorWith(b, 1));
    expect([found.code, found.holds]).toEqual(["field_boundary", true]);
    expect(found.measured).toBeLessThan(found.limit);
  });
  it.each([
    ["dirichlet", NO_FLUX, { type: "dirichlet" }, "u = 0"],
    ["no-flux", { type: "dirichlet" }, NO_FLUX, "no flux"],
    ["periodic", NO_FLUX, { type: "periodic" }, "periodic"],
  ] as const)("fails and names the right one: %s", (_, assumed, side, named) => {
    const found = judged(filmProblem({ ...constant, side }, assumed, 6));
    expect(found.holds).toBe(false);
    expect(found.sentence).toContain(`Best there: ${named}`);
  });
});

describe("profile of gamma2", () => {
  const profile = profileGamma2(minimum, Number.POSITIVE_INFINITY)!;
  const j = minimum.evaluator.parameters.findIndex((p) => p.kind === "gamma2");
  const sigma = posteriorSigmas(minimum.factor, minimum.at.theta.length)[j]!;
  const best = minimum.at.medium.gamma2[0]!;
  it("is the parabola of the Hessian near its minimum, and gives its interval", () => {
    expect(Math.log(profile.high / best) / sigma).toBeCloseTo(1, 1);
    expect(-Math.log(profile.low / best) / sigma).toBeCloseTo(1, 1);
    const near = profile.points.filter((p) => Math.abs(Math.log(p.gamma2 / best)) < 1.2 * sigma);
    expect(near.length).toBeGreaterThanOrEqual(4);
    for (const p of near) expect(Math.abs(p.deltaChi2 - (Math.log(p.gamma2 / best) / sigma) ** 2)).toBeLessThan(0.15);
  });
  it("rises to six on both sides, about the truth", () => {
    expect(profile.points[0]!.deltaChi2).toBeGreaterThan(6);
    expect(profile.points.at(-1)!.deltaChi2).toBeGreaterThan(6);
    expect(Math.abs(Math.log(best / GAMMA2)) / sigma).toBeLessThan(3);
  });
  it("gives an upper limit where gamma2 is too small to be seen, however far the minimum ran away", () => {
    const still = { ...constant, gamma2: 1e-6 * GAMMA2, points: 12 };
    const { low, high } = profileGamma2(fitted(filmProblem(still, NO_FLUX, 11)).minimum, Number.POSITIVE_INFINITY)!;
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(still.gamma2);
    expect(high).toBeLessThan(0.1 * GAMMA2);
  });
  it("does not close where the noise hides gamma2: a limit, and no lower end", () => {
    const steady = filmProblem({ ...constant, points: 12 }, NO_FLUX, 7);
    const still = { ...steady, experiments: steady.experiments.map((e) => ({ ...e, sigma: e.sigma!.map((s) => 100 * s) })) };
    const open = profileGamma2(fitted(still).minimum, Number.POSITIVE_INFINITY)!;
    expect(open.low === 0 || open.high === Number.POSITIVE_INFINITY).toBe(true);
  });
});

describe("error of the grid", () => {
  it("is the shift that a much finer grid then gives", () => {
    const rough = fitted(right, 1);
    const { numbers, shift } = discretisationShift(rough.minimum, rough.evaluatorWith(right.boundary, 3), 1 / 3);
    const fine = discretisationShift(rough.minimum, rough.evaluatorWith(right.boundary, 9), 1 / 9);
    expect(numbers).toBeGreaterThan(0.3);
    expect(Math.abs(shift[0]! - fine.shift[0]!)).toBeLessThan(0.15 * Math.abs(fine.shift[0]!));
    const after = discretisationShift(minimum, fit.evaluatorWith(right.boundary, 9), 1 / 3);
    expect(after.numbers).toBeLessThan(0.3);
  });
});

describe("laws", () => {
  it("a field is preferred where gamma0 is one, a constant where it is constant", () => {
    const laws = (problem: FieldProblem, field: Fitted) =>
      compareNested(
        { name: "constant", minimum: fitted({ ...problem, gamma0: { type: "constant" } }).minimum },
        { name: "field", minimum: field.minimum },
        Number.POSITIVE_INFINITY,
      );
    expect(laws(right, fit).preferred).toBe("field");
    const flat = filmProblem({ ...truth, gamma0: () => GAMMA0 }, NO_FLUX, 8);
    const compared = laws(flat, fitted(flat));
    expect(compared.preferred).toBe("constant");
    expect(compared.parameters[1]).toBeGreaterThan(compared.parameters[0] - 0.1);
  });
});
