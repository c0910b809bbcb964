import { describe, expect, it } from "vitest";
import { gridded, seriesAxis } from "../../src/routes/series-axis.ts";
import { seriesPoints } from "./series-points.ts";

const zeros = (n: number) => new Array<number>(n).fill(0);

describe("axis of a series", () => {
  it("is time where every repeat has its own, with gaps between runs", () => {
    const axis = seriesAxis(seriesPoints(zeros(9), 1, (i) => 1000 + 40 * i + (i >= 4 ? 200 : 0) + (i >= 7 ? 120 : 0)));
    expect(axis).toMatchObject({ basis: "time", cadence: 40, missing: 0, even: true });
    expect(axis.gaps).toEqual([
      { after: 3, length: 240 },
      { after: 6, length: 160 },
    ]);
    expect(axis.runs).toEqual([
      [0, 3],
      [4, 6],
      [7, 8],
    ]);
    expect(axis.slots).toEqual([0, 1, 2, 3, 9, 10, 11, 15, 16]);
  });

  it("counts repeats where times are missing or equal; a refused repeat is missing, and no gap", () => {
    for (const time of [() => Number.NaN, () => 5, (i: number) => (i === 2 ? Number.NaN : i)]) {
      const points = seriesPoints(zeros(6), 1, time).filter((_, i) => i !== 3);
      expect(seriesAxis(points)).toMatchObject({
        basis: "repeat",
        cadence: 1,
        at: [0, 1, 2, 4, 5],
        gaps: [],
        missing: 1,
        even: true,
        runs: [[0, 4]],
      });
      const grid = gridded([1, 2, 3, 5, 6], seriesAxis(points));
      expect(grid.map((run) => [...run])).toEqual([[1, 2, 3, Number.NaN, 5, 6]]);
    }
  });

  it("does not know the pause between two files without times, unless every file holds one repeat", () => {
    const points = seriesPoints(zeros(6), 1, () => Number.NaN);
    const twoFiles = points.map((p, i) => ({ ...p, file: i < 3 ? "a" : "b" }));
    expect(seriesAxis(twoFiles).gaps).toEqual([{ after: 2, length: Number.NaN }]);
    expect(seriesAxis(points.map((p, i) => ({ ...p, file: String(i) }))).gaps).toEqual([]);
  });

  it("says when steps are uneven", () => {
    expect(seriesAxis(seriesPoints(zeros(40), 1, (i) => 60 * i + 6 * Math.sin(i))).even).toBe(true);
    expect(seriesAxis(seriesPoints(zeros(40), 1, (i) => 60 * i + 25 * Math.sin(i))).even).toBe(false);
    expect(seriesAxis(seriesPoints(zeros(40), 1, (i) => i ** 3)).even).toBe(false);
  });

  it("stands no points, one point, and pauses that would fill the memory", () => {
    expect(seriesAxis([])).toMatchObject({ runs: [], gaps: [], at: [] });
    expect(seriesAxis(seriesPoints([0]))).toMatchObject({ runs: [[0, 0]], gaps: [], cadence: Number.NaN });
    const years = seriesAxis(seriesPoints(zeros(50), 1, (i) => i + (i >= 25 ? 3e9 : 0)));
    expect(years.slots.at(-1)).toBe(24 + 50 + 24);
    const many = seriesAxis(seriesPoints(zeros(200), 1, (i) => i + 1e6 * Math.floor(i / 3)));
    expect(many.slots.at(-1)).toBeLessThanOrEqual(32 * 200);
  });
});
