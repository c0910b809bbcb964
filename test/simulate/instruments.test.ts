import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { analyse, coherentPower, readingOne, shareOfOnes, voltage } from "../../src/simulate/instruments.ts";

const mean = (x: readonly number[]) => x.reduce((a, b) => a + b, 0) / x.length;
const spread = (x: readonly number[]) => Math.sqrt(mean(x.map((v) => (v - mean(x)) ** 2)));
const many = <T>(n: number, one: (i: number) => T) => Array.from({ length: n }, (_, i) => one(i));

describe("readout", () => {
  it("reads a pure state wrongly as often as stated", () => {
    const errors = { p1Given0: 0.012, p0Given1: 0.045 };
    expect(readingOne(errors, 0)).toBe(0.012);
    expect(readingOne(errors, 1)).toBeCloseTo(0.955, 15);
  });
  it("scatters binomially: sqrt(p (1 - p)/shots)", () => {
    const rng = random(3);
    const shares = many(4000, () => shareOfOnes(rng, 0.3, 4000));
    const sigma = Math.sqrt((0.3 * 0.7) / 4000);
    expect(Math.abs(mean(shares) - 0.3)).toBeLessThan((4 * sigma) / Math.sqrt(4000));
    expect(Math.abs(spread(shares) / sigma - 1)).toBeLessThan(0.05);
  });
});

describe("network analyser", () => {
  const chain = { gain: -20, phase: 0.7, delay: 40e-9, noise: 0 };
  it("writes the conjugate (engineering sign), scaled, delayed", () => {
    const [seen] = analyse(random(1), chain, [5e9], [{ re: 0.6, im: 0.3 }]);
    const angle = 0.7 - 2 * Math.PI * 5e9 * 40e-9;
    expect(seen!.re).toBeCloseTo(0.1 * (0.6 * Math.cos(angle) + 0.3 * Math.sin(angle)), 12);
    expect(seen!.im).toBeCloseTo(0.1 * (0.6 * Math.sin(angle) - 0.3 * Math.cos(angle)), 12);
  });
  it("adds noise per quadrature relative to a full reflection", () => {
    const seen = analyse(
      random(2),
      { ...chain, gain: 0, phase: 0, delay: 0, noise: 1e-3 },
      new Array(4000).fill(5e9),
      new Array(4000).fill({ re: 1, im: 0 }),
    );
    expect(Math.abs(spread(seen.map((s) => s.re)) / 1e-3 - 1)).toBeLessThan(0.05);
    expect(Math.abs(spread(seen.map((s) => s.im)) / 1e-3 - 1)).toBeLessThan(0.05);
  });
  it("gives only the coherent part of the power", () => {
    expect(coherentPower(random(1), chain, 1e-9, { re: 0.6, im: 0.3 })).toBeCloseTo(1e-9 * 0.01 * 0.45, 22);
  });
});

it("voltages lie between the two states, with equal noise in both quadratures", () => {
  const digitiser = { zero: { re: 1, im: 2 }, one: { re: 3, im: -2 }, noise: 0.1 };
  const rng = random(5);
  const seen = many(4000, () => voltage(rng, digitiser, 0.25));
  expect(mean(seen.map((v) => v.re))).toBeCloseTo(1.5, 1);
  expect(mean(seen.map((v) => v.im))).toBeCloseTo(1, 1);
  expect(Math.abs(spread(seen.map((v) => v.re)) / 0.1 - 1)).toBeLessThan(0.05);
});
