import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { proposeSpots } from "../../src/field/defect-spots.ts";

const n = 24;
const x = Float64Array.from({ length: n * n }, (_, k) => (k % n) + 0.5);
const y = Float64Array.from({ length: n * n }, (_, k) => Math.floor(k / n) + 0.5);
const spot = (cx: number, cy: number, w: number, h: number) =>
  x.map((v, k) => h * Math.exp(-((v - cx) ** 2 + (y[k]! - cy) ** 2) / (2 * w * w)));

describe("spots that a map of gamma0 suggests", () => {
  it("are those that are there, with their widths and heights", () => {
    const [a, b] = [spot(6, 7, 1.9, 6000), spot(17.5, 15.5, 2.5, 3000)];
    const gamma0 = x.map((_, k) => 2000 + a[k]! + b[k]!);
    const found = proposeSpots({ x, y, gamma0, sigma: gamma0.map((g) => 0.1 * g) });
    expect(found.length).toBe(2);
    const [first, second] = found;
    expect(Math.hypot(first!.centre[0]! - 6, first!.centre[1]! - 7)).toBeLessThan(1);
    expect(Math.hypot(second!.centre[0]! - 17.5, second!.centre[1]! - 15.5)).toBeLessThan(1);
    expect(first!.width / 1.9).toBeGreaterThan(0.7);
    expect(first!.width / 1.9).toBeLessThan(1.4);
    expect(Math.abs(first!.height / 6000 - 1)).toBeLessThan(0.1);
  });

  it("are none where the map is flat within its errors", () => {
    const draw = random(5);
    const gamma0 = x.map(() => 2000 * (1 + 0.05 * draw.normal()));
    expect(proposeSpots({ x, y, gamma0, sigma: gamma0.map(() => 200) })).toEqual([]);
  });

  it("are none where the height is not known: a peak with an error as large as itself", () => {
    const gamma0 = spot(12, 12, 2, 4000).map((v) => v + 2000);
    expect(proposeSpots({ x, y, gamma0, sigma: gamma0.map((g) => (g > 2500 ? g : 0.05 * g)) })).toEqual([]);
  });
});
