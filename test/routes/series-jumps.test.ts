import { describe, expect, it } from "vitest";
import { seriesMessages } from "../../src/core/messages/series.ts";
import { random } from "../../src/core/random.ts";
import { seriesAxis } from "../../src/routes/series-axis.ts";
import { JUMPS_FEWEST, seriesJumps } from "../../src/routes/series-jumps.ts";
import { seriesPoints, white } from "./series-points.ts";

function given(points: ReturnType<typeof seriesPoints>) {
  const found = seriesJumps(points, seriesAxis(points));
  if (found.state === "missing") throw new Error(found.sentence);
  return found;
}

describe("jumps of a series", () => {
  const r = random(12);

  it("are found at their place with their size", () => {
    const { jumps, levels, twoLevels } = given(seriesPoints(white(r, 60).map((v, i) => v + (i >= 20 ? 6 : 0) - (i >= 45 ? 9 : 0))));
    expect(jumps.map((j) => [j.before, j.after])).toEqual([
      [19, 20],
      [44, 45],
    ]);
    expect(jumps[0]!.at).toBe(19.5 * 60);
    for (const [k, size] of [6, -9].entries())
      expect(Math.abs(jumps[k]!.size.value * 1e6 - size)).toBeLessThan(3 * jumps[k]!.size.sigma * 1e6);
    expect(levels).toHaveLength(3);
    // Three levels, none twice: no telegraph.
    expect(twoLevels).toBeUndefined();
  });

  it("that happen in a gap are marked", () => {
    const points = seriesPoints(
      white(r, 40).map((v, i) => v + (i >= 20 ? 8 : 0)),
      1,
      (i) => 60 * i + (i >= 20 ? 7200 : 0),
    );
    const { jumps } = given(points);
    expect(jumps).toHaveLength(1);
    expect(jumps[0]).toMatchObject({ before: 19, after: 20, acrossGap: true });
    expect(given(seriesPoints(points.map((p) => p.t1 * 1e6 - 30))).jumps[0]!.acrossGap).toBe(false);
  });

  it("are not made of one repeat far off", () => {
    const { jumps, excursions } = given(seriesPoints(white(r, 50).map((v, i) => (i === 17 ? 25 : v))));
    expect(jumps).toEqual([]);
    expect(excursions).toEqual([17]);
  });

  it("back and forth between two values are switching", () => {
    const state = (i: number) => Math.floor(i / 9) % 2;
    const { jumps, twoLevels } = given(seriesPoints(white(r, 90).map((v, i) => v + 10 * state(i))));
    expect(jumps).toHaveLength(9);
    expect(twoLevels!.low.value * 1e6).toBeCloseTo(30, 0);
    expect(twoLevels!.high.value * 1e6).toBeCloseTo(40, 0);
    expect([twoLevels!.dwellLow, twoLevels!.dwellHigh]).toEqual([9, 9]);
  });

  it("are held against the scatter of neighbours, not against fit errors that are far too small", () => {
    const found = given(seriesPoints(white(r, 80), 0.05));
    expect(found.jumps).toEqual([]);
    expect(found.noise.fitsAlone).toBe(false);
  });

  it("are not looked for in a short series, and not found in a constant one", () => {
    const short = seriesPoints(white(r, JUMPS_FEWEST - 1));
    expect(seriesJumps(short, seriesAxis(short))).toEqual({ state: "missing", sentence: seriesMessages.tooShort(15, 16) });
    expect(given(seriesPoints(new Array<number>(30).fill(0), Number.NaN)).jumps).toEqual([]);
  });
});
