import { sha256 } from "../../core/hash.ts";
import type { Complex } from "../../physics/complex.ts";
import { type CommonInput, pointwiseInput } from "./common-input.ts";
import type { OperatingPoint } from "./operating-points.ts";
import type { PopulationRow } from "./population-rows.ts";
import { readingSigma, type Weight } from "./reading.ts";
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

/** Estimators 1 and 4: the work of the drive, `2 (1 - Re S)` of the incident power. */
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
  shapeOf: (s: { readonly extinction: number; readonly loss: number }) => number,
  expectedOf: (s: { readonly extinction: number; readonly loss: number }) => number,
): Absorbed {
  const shares = points.map(shareOf);
  const weights = points.map(weightsOf);
  const common: CommonInput[] = [];
  const reference = referenceComponents(weights, shares);
  if (reference.length > 0) common.push({ input: "noise of the reference", shared: sweep.referenceShared, components: reference });
  const columns = Math.max(0, ...points.map((p) => p.reading.shape.length));
  if (columns > 0) {
    const components = Array.from({ length: columns }, (_, c) => (i: number) => {
      const column = points[i]!.reading.shape[c];
      return column ? shapeOf(column) : 0;
    });
    common.push({ input: "line shape of the sweep", shared: `sweep:${sha256(sweep.datasets.join()).slice(0, 12)}`, components });
  }
  if (sweep.sigmaAmplitude > 0)
    common.push(
      pointwiseInput("fitted background", `background:${sha256(sweep.datasets.join()).slice(0, 12)}`, (i) => {
        const moved = weights[i]!.reduce((a, w) => a + w.re * w.point.re + w.im * w.point.im, 0);
        return (sweep.sigmaAmplitude * moved) / shares[i]!;
      }),
    );
  return {
    points: points.map((p, i) => {
      const own = readingSigma(weights[i]!);
      return {
        row: p.row,
        pDevice: p.pDevice,
        omega: p.omega,
        s: p.reading.s,
        sigmaS: readingSigma(p.reading.extinctionWeights),
        share: shares[i]!,
        relative: Math.abs(own / shares[i]!),
        expectedShare: p.expected === undefined ? Number.NaN : expectedOf(p.expected),
        saturation: p.saturation,
      };
    }),
    common,
  };
}

/** A relative error a + ib of the reference at one frequency moves S there by S (a + ib), at every power alike. */
function referenceComponents(weights: readonly (readonly Weight[])[], shares: readonly number[]): ((i: number) => number)[] {
  const byFrequency = new Map<number, { re: Float64Array; im: Float64Array }>();
  weights.forEach((list, i) => {
    for (const w of list) {
      const { point } = w;
      if (point.eta === 0) continue;
      let at = byFrequency.get(point.frequency);
      if (!at) {
        at = { re: new Float64Array(weights.length), im: new Float64Array(weights.length) };
        byFrequency.set(point.frequency, at);
      }
      at.re[i]! += ((w.re * point.re + w.im * point.im) * point.eta) / shares[i]!;
      at.im[i]! += ((w.im * point.re - w.re * point.im) * point.eta) / shares[i]!;
    }
  });
  return [...byFrequency.values()].flatMap(({ re, im }) => [(i: number) => re[i]!, (i: number) => im[i]!]);
}
