import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { discreteModel } from "../../src/field/discrete-model.ts";
import type { Boundary } from "../../src/field/equation.ts";
import { firstGuess } from "../../src/field/first-guess.ts";
import { freeProblem } from "../../src/field/free-problem.ts";
import { determination } from "../../src/field/identifiability.ts";
import { parametrise } from "../../src/field/parametrisation.ts";
import type { Experiment, FieldProblem, SourceTerm } from "../../src/field/problem.ts";
import { whatDataDetermine } from "../../src/field/what-data-determine.ts";

const reference = JSON.parse(readFileSync(new URL("../../../shared/reference/pde_reference.json", import.meta.url), "utf8")) as {
  identifiability: {
    rows: {
      data: string;
      source_scale_unknown: boolean;
      n_data: number;
      n_par: number;
      null_dim: number;
      gamma2_identifiable: boolean;
      sigma_log_gamma2_for_1pct_noise: number | null;
      median_sigma_log_gamma0_for_1pct_noise: number | null;
    }[];
  };
};

const [L, cells, gamma0, gamma2] = [1e-4, 40, 2e4, 3e-6];
const boundary: Boundary = { x: [{ type: "no-flux" }, { type: "no-flux" }], y: [{ type: "no-flux" }, { type: "no-flux" }] };
const points = { x: Float64Array.from({ length: cells }, (_, i) => ((i + 0.5) * L) / cells) };
const references = { gamma0, gamma2, u: [1, 1, 1] };

/**
 * The generator's sources, start and times are not stated. These reproduce its numbers (5 numbers chosen for 10 of the steady rows, 2 for 6 of the
 * switch-off rows, 5 for 4 of the decays); what is tested is that one set does, and everything that does not depend on them.
 */
const [WIDTH, CENTRES] = [0.164, [0.6174, 0.1475, 0.8889]] as const;
const SWITCHED_OFF = [0.6963, 1.9721];
const DECAY = { centre: 0.4189, width: 0.1545, times: [0.4451, 0.7625, 2.2829] };
/** Length of the pulse that makes the start of a decay, in decay times. */
const PULSE = 1e-5;

const gaussian = (centre: number, width: number) => points.x.map((x) => 1e-12 * Math.exp(-(((x / L - centre) / width) ** 2) / 2));
const shapeOf = (values: Float64Array) => ({ type: "map", points, values }) as const;
function source(centre: number, relative: boolean, until = Infinity): SourceTerm {
  const shape = shapeOf(gaussian(centre, WIDTH));
  return { name: "source", shape, on: [[-Infinity, until]], scale: relative ? "relative" : "known", sigma: 0 };
}

const blank = (n: number) => ({ values: new Float64Array(n * cells), sigma: new Float64Array(n * cells).fill(1) });
const steady = (k: number, relative: boolean): Experiment => ({
  ...{ name: `steady ${k}`, points, sources: [source(CENTRES[k]!, relative)], start: "empty", from: 0 },
  ...blank(1),
});
const timesOf = (inDecays: readonly number[]) => Float64Array.from(inDecays, (t) => t / gamma0);
/** From the steady state under a source that goes off at 0. */
const switchedOff = (relative: boolean): Experiment => ({
  ...{ name: "decay", points, times: timesOf(SWITCHED_OFF), sources: [source(CENTRES[0], relative, 0)], start: "steady", from: 0 },
  ...blank(SWITCHED_OFF.length),
});
/** Decay from a known start, and a source of unknown size that is never on. */
function decay(inDecays: readonly number[], relative: boolean): Experiment {
  const shape = shapeOf(gaussian(DECAY.centre, DECAY.width));
  const pulse: SourceTerm = { name: "pulse", shape, on: [[-PULSE / gamma0, 0]], scale: "known", sigma: 0 };
  const dark: SourceTerm = { ...pulse, name: "dark", on: [], scale: "relative" };
  const sources = relative ? [pulse, dark] : [pulse];
  return {
    ...{ name: "decay", points, times: timesOf(inDecays), sources, start: "empty", from: -PULSE / gamma0 },
    ...blank(inDecays.length),
  };
}

const freeOf = (problem: FieldProblem) => ({ grid: freeProblem(problem).grid, refinement: 1 });

function problemOf(experiments: Experiment[]): FieldProblem {
  return {
    dimensions: 1,
    domain: [[0, L]],
    boundary,
    experiments,
    gamma0: { type: "field" },
    gamma2: { type: "scalar" },
    background: false,
  };
}

/** The determination from data with an error of 1 % of their value. */
function determined(experiments: Experiment[]) {
  const free = freeProblem(problemOf(experiments));
  const parametrisation = parametrise(free.problem, references);
  const theta = new Float64Array(parametrisation.parameters.length);
  const model = (problem: FieldProblem) => discreteModel(problem, parametrisation, { grid: free.grid, refinement: 1 }, theta);
  const blankModel = model(free.problem);
  const { model: u } = blankModel.at(theta);
  const { experiment } = blankModel.data;
  const withErrors = free.problem.experiments.map((e, k) => ({
    ...e,
    sigma: u.filter((_, i) => experiment[i] === k).map((v) => 0.01 * v),
  }));
  return { ...determination(model({ ...free.problem, experiments: withErrors }), theta), n: u.length };
}

const DATA: Readonly<Record<string, (relative: boolean) => Experiment[]>> = {
  steady1: (relative) => [steady(0, relative)],
  steady2: (relative) => [0, 1].map((k) => steady(k, relative)),
  steady3: (relative) => [0, 1, 2].map((k) => steady(k, relative)),
  transient1: (relative) => [decay(DECAY.times.slice(0, 1), relative)],
  transient: (relative) => [decay(DECAY.times, relative)],
  "steady+switchoff": (relative) => [steady(0, relative), switchedOff(relative)],
};

describe("what the data alone determine, gamma0 free in each of 40 cells (pde_reference.json, identifiability)", () => {
  const { rows } = reference.identifiability;
  it("compares all twelve rows", () => expect(rows.length).toBe(12));
  it.each(rows)("$data, scale unknown: $source_scale_unknown", (row) => {
    const found = determined(DATA[row.data]!(row.source_scale_unknown));
    expect([found.n, found.parameters, found.nullDimension]).toEqual([row.n_data, row.n_par, row.null_dim]);
    expect(found.gamma2 && found.gamma0).toBe(row.gamma2_identifiable);
    const near = (x: number, expected: number | null) => {
      if (expected === null) expect(x).toBeNaN();
      else expect(Math.abs(x / expected - 1)).toBeLessThan(0.03);
    };
    near(found.sigmaLogGamma2, row.sigma_log_gamma2_for_1pct_noise);
    near(row.gamma2_identifiable ? found.medianSigmaLogGamma0 : Number.NaN, row.median_sigma_log_gamma0_for_1pct_noise);
  });
});

const guess = { references, logScales: new Map<string, number>() };

describe("what can be fitted", () => {
  /** The data that the problem's own medium gives, with 1 % of their largest value as error. */
  function measured(experiments: Experiment[], law: FieldProblem["gamma0"] = { type: "field" }): FieldProblem {
    const problem = { ...problemOf(experiments), gamma0: { type: "constant" } } as const;
    const parametrisation = parametrise(problem, references);
    const theta = new Float64Array(parametrisation.parameters.length);
    const { at, data } = discreteModel(problem, parametrisation, freeOf(problem), theta);
    const { model } = at(theta);
    const top = Math.max(...model);
    const filled = experiments.map((e, k) => {
      const values = model.filter((_, i) => data.experiment[i] === k);
      return { ...e, values, sigma: values.map(() => 0.01 * top) };
    });
    return { ...problem, experiments: filled, gamma0: law };
  }
  const judged = (problem: FieldProblem) => whatDataDetermine(problem, guess, points);

  it("one steady map: refused, with a bound that the truth keeps, and the direction in which gamma2 and gamma0 move together", () => {
    const { refused, checks, nullDirections } = judged(measured([steady(0, false)]));
    expect(checks.map((c) => [c.code, c.holds])).toEqual([["field_gamma2_open", false]]);
    expect(refused!.ratiosOnly).toBe(false);
    expect(refused!.bound).toBeGreaterThan(gamma2);
    expect(refused!.bound).toBeLessThan(20 * gamma2);
    expect(refused!.sentence).toContain("switching the source off");
    expect(nullDirections.length).toBe(1);
    const [direction] = nullDirections;
    // gamma0 u = R + gamma2 lap u: where u is curved downwards, a larger gamma2 asks for a smaller gamma0.
    const change = direction!.others.find((o) => o.name === "gamma2")!.change;
    expect(direction!.gamma0[Math.round(CENTRES[0] * cells)]! * change).toBeLessThan(0);
  });
  it("two steady maps of unknown size: refused, but for ratios", () => {
    const { refused, checks } = judged(measured([steady(0, true), steady(1, true)]));
    expect(checks.map((c) => [c.code, c.holds])).toEqual([["field_scale_open", false]]);
    expect([refused!.ratiosOnly, refused!.bound]).toEqual([true, Number.NaN]);
  });
  it.each([
    [1, true],
    [2, true],
    [3, false],
  ])("%i snapshots of a decay from an unknown start: refused %s", (count, refuses) => {
    const start = measured([decay([0.01, 0.5, 1].slice(0, count), false)]);
    const free = { ...start, experiments: start.experiments.map((e) => ({ ...e, start: "unknown" as const, sources: [] })) };
    const { refused, checks } = judged(free);
    expect(refused !== undefined).toBe(refuses);
    expect(checks.every((c) => c.holds)).toBe(!refuses);
  });
  it("a constant gamma0 makes one steady map enough, and a check says that it does", () => {
    const { refused, checks } = judged(measured([steady(0, false)], { type: "constant" }));
    expect(refused).toBeUndefined();
    expect(checks.map((c) => [c.code, c.holds])).toEqual([
      ["field_gamma2_open", true],
      ["field_gamma2_by_law", false],
    ]);
    expect(checks[0]!.sentence).toContain("constant");
  });
  it("the size in which a relative source is stated changes nothing", () => {
    const found = [1, 1e-6].map((unit) => {
      const problem = measured([steady(0, true), switchedOff(true)]);
      const scaled = problem.experiments.map((e) => ({
        ...e,
        sources: e.sources.map((s) => ({ ...s, shape: { ...shapeOf(gaussian(CENTRES[0], WIDTH).map((v) => v * unit)) } })),
      }));
      const changed = { ...problem, experiments: scaled };
      return whatDataDetermine(changed, firstGuess(changed, freeOf(changed).grid), points);
    });
    expect(found.map((f) => f.refused)).toEqual([undefined, undefined]);
    expect(Math.abs(found[1]!.checks[0]!.measured / found[0]!.checks[0]!.measured - 1)).toBeLessThan(1e-6);
  });
  it("no signal, no source, no sigma: refused with their own reasons", () => {
    const film = measured([steady(0, false), switchedOff(false)]);
    const changed = (change: (e: Experiment) => Partial<Experiment>) => {
      const { refused, checks } = judged({ ...film, experiments: film.experiments.map((e) => ({ ...e, ...change(e) })) });
      return { refused: refused !== undefined, failed: checks.filter((c) => !c.holds).map((c) => c.code) };
    };
    const dark = { refused: true, failed: ["field_dark"] };
    expect(changed(({ values }) => ({ values: values.map(() => 0) }))).toEqual(dark);
    expect(changed(({ values, sigma }) => ({ values: values.map((_, k) => (k % 2 === 0 ? 1 : -1) * sigma![k]!) }))).toEqual(dark);
    expect(changed(({ sigma }) => ({ sigma: sigma!.map(() => 0) }))).toEqual(dark);
    const off = (s: SourceTerm): SourceTerm => ({ ...s, shape: shapeOf(points.x.map(() => 0)) });
    expect(changed(({ sources }) => ({ sources: sources.map(off) }))).toEqual({ refused: true, failed: ["field_undriven"] });
  });
});
