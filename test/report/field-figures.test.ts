import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { selectedTimes } from "../../src/report/field-film.ts";
import { partitionAxis } from "../../src/report/field-scales.ts";
import { diverging, LEVELS, sequential } from "../../src/report/figures/colours.ts";
import { endsOf } from "../../src/report/figures/ends.ts";
import { CLEAR, png } from "../../src/report/figures/png.ts";
import { rasterOf } from "../../src/report/figures/raster.ts";
import { rasterFigure } from "../../src/report/figures/raster-figure.ts";
import { fieldStudy } from "./example-field.ts";

/** Luminance of sRGB (IEC 61966-2-1), 0 to 1. */
function luminance([r, g, b]: readonly number[]): number {
  const linear = (v: number) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r!) + 0.7152 * linear(g!) + 0.0722 * linear(b!);
}
const colour = (palette: Uint8Array, k: number) => [...palette.subarray(3 * k, 3 * k + 3)];

describe("png", () => {
  const bytes = Buffer.from(
    png(
      3,
      2,
      Uint8Array.of(0, 1, 2, 3, CLEAR, 5),
      new Uint8Array(768).map((_, i) => i % 256),
    ),
  );
  const chunk = (type: string) => {
    const at = bytes.indexOf(type, 0, "latin1");
    return bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4));
  };
  it("has size, palette, one transparent colour, and rows each behind its filter's number", () => {
    expect([chunk("IHDR").readUInt32BE(0), chunk("IHDR").readUInt32BE(4), ...chunk("IHDR").subarray(8)]).toEqual([3, 2, 8, 3, 0, 0, 0]);
    expect(chunk("PLTE")).toHaveLength(768);
    expect([...chunk("tRNS").entries()].filter(([, v]) => v !== 255)).toEqual([[CLEAR, 0]]);
    expect([...inflateSync(chunk("IDAT"))]).toEqual([0, 0, 1, 2, 0, 3, CLEAR, 5]);
  });
});

describe("colours", () => {
  it("of a sequential scale grow lighter from step to step, so that they survive grey paper", () => {
    const { palette } = sequential({ name: "u", unit: "1", domain: [0, 1] });
    const light = Array.from({ length: LEVELS }, (_, k) => luminance(colour(palette, k)));
    for (let k = 1; k < LEVELS; k++) expect(light[k]).toBeGreaterThan(light[k - 1]! - 1e-3);
    // Lightness L* (CIE 1976) rises evenly: no quarter takes more than twice its share.
    const lightness = light.map((y) => (y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y));
    for (const q of [0, 1, 2, 3]) {
      const share =
        (lightness[Math.floor(((q + 1) * (LEVELS - 1)) / 4)]! - lightness[Math.floor((q * (LEVELS - 1)) / 4)]!) /
        (lightness.at(-1)! - lightness[0]!);
      expect(share).toBeGreaterThan(0.125);
      expect(share).toBeLessThan(0.5);
    }
  });
  it("of a diverging scale are lightest in the middle, blue below and red above", () => {
    const { palette, level } = diverging({ name: "f", unit: "1", domain: [0.25, 4], kind: "log" });
    const [low, middle, high] = [0.3, 1, 3].map((f) => colour(palette, level(f)));
    expect(luminance(middle!)).toBeGreaterThan(0.9);
    expect(low![2]! - low![0]!).toBeGreaterThan(40);
    expect(high![0]! - high![2]!).toBeGreaterThan(40);
  });
  it("end at the ends, and are none where a number is not known", () => {
    const { level } = sequential({ name: "u", unit: "1", domain: [1, 100], kind: "log" });
    expect([1, 100, 1e9, 0.1, -3, Number.NaN].map(level)).toEqual([0, LEVELS - 1, LEVELS - 1, 0, 0, CLEAR]);
  });
  it("of f have 1 in the middle", () => {
    expect(partitionAxis([0.9, 1.05])).toEqual({ domain: [0.9, 1.1], kind: "linear" });
    expect(partitionAxis([0.4, 5, Number.NaN, -1])).toEqual({ domain: [0.2, 5], kind: "log" });
    expect(partitionAxis([1e-3, 80]).domain).toEqual([1 / 16, 16]);
  });
});

describe("rasterOf", () => {
  const lattice = (nx: number, ny: number, x: (i: number) => number = (i) => i + 0.5) => ({
    x: Float64Array.from({ length: nx * ny }, (_, k) => x(k % nx)),
    y: Float64Array.from({ length: nx * ny }, (_, k) => Math.floor(k / nx) + 0.5),
  });
  it("shows one pixel per point of a lattice, the largest y at the top", () => {
    const { x, y } = lattice(3, 2);
    expect(rasterOf(x, y, 100)).toMatchObject({
      width: 3,
      height: 2,
      x: [0, 3],
      y: [0, 2],
      point: Int32Array.of(3, 4, 5, 0, 1, 2),
      scattered: false,
    });
  });
  it("finds a lattice in any order, with rounding and gaps", () => {
    const { x, y } = lattice(4, 3);
    const order = [7, 2, 11, 0, 9, 4, 5, 1, 3, 8, 10];
    const r = rasterOf(
      Float64Array.from(order, (k) => x[k]! * (1 + 1e-12 * k)),
      Float64Array.from(order, (k) => y[k]!),
      100,
    );
    expect(r).toMatchObject({ width: 4, height: 3, scattered: false });
    expect([...r.point].map((k) => order[k] ?? -1)).toEqual([8, 9, 10, 11, 4, 5, -1, 7, 0, 1, 2, 3]);
  });
  it("gives uneven spacing its true width", () => {
    const { x, y } = lattice(3, 1, (i) => [0, 1, 3][i]!);
    const { width, point, x: ends } = rasterOf(x, y, 100);
    expect(ends).toEqual([-0.5, 4]);
    const share = (k: number) => point.filter((p) => p === k).length / width;
    expect(share(0)).toBeCloseTo(1 / 4.5, 1);
    expect(share(1)).toBeCloseTo(1.5 / 4.5, 1);
    expect(share(2)).toBeCloseTo(2 / 4.5, 1);
  });
  it("shows every second or third of too many", () => {
    const { x, y } = lattice(90, 4);
    expect(rasterOf(x, y, 40)).toMatchObject({ width: 30, height: 4 });
  });
  it("fills the surroundings of scattered points with the nearest, and nothing far away", () => {
    const r = rasterOf([0, 1, 0.2, 5], [0, 0.1, 1.1, 4.7], 100);
    expect(r.scattered).toBe(true);
    expect(new Set(r.point)).toEqual(new Set([-1, 0, 1, 2, 3]));
    expect(r.point.at(-r.width)).toBe(0);
  });
});

describe("rasterFigure", () => {
  const values = Float64Array.of(1, 2, 3, 4, 5, 6);
  const raster = rasterOf([1e-4, 3e-4, 5e-4, 1e-4, 3e-4, 5e-4], [1e-4, 1e-4, 1e-4, 3e-4, 3e-4, 3e-4], 100);
  const draw = (more: object = {}) =>
    rasterFigure({
      title: "t",
      desc: "d",
      raster,
      values,
      scale: sequential({ name: "u", unit: "1", domain: [1, 6] }),
      ...more,
    }).toString();
  it("has equal axes in one unit", () => {
    const [, width, height] = /<svg class="plot" width="([\d.]+)" height="([\d.]+)"/.exec(draw())!.map(Number);
    expect(width! / height!).toBeCloseTo(6 / 4, 2);
    expect(draw().match(/\(µm\)/g)).toHaveLength(2);
  });
  it("shows the whole domain, the picture in its place", () => {
    const markup = draw({
      domain: [
        [0, 12e-4],
        [0, 4e-4],
      ],
    });
    const [, x, y, width] = /<image class="pixels" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/.exec(markup)!.map(Number);
    expect([x, y, width]).toEqual([0, 0, 131]);
  });
  it("hatches runs of pixels whose points say so", () => {
    const d = /<path class="prior" d="([^"]*)"/.exec(draw({ hatched: [true, true, false, false, false, true] }))![1]!;
    expect(d.match(/M/g)).toHaveLength(2);
    expect(draw({ hatched: Array(6).fill(false) })).not.toContain('class="prior"');
  });
});

describe("selectedTimes", () => {
  const film = (times: number) =>
    (fieldStudy({ size: [3], times }).outcome as Extract<ReturnType<typeof fieldStudy>["outcome"], { state: "converged" }>).films[0]!;
  it("are first, last, both sides of the switch, and evenly between", () => {
    expect(selectedTimes(film(1))).toEqual([0]);
    expect(selectedTimes(film(4))).toEqual([0, 1, 2, 3]);
    // Of 21 times the source is on up to the eleventh.
    const chosen = selectedTimes(film(21));
    expect(chosen).toHaveLength(6);
    for (const k of [0, 10, 11, 20]) expect(chosen).toContain(k);
  });
});

describe("endsOf", () => {
  it("takes any count, leaves out what is no number", () => {
    expect(endsOf(new Float64Array(500_000).map((_, i) => (i === 7 ? Number.NaN : -i)))).toEqual([-499_999, -0]);
    expect(endsOf([Number.NaN, Number.POSITIVE_INFINITY])).toEqual([Number.NaN, Number.NaN]);
  });
});
