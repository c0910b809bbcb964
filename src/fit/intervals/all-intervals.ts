import type { LawFit } from "../law-fit.ts";
import type { Signal } from "../signal-type.ts";
import { type Bootstrap, bootstrap, intervalFrom, noBootstrapBecause } from "./bootstrap.ts";
import { covarianceInterval } from "./covariance-interval.ts";
import type { Interval } from "./outcome.ts";
import { type Posterior, samplePosterior } from "./posterior.ts";
import { profileInterval } from "./profile-interval.ts";
import { noSampleBecause, type SampledInterval, sampledInterval } from "./sample-interval.ts";

export interface AllIntervalsOptions {
  /** Default `gamma1_total` and `t1`; parameters of the law by name. */
  readonly parameters?: readonly string[];
  /** Simulated traces per bootstrap. Default 400. */
  readonly resamples?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** The five intervals of one quantity side by side. */
export interface IntervalRow {
  readonly name: string;
  readonly level: number;
  readonly covariance: Interval;
  readonly profile: Interval;
  readonly bootstrap_parametric: Interval;
  readonly bootstrap_residual: Interval;
  readonly sampler: SampledInterval;
}

/**
 * Covariance, profile, both bootstraps and the sampler at one level, a row per quantity. The simulated traces and the chain are made once for all rows.
 * @throws UserError for an unknown name or level.
 */
export function allIntervals(fit: LawFit, signal: Signal, level: number, options: AllIntervalsOptions = {}): readonly IntervalRow[] {
  const { parameters = ["gamma1_total", "t1"], resamples = 400, seed = 1 } = options;
  const made: { parametric?: Bootstrap; residual?: Bootstrap } = {};
  let chain: { readonly posterior: Posterior | undefined } | undefined;
  const bootstrapped = (name: string, kind: "parametric" | "residual") => {
    const excuse = noBootstrapBecause(fit, name, kind, level);
    if (excuse) return excuse;
    made[kind] ??= bootstrap(fit, signal, { kind, resamples, seed });
    return intervalFrom(made[kind], name, level);
  };
  const sampled = (name: string) => {
    const excuse = noSampleBecause(fit, name, level);
    if (excuse) return excuse;
    chain ??= { posterior: samplePosterior(fit, signal, { seed }) };
    return sampledInterval(fit, chain.posterior, name, level);
  };
  return parameters.map((name) => ({
    ...{ name, level, covariance: covarianceInterval(fit, name, level), profile: profileInterval(fit, signal, name, level) },
    ...{
      bootstrap_parametric: bootstrapped(name, "parametric"),
      bootstrap_residual: bootstrapped(name, "residual"),
      sampler: sampled(name),
    },
  }));
}
