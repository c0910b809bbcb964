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

  it("in a long gap are told from a drift by the slope inside the parts", () => {
    const time = (i: number) => 60 * i + (i >= 40 ? 12000 : 0);
    const rising = (perMinute: number) =>
      seriesPoints(
        white(r, 80).map((v, i) => v + (perMinute * time(i)) / 60),
        1,
        time,
      );
    expect(given(rising(0.1))).toMatchObject({ reading: "drift", jumps: [] });
    // The same change, nearly all of it in the gap.
    expect(given(rising(0.015)).jumps).toMatchObject([{ before: 39, after: 40, acrossGap: true }]);
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

  it("are told from switching that is fast, which neighbours alone show as correlation", () => {
    const { jumps, twoLevels, reading } = given(seriesPoints(white(r, 128).map((v, i) => v + 3.5 * (Math.floor(i / 5) % 2))));
    expect(reading).toBe("switching");
    expect(Math.abs(jumps.length - 25)).toBeLessThanOrEqual(2);
    expect(Math.abs(twoLevels!.low.value * 1e6 - 30)).toBeLessThan(4 * twoLevels!.low.sigma * 1e6);
    expect(Math.abs(twoLevels!.high.value * 1e6 - 33.5)).toBeLessThan(4 * twoLevels!.high.sigma * 1e6);
  });

  it("take single visits to one of two known levels for switches, and a single value beyond both for none", () => {
    const high = (i: number) => Math.floor(i / 12) % 2 === 1 || i === 54;
    const { jumps, excursions } = given(seriesPoints(white(r, 120).map((v, i) => (i === 30 ? 60 : v + 15 * Number(high(i))))));
    expect(excursions).toEqual([30]);
    expect(jumps.map((j) => j.after)).toEqual([12, 24, 36, 48, 54, 55, 60, 72, 84, 96, 108]);
  });

  it("are no drift, a straight line is no jump, and a walk is neither", () => {
    const of = (values: readonly number[]) => given(seriesPoints(values)).reading;
    expect(of(white(r, 60).map((v, i) => v + (i >= 30 ? 6 : 0)))).toBe("levels");
    expect(of(white(r, 60).map((v, i) => v + 0.15 * i))).toBe("drift");
    let x = 0;
    const wandering = white(r, 128).map((v) => {
      x += r.normal();
      return x + v;
    });
    const walk = given(seriesPoints(wandering));
    expect(walk).toMatchObject({ reading: "steady", jumps: [] });
    expect(walk.noise.correlation).toBeGreaterThan(0.5);
    expect(given(seriesPoints(white(r, 128))).noise.correlation).toBe(0);
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
