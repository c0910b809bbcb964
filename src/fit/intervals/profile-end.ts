import type { ProfilePoint } from "./profile.ts";

/** How a profile ends on one side. */
export type ProfileEnd =
  | { readonly kind: "crossing"; readonly at: number }
  /** The rise never comes: at the bound of the quantity, or it flattens towards an asymptote. */
  | { readonly kind: "open"; readonly because: "bound" | "asymptote"; readonly at: number; readonly rise: number }
  | { readonly kind: "lost"; readonly at: number };

export interface ProfileSide {
  readonly profile: (at: number) => ProfilePoint;
  readonly best: number;
  /** +1 upwards, -1 downwards. */
  readonly side: 1 | -1;
  /** Square root of the rise to be reached. */
  readonly root: number;
  /** Distance at which it is expected, > 0. */
  readonly step: number;
  /** Bound of the quantity on this side, or infinite. */
  readonly bound: number;
}

const EVALUATIONS = 80;
/** Rates are not fitted at exactly zero, where amplitude and offset of an exponential are one and the same: this share of the best value stands for it. */
const NEARLY_ZERO = 1e-4;
/** Doublings of the distance without a noticeable rise that make an asymptote. */
const FLAT_DOUBLINGS = 4;

/**
 * Root of sqrt(D(c)) = root on one side. sqrt(D) is nearly straight, so secants find it; outwards steps grow at most threefold until it is
 * bracketed, then secants are kept inside the bracket. Where the law cannot have made the data (D infinite) the bracket closes on the edge, which is an end too.
 */
export function profileEnd({ profile, best, side, root, step, bound }: ProfileSide): ProfileEnd {
  if (best === bound) return { kind: "open", because: "bound", at: bound, rise: 0 };
  const limit = bound === 0 ? NEARLY_ZERO * best : bound;
  const inside = (at: number) => (side * (limit - at) < 0 ? limit : at);
  let low = { at: best, z: 0 };
  let high: { at: number; z: number } | undefined;
  let before = low;
  let flat = 0;
  let lost = Number.NaN;
  let at = inside(best + side * step);
  for (let k = 0; k < EVALUATIONS; k++) {
    const point = profile(at);
    const settled = point.ending === "minimum";
    // Where the search was lost, the rise it stopped at is an upper limit: below the root it still says that the point is inside.
    const known = point.ending !== "infeasible" && (settled || point.rise < root * root);
    const z = known ? Math.sqrt(Math.max(0, point.rise)) : Number.POSITIVE_INFINITY;
    if (settled && Math.abs(z - root) <= 1e-9 * root) return { kind: "crossing", at };
    if (z < root) {
      if (at === limit) return { kind: "open", because: "bound", at: bound, rise: z * z };
      before = low;
      low = { at, z };
      flat = !high && z - before.z < 1e-3 * root ? flat + 1 : 0;
      if (flat >= FLAT_DOUBLINGS) return { kind: "open", because: "asymptote", at, rise: z * z };
    } else {
      high = { at, z };
      if (point.ending === "lost") lost = at;
    }
    if (high && Math.abs(high.at - low.at) <= 1e-7 * Math.abs(high.at - best)) break;
    at = high ? between(low, high, root) : inside(outwards(best, before, low, root, side, step));
  }
  if (!high) return { kind: "open", because: "asymptote", at: low.at, rise: low.z ** 2 };
  // A jump from below to beyond: only an edge of what the law allows makes one; a search that was lost does not.
  if (Number.isFinite(high.z) && Math.abs(high.at - low.at) > 1e-6 * Math.abs(high.at - best)) return { kind: "lost", at: high.at };
  return high.at === lost || low.at === best ? { kind: "lost", at: high.at } : { kind: "crossing", at: low.at };
}

/** Next point where no higher one is known: the secant's root, at least a tenth further and at most three times as far. */
function outwards(
  best: number,
  before: { at: number; z: number },
  low: { at: number; z: number },
  root: number,
  side: 1 | -1,
  step: number,
): number {
  const distance = Math.abs(low.at - best) || step;
  const slope = (low.z - before.z) / Math.abs(low.at - before.at);
  // Close to the root the secant is trusted as it is.
  const wanted = slope > 0 ? distance + (root - low.z) / slope : Number.POSITIVE_INFINITY;
  const least = low.z > 0.9 * root ? distance : 2 * distance;
  return best + side * Math.min(3 * distance, Math.max(least, wanted));
}

/** Inside the bracket: the line through both ends, never within a hundredth of one of them; its middle where the upper end is infinite. */
function between(low: { at: number; z: number }, high: { at: number; z: number }, root: number): number {
  const share = Number.isFinite(high.z) ? (root - low.z) / (high.z - low.z) : 0.5;
  return low.at + Math.min(Math.max(share, 1e-2), 1 - 1e-2) * (high.at - low.at);
}
