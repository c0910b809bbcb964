import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { nestedDissection } from "../../src/numerics/nested-dissection.ts";
import { type SparseSymmetric, sparseLdl, sparseLdlSolve } from "../../src/numerics/sparse-ldl.ts";
import { factorLines, type Lines, reflectLines } from "../../src/numerics/tridiagonal.ts";

const source = random(3);
const positive = (n: number) => Float64Array.from({ length: n }, () => 0.1 + source.uniform());

describe("tridiagonal lines", () => {
  const layouts: readonly (readonly [string, Lines])[] = [
    ["one line", { length: 9, count: 1, step: 1, apart: 9 }],
    ["rows, a multiple of four and three more", { length: 5, count: 11, step: 1, apart: 5 }],
    ["columns", { length: 6, count: 4, step: 4, apart: 1 }],
    ["lines of one unknown", { length: 1, count: 5, step: 5, apart: 1 }],
    ["lines of two unknowns", { length: 2, count: 3, step: 3, apart: 1 }],
    ["lines of three unknowns", { length: 3, count: 5, step: 1, apart: 3 }],
  ];
  const cases = layouts.flatMap(([name, lines]) =>
    [false, true].map((periodic) => [`${name}${periodic ? ", periodic" : ""}`, lines, periodic] as const),
  );

  it.each(cases)("%s: the matrix times the solution is the right-hand side, and the reflection follows", (_, lines, periodic) => {
    const { length, count, step, apart } = lines;
    const cells = length * count;
    const coupling = positive(cells);
    const diagonal = positive(cells).map((v) => v + 3);
    const weights = positive(length);
    const given = positive(cells);
    const x = given.slice();
    const solved = new Float64Array(cells);
    const ratio = 0.3;
    reflectLines(factorLines(lines, diagonal, coupling, periodic), weights, ratio, x, solved);
    for (let l = 0; l < count; l++)
      for (let i = 0; i < length; i++) {
        const at = (place: number) => l * apart + place * step;
        let product = diagonal[at(i)]! * solved[at(i)]!;
        const wrapped = periodic && length > 1;
        if (i > 0 || wrapped) product -= coupling[at(i)]! * solved[at((i + length - 1) % length)]!;
        if (i < length - 1 || wrapped) product -= coupling[at((i + 1) % length)]! * solved[at((i + 1) % length)]!;
        expect(product).toBeCloseTo(weights[i]! * given[at(i)]!, 13);
        expect(x[at(i)]).toBeCloseTo((1 + ratio) * solved[at(i)]! - ratio * given[at(i)]!, 13);
      }
  });
});

/** Five-point matrix of nx x ny cells with random couplings in the given order, and its product with a vector. */
function fivePoint(order: Int32Array, nx: number, ny: number, loss: number) {
  const cells = nx * ny;
  const place = new Int32Array(cells);
  for (const [p, k] of order.entries()) place[k] = p;
  const entries: [column: number, row: number, value: number][] = [];
  const diagonal = new Float64Array(cells).fill(loss);
  const couple = (a: number, b: number) => {
    const value = 0.1 + source.uniform();
    const [p, q] = [place[a]!, place[b]!];
    diagonal[p]! += value;
    diagonal[q]! += value;
    entries.push([Math.max(p, q), Math.min(p, q), -value]);
  };
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      if (i > 0) couple(j * nx + i, j * nx + i - 1);
      if (j > 0) couple(j * nx + i, (j - 1) * nx + i);
    }
  entries.sort((a, b) => a[0] - b[0]);
  const starts = new Int32Array(cells + 1);
  for (const [column] of entries) starts[column + 1]!++;
  for (let k = 0; k < cells; k++) starts[k + 1]! += starts[k]!;
  const matrix: SparseSymmetric = {
    diagonal,
    starts,
    rows: Int32Array.from(entries, ([, row]) => row),
    values: Float64Array.from(entries, ([, , value]) => value),
  };
  const times = (x: Float64Array) => {
    const out = x.map((v, p) => v * diagonal[p]!);
    for (const [column, row, value] of entries) {
      out[column]! += value * x[row]!;
      out[row]! += value * x[column]!;
    }
    return out;
  };
  return { matrix, times };
}

describe("sparse L D L^T in nested dissection order", () => {
  it.each([
    [1, 1, false, false],
    [7, 1, false, false],
    [13, 9, false, false],
    [6, 11, true, false],
    [8, 8, true, true],
  ])("%i x %i cells (periodic: %s, %s): an order of all cells that solves", (nx, ny, periodicX, periodicY) => {
    const order = nestedDissection(nx, ny, periodicX, periodicY);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: nx * ny }, (_, k) => k));
    const { matrix, times } = fivePoint(order, nx, ny, 0.01);
    const b = positive(nx * ny);
    const x = b.slice();
    sparseLdlSolve(sparseLdl(matrix)!, x);
    for (const [p, v] of times(x).entries()) expect(v).toBeCloseTo(b[p]!, 11);
  });

  it("a singular matrix has no factor", () => {
    expect(sparseLdl(fivePoint(nestedDissection(9, 7, false, false), 9, 7, 0).matrix)).toBeUndefined();
  });

  it("the factor grows like n log n", () => {
    const filled = [32, 64, 128].map((n) => {
      const entries = sparseLdl(fivePoint(nestedDissection(n, n, false, false), n, n, 1).matrix)!.values.length;
      return entries / (n * n * Math.log2(n * n));
    });
    expect(Math.max(...filled)).toBeLessThan(2.5);
    // A band's entries per n log n would grow 2.9 times.
    expect(filled[2]! / filled[0]!).toBeLessThan(1.5);
  });
});
