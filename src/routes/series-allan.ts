import { seriesMessages } from "../core/messages/series.ts";
import { allanEdf, type NoiseType, noiseType, overlappingAllan } from "../numerics/allan.ts";
import { chi2Quantile } from "../numerics/chi2-quantile.ts";
import { ONE_SIGMA } from "../numerics/normal.ts";
import { gridded, type SeriesAxis } from "./series-axis.ts";

/** A part of the evaluation that the series does not allow, with the reason. */
export interface NotComputed {
  readonly state: "missing";
  readonly sentence: string;
}

export interface AllanPoint {
  /** Averaging time in s or repeats. */
  readonly tau: number;
  /** Of T1, s; 68 % interval from chi-square with `edf` degrees of freedom. */
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
  readonly edf: number;
  /** Noise type that the degrees of freedom are those of. */
  readonly noise: NoiseType;
  /** What the fits' errors alone would give: their root mean square over sqrt(m); NaN where they are not known. */
  readonly fitOnly: number;
}

/**
 * How the deviation runs against the tau^-1/2 of independent repeats. `white`: along it, and not level; `undecided`: its errors allow both;
 * the others lie above it from `turn` on.
 */
export interface AllanShape {
  readonly kind: "white" | "undecided" | "slower" | "flat" | "rising" | "bump";
  /** Last averaging time that lies on tau^-1/2 through the first point; for a bump, where its top is. */
  readonly turn: number;
}

export type AllanStudy = NotComputed | { readonly state: "given"; readonly points: readonly AllanPoint[]; readonly shape: AllanShape };

/** Fewer T1 than this have no Allan deviation worth a picture. */
export const ALLAN_FEWEST = 8;
/** An averaging time with fewer degrees of freedom is left out: its interval spans a factor of three. */
const EDF_FEWEST = 2;

/**
 * Overlapping Allan deviation of T1 at octaves of the cadence, within runs between gaps.
 * @param t1 s; @param fitErrorRms s, NaN where not known.
 */
export function seriesAllan(t1: readonly number[], axis: SeriesAxis, fitErrorRms: number): AllanStudy {
  if (t1.length < ALLAN_FEWEST) return missing(seriesMessages.tooShort(t1.length, ALLAN_FEWEST));
  if (!axis.even) return missing(seriesMessages.unevenSteps());
  const runs = gridded(t1, axis);
  const lengths = runs.map((r) => r.length);
  const points: AllanPoint[] = [];
  let noise: NoiseType = "white";
  for (let m = 1; ; m *= 2) {
    const { variance, pairs } = overlappingAllan(runs, m);
    if (pairs === 0) break;
    noise = noiseType(runs, m) ?? noise;
    const all = lengths.reduce((sum, n) => sum + Math.max(0, n - 2 * m + 1), 0);
    const edf = (allanEdf(noise, lengths, m) * pairs) / all;
    if (edf < EDF_FEWEST) break;
    const bound = (p: number) => Math.sqrt((variance * edf) / chi2Quantile(p, edf));
    points.push({
      ...{ tau: m * axis.cadence, deviation: Math.sqrt(variance), edf, noise },
      ...{ low: bound((1 + ONE_SIGMA) / 2), high: bound((1 - ONE_SIGMA) / 2), fitOnly: fitErrorRms / Math.sqrt(m) },
    });
  }
  if (points.length < 2) return missing(seriesMessages.runsTooShort(lengths.reduce((most, n) => Math.max(most, n), 0)));
  return { state: "given", points, shape: shapeOf(points) };
}

const missing = (sentence: string): NotComputed => ({ state: "missing", sentence });

/** So many standard errors make a difference. */
const SIGNIFICANT = 2;

/** Errors of neighbouring octaves are taken as independent. */
function shapeOf(points: readonly AllanPoint[]): AllanShape {
  const first = points[0]!;
  const last = points.at(-1)!;
  const error = (p: AllanPoint) => 1 / Math.sqrt(2 * p.edf);
  const above = (p: AllanPoint, level: number, other: AllanPoint, limit = SIGNIFICANT) =>
    Math.log(p.deviation / level) > limit * Math.hypot(error(p), error(other));
  const overWhite = (limit: number) => points.findIndex((p) => above(p, first.deviation * Math.sqrt(first.tau / p.tau), first, limit));
  const whole = slopeOf(points, error);
  // One point far above the line, or all together less steep than it: then it is left where the first point stands out by one error.
  let turn = overWhite(SIGNIFICANT);
  if (turn === -1 && whole.slope > -0.5 + SIGNIFICANT * whole.sigma) turn = overWhite(1);
  if (turn === -1) return { kind: whole.slope + SIGNIFICANT * whole.sigma < 0 ? "white" : "undecided", turn: last.tau };
  const lowest = points.reduce((best, p) => (p.deviation < best.deviation ? p : best));
  for (const base of [first, lowest]) {
    const top = points.slice(points.indexOf(base)).reduce((best, p) => (p.deviation > best.deviation ? p : best));
    if (!above(top, base.deviation, base)) continue;
    return above(top, last.deviation, last) ? { kind: "bump", turn: top.tau } : { kind: "rising", turn: base.tau };
  }
  const { slope, sigma } = slopeOf(points.slice(turn - 1), error);
  return { kind: slope < -SIGNIFICANT * sigma ? "slower" : "flat", turn: points[turn - 1]!.tau };
}

function slopeOf(points: readonly AllanPoint[], error: (p: AllanPoint) => number) {
  const weight = points.map((p) => 1 / error(p) ** 2);
  const total = weight.reduce((a, b) => a + b, 0);
  const average = (f: (p: AllanPoint) => number) => points.reduce((s, p, i) => s + f(p) * weight[i]!, 0) / total;
  const [x, y] = [average((p) => Math.log(p.tau)), average((p) => Math.log(p.deviation))];
  const xx = average((p) => (Math.log(p.tau) - x) ** 2);
  return { slope: average((p) => (Math.log(p.tau) - x) * (Math.log(p.deviation) - y)) / xx, sigma: 1 / Math.sqrt(total * xx) };
}
