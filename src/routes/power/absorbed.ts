import { sha256 } from "../../core/hash.ts";
import type { Complex } from "../../physics/complex.ts";
import { type CommonInput, pointwiseInput, weightedVariance } from "./common-input.ts";
import { type Derivative, ownCovariance, referenceCovariance } from "./influence.ts";
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
  const derivatives = once(() => derivativesOf(points, sweep, weights, shares, shapeOf));
  const ids = sha256(sweep.datasets.join()).slice(0, 12);
  if (measured.some((p) => p.eta !== 0)) {
    const reference = once(() =>
      referenceCovariance(
        derivatives(),
        measured.map((p) => ({ ...p, omega: p.frequency })),
      ),
    );
    common.push({
      input: "noise of the reference",
      shared: sweep.referenceShared,
      effect: (w) => Math.sqrt(weightedVariance(w, reference())),
    });
  }
  // What the points' own noise does through the law, and through points that are read twice, beyond their independent parts.
  const beyondOwn = once(() => {
    const together = ownCovariance(derivatives(), (i) => measured[i]!.sigma);
    return together.map((row, i) => row.map((v, j) => (i === j ? v - (own[i]! / shares[i]!) ** 2 : v)));
  });
  common.push({
    input: "line shape of the sweep",
    shared: `sweep:${ids}`,
    effect: (w) => Math.sqrt(Math.max(0, weightedVariance(w, beyondOwn()))),
    variance: (w) => weightedVariance(w, beyondOwn()),
  });
  for (const nuisance of sweep.nuisances) common.push(nuisanceInput(nuisance, measured, derivatives));
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

/** d ln(rate) of every operating point by Re S and Im S of every measured point: directly, and through the fitted law. */
function derivativesOf(
  points: readonly OperatingPoint[],
  sweep: Sweep,
  weights: readonly (readonly Weight[])[],
  shares: readonly number[],
  shapeOf: (s: NonNullable<Reading["shape"]>) => readonly number[],
): Derivative[] {
  const measured = sweep.traces.flatMap((t) => t.points);
  const place = new Map(measured.map((p, i) => [p, i]));
  const { influence } = sweep.fit ?? {};
  return points.map(({ reading: { shape } }, i) => {
    const d = { re: new Float64Array(measured.length), im: new Float64Array(measured.length) };
    for (const { point, re, im } of weights[i]!) {
      const p = place.get(point)!;
      d.re[p]! += re / shares[i]!;
      d.im[p]! += im / shares[i]!;
    }
    if (!influence || !shape) return d;
    shapeOf(shape).forEach((g, j) => {
      if (g === 0) return;
      for (let p = 0; p < measured.length; p++) {
        d.re[p]! += g * influence.re[j]![p]!;
        d.im[p]! += g * influence.im[j]![p]!;
      }
    });
    return d;
  });
}

/** What one direction of the fitted line does: it moves all points together, and the law with them. */
function nuisanceInput(nuisance: Nuisance, measured: readonly ScatteringPoint[], derivatives: () => readonly Derivative[]): CommonInput {
  const each = once(() => {
    const moves = measured.map((p) => nuisance.move(p));
    return derivatives().map((d) => moves.reduce((sum, m, p) => sum + d.re[p]! * m.re + d.im[p]! * m.im, 0));
  });
  return pointwiseInput(nuisance.input, nuisance.shared, (i) => each()[i]!);
}

/** Made when first asked for: a route that is asked for values alone needs no errors. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
