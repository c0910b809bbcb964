import { type Check, check } from "../../core/check.ts";
import * as sayPorts from "../../core/messages/ports.ts";
import { backgroundFitted, farPointsOnly, noReference, normalisationAssumed } from "../../core/messages/power.ts";
import type { CommonInput } from "./common-input.ts";
import { type FittedLine, fitLine } from "./line-fit.ts";
import type { Exchange } from "./line-shape.ts";
import type { PortLayout } from "./port-layout.ts";
import { normalised, type Reference } from "./reference.ts";
import type { ScatteringTrace } from "./scattering-traces.ts";
import type { NoiseStated } from "./sweep-noise.ts";

/** Effective S of every trace, and what that leaves open. */
export interface Normalised {
  readonly traces: readonly ScatteringTrace[];
  /** Identity of the reference's noise. */
  readonly shared: string;
  readonly references: readonly string[];
  /** Line and exchange that were fitted together with the resonance. */
  readonly fitted: FittedLine | undefined;
  readonly common: readonly CommonInput[];
  readonly checks: readonly Check[];
}

type Divided = Pick<Normalised, "traces" | "shared" | "references" | "common" | "checks">;

/**
 * By the reference of nearest power; without one by a fitted line; a sweep at one frequency only if it is at 1 already. A hanger's mismatch and the
 * phase of a wave that is seen alone are fitted on top.
 * @param stated whether the noise of S, and of the reference, is
 */
export function normalise(
  traces: readonly ScatteringTrace[],
  references: readonly Reference[],
  layout: PortLayout,
  stated: NoiseStated,
): Normalised | Check {
  const shared = [...new Set(traces.map((t) => t.dataset))].sort().join("+");
  const divided = references.length > 0 ? byReference(traces, references, layout) : alreadyAtOne(traces, shared);
  const exchange = exchangeOf(layout);
  if (divided) {
    const fitted = exchange === "none" ? undefined : fitLine(divided.traces, false, exchange, shared, stated);
    return { ...divided, traces: fitted?.traces ?? divided.traces, fitted, checks: [...divided.checks, ...mismatchCheck(fitted)] };
  }
  if (layout.reading === "column") return check("no_reference", false, sayPorts.noColumnReference());
  const fitted = fitLine(traces, true, exchange, shared, stated);
  // With one power nothing but the far points tells the line from the resonance.
  const single = new Set(traces.map((t) => t.pSource)).size === 1 && traces.every((t) => t.complex && t.points.length > 1);
  if (single && !((fitted?.reach ?? 0) >= FEWEST_WIDTHS))
    return check("no_reference", false, sayPorts.onePower(fitted?.reach ?? Number.NaN), fitted?.reach ?? Number.NaN, FEWEST_WIDTHS);
  if (!fitted) return check("no_reference", false, noReference());
  const checks = [check("normalisation_assumed", false, backgroundFitted()), ...mismatchCheck(fitted)];
  return { traces: fitted.traces, shared: `dataset:${shared}`, references: [], fitted, common: [], checks };
}

/** Half-widths on the shorter side that a single power must span to carry the line. */
const FEWEST_WIDTHS = 4;

function exchangeOf(layout: PortLayout): Exchange {
  if (layout.reading === "wave") return "turn";
  return layout.geometry === "hanger" ? "mismatch" : "none";
}

function mismatchCheck(fitted: FittedLine | undefined): Check[] {
  if (fitted?.shape.exchange !== "mismatch") return [];
  const phi = fitted.sign * fitted.shape.valueOf("mismatch");
  const sigma = fitted.sigma.mismatch ?? Number.NaN;
  const sentence = sayPorts.mismatch(phi, sigma, Math.abs(Math.tan(phi)));
  return [check("mismatch_fitted", Math.abs(phi) < 2 * sigma, sentence, phi, 2 * sigma)];
}

function byReference(traces: readonly ScatteringTrace[], references: readonly Reference[], layout: PortLayout): Divided {
  const used = new Set<string>();
  const out = traces.map((t) => {
    const nearest = references.reduce((a, b) => (apart(b, t) < apart(a, t) ? b : a));
    used.add(nearest.trace.dataset);
    return normalised(t, nearest, layout);
  });
  const far = references.some((r) => r.off === "far-points" && used.has(r.trace.dataset));
  const checks = far ? [check("normalisation_assumed", false, farPointsOnly())] : [];
  return { traces: out, shared: `dataset:${[...used].sort().join("+")}`, references: [...used], common: [], checks };
}

/** Traces whose ends and strongest power are near 1. */
function alreadyAtOne(traces: readonly ScatteringTrace[], ids: string): Divided | undefined {
  const quiet = quietest(traces);
  if (!(quiet < 0.2) || traces.some((t) => t.others.length > 0)) return undefined;
  const checks = [check("normalisation_assumed", false, normalisationAssumed(quiet), quiet, 0.2)];
  return { traces, shared: `dataset:${ids}`, references: [], common: [], checks };
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
