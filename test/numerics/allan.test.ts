import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { allanEdf, noiseType, overlappingAllan } from "../../src/numerics/allan.ts";
import { nistFrequencyData } from "./nist-frequency-data.ts";

const deviation = (runs: readonly ArrayLike<number>[], m: number) => Math.sqrt(overlappingAllan(runs, m).variance);

/** The definition, sum by sum. */
function byHand(y: readonly number[], m: number): number {
  const average = (start: number) => y.slice(start, start + m).reduce((a, b) => a + b, 0) / m;
  const squares: number[] = [];
  for (let j = 0; j + 2 * m <= y.length; j++) squares.push((average(j + m) - average(j)) ** 2);
  return squares.reduce((a, b) => a + b, 0) / (2 * squares.length);
}

describe("overlapping Allan deviation", () => {
  it("of the 9-value set of NBS Monograph 140 is that of NIST SP 1065, table 30", () => {
    const y = [892, 809, 823, 798, 671, 644, 883, 903, 677];
    expect(deviation([y], 1)).toBeCloseTo(91.22945, 4);
    expect(deviation([y], 2)).toBeCloseTo(85.95287, 4);
  });

  it.each([
    [1, 2.922319e-1],
    [10, 9.159953e-2],
    [100, 3.241343e-2],
  ])("of the 1000-value set at %d is that of NIST SP 1065, table 31", (m, expected) => {
    expect(deviation([nistFrequencyData(1000)], m) / expected - 1).toBeCloseTo(0, 6);
  });

  it.each([1, 2, 3, 4])("is the definition, averaging %d values", (m) => {
    const y = nistFrequencyData(8);
    expect(overlappingAllan([y], m).variance).toBeCloseTo(byHand(y, m), 14);
    expect(overlappingAllan([y], m).pairs).toBe(9 - 2 * m);
  });

  it("takes no difference across a gap", () => {
    const [a, b] = [nistFrequencyData(12), nistFrequencyData(7).map((v) => v + 1000)];
    const [va, vb] = [byHand(a, 3), byHand(b, 3)];
    const pooled = overlappingAllan([a, b], 3);
    expect(pooled.pairs).toBe(7 + 2);
    expect(pooled.variance).toBeCloseTo((7 * va + 2 * vb) / 9, 12);
  });

  it("uses the values that are there: both means need three quarters of theirs", () => {
    const y = [1, 5, 2, Number.NaN, 7, 3, 4, 6, 2];
    // m = 1: pairs of neighbours that both exist.
    const squares = [5 - 1, 2 - 5, 3 - 7, 4 - 3, 6 - 4, 2 - 6].map((d) => d * d);
    expect(overlappingAllan([y], 1)).toEqual({ variance: squares.reduce((a, b) => a + b, 0) / 12, pairs: 6 });
    // m = 4: (1 5 2 -) with (7 3 4 6), (5 2 - 7) with (3 4 6 2).
    const d = [20 / 4 - 8 / 3, 15 / 4 - 14 / 3];
    expect(overlappingAllan([y], 4).pairs).toBe(2);
    expect(overlappingAllan([y], 4).variance).toBeCloseTo((d[0]! ** 2 + d[1]! ** 2) / 4, 12);
  });

  it("has no value where no run is long enough", () => {
    expect(overlappingAllan([[1, 2, 3]], 2)).toEqual({ variance: Number.NaN, pairs: 0 });
  });

  it("of a straight line of slope s is s m/sqrt 2", () => {
    const line = Array.from({ length: 40 }, (_, i) => 5 + 0.3 * i);
    expect(deviation([line], 7)).toBeCloseTo((0.3 * 7) / Math.SQRT2, 12);
  });
});

describe("degrees of freedom", () => {
  it("at m = 1 of white noise are M^2/(M + 2 (M - 1)/4): neighbouring differences correlate by -1/2", () => {
    for (const n of [5, 50, 501]) expect(allanEdf("white", [n], 1)).toBeCloseTo((n - 1) ** 2 / (n - 1 + (n - 2) / 2), 9);
  });

  it("for one difference is 1, for equal runs they add", () => {
    for (const noise of ["white", "flicker", "random-walk"] as const) {
      expect(allanEdf(noise, [8], 4)).toBeCloseTo(1, 12);
      expect(allanEdf(noise, [50, 50, 50], 4)).toBeCloseTo(3 * allanEdf(noise, [50], 4), 9);
    }
    expect(allanEdf("white", [3], 2)).toBe(0);
  });

  it("of white noise lie within 10 % of Howe, Allan and Barnes (1981), NIST SP 1065 table 5, N phase points", () => {
    for (const [n, m] of [
      [101, 1],
      [101, 4],
      [1001, 10],
      [1001, 100],
    ] as const) {
      const published = ((3 * (n - 1)) / (2 * m) - (2 * (n - 2)) / n) * ((4 * m * m) / (4 * m * m + 5));
      expect(Math.abs(allanEdf("white", [n - 1], m) / published - 1)).toBeLessThan(0.1);
    }
  });

  it("of random walk lie within 10 % of the same table", () => {
    for (const [n, m] of [
      [101, 4],
      [1001, 10],
      [1001, 100],
    ] as const) {
      const published = ((n - 2) / m) * (((n - 1) ** 2 - 3 * m * (n - 1) + 4 * m * m) / (n - 3) ** 2);
      expect(Math.abs(allanEdf("random-walk", [n - 1], m) / published - 1)).toBeLessThan(0.1);
    }
  });

  it("give the scatter of white-noise variances", () => {
    const r = random(5);
    const values = Array.from({ length: 1500 }, () => overlappingAllan([Array.from({ length: 64 }, () => r.normal())], 8).variance);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
    expect(mean).toBeCloseTo(1 / 8, 2);
    // The error of a variance of a chi-square of about 10 degrees of freedom from 1500 draws is 5 %.
    expect(Math.abs((2 * mean * mean) / variance / allanEdf("white", [64], 8) - 1)).toBeLessThan(0.15);
  });
});

describe("noise type", () => {
  const r = random(7);
  const white = Array.from({ length: 4096 }, () => r.normal());
  it("names white noise and a random walk, and nothing for few averages", () => {
    let sum = 0;
    const walk = white.map((v) => {
      sum += v;
      return sum;
    });
    expect([1, 4, 64].map((m) => noiseType([white], m))).toEqual(["white", "white", "white"]);
    expect([1, 4, 64].map((m) => noiseType([walk], m))).toEqual(["random-walk", "random-walk", "random-walk"]);
    expect(noiseType([white], 512)).toBeUndefined();
  });

  it("names flicker noise (white noise filtered with (1 - B)^(-1/2), Kasdin 1995)", () => {
    const h = [1];
    for (let k = 1; k < 2048; k++) h.push((h[k - 1]! * (k - 0.5)) / k);
    const flicker = Array.from({ length: 2048 }, (_, i) => {
      let s = 0;
      for (let k = 0; k < 2048; k++) s += h[k]! * white[i + 2048 - k]!;
      return s;
    });
    expect([1, 2, 4].map((m) => noiseType([flicker], m))).toEqual(["flicker", "flicker", "flicker"]);
    // Its Allan deviation is flat: S_y = h/f gives 2 ln 2 h; here S_y(f) = 2/(2 pi f).
    for (const m of [4, 16, 64])
      expect(Math.abs(overlappingAllan([flicker], m).variance / ((2 * Math.LN2) / Math.PI) - 1)).toBeLessThan(0.3);
  });
});
