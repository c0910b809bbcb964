import type { ModelParameter } from "../model.ts";

export type IntervalMethod = "covariance" | "profile" | "bootstrap_parametric" | "bootstrap_residual" | "sampler";

interface Named {
  readonly method: IntervalMethod;
  /** A parameter of the law, `gamma1_total` or `t1`. */
  readonly name: string;
  /** `signal` = the unit of the data, as in the law. */
  readonly unit: ModelParameter["unit"];
  readonly level: number;
  /** The best value, in the same unit. */
  readonly value: number;
  readonly sentence: string;
}

/** Both ends exist. */
export interface TwoSided extends Named {
  readonly kind: "two-sided";
  readonly low: number;
  readonly high: number;
  /** Distances of the ends from the best value, and (above - below)/(above + below). */
  readonly below: number;
  readonly above: number;
  readonly skewness: number;
}

/** One end only: the data exclude nothing on the `open` side, and `limit` is what they say on the other. */
export interface OneSided extends Named {
  readonly kind: "one-sided";
  readonly open: "low" | "high";
  readonly because: "bound" | "asymptote";
  readonly limit: number;
}

/** The data do not determine the quantity at this level. */
export interface Flat extends Named {
  readonly kind: "flat";
  /** All parameters of a lower minimum, where one was found on the way: from there it is flat too. */
  readonly better?: readonly number[];
}

export type FailureReason =
  | "fixed"
  | "not_converged"
  | "no_freedom"
  | "at_bound"
  | "lower_minimum"
  | "lost_profile"
  | "failed_refits"
  | "too_few_resamples"
  | "no_start"
  | "short_chain"
  | "stuck_chain"
  | "prior"
  | "no_reciprocal";

/** No interval, and why. */
export interface Failed extends Named {
  readonly kind: "failed";
  readonly reason: FailureReason;
  /** All parameters of a better minimum, where one was found on the way (`lower_minimum`). */
  readonly better?: readonly number[];
}

/** Numbers exist only where they were found and checked. */
export type Interval = TwoSided | OneSided | Flat | Failed;

/** What every interval of one quantity has in common. */
export type Heading = Omit<Named, "sentence">;

/** A two-sided interval; an end that is not a number makes it a failure, never a printed NaN. */
export function twoSided(heading: Heading, low: number, high: number, sentence: string, lost: string): TwoSided | Failed {
  if (!(low <= high) || !Number.isFinite(low) || !Number.isFinite(high))
    return { ...heading, kind: "failed", reason: "lost_profile", sentence: lost };
  const [below, above] = [heading.value - low, high - heading.value];
  return { ...heading, kind: "two-sided", low, high, below, above, skewness: high > low ? (above - below) / (above + below) : 0, sentence };
}

/** Lowest and highest value that the interval does not exclude: infinite where it is open; undefined where it says nothing. */
export function endsOf(interval: Interval): readonly [number, number] | undefined {
  if (interval.kind === "two-sided") return [interval.low, interval.high];
  if (interval.kind === "one-sided")
    return interval.open === "low" ? [Number.NEGATIVE_INFINITY, interval.limit] : [interval.limit, Number.POSITIVE_INFINITY];
  return interval.kind === "flat" ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] : undefined;
}
