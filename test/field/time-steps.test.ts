import { describe, expect, it } from "vitest";
import type { Course } from "../../src/field/equation.ts";
import { solve } from "../../src/field/forward.ts";
import { equalEdges, gridOf } from "../../src/field/grid.ts";
import { halvedSteps, planSteps } from "../../src/field/time-steps.ts";

const CLOSED = { x: [{ type: "no-flux" }, { type: "no-flux" }], y: [{ type: "no-flux" }, { type: "no-flux" }] } as const;
const GRID = gridOf(equalEdges(0, 1e-4, 20));
const MEDIUM = { gamma0: new Float64Array(20).fill(2e3), gamma2: new Float64Array(20).fill(3e-6) };
const START = GRID.x.centres.map((x) => 1 + x / 1e-4);
/** Ten times 0.1 ms and 1 ms are not the same double. */
const COURSE: Course = {
  type: "transient",
  sources: [{ density: new Float64Array(20).fill(1), on: [[-Infinity, 1e-3]] }],
  start: START,
  from: 0,
  times: Float64Array.from({ length: 26 }, (_, i) => i * 1e-4),
};
const lengths = (ends: Float64Array) => ends.map((end, n) => end - (n === 0 ? 0 : ends[n - 1]!));

describe("steps of a course", () => {
  const ends = planSteps(GRID, MEDIUM, COURSE);

  it("every output time and every edge of a source is an end, in rising order and without slivers", () => {
    for (const time of COURSE.type === "transient" ? COURSE.times.slice(1) : [])
      expect(ends.some((end) => Math.abs(end - time) < 1e-15)).toBe(true);
    expect(Math.min(...lengths(ends))).toBeGreaterThan(1e-8);
  });

  it("an edge that differs from an output time by rounding is an event all the same", () => {
    const plan = (end: number) => planSteps(GRID, MEDIUM, { ...COURSE, sources: [{ density: START, on: [[0, end]] }] });
    for (const end of [1e-3 * (1 - 2e-16), 1e-3 * (1 + 4e-16)]) expect(plan(end).length).toBe(plan(1e-3).length);
  });

  it("they grow after the start and after the source goes off", () => {
    const startingAt = (time: number) => lengths(ends)[ends.findIndex((end) => end > time + 1e-12)]!;
    const first = 1 / (2e3 + (2 * 3e-6) / 5e-6 ** 2);
    expect(startingAt(0)).toBeCloseTo(first, 12);
    expect(startingAt(1e-3)).toBeCloseTo(first, 12);
    expect(startingAt(9e-4)).toBeGreaterThan(20 * first);
  });

  it("every level halves every step", () => {
    const [once, twice] = [planSteps(GRID, MEDIUM, COURSE, 1), planSteps(GRID, MEDIUM, COURSE, 2)];
    expect(once.length).toBe(2 * ends.length);
    expect(once.filter((_, n) => n % 2 === 1)).toEqual(ends);
    expect(Math.max(...once.map((end, n) => Math.abs(end - halvedSteps(0, ends)[n]!)))).toBeLessThan(1e-17);
    expect(twice.filter((_, n) => n % 2 === 1)).toEqual(once);
  });

  it("the source is off after its end, though the times are rounded", () => {
    const { states, imbalance } = solve(GRID, CLOSED, MEDIUM, COURSE, planSteps(GRID, MEDIUM, COURSE, 3));
    expect(imbalance).toBeLessThan(1e-12);
    const energy = states.map((u) => u.reduce((a, b) => a + b, 0) / 20);
    for (const [i, u] of energy.entries()) {
      const t = i * 1e-4;
      const kept = (s: number) => 1 / 2e3 + (1.5 - 1 / 2e3) * Math.exp(-2e3 * s);
      expect(u / (t <= 1e-3 ? kept(t) : kept(1e-3) * Math.exp(-2e3 * (t - 1e-3)))).toBeCloseTo(1, 2);
    }
  });

  it("a time that almost coincides with another does not spoil the step after it", () => {
    const course: Course = { ...COURSE, sources: [], times: Float64Array.of(2e-4, 2e-4 * (1 + 1e-8), 4e-4) };
    const plan = planSteps(GRID, MEDIUM, course);
    const steps = lengths(plan);
    for (const [n, length] of steps.entries()) if (n > 0) expect(length / steps[n - 1]!).toBeLessThan(101);
    const { states } = solve(GRID, CLOSED, MEDIUM, course, plan);
    expect(Math.max(...states[1]!.map((u, k) => Math.abs(u / states[0]![k]! - 1)))).toBeLessThan(1e-6);
  });

  it("a course without output times, or steady, has none", () => {
    expect(planSteps(GRID, MEDIUM, { ...COURSE, times: new Float64Array() })).toEqual(new Float64Array());
    expect(planSteps(GRID, MEDIUM, { type: "steady", sources: [] })).toEqual(new Float64Array());
  });
});
