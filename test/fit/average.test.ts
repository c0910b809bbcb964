import { describe, expect, it } from "vitest";
import { averageTraces } from "../../src/fit/average.ts";
import { columnOf } from "../../src/tables/dataset.ts";
import { column, dataset, population } from "./traces.ts";

const t = [0, 1, 2, 3];
const labels = (k: number) => ({ labels: { cooldown: "c", device: "", qubit: "q1", trace: `V[${k}]` } });
const repeat = { axis: "repeat" } as const;

describe("average of repeats", () => {
  it("averages I and Q before any rotation and keeps the labels of the signal", () => {
    const make = (k: number, i: number[], q: number[]) =>
      dataset([column("delay", "s", t), column("i", "V", i), column("q", "V", q)], { ...repeat, ...labels(k) });
    const mean = averageTraces([make(0, [1, 2, 3, 4], [0, 0, 0, 0]), make(1, [3, 2, 1, 0], [2, 2, 2, 2])])!;
    expect([...columnOf(mean, "i")!.values]).toEqual([2, 2, 2, 2]);
    expect([...columnOf(mean, "q")!.values]).toEqual([1, 1, 1, 1]);
    expect(mean.labels.trace).toBe("V[mean]");
    expect(mean.noise).toEqual({ type: "unknown" });
  });
  it("averages repeats that were measured in different, shuffled orders of delay", () => {
    const order = [2, 0, 3, 1];
    const rising = population(t, [1, 0.6, 0.3, 0.1], { ...repeat, ...labels(0) });
    const shuffled = population(
      order.map((i) => t[i]!),
      order.map((i) => [0.8, 0.4, 0.1, 0.1][i]!),
      { ...repeat, ...labels(1) },
    );
    const mean = averageTraces([rising, shuffled])!;
    expect([...columnOf(mean, "delay")!.values]).toEqual(t);
    [0.9, 0.5, 0.2, 0.1].forEach((v, i) => {
      expect(columnOf(mean, "population")!.values[i]).toBeCloseTo(v, 14);
    });
  });
  it("sums counts: constant shots and a column", () => {
    const constant = (p: number[], shots: number) => population(t, p, { ...repeat, noise: { type: "binomial", shots } });
    const mean = averageTraces([constant([1, 0.5, 0.5, 0], 100), constant([0, 0.5, 0.5, 1], 300)])!;
    expect(mean.noise).toEqual({ type: "binomial", shots: 400 });
    expect([...columnOf(mean, "population")!.values]).toEqual([0.25, 0.5, 0.5, 0.75]);
    const counted = (p: number[], n: number[]) =>
      dataset([column("delay", "s", t), column("population", "1", p), column("shots", "1", n)], {
        ...repeat,
        noise: { type: "binomial", shots: "column" },
      });
    const summed = averageTraces([counted([1, 1, 1, 1], [10, 20, 30, 40]), counted([0, 0, 0, 0], [30, 20, 10, 0])])!;
    expect([...columnOf(summed, "shots")!.values]).toEqual([40, 40, 40, 40]);
    expect([...columnOf(summed, "population")!.values]).toEqual([0.25, 0.5, 0.75, 1]);
  });
  it("combines stated sigmas", () => {
    const make = (p: number) =>
      dataset([column("delay", "s", t), column("population", "1", [p, p, p, p]), column("sigma", "1", [3, 3, 3, 4])], {
        ...repeat,
        noise: { type: "sigma" },
      });
    const sigma = columnOf(averageTraces([make(0), make(1)])!, "sigma")!.values;
    expect(sigma[0]).toBeCloseTo(3 / Math.SQRT2, 12);
    expect(sigma[3]).toBeCloseTo(4 / Math.SQRT2, 12);
  });
  it("has no number where a repeat has none, and leaves an aborted repeat out", () => {
    const p = (values: number[]) => population(t, values, repeat);
    const mean = averageTraces([p([1, 1, 1, 1]), p([0, Number.NaN, 0, 0]), p([9, Number.NaN, Number.NaN, Number.NaN])])!;
    expect([...columnOf(mean, "population")!.values]).toEqual([0.5, Number.NaN, 0.5, 0.5]);
    expect(mean.notes.map((n) => n.code)).toEqual(["averaged", "average_dropped"]);
  });
  it("refuses swept axes, other delays, other noise, and a single trace", () => {
    const one = population(t, [1, 1, 1, 1], repeat);
    expect(averageTraces([one])).toBeUndefined();
    expect(averageTraces([one, population([0, 1, 2, 4], [1, 1, 1, 1], repeat)])).toBeUndefined();
    expect(averageTraces([one, population(t, [1, 1, 1, 1], { axis: "swept" })])).toBeUndefined();
    expect(averageTraces([one, population(t, [1, 1, 1, 1], { ...repeat, noise: { type: "binomial", shots: 10 } })])).toBeUndefined();
  });
});
