import type { FieldOutcome } from "../field/outcome.ts";
import type { FieldStudy } from "../routes/field/study.ts";
import { type ColourScale, diverging, sequential } from "./figures/colours.ts";
import { endsOf } from "./figures/ends.ts";

/** Posterior over prior spread from which on a map shows the prior (PHYSICS.md sec. 4). */
const PRIOR_LIMIT = 0.7;
/** Quantities that span more than this have logarithmic scales. */
const LOG_FROM = 8;

export type Fitted = Exclude<FieldOutcome, { readonly state: "refused" }>;

export function isFitted(outcome: FieldOutcome): outcome is Fitted {
  return outcome.state !== "refused";
}

/** Which points of a map show the prior and not the data. */
export function priorPoints({ map }: Fitted): boolean[] {
  return Array.from(map.priorShare, (share) => share > PRIOR_LIMIT);
}

/** sigma(gamma0)/gamma0 at every point. */
export function relativeErrors({ map }: Fitted): number[] {
  return Array.from(map.sigma, (sigma, i) => sigma / map.gamma0[i]!);
}

/** One range of gamma0 for every field of a device, so that colours and heights compare: all determined places, or all if there are none. */
export function gamma0Range(fields: readonly FieldStudy[], of: FieldStudy): readonly [number, number] {
  const all = fields.filter((f) => f.labels.device === of.labels.device && f.problem?.dimensions === of.problem?.dimensions);
  const values = (determined: boolean) =>
    all.flatMap(({ outcome }) => {
      if (!isFitted(outcome)) return [];
      const prior = priorPoints(outcome);
      return Array.from(outcome.map.gamma0).filter((v, i) => v > 0 && Number.isFinite(v) && !(determined && prior[i]));
    });
  const [low, high] = endsOf(values(true));
  return Number.isFinite(low) ? [low, high] : endsOf(values(false));
}

export function kindOf([low, high]: readonly [number, number]): "linear" | "log" {
  return low > 0 && high > LOG_FROM * low ? "log" : "linear";
}

export function gamma0Scale(range: readonly [number, number]): ColourScale {
  return sequential({ name: "γ₀", unit: "1/s", domain: range, kind: kindOf(range) });
}

/** From nothing to the largest relative error of a determined place. */
export function sigmaScale(relative: readonly number[]): ColourScale {
  const [low, high] = endsOf(relative.filter((v) => v > 0));
  const kind = kindOf([low, high]);
  return sequential({ name: "σ(γ₀)/γ₀", unit: "1", suffix: "", domain: [kind === "log" ? low : 0, high], kind });
}

export function partitionScale(values: ArrayLike<number>): ColourScale {
  return diverging({ name: "f", unit: "1", suffix: "", ...partitionAxis(values) });
}

/** 1 in the middle; from f = 2 on logarithmic, so that half and double are equally far away. */
export function partitionAxis(values: ArrayLike<number>): { readonly domain: readonly [number, number]; readonly kind: "linear" | "log" } {
  const [low, high] = endsOf(Array.from(values).filter((f) => f > 0));
  if (high > 2) {
    const end = Math.min(Math.max(high, 1 / low), 16);
    return { domain: [1 / end, end], kind: "log" };
  }
  const reach = Math.max(0.1, high > 1 ? high - 1 : 0, low < 1 ? 1 - low : 0);
  return { domain: [1 - reach, 1 + reach], kind: "linear" };
}

/** Shares per length or area, times that of the domain: 1 is the mean of a closed steady state. */
export function relativeShares(shares: Float64Array, domain: readonly (readonly [number, number])[]): Float64Array {
  const size = domain.reduce((product, [low, high]) => product * (high - low), 1);
  return shares.map((share) => share * size);
}

/** From nothing to the largest share. */
export function shareScale(shares: ArrayLike<number>): ColourScale {
  return sequential({ name: "share", unit: "1", suffix: "", domain: [0, endsOf(shares)[1]] });
}

export function residualScale(): ColourScale {
  return diverging({ name: "σ", unit: "1", suffix: "", domain: [-4, 4] });
}
