import { type Check, check } from "../../core/check.ts";
import { backgroundFitted, farPointsOnly, normalisationAssumed } from "../../core/messages/power.ts";
import { fittedBackground } from "./background.ts";
import { normalised, type Reference } from "./reference.ts";
import type { ScatteringTrace } from "./scattering-traces.ts";

/** Traces over their qubit-off value, and what that leaves open. */
export interface Normalised {
  readonly traces: readonly ScatteringTrace[];
  readonly shared: string;
  readonly references: readonly string[];
  readonly sigmaAmplitude: number;
  /** Of the law with the background free (FittedBackground.covariance); undefined with a reference. */
  readonly covariance?: readonly (readonly number[])[];
  readonly checks: readonly Check[];
}

/** By the reference of nearest power; without one by a fitted background; a sweep at one frequency only if it is at 1 already. */
export function normalise(traces: readonly ScatteringTrace[], references: readonly Reference[]): Normalised | undefined {
  if (references.length > 0) {
    const used = new Set<string>();
    const out = traces.map((t) => {
      const nearest = references.reduce((a, b) => (apart(b, t) < apart(a, t) ? b : a));
      used.add(nearest.trace.dataset);
      return normalised(t, nearest);
    });
    const far = references.some((r) => r.off === "far-points" && used.has(r.trace.dataset));
    const checks = far ? [check("normalisation_assumed", false, farPointsOnly())] : [];
    return { traces: out, shared: `dataset:${[...used].sort().join("+")}`, references: [...used], sigmaAmplitude: 0, checks };
  }
  const quiet = quietest(traces);
  if (quiet < 0.2) {
    const checks = [check("normalisation_assumed", false, normalisationAssumed(quiet), quiet, 0.2)];
    return { traces, shared: "no reference", references: [], sigmaAmplitude: 0, checks };
  }
  const background = fittedBackground(traces);
  if (!background) return undefined;
  const checks = [check("normalisation_assumed", false, backgroundFitted())];
  return {
    traces: background.traces,
    shared: "fitted background",
    references: [],
    sigmaAmplitude: background.sigmaAmplitude,
    covariance: background.covariance,
    checks,
  };
}

function apart(r: Reference, t: ScatteringTrace): number {
  const d = Math.abs(Math.log(r.trace.pSource / t.pSource));
  return Number.isNaN(d) ? Number.POSITIVE_INFINITY : d;
}

/** Distance from 1 where the qubit matters least: the ends of the traces and the strongest power. */
function quietest(traces: readonly ScatteringTrace[]): number {
  const strongest = traces.reduce((a, b) => (b.pSource > a.pSource ? b : a));
  const ends = traces.flatMap((t) => (t.points.length >= 9 ? [t.points[0]!, t.points.at(-1)!] : []));
  const points = ends.length > 0 ? ends : strongest.points;
  const distances = points.map((p) => Math.hypot(p.re - 1, p.im)).sort((a, b) => a - b);
  return distances[distances.length >> 1]!;
}
