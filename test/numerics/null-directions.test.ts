import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hardlyDetermined, onlyTogether, type Part, undetermined } from "../../src/core/messages/least-squares.ts";
import { directionSentences } from "../../src/numerics/direction-words.ts";
import { identifiability } from "../../src/numerics/null-directions.ts";
import { jacobiSvd } from "../../src/numerics/svd.ts";

const part = (name: string, change: number, value = 1, unit = "1"): Part => ({ name, unit, value, change });

describe("singular values", () => {
  it("A = U S V^T: |A v| is the singular value, vectors are orthonormal, values fall", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 20, maxLength: 20 }), (list) => {
        const { values, vectors } = jacobiSvd(Float64Array.from(list), 5, 4);
        const top = values[0]! || 1;
        for (let k = 0; k < 4; k++) {
          if (k > 0) expect(values[k]).toBeLessThanOrEqual(values[k - 1]! + 1e-13 * top);
          let size = 0;
          for (let i = 0; i < 5; i++) {
            let s = 0;
            for (let j = 0; j < 4; j++) s += list[j * 5 + i]! * vectors[k * 4 + j]!;
            size += s * s;
          }
          expect(Math.abs(Math.sqrt(size) - values[k]!)).toBeLessThan(1e-12 * top);
          for (let l = 0; l <= k; l++) {
            let s = 0;
            for (let j = 0; j < 4; j++) s += vectors[k * 4 + j]! * vectors[l * 4 + j]!;
            expect(Math.abs(s - (k === l ? 1 : 0))).toBeLessThan(1e-12);
          }
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });
  it("the Hilbert matrix of order 6 has condition 1.4951058641e7 (Todd 1954)", () => {
    const { values } = jacobiSvd(
      Float64Array.from({ length: 36 }, (_, k) => 1 / (1 + (k % 6) + Math.floor(k / 6))),
      6,
      6,
    );
    expect(values[0]! / values[5]! / 1.4951058641e7).toBeCloseTo(1, 8);
  });
});

describe("what a Jacobian determines", () => {
  // Columns: x, 3 x in another unit, x^2, nothing.
  const x = [1, 2, 3, 4, 5];
  const jacobian = Float64Array.from([...x, ...x.map((v) => 3e9 * v), ...x.map((v) => v * v), 0, 0, 0, 0, 0]);
  it("counts the rank, and gives each null direction in few parameters, whatever their units", () => {
    const { rank, condition, undetermined: found } = identifiability(jacobian, 5, 4);
    expect(rank).toBe(2);
    expect(condition).toBe(Number.POSITIVE_INFINITY);
    const alone = found.find((d) => d.scaled[3] !== 0)!;
    expect([...alone.scaled].map(Math.abs)).toEqual([0, 0, 0, 1]);
    const pair = found.find((d) => d !== alone)!;
    expect(pair.scaled[2]).toBe(0);
    expect(pair.scaled[0]! / pair.scaled[1]!).toBeCloseTo(-1, 12);
    expect(pair.physical[0]! / pair.physical[1]!).toBeCloseTo(-3e9, 0);
    for (const d of found)
      for (let i = 0; i < 5; i++) {
        let s = 0;
        for (let j = 0; j < 4; j++) s += jacobian[j * 5 + i]! * d.physical[j]!;
        expect(Math.abs(s)).toBeLessThan(1e-12);
      }
  });
  it("a nearly null direction comes with its condition number, and is not called undetermined", () => {
    const near = Float64Array.from([...x, ...x.map((v, i) => v + 1e-7 * (i % 2))]);
    const { rank, weak, condition, limit } = identifiability(near, 5, 2);
    expect(rank).toBe(2);
    expect(weak).toHaveLength(1);
    expect(weak[0]!.share).toBeCloseTo(1 / condition, 14);
    expect(condition).toBeGreaterThan(1 / limit);
    expect(weak[0]!.scaled[0]! / weak[0]!.scaled[1]!).toBeCloseTo(-1, 6);
    expect(identifiability(near, 5, 2, { nothing: 1e-6 }).rank).toBe(1);
  });
  it("fewer points than parameters leave directions without data", () => {
    expect(identifiability(Float64Array.of(1, 2, 3), 1, 3)).toMatchObject({ rank: 1 });
    expect(identifiability(Float64Array.of(1, 2, 3), 1, 3).undetermined).toHaveLength(2);
  });
});

/** Jacobian of a1 exp(-g1 t) + a2 exp(-g2 t) + c at 21 delays over 5/g1. */
function biexponential(a1: number, g1: number, a2: number, g2: number): Float64Array {
  const jacobian = new Float64Array(21 * 5);
  for (let i = 0; i < 21; i++) {
    const t = ((i / 20) * 5) / g1;
    const [e1, e2] = [Math.exp(-g1 * t), Math.exp(-g2 * t)];
    [e1, -a1 * t * e1, e2, -a2 * t * e2, 1].forEach((d, j) => {
      jacobian[j * 21 + i] = d;
    });
  }
  return jacobian;
}
const named = (a1: number, g1: number, a2: number, g2: number) => [
  { name: "amplitude1", unit: "1", value: a1 },
  { name: "rate1", unit: "1/s", value: g1 },
  { name: "amplitude2", unit: "1", value: a2 },
  { name: "rate2", unit: "1/s", value: g2 },
  { name: "offset", unit: "1", value: 0.1 },
];

describe("null directions in words", () => {
  it("two exponentials of one rate: the sum of the amplitudes, and one direction of the rates", () => {
    const [first, second, ...more] = directionSentences(
      identifiability(biexponential(0.6, 5e4, 0.3, 5e4), 21, 5),
      named(0.6, 5e4, 0.3, 5e4),
    );
    expect(more).toEqual([]);
    expect([first, second].filter((s) => s!.includes("amplitude") && s!.includes("can only be determined as a sum"))).toHaveLength(1);
    expect([first, second].filter((s) => s!.includes("rate1") && s!.includes("rate2") && !s!.includes("amplitude"))).toHaveLength(1);
  });
  it("two exponentials of nearly one rate are named with their condition number", () => {
    const found = identifiability(biexponential(0.6, 5e4, 0.3, 5.05e4), 21, 5);
    expect(found.undetermined).toEqual([]);
    const sentences = directionSentences(found, named(0.6, 5e4, 0.3, 5.05e4));
    expect(sentences.length).toBeGreaterThan(0);
    for (const s of sentences) expect(s).toContain("condition number");
  });
  it("well separated ones leave nothing to say", () => {
    expect(directionSentences(identifiability(biexponential(0.6, 5e4, 0.3, 3e5), 21, 5), named(0.6, 5e4, 0.3, 3e5))).toEqual([]);
  });
  it.each([
    ["sum", [part("amplitude1", 1, 0), part("amplitude2", -1, 0.4)]],
    ["difference", [part("t0", 2, 0, "s"), part("t1", 2, 1, "s")]],
    ["product", [part("gain", 0.3, 3), part("amplitude", -0.05, 0.5)]],
    ["ratio", [part("gain", 0.3, 3), part("reference", 0.7, 7)]],
  ] as const)("%s", (word, parts) => {
    expect(onlyTogether(parts)).toBe(`${parts[0].name} and ${parts[1].name} can only be determined as a ${word}`);
    expect(undetermined(parts)).toContain(onlyTogether(parts));
    expect(hardlyDetermined(parts, 3e6, 1e5)).toContain("3.0e+6");
  });
  it("one alone, and combinations with their coefficients", () => {
    expect(onlyTogether([part("offset", 1)])).toBe("offset has no effect on the data");
    expect(onlyTogether([part("a", 2, 2), part("b", -3, 4), part("c", 3, 8)])).toContain("move by a +1 %, b -0.75 %, c +0.375 %");
    expect(onlyTogether([part("a", 2, 0, "s"), part("b", -3, 4), part("c", 3, 8)])).toContain("move by a +2 s, b -3, c +3");
    const many = Array.from({ length: 9 }, (_, k) => part(`p${k}`, 1 + k));
    expect(onlyTogether(many)).toContain("p5 and 3 more can only");
  });
});
