import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/field-route.ts";
import type { FieldFacts, StatedBoundary } from "../../src/lab/field-statement.ts";
import type { FieldInput } from "../../src/routes/field/input.ts";
import { fieldProblem } from "../../src/routes/field/problem.ts";
import { fieldInput, film, mapDataset } from "./field-films.ts";

const TIMES = [0, 1e-3, 2e-3];
const rises = film([4, 3], TIMES, (_x, _y, t) => 1e3 * t);
const falls = film([4, 3], TIMES, (_x, _y, t) => 1 - 100 * t);
const power = (() => {
  const { u, ...places } = film([4, 3], undefined, (x) => x);
  return { ...places, r_total: u };
})();
const on = { on: [0, 1e-3] as const };

const DEFECT = { centre: [1e-3, 1e-3], width: 1e-3, height: 1e3 };
const AREA = [
  [0, 4e-3],
  [0, 3e-3],
] as const;
const box = (from: number[], to: number[]) => [{ name: "substrate" }, { name: "metal", box: { from, to } }];
const SPOT = { entry: "field.source.0", centre: [1e-3, 1e-3], width: 1e-3, power: 1e-3, free: [], scale: "known" } as const;

const problemOf = (...parts: Parameters<typeof fieldInput>) => fieldProblem(fieldInput(...parts));
const assumed = (...parts: Parameters<typeof fieldInput>) => problemOf(...parts).facts.flatMap((f) => (f.assumed ? [f.sentence] : []));
function refusal(input: FieldInput): string {
  try {
    fieldProblem(input);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("from maps to the field model's problem", () => {
  it("a driven film: cells reach half a spacing beyond the points, the first frame is zero, everything assumed is said", () => {
    const parts = [[mapDataset(rises)], [mapDataset(power, { entry: on })]] as const;
    const { problem } = problemOf(...parts);
    expect(problem.domain).toEqual([
      [0, 4e-3],
      [0, 3e-3],
    ]);
    expect(problem).toMatchObject({ dimensions: 2, gamma0: { type: "field" }, gamma2: { type: "scalar" }, background: false });
    const [experiment] = problem.experiments;
    expect(experiment).toMatchObject({
      name: "u.csv",
      start: "empty",
      from: 0,
      sources: [{ name: "r.csv", on: [[0, 1e-3]], scale: "known", sigma: Number.NaN }],
    });
    expect([...experiment!.times!]).toEqual(TIMES);
    expect(experiment!.values[12 + 5]).toBe(1);
    expect(assumed(...parts)).toEqual([say.domainAssumed(problem.domain), say.boundary(true, "no-flux"), say.startZero(0)]);
  });

  it("what the lab file states is taken, and nothing of it is assumed", () => {
    const facts = {
      domain: [
        [0, 4e-3],
        [0, 3e-3],
      ],
      boundary: { left: "dirichlet", top: "robin" },
      robin: 3,
      initial: "steady",
      spread: 2e-4,
    } as const;
    const parts = [[mapDataset(rises)], [mapDataset(power, { entry: { on: [-Infinity, 0], uncertainty: 0.1 } })], facts] as const;
    const { problem } = problemOf(...parts);
    expect(assumed(...parts)).toEqual([]);
    expect(problem.boundary).toEqual({
      x: [{ type: "dirichlet" }, { type: "no-flux" }],
      y: [{ type: "no-flux" }, { type: "robin", h: 3 }],
    });
    expect(problem.experiments[0]).toMatchObject({ start: "steady", from: 0, sources: [{ sigma: 0.1 }] });
    expect(problem.experiments[0]!.points.spread![3]).toBe(2e-4);
  });

  it("rows in any order, gaps and values without a sigma", () => {
    const rows = { x: [3e-3, 1e-3, 1e-3, 2e-3], time: [0, 1, 0, 1], u: [3, 2, 1, 5], sigma: [0.1, 0.1, 0.1, 0] };
    const { problem, checks } = problemOf([mapDataset(rows)], [], { initial: "unknown", sources: "none" });
    const [{ points, values, times }] = problem.experiments as [(typeof problem.experiments)[0]];
    expect(problem.dimensions).toBe(1);
    expect([[...points.x], [...times!]]).toEqual([
      [1e-3, 2e-3, 3e-3],
      [0, 1],
    ]);
    expect([...values]).toEqual([1, Number.NaN, 3, 2, Number.NaN, Number.NaN]);
    expect(checks.map((c) => [c.code, c.sentence])).toEqual([["field_values_left_out", say.withoutSigma("u.csv", 1)]]);
  });

  it("every sensor's own spread comes before that of the lab file", () => {
    const rows = { x: [1e-3, 2e-3], time: [0, 0], u: [1, 2], spread: [3e-5, 4e-5] };
    const { problem } = problemOf([mapDataset(rows)], [], { sources: "none", spread: 1e-3 });
    expect([...problem.experiments[0]!.points.spread!]).toEqual([3e-5, 4e-5]);
  });

  it("scattered points stand for the area between them", () => {
    const points = { x: [0, 1e-3, 4e-3, 3e-3], y: [0, 3e-3, 1e-3, 4e-3], time: [0, 0, 0, 0], u: [1, 1, 1, 1] };
    // Half of sqrt(16 mm^2 / 4) on every side.
    const { problem } = problemOf([mapDataset(points)], [], { sources: "none" });
    for (const [low, high] of problem.domain) {
      expect(low).toBeCloseTo(-1e-3, 10);
      expect(high).toBeCloseTo(5e-3, 10);
    }
  });

  it("the start is fitted where it is not known to be empty", () => {
    const start = (...parts: Parameters<typeof fieldInput>) => {
      const { start: found, from } = problemOf(...parts).problem.experiments[0]!;
      return [found, from];
    };
    const source = mapDataset(power, { entry: { on: [0.5e-3, 1e-3] } });
    expect(start([mapDataset(falls)])).toEqual(["unknown", 0]);
    expect(start([mapDataset(falls)], [source])).toEqual(["unknown", 0]);
    expect(start([mapDataset(rises)], [mapDataset(power, { entry: { on: [-1, 1e-3] } })])).toEqual(["unknown", 0]);
    expect(start([mapDataset(rises)], [source])).toEqual(["empty", 0]);
    // 0.3 sigma at the start is noise, 6 sigma is not.
    const noisy = (k: number) => mapDataset({ ...film([4, 3], TIMES, (_x, _y, t) => k + 1e4 * t), sigma: rises.u.map(() => 1) });
    expect(start([noisy(0.3)], [source])).toEqual(["empty", 0]);
    expect(start([noisy(6)], [source])).toEqual(["unknown", 0]);
    expect(start([mapDataset(rises)], [mapDataset(power, { entry: { on: [-1, 1e-3] } })], { initial: "empty" })).toEqual(["empty", -1]);
    // A steady state is as steady as it became since the source went on.
    expect(start([mapDataset(falls)], [mapDataset(power, { entry: { on: [-1e-3, 0] } })], { initial: "steady" })).toEqual(["empty", -1e-3]);
  });

  it("a film without source is a free decay, and said to be assumed unless it is stated; one that grows is refused", () => {
    expect(assumed([mapDataset(falls)])).toContain(say.freeDecay("u.csv"));
    expect(assumed([mapDataset(falls)], [], { sources: "none" })).not.toContain(say.freeDecay("u.csv"));
    expect(refusal(fieldInput([mapDataset(rises)]))).toBe(say.growsWithoutSource("u.csv"));
    expect(refusal(fieldInput([mapDataset(film([4, 3], undefined, () => 1))]))).toBe(say.steadyWithoutSource("u.csv"));
  });

  it("a source of a film without its times is on all the time, which is doubtful; of a steady map it is", () => {
    const codes = (...parts: Parameters<typeof fieldInput>) => problemOf(...parts).checks.map((c) => c.code);
    expect(codes([mapDataset(rises)], [mapDataset(power)])).toEqual(["field_on_assumed"]);
    expect(problemOf([mapDataset(rises)], [mapDataset(power)]).problem.experiments[0]!.sources[0]!.on).toEqual([[-Infinity, Infinity]]);
    expect(codes([mapDataset(rises, { entry: on })], [mapDataset(power)])).toEqual([]);
    expect(codes([mapDataset(film([4, 3], undefined, () => 1))], [mapDataset(power)])).toEqual([]);
  });

  it("a source that is zero is none, and one whose map ends where it absorbs is doubtful", () => {
    const zero = mapDataset({ ...power, r_total: power.x.map(() => 0) });
    const { problem, facts } = problemOf([mapDataset(falls)], [zero]);
    expect(problem.experiments[0]!.sources).toEqual([]);
    expect(facts.map((f) => f.sentence)).toContain(say.zeroSource("r.csv"));
    expect(refusal(fieldInput([mapDataset(rises)], [zero]))).toBe(say.growsWithoutSource("u.csv"));
    const windowed = (r: (x: number) => number) => {
      const { u, ...places } = film([3, 3], undefined, r);
      return problemOf([mapDataset(rises)], [mapDataset({ ...places, r_total: u }, { entry: on })]);
    };
    expect(windowed((x) => x).checks).toMatchObject([{ code: "field_source_window", measured: 1, limit: 0.01 }]);
    const small = windowed((x) => (x > 2e-3 ? 0.001 : 1));
    expect(small.checks).toEqual([]);
    expect(
      small.facts
        .filter((f) => f.assumed)
        .map((f) => f.sentence)
        .join(),
    ).toContain("at the rim it is still 0.1 %");
  });

  it("sources go to the maps whose names agree with theirs, those without a name to all", () => {
    const map = (run: string) =>
      mapDataset(
        film([4, 3], undefined, () => 1),
        { path: `${run}_u.csv`, cut: { cooldown: "cd1", run } },
      );
    const source = (run: string) => mapDataset(power, { path: `${run}_r.csv`, cut: { cooldown: "cd1", run } });
    const common = mapDataset(power, { path: "r.csv", cut: { cooldown: "cd1" } });
    const names = (input: FieldInput) => fieldProblem(input).problem.experiments.map((e) => e.sources.map((s) => s.name));
    expect(names(fieldInput([map("a"), map("b")], [source("a"), source("b"), common]))).toEqual([
      ["a_r.csv", "r.csv"],
      ["b_r.csv", "r.csv"],
    ]);
    expect(refusal(fieldInput([map("a")], [source("c")]))).toBe(say.sourceOfNothing("c_r.csv"));
    // One entry, one scale.
    const of = (run: string) =>
      mapDataset(power, { path: `${run}_r.csv`, cut: { run }, entry: { match: "{run}_r.csv", scale: "relative" } });
    expect(names(fieldInput([map("a"), map("b")], [of("a"), of("b")]))).toEqual([["{run}_r.csv"], ["{run}_r.csv"]]);
  });

  it("a described source is for the maps that no file feeds", () => {
    const map = (run: string) => mapDataset(rises, { path: `${run}_u.csv`, cut: { run } });
    const file = mapDataset(power, { path: "a_r.csv", cut: { run: "a" }, entry: on });
    const sources = [{ ...SPOT, on: on.on }];
    const { experiments } = problemOf([map("a"), map("b")], [file], { sources }).problem;
    expect(experiments.map((e) => e.sources.map((s) => s.name))).toEqual([["a_r.csv"], ["spot"]]);
    expect(refusal(fieldInput([map("a")], [file], { sources }))).toBe(say.sourceTwice("a_r.csv"));
    expect(refusal(fieldInput([map("a")], [file], { sources: "none" }))).toBe(say.noneBesideSource("a_r.csv"));
  });

  it("only sides that the maps have are spoken of", () => {
    const line = mapDataset({ x: [0, 1e-3, 2e-3], time: [0, 0, 0], u: [1, 2, 1] });
    const sentences = (boundary: StatedBoundary) => problemOf([line], [], { boundary }).facts.map((f) => f.sentence);
    expect(sentences({ right: "dirichlet", top: "dirichlet" })).toContain(say.boundary(false, "left no-flux, right dirichlet"));
    expect(sentences({ top: "dirichlet" })).toContain(say.boundary(true, ""));
  });

  it("frames in files of their own, told apart by the time in their names, are one film", () => {
    const { time: _, ...frame } = film([4, 3], [0], () => 1);
    const at = (t: number) =>
      mapDataset(
        { ...frame, time: frame.x.map(() => t) },
        { path: `u_${t}ms.csv`, cut: { time: `${t}` }, entry: { match: "u_{time}ms.csv", map: { at: t } } },
      );
    const { problem } = problemOf([at(2), at(1)], [], { sources: "none" });
    expect(problem.experiments).toHaveLength(1);
    expect([...problem.experiments[0]!.times!]).toEqual([1, 2]);
    expect(problem.experiments[0]!.name).toBe(say.frames("u_2ms.csv", 2));
  });

  it("laws, regions and described spots come from the lab file", () => {
    const regions = [{ name: "ground" }, { name: "metal", box: { from: [0, 0], to: [1e-3, 1e-3] } }];
    const sources = [
      {
        entry: "field.source.0",
        centre: [1e-3, 1e-3],
        width: 3e-4,
        power: 2e-3,
        on: [0, 1e-3] as const,
        free: ["power"] as const,
        scale: "known" as const,
      },
    ];
    const { problem } = problemOf([mapDataset(rises)], [], { gamma0: "regions", gamma2: "regions", regions, sources, background: true });
    const boxes = [{ region: 1, low: [0, 0], high: [1e-3, 1e-3] }];
    const law = { type: "regions", regions: { names: ["ground", "metal"], boxes } };
    expect(problem).toMatchObject({ gamma0: law, gamma2: law, background: true });
    expect(problem.experiments[0]!.sources).toMatchObject([
      { name: "spot", shape: { type: "spot", width: 3e-4, free: ["power"] }, on: [[0, 1e-3]] },
    ]);
    const spots = [{ centre: [1e-3, 1e-3], width: 3e-4, height: 6000 }];
    expect(problemOf([mapDataset(falls)], [], { spots }).problem.gamma0).toEqual({ type: "spots", spots });
  });

  it.each([
    ["robin without h", fieldInput([mapDataset(falls)], [], { boundary: "robin" }), say.robinWithout()],
    [
      "points outside",
      fieldInput([mapDataset(falls)], [], {
        domain: [
          [0, 3e-3],
          [0, 3e-3],
        ],
      }),
      say.outsideDomain("x", 3.5e-3, 0, 3e-3),
    ],
    ["a domain of one axis", fieldInput([mapDataset(falls)], [], { domain: [[0, 5e-3]] }), say.domainDimension(1, 2)],
    [
      "power against time",
      fieldInput([mapDataset(rises)], [mapDataset({ ...power, time: power.x.map((_, i) => i % 2) })]),
      say.sourceInTime("r.csv"),
    ],
    [
      "power that is missing",
      fieldInput([mapDataset(rises)], [mapDataset({ ...power, r_total: power.r_total.map((r, i) => (i === 2 ? Number.NaN : r)) })]),
      say.sourceMissing("r.csv", 1),
    ],
    ...[
      ["a spot of one coordinate on an area", { spots: [{ ...DEFECT, centre: [1e-3] }] }, say.coordinates("spot 1", 1, 2)],
      ["a spot outside the domain", { spots: [DEFECT, { ...DEFECT, centre: [1e-3, 1] }] }, say.notInDomain("spot 2", AREA)],
      ["a region of one coordinate", { gamma0: "regions", regions: box([0], [1e-3]) }, say.coordinates('region "metal"', 1, 2)],
      ["a region outside", { gamma2: "regions", regions: box([5e-3, 0], [6e-3, 1]) }, say.notInDomain('region "metal"', AREA)],
    ].map(
      ([what, facts, sentence]) =>
        [what, fieldInput([mapDataset(falls)], [], facts as Partial<FieldFacts>), sentence] as [string, FieldInput, string],
    ),
    ["heights", fieldInput([mapDataset({ ...falls, z: falls.x.map((_, i) => i) })]), say.heights()],
    ["a line along y", fieldInput([mapDataset({ x: [1e-3, 1e-3], y: [0, 1e-3], time: [0, 0], u: [1, 1] })]), say.lineAlongY()],
    ["no sigma at all", fieldInput([mapDataset({ ...falls, sigma: falls.x.map(() => 0) })]), say.noSigmaAtAll("u.csv")],
    ["no value at all", fieldInput([mapDataset({ ...falls, u: falls.x.map(() => Number.NaN) })]), say.nothingMeasured("u.csv")],
    ["one place", fieldInput([mapDataset({ x: [1e-3, 1e-3], time: [0, 1], u: [2, 1] })]), say.onePlace()],
    [
      "a spread that is missing",
      fieldInput([mapDataset({ x: [0, 1e-3], time: [0, 0], u: [1, 1], spread: [1e-5, Number.NaN] })]),
      say.spreadMissing(),
    ],
    ["an empty start that stays so", fieldInput([mapDataset(falls)], [], { initial: "empty" }), say.emptyWithoutSource()],
    [
      "a line with an area",
      fieldInput([mapDataset(falls), mapDataset({ x: [0, 1e-3], time: [0, 0], u: [1, 1] }, { path: "l.csv" })]),
      say.twoDimensions("u.csv", "l.csv"),
    ],
    [
      "two boundaries",
      fieldInput([
        mapDataset(falls, { entry: { boundary: "dirichlet" } }),
        mapDataset(falls, { path: "b.csv", entry: { boundary: "no-flux" } }),
      ]),
      say.twoBoundaries("gammawatt.yaml:1:1", "gammawatt.yaml:1:1"),
    ],
  ])("%s is refused with what to write", (_what, input, sentence) => {
    expect(refusal(input)).toBe(sentence);
  });
});
