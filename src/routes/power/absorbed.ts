import { sha256 } from "../../core/hash.ts";
import type { Complex } from "../../physics/complex.ts";
import { type CommonInput, pointwiseInput } from "./common-input.ts";
import { type Derivative, ownVariance, referenceCovariance } from "./influence.ts";
import type { Nuisance } from "./nuisance.ts";
import type { OperatingPoint } from "./operating-points.ts";
import type { PopulationRow } from "./population-rows.ts";
import { type Reading, readingSigma, type Weight } from "./reading.ts";
import type { ScatteringPoint } from "./scattering-traces.ts";
import type { Sweep } from "./sweep.ts";

/** What an estimator says about one operating point. */
export interface AbsorbedPoint {
  readonly row: PopulationRow;
  /** W. */
  readonly pDevice: number;
  /** rad/s. */
  readonly omega: number;
  readonly s: Complex;
  readonly sigmaS: number;
  /** Absorbed over incident power. */
  readonly share: number;
  /** Relative error of the share by its own noise; NaN = not known. */
  readonly relative: number;
  /** Share that the sweep's law expects here, for weights that noise does not pull; NaN without a fit. */
  readonly expectedShare: number;
  readonly saturation: number;
}

/** An estimator's view of all operating points, with what its measurement makes common to them. */
export interface Absorbed {
  readonly points: readonly AbsorbedPoint[];
  readonly common: readonly CommonInput[];
}

/** Estimators 1 and 4 to 8: the work of the drive, `2 (1 - Re S)` of the incident power, S the effective one of the geometry. */
export function workOf(points: readonly OperatingPoint[], sweep: Sweep): Absorbed {
  const share = (p: OperatingPoint) => 2 * p.reading.extinction;
  const weights = (p: OperatingPoint) => p.reading.extinctionWeights.map((w) => ({ ...w, re: 2 * w.re, im: 2 * w.im }));
  return absorbed(
    points,
    sweep,
    share,
    weights,
    (s) => s.extinction,
    (s) => 2 * s.extinction,
  );
}

/** Estimator 2: incident minus what comes out coherently. */
export function scalarLossOf(points: readonly OperatingPoint[], sweep: Sweep): Absorbed {
  return absorbed(
    points,
    sweep,
    (p) => p.reading.loss,
    (p) => p.reading.lossWeights,
    (s) => s.loss,
    (s) => s.loss,
  );
}

function absorbed(
  points: readonly OperatingPoint[],
  sweep: Sweep,
  shareOf: (p: OperatingPoint) => number,
  weightsOf: (p: OperatingPoint) => readonly Weight[],
  shapeOf: (s: NonNullable<Reading["shape"]>) => readonly number[],
  expectedOf: (s: { readonly extinction: number; readonly loss: number }) => number,
): Absorbed {
  const shares = points.map(shareOf);
  const weights = points.map(weightsOf);
  const common: CommonInput[] = [];
  const own = weights.map(readingSigma);
  const measured = sweep.traces.flatMap((t) => t.points);
  const derivative = derivativeOf(points, sweep, weights, shares, shapeOf);
  const ids = sha256(sweep.datasets.join()).slice(0, 12);
  if (measured.some((p) => p.eta !== 0))
    common.push({
      input: "noise of the reference",
      shared: sweep.referenceShared,
      effect: (w) =>
        Math.sqrt(
          referenceCovariance(
            [derivative(w)],
            measured.map((p) => ({ ...p, omega: p.frequency })),
          )[0]![0]!,
        ),
    });
  // What the points' own noise does through the law, and through points that are read twice, beyond their independent parts.
  const beyondOwn = (w: readonly number[]) => {
    const together = ownVariance(derivative(w), (i) => measured[i]!.sigma);
    return together - w.reduce((a, weight, i) => (weight === 0 ? a : a + ((weight * own[i]!) / shares[i]!) ** 2), 0);
  };
  common.push({
    input: "line shape of the sweep",
    shared: `sweep:${ids}`,
    effect: (w) => Math.sqrt(Math.max(0, beyondOwn(w))),
    variance: beyondOwn,
  });
  for (const nuisance of sweep.nuisances) common.push(nuisanceInput(nuisance, points.length, measured, derivative));
  common.push(...sweep.common);
  return {
    points: points.map((p, i) => {
      return {
        row: p.row,
        pDevice: p.pDevice,
        omega: p.omega,
        s: p.reading.s,
        sigmaS: readingSigma(p.reading.extinctionWeights),
        share: shares[i]!,
        relative: Math.abs(own[i]! / shares[i]!),
        expectedShare: p.expected === undefined ? Number.NaN : expectedOf(p.expected),
        saturation: p.saturation,
      };
    }),
    common,
  };
}

/** d ln(weighted mean) by Re S and Im S of every measured point: directly, and through the fitted law. */
function derivativeOf(
  points: readonly OperatingPoint[],
  sweep: Sweep,
  weights: readonly (readonly Weight[])[],
  shares: readonly number[],
  shapeOf: (s: NonNullable<Reading["shape"]>) => readonly number[],
): (w: readonly number[]) => Derivative {
  const measured = sweep.traces.flatMap((t) => t.points);
  const place = new Map(measured.map((p, i) => [p, i]));
  return (w) => {
    const d = { re: new Float64Array(measured.length), im: new Float64Array(measured.length) };
    w.forEach((weight, i) => {
      if (weight === 0) return;
      for (const { point, re, im } of weights[i]!) {
        const p = place.get(point)!;
        d.re[p]! += (weight * re) / shares[i]!;
        d.im[p]! += (weight * im) / shares[i]!;
      }
    });
    const { influence } = sweep.fit ?? {};
    if (!influence) return d;
    gradientOf(points, w, shapeOf).forEach((g, j) => {
      if (g === 0) return;
      for (let p = 0; p < measured.length; p++) {
        d.re[p]! += g * influence.re[j]![p]!;
        d.im[p]! += g * influence.im[j]![p]!;
      }
    });
    return d;
  };
}

/** d ln(weighted mean) by the law's parameters. */
function gradientOf(
  points: readonly OperatingPoint[],
  w: readonly number[],
  shapeOf: (s: NonNullable<Reading["shape"]>) => readonly number[],
): number[] {
  const sum = [0, 0, 0, 0];
  w.forEach((weight, i) => {
    const { shape } = points[i]!.reading;
    if (weight === 0 || !shape) return;
    shapeOf(shape).forEach((g, j) => {
      sum[j]! += weight * g;
    });
  });
  return sum;
}

/** What one direction of the fitted line does: it moves all points together, and the law with them. */
function nuisanceInput(
  nuisance: Nuisance,
  count: number,
  measured: readonly ScatteringPoint[],
  derivative: (w: readonly number[]) => Derivative,
): CommonInput {
  const moves = measured.map((p) => nuisance.move(p));
  const each = Array.from({ length: count }, (_, i) => {
    const d = derivative(Array.from({ length: count }, (_, k) => (k === i ? 1 : 0)));
    return moves.reduce((sum, m, p) => sum + d.re[p]! * m.re + d.im[p]! * m.im, 0);
  });
  return pointwiseInput(nuisance.input, nuisance.shared, (i) => each[i]!);
}
