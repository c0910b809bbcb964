import * as say from "../../core/messages/drive-dependence.ts";
import { rabiOfSaturation } from "../../physics/two-level.ts";
import type { DriveDependence } from "../power-study.ts";
import type { AbsorbedPoint } from "./absorbed.ts";
import type { Combined, RatePoint } from "./combine.ts";
import { CONSTANCY } from "./constancy.ts";
import type { DriveLaw } from "./drive-law.ts";
import { type DrivenPoint, leftOver } from "./left-over.ts";
import { type InputGroups, type StatedErrors, statedErrors } from "./stated-shapes.ts";
import { fitWeakDrive, type WeakDrive } from "./weak-drive.ts";

/** The rates of one estimator with what is needed to tell the shapes of ordinary errors from a drive-dependent rate. */
export interface Trend {
  readonly points: readonly AbsorbedPoint[];
  readonly rates: readonly RatePoint[];
  readonly usable: readonly boolean[];
  /** n_e - n_eq as measured, at the end of the drive. */
  readonly excess: readonly number[];
  readonly combined: Combined;
  readonly polarisation: number;
  readonly law: DriveLaw | undefined;
  readonly inputs: InputGroups;
}

/** Ordinary errors in the rates: from the data alone, and held by what is stated. */
export interface OrdinaryErrors {
  readonly points: readonly DrivenPoint[];
  readonly stated: StatedErrors;
  readonly free: WeakDrive | undefined;
  readonly held: WeakDrive | undefined;
}

export function ordinaryErrors(trend: Trend): OrdinaryErrors {
  const { rates, usable, combined, polarisation, law } = trend;
  const indices = usable.flatMap((u, i) => (u ? [i] : []));
  const points = indices.map((i): DrivenPoint => {
    const [p, r] = [trend.points[i]!, rates[i]!];
    const s = p.saturation;
    // The population and the share that the law expects, so that the noise of small numbers does not make the shape.
    const excess = s > 0 ? (polarisation * s) / (2 * (1 + s)) : trend.excess[i]!;
    const share = Number.isFinite(p.expectedShare) ? p.expectedShare : p.share;
    return {
      gamma: r.gamma,
      sigma: combined.gamma * Math.hypot(r.relativeS, r.relativeP),
      excess,
      byAmplitude: 1 - 2 / share,
      rabi: law ? rabiOfSaturation({ total: combined.gamma, gamma2: law.gamma2 }, s, p.omega - law.resonance) : Number.NaN,
    };
  });
  const stated = statedErrors(trend.inputs, points, indices, rates.length);
  return { points, stated, free: fitWeakDrive(points, combined.gamma), held: fitWeakDrive(points, combined.gamma, stated) };
}

/** What the figure of rates against S draws, and the finding in words. Undefined where d and e cannot be had from the data at all. */
export function driveDependence(trend: Trend, ordinary: OrdinaryErrors): DriveDependence | undefined {
  const { held, free, stated } = ordinary;
  const suffices = held !== undefined && held.probability > CONSTANCY;
  const fit = suffices ? held : (free ?? held);
  if (!fit) return undefined;
  const offset = { value: fit.offset, sigma: fit.sigmaOffset, stated: stated.offset };
  const amplitude = { value: fit.amplitude, sigma: fit.sigmaAmplitude, stated: stated.amplitude };
  return {
    gamma: fit.gamma,
    sigma: fit.sigma,
    scale: stated.scale,
    offset,
    amplitude,
    held: fit === held,
    probability: fit.probability,
    curves: curvesOf(trend, ordinary, fit),
    sentence: [
      fit.probability > CONSTANCY ? say.ordinaryErrors(offset, amplitude) : say.notConstant(fit.probability),
      suffices ? "" : beyondStated(trend, ordinary, fit.probability > CONSTANCY),
    ]
      .filter(Boolean)
      .join(" "),
  };
}

/**
 * What the trend could be if d and e are as good as stated. Where larger ones explain it, only what explains it as well: on resonance a bath that is
 * sampled at w_d +- Omega has the very shape of e.
 */
function beyondStated(trend: Trend, { points, stated }: OrdinaryErrors, explained: boolean): string {
  const left = leftOver(points, trend.combined.gamma, stated);
  return left && !(explained && !(left.probability > CONSTANCY)) ? say.leftOver(left, CONSTANCY) : "";
}

/** Shapes on resonance against S: `(n - n_eq)/((n - n_eq) + d)` and `1 - e (2/share - 1)`. */
function curvesOf({ points, polarisation, law }: Trend, { stated }: OrdinaryErrors, fit: WeakDrive): DriveDependence["curves"] {
  const measured = points.map((p) => p.saturation).filter((s) => s > 0);
  if (!law || measured.length === 0) return { saturation: [], fitted: [], offset: [[], []], amplitude: [[], []] };
  const [low, high] = [Math.min(...measured) / 2, Math.max(...measured) * 2];
  const saturation = Array.from({ length: STEPS + 1 }, (_, i) => low * (high / low) ** (i / STEPS));
  const byOffset = (s: number, d: number) => {
    const excess = (polarisation * s) / (2 * (1 + s));
    return excess + d > 0 ? excess / (excess + d) : Number.NaN;
  };
  const byAmplitude = (s: number, e: number) => 1 + e * (1 - (2 * (1 + s)) / law.weakShare);
  const d = stated.offset > 0 ? stated.offset : fit.sigmaOffset;
  const e = stated.amplitude > 0 ? stated.amplitude : fit.sigmaAmplitude;
  return {
    saturation,
    fitted: saturation.map((s) => byOffset(s, fit.offset) + byAmplitude(s, fit.amplitude) - 1),
    offset: [saturation.map((s) => byOffset(s, -d)), saturation.map((s) => byOffset(s, d))],
    amplitude: [saturation.map((s) => byAmplitude(s, -e)), saturation.map((s) => byAmplitude(s, e))],
  };
}

const STEPS = 48;
