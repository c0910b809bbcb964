import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { fourier, powerOfTwo } from "../../src/numerics/fourier.ts";
import { welch } from "../../src/numerics/welch.ts";
import { nistFrequencyData } from "./nist-frequency-data.ts";

describe("Fourier transform", () => {
  it.each([1, 2, 8, 64])("of %d points is the sum that defines it", (n) => {
    const r = random(n);
    const re = Float64Array.from({ length: n }, () => r.normal());
    const im = Float64Array.from({ length: n }, () => r.normal());
    const [fre, fim] = [re.slice(), im.slice()];
    fourier(fre, fim);
    for (let k = 0; k < n; k++) {
      let [x, y] = [0, 0];
      for (let j = 0; j < n; j++) {
        const [c, s] = [Math.cos((-2 * Math.PI * j * k) / n), Math.sin((-2 * Math.PI * j * k) / n)];
        x += re[j]! * c - im[j]! * s;
        y += re[j]! * s + im[j]! * c;
      }
      expect(fre[k]).toBeCloseTo(x, 11);
      expect(fim[k]).toBeCloseTo(y, 11);
    }
  });

  it("refuses other lengths", () => {
    expect(() => fourier(new Float64Array(6), new Float64Array(6))).toThrow(RangeError);
    expect(() => fourier(new Float64Array(4), new Float64Array(8))).toThrow(RangeError);
    expect([0, 1, 2, 3, 1024, 1025].map(powerOfTwo)).toEqual([1, 1, 2, 4, 1024, 2048]);
  });
});

describe("Welch spectrum", () => {
  it("is that of scipy.signal.welch 1.17.1 (hann, nperseg 32, noverlap 16, constant detrend), first 100 values of NIST SP 1065's series", () => {
    const expected = [
      0.21069134672296003, 0.19828514540313846, 0.1710200361042079, 0.1413276254279689, 0.09660344827563495, 0.16131687120636368,
      0.1923134800922236, 0.1464530437318759, 0.15343784722264994, 0.1461790049332394, 0.23393440866636306, 0.24237940129445007,
      0.11183567639557894, 0.17139563193997487, 0.27014637370221345, 0.13594453812050467,
    ];
    const found = welch([nistFrequencyData(100)], 32)!;
    expect(found.density).toHaveLength(16);
    expected.forEach((v, k) => {
      expect(found.density[k]! / v - 1).toBeCloseTo(0, 10);
    });
    expect(found.frequency[0]).toBe(1 / 32);
    expect(found.frequency.at(-1)).toBe(0.5);
    expect(found.blocks).toBe(5);
  });

  it("keeps the power (Parseval): its sum times the step of frequency is the windowed variance of the block", () => {
    const r = random(3);
    const y = Array.from({ length: 64 }, () => r.normal());
    const found = welch([y], 64)!;
    const mean = y.reduce((a, b) => a + b, 0) / 64;
    const w = y.map((_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 64));
    const weighted = y.map((v, i) => w[i]! * (v - mean));
    const zero = weighted.reduce((a, b) => a + b, 0) ** 2 / 64;
    const power = (weighted.reduce((s, v) => s + v * v, 0) - zero) / w.reduce((s, v) => s + v * v, 0);
    expect(found.density.reduce((a, b) => a + b, 0) / 64).toBeCloseTo(power, 12);
  });

  it("of white noise of variance 1 is 2, with the scatter that its degrees of freedom say", () => {
    const r = random(9);
    const at: number[] = [];
    for (let k = 0; k < 800; k++) at.push(welch([Array.from({ length: 160 }, () => r.normal())], 32)!.density[5]!);
    const mean = at.reduce((a, b) => a + b, 0) / at.length;
    const variance = at.reduce((a, b) => a + (b - mean) ** 2, 0) / (at.length - 1);
    expect(mean).toBeCloseTo(2, 0);
    expect(Math.abs(mean / 2 - 1)).toBeLessThan(0.04);
    const edf = welch([new Float64Array(160)], 32)!.edf;
    expect(Math.abs((2 * mean * mean) / variance / edf - 1)).toBeLessThan(0.2);
  });

  it("puts no block across a gap, and has none where no run is long enough", () => {
    const [a, b] = [nistFrequencyData(32), nistFrequencyData(40).map((v) => 1000 + v)];
    expect(welch([a, b], 32)).toMatchObject({ blocks: 2 });
    expect(welch([b, a], 32)!.density[0]).toBeCloseTo(welch([a], 32)!.density[0]!, 9);
    expect(welch([a.slice(1)], 32)).toBeUndefined();
  });
});
