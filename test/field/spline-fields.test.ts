import { describe, expect, it } from "vitest";
import { equalEdges, gridOf } from "../../src/field/grid.ts";
import { observationOf } from "../../src/field/observation.ts";
import { sourceMap } from "../../src/field/source-map.ts";
import { bendingEnergy, latticeShares, pointShares, splineField, unbent } from "../../src/field/spline-field.ts";
import { splineNear } from "../../src/field/spline-fit.ts";

const NO_FLUX = { type: "no-flux" } as const;
const DIRICHLET = { type: "dirichlet" } as const;
const PERIODIC = { type: "periodic" } as const;
const CLOSED = { x: [NO_FLUX, NO_FLUX], y: [NO_FLUX, NO_FLUX] } as const;
const SQUARE = {
  domain: [
    [0, 2],
    [0, 3],
  ],
  boundary: CLOSED,
} as const;

/** Values of a function on an n x m lattice of cell centres. */
function lattice(n: number, m: number, f: (x: number, y: number) => number) {
  const x = Float64Array.from({ length: n * m }, (_, k) => (((k % n) + 0.5) * 2) / n);
  const y = Float64Array.from({ length: n * m }, (_, k) => ((Math.floor(k / n) + 0.5) * 3) / m);
  return { points: { x, y }, values: x.map((v, k) => f(v, y[k]!)) };
}

describe("spline fields", () => {
  it("hold planes exactly up to the sides, and planes do not bend", () => {
    const field = splineField(SQUARE, [5, 7]);
    const plane = (x: number, y: number) => 2 + 3 * x - y;
    const { points, values } = lattice(9, 8, plane);
    const c = splineNear(field, points, values)!;
    const ends = latticeShares(field, [0, 1.3, 2], [0, 3]).values(c);
    [plane(0, 0), plane(1.3, 0), plane(2, 0), plane(0, 3), plane(1.3, 3), plane(2, 3)].forEach((v, k) => {
      expect(ends[k]!).toBeCloseTo(v, 6);
    });
    const energy = bendingEnergy(field);
    const stiff = Math.max(...energy);
    for (const v of unbent(field))
      for (let i = 0; i < 35; i++) {
        const force = v.reduce((s, w, j) => s + energy[i * 35 + j]! * w, 0);
        expect(Math.abs(force)).toBeLessThan(1e-12 * stiff);
      }
    expect(unbent(field)).toHaveLength(3);
    expect(unbent(splineField({ ...SQUARE, boundary: { x: [PERIODIC, PERIODIC], y: [NO_FLUX, NO_FLUX] } }, [5, 7]))).toHaveLength(2);
  });

  it("bend by the integral of the squared second derivatives: 4 of x^2 and 2 of x y, per area over length to the fourth", () => {
    const energyOf = (f: (x: number, y: number) => number) => {
      const field = splineField(SQUARE, [40, 60]);
      const nodes = Float64Array.from({ length: 2400 }, (_, k) => f(((k % 40) * 2) / 39, (Math.floor(k / 40) * 3) / 59));
      const energy = bendingEnergy(field);
      // Coefficients in place of values: they differ by a constant for polynomials of second degree.
      return nodes.reduce((s, v, i) => s + v * nodes.reduce((t, w, j) => t + energy[i * 2400 + j]! * w, 0), 0);
    };
    const length = 3 * (60 / 59);
    const unit = length ** 4 * (6 / length ** 2);
    // Sums over nodes inside in place of integrals: a few parts in forty.
    expect(energyOf((x) => x * x) / (4 * unit)).toBeCloseTo(1, 1);
    expect(energyOf((x, y) => x * y) / (2 * unit)).toBeCloseTo(1, 1);
  });

  it("share, and gather again by the transpose", () => {
    const field = splineField(SQUARE, [4, 6]);
    const shares = latticeShares(field, [0.1, 0.9, 1.7], [0.2, 1.4]);
    const dense = pointShares(field, [0.1, 0.9, 1.7, 0.1, 0.9, 1.7], [0.2, 0.2, 0.2, 1.4, 1.4, 1.4]);
    const weights = Float64Array.from({ length: 6 }, (_, i) => Math.sin(i + 1));
    const gathered = shares.transposed(weights);
    for (let k = 0; k < 24; k++) {
      const column = shares.column(k, undefined);
      for (let i = 0; i < 6; i++) expect(column[i]!).toBeCloseTo(dense[i * 24 + k]!, 14);
      expect(gathered[k]!).toBeCloseTo(
        weights.reduce((s, w, i) => s + w * dense[i * 24 + k]!, 0),
        13,
      );
    }
  });
});

describe("a source map", () => {
  const spot = (x: number, y: number) => Math.exp(-((x - 1.02) ** 2 + (y - 1.55) ** 2) / (2 * 0.25 ** 2));

  it("is found between its points to fourth order: a spot of 1.25 spacings to 2 % of its height, where linear interpolation misses 8 %", () => {
    const { points, values } = lattice(10, 15, spot);
    const grid = gridOf(equalEdges(0, 2, 60), equalEdges(0, 3, 90));
    const fine = sourceMap(SQUARE, points, values)(grid);
    let worst = 0;
    for (let k = 0; k < grid.cells; k++)
      worst = Math.max(worst, Math.abs(fine[k]! - spot(grid.x.centres[k % 60]!, grid.y!.centres[Math.floor(k / 60)]!)));
    expect(worst).toBeLessThan(0.02);
    const total = fine.reduce((s, v, k) => s + v * grid.volumes[k]!, 0);
    expect(total / (2 * Math.PI * 0.0625)).toBeCloseTo(1, 2);
  });

  it("is nothing beyond half a spacing of its outermost points, on a lattice or scattered, however steep its rim", () => {
    const window = lattice(10, 15, (x, y) => 1 + 3 * x + y);
    const some = [...window.values.keys()].filter((k) => window.points.x[k]! < 1.2 && window.points.y[k]! < 2);
    const pick = (v: Float64Array, keep: readonly number[]) => Float64Array.from(keep, (k) => v[k]!);
    const grid = gridOf(equalEdges(0, 2, 40), equalEdges(0, 3, 60));
    for (const keep of [some, some.filter((k) => k % 7 !== 0)]) {
      const map = sourceMap(SQUARE, { x: pick(window.points.x, keep), y: pick(window.points.y, keep) }, pick(window.values, keep))(grid);
      const far = [...map.keys()].filter((k) => grid.x.centres[k % 40]! > 1.25 || grid.y!.centres[Math.floor(k / 40)]! > 2.1);
      expect(far.every((k) => map[k] === 0)).toBe(true);
      expect(Math.max(...map)).toBeLessThan(1 + 3 * 1.2 + 2);
    }
  });
});

describe("what a sensor reads", () => {
  const read = (x: number[], spread: number, side: typeof NO_FLUX | typeof DIRICHLET | typeof PERIODIC, f: (x: number) => number) => {
    const grid = gridOf(equalEdges(0, 1, 50));
    const points = { x: Float64Array.from(x), spread: new Float64Array(x.length).fill(spread) };
    const out = new Float64Array(x.length);
    observationOf(grid, { x: [side, side], y: [side, side] }, points).read(grid.x.centres.map(f), out, 0);
    return out;
  };
  const places = [0, 0.003, 0.31, 0.5, 0.77, 0.999, 1];

  it("is the value at its point to fourth order, up to each kind of side", () => {
    const cosine = read(places, 0, NO_FLUX, (x) => Math.cos(3 * Math.PI * x));
    const sine = read(places, 0, DIRICHLET, (x) => Math.sin(2 * Math.PI * x));
    const around = read(places, 0, PERIODIC, (x) => Math.sin(2 * Math.PI * x + 1));
    places.forEach((x, i) => {
      expect(Math.abs(cosine[i]! - Math.cos(3 * Math.PI * x))).toBeLessThan(5e-5);
      expect(Math.abs(sine[i]! - Math.sin(2 * Math.PI * x))).toBeLessThan(5e-5);
      expect(Math.abs(around[i]! - Math.sin(2 * Math.PI * x + 1))).toBeLessThan(5e-5);
    });
  });

  it("is the mean over its Gaussian: cos k x times exp(-k^2 s^2/2) inside, the cut Gaussian's mean at a side", () => {
    const k = 2 * Math.PI;
    const [inside] = read([0.5], 0.06, NO_FLUX, (x) => Math.cos(k * x));
    expect(inside! / (-1 * Math.exp(-((k * 0.06) ** 2) / 2))).toBeCloseTo(1, 3);
    // Half a Gaussian has its mean at s sqrt(2/pi).
    const [side] = read([0], 0.06, NO_FLUX, (x) => 1 + x);
    expect(side! - 1).toBeCloseTo(0.06 * Math.sqrt(2 / Math.PI), 3);
  });
});
