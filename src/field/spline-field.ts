import type { FieldProblem } from "./problem.ts";
import { differences, type Spline, splineMatrix, splineOn } from "./splines.ts";

/** A scalar field on the domain: a spline on a line, a tensor product of two on a rectangle. Coefficient (a, b) has number `b * x.count + a`. */
export interface SplineField {
  readonly x: Spline;
  readonly y?: Spline;
  readonly count: number;
}

/** A spline field with these numbers of coefficients along the axes of the problem's domain. */
export function splineField(problem: Pick<FieldProblem, "domain" | "boundary">, counts: readonly number[]): SplineField {
  const [[xLow, xHigh], yRange] = [problem.domain[0]!, problem.domain[1]];
  const x = splineOn(xLow, xHigh, counts[0]!, problem.boundary.x[0].type === "periodic");
  if (!yRange) return { x, count: x.count };
  const y = splineOn(yRange[0], yRange[1], counts[1]!, problem.boundary.y[0].type === "periodic");
  return { x, y, count: x.count * y.count };
}

/** The field's shares at places: on the lattice of `xs` and `ys` (place (i, j) has number `j * xs.length + i`), or at scattered points. */
export interface Shares {
  readonly places: number;
  /** The field of these coefficients. */
  values(coefficients: Float64Array): Float64Array;
  /** The share of one coefficient, times `factor` of each place. */
  column(coefficient: number, factor: ArrayLike<number> | undefined): Float64Array;
  /** For each coefficient the sum of its shares times numbers at the places: the transpose of `values`. */
  transposed(numbers: Float64Array): Float64Array;
}

/** Shares on a lattice, kept as its two one-dimensional factors. */
export function latticeShares(field: SplineField, xs: ArrayLike<number>, ys: ArrayLike<number> | undefined): Shares {
  const [bx, nx, na] = [splineMatrix(field.x, xs), xs.length, field.x.count];
  const by = field.y && ys ? splineMatrix(field.y, ys) : Float64Array.of(1);
  const [ny, nb] = [field.y && ys ? ys.length : 1, field.y?.count ?? 1];
  return {
    places: nx * ny,
    values(c) {
      const rows = new Float64Array(nx * nb);
      for (let b = 0; b < nb; b++)
        for (let i = 0; i < nx; i++) {
          let s = 0;
          for (let a = 0; a < na; a++) s += bx[i * na + a]! * c[b * na + a]!;
          rows[b * nx + i] = s;
        }
      const out = new Float64Array(nx * ny);
      for (let j = 0; j < ny; j++)
        for (let b = 0; b < nb; b++) {
          const w = by[j * nb + b]!;
          if (w !== 0) for (let i = 0; i < nx; i++) out[j * nx + i]! += w * rows[b * nx + i]!;
        }
      return out;
    },
    transposed(v) {
      const rows = new Float64Array(nx * nb);
      for (let j = 0; j < ny; j++)
        for (let b = 0; b < nb; b++) {
          const w = by[j * nb + b]!;
          if (w !== 0) for (let i = 0; i < nx; i++) rows[b * nx + i]! += w * v[j * nx + i]!;
        }
      const out = new Float64Array(na * nb);
      for (let b = 0; b < nb; b++)
        for (let i = 0; i < nx; i++) for (let a = 0; a < na; a++) out[b * na + a]! += bx[i * na + a]! * rows[b * nx + i]!;
      return out;
    },
    column(k, factor) {
      const [a, b] = [k % na, Math.floor(k / na)];
      const out = new Float64Array(nx * ny);
      for (let j = 0; j < ny; j++) {
        const w = by[j * nb + b]!;
        if (w === 0) continue;
        for (let i = 0; i < nx; i++) out[j * nx + i] = w * bx[i * na + a]! * (factor ? factor[j * nx + i]! : 1);
      }
      return out;
    },
  };
}

/** Shares at scattered points, row-major: `points x coefficients`. */
export function pointShares(field: SplineField, x: ArrayLike<number>, y: ArrayLike<number> | undefined): Float64Array {
  const [bx, na] = [splineMatrix(field.x, x), field.x.count];
  if (!field.y || !y) return bx;
  const [by, nb] = [splineMatrix(field.y, y), field.y.count];
  const out = new Float64Array(x.length * field.count);
  for (let i = 0; i < x.length; i++)
    for (let b = 0; b < nb; b++) {
      const w = by[i * nb + b]!;
      if (w !== 0) for (let a = 0; a < na; a++) out[i * field.count + b * na + a] = w * bx[i * na + a]!;
    }
  return out;
}

/**
 * The bending energy `int f''^2` of a line or `int f_xx^2 + 2 f_xy^2 + f_yy^2` of a rectangle in differences of the coefficients, as a matrix
 * (row-major) free of units: lengths over the longest side of the domain, its area over one. Constants and tilts cost nothing.
 */
export function bendingEnergy(field: SplineField): Float64Array {
  const n = field.count;
  const energy = new Float64Array(n * n);
  const length = Math.max(field.x.spacing * field.x.count, (field.y?.spacing ?? 0) * (field.y?.count ?? 0));
  const one: Spline = { low: 0, spacing: length, count: 1, periodic: false };
  const y = field.y ?? one;
  const cell = (field.x.spacing / length) * (y.spacing / length);
  const terms: readonly (readonly [0 | 1 | 2, 0 | 1 | 2, number])[] = [
    [2, 0, 1],
    [1, 1, 2],
    [0, 2, 1],
  ];
  for (const [ox, oy, factor] of terms) {
    if (field.x.count <= ox || y.count <= oy) continue;
    const [gx, gy] = [gramOf(field.x, ox), gramOf(y, oy)];
    const weight = factor * cell * length ** 4;
    const [na, nb] = [field.x.count, y.count];
    for (let b = 0; b < nb; b++)
      for (let d = 0; d < nb; d++) {
        const w = weight * gy[b * nb + d]!;
        if (w === 0) continue;
        for (let a = 0; a < na; a++) for (let c = 0; c < na; c++) energy[(b * na + a) * n + d * na + c]! += w * gx[a * na + c]!;
      }
  }
  return energy;
}

/** D^T D of the differences of one order, row-major. */
function gramOf(spline: Spline, order: 0 | 1 | 2): Float64Array {
  const { rows, values } = differences(spline, order);
  const n = spline.count;
  const gram = new Float64Array(n * n);
  for (let i = 0; i < rows; i++)
    for (let a = 0; a < n; a++) {
      const v = values[i * n + a]!;
      if (v !== 0) for (let b = 0; b < n; b++) gram[a * n + b]! += v * values[i * n + b]!;
    }
  return gram;
}

/** Coefficients of the fields that do not bend, orthonormal: a constant, and a tilt along every axis that is no circle. */
export function unbent(field: SplineField): Float64Array[] {
  const nx = field.x.count;
  const axes: { readonly spline: Spline; readonly index: (k: number) => number }[] = [{ spline: field.x, index: (k) => k % nx }];
  if (field.y) axes.push({ spline: field.y, index: (k) => Math.floor(k / nx) });
  const ramps = axes
    .filter(({ spline }) => !spline.periodic && spline.count > 1)
    .map(({ spline, index }) => Float64Array.from({ length: field.count }, (_, k) => index(k) - (spline.count - 1) / 2));
  return [new Float64Array(field.count).fill(1), ...ramps].map((v) => {
    const length = Math.sqrt(v.reduce((s, x) => s + x * x, 0));
    return v.map((x) => x / length);
  });
}
