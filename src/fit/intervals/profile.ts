import type { LawFit } from "../law-fit.ts";
import type { Signal } from "../signal-type.ts";
import { constrainedFit } from "./constrained-fit.ts";
import type { ConstrainedFit } from "./elimination.ts";
import type { Target } from "./target.ts";

/** One point of a profile: the target held at `at`. */
export interface ProfilePoint {
  readonly at: number;
  /** Rise of the deviance over that of the fit, in units of the residuals' variance; infinite where the law cannot have made the data. */
  readonly rise: number;
  readonly p: readonly number[];
  readonly ending: ConstrainedFit["ending"];
}

/** A profile, and the deepest point that was seen on the way: the fit itself unless the fit was not at the global minimum. */
export interface Profile {
  readonly at: (value: number) => ProfilePoint;
  readonly deepest: () => ProfilePoint;
}

/**
 * The profile of a target around a fit: D(c) = 2 [F(c) - F(fit)]/scale^2, all other parameters refitted at c, likelihood and scale those of the fit
 * (for noise relative to the law: weights held at the minimum). Points already computed are the starts of the next.
 */
export function profileOf(fit: LawFit, signal: Signal, target: Target): Profile {
  const best: ProfilePoint = { at: target.value(fit.p), rise: 0, p: fit.p, ending: "minimum" };
  const known: ProfilePoint[] = [best];
  const direction = tangent(fit, target);
  let deepest = best;
  const pointAt = (at: number): ProfilePoint => {
    const near = [...known].sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
    const found = constrainedFit(fit, signal, target, at, startsAt(at, near, direction));
    const point = { at, rise: (2 * (found.objective - fit.minimum.objective)) / fit.scale ** 2, p: found.p, ending: found.ending };
    if (found.ending === "minimum") known.push(point);
    if (point.rise < deepest.rise) deepest = point;
    return point;
  };
  return { at: pointAt, deepest: () => deepest };
}

/** From the two nearest solutions: the nearest itself, moved along the valley's direction at the minimum, and along the line through both. */
function startsAt(at: number, near: readonly ProfilePoint[], direction: readonly number[]): number[][] {
  const [first, second] = near as readonly [ProfilePoint, ProfilePoint | undefined];
  const starts = [[...first.p], first.p.map((v, j) => v + direction[j]! * (at - first.at))];
  if (second && second.at !== first.at) {
    const share = (at - first.at) / (first.at - second.at);
    starts.push(first.p.map((v, j) => v + share * (v - second.p[j]!)));
  }
  return starts.filter((p) => p.every(Number.isFinite));
}

/** d p / d target along the bottom of the valley: C h/(h^T C h), exact for a linear law. */
function tangent(fit: LawFit, target: Target): readonly number[] {
  const n = fit.p.length;
  const h = target.gradient(fit.p);
  const moved = fit.p.map((_, i) => h.reduce((sum, v, j) => (v === 0 ? sum : sum + fit.covariance[i * n + j]! * v), 0));
  const whole = h.reduce((sum, v, i) => (v === 0 ? sum : sum + v * moved[i]!), 0);
  return moved.map((v, i) => (fit.fixed[i] ? 0 : v / whole));
}
