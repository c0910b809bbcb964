import {
  chainDrifts,
  chainStuck,
  chainTooShort,
  noWalkers,
  noWidth,
  priorDecides,
  sampleSentence,
  targetUndetermined,
} from "../../core/messages/intervals.ts";
import { traceOf } from "../../numerics/ensemble-sampler.ts";
import { quantile } from "../../numerics/quantile.ts";
import type { LawFit } from "../law-fit.ts";
import type { Signal } from "../signal-type.ts";
import { headingOf, noIntervalBecause, undeterminedBecause } from "./covariance-interval.ts";
import { halfWidthAt } from "./level.ts";
import { type Heading, type Interval, twoSided } from "./outcome.ts";
import { type Posterior, type SamplerOptions, SHORTEST_CHAIN, samplePosterior } from "./posterior.ts";
import { asAsked } from "./reciprocal.ts";
import { settledOf } from "./settled.ts";
import { type Target, targetOf } from "./target.ts";

/** How well the chain knows the interval. */
export interface ChainReport {
  readonly steps: number;
  readonly walkers: number;
  readonly acceptance: number;
  /** Integrated autocorrelation time, steps: the longest of the parameters and the quantity. */
  readonly tau: number;
  /** Independent samples. */
  readonly effective: number;
}

/** Share of the tail beyond an end that may lie close to a bound of the prior. */
const NEAR_BOUND = 0.5;

export type SampledInterval = Interval & { readonly chain?: ChainReport };

/** Fewer accepted moves mean walkers that sit in different valleys. */
const ACCEPTANCE_LIMIT = 0.1;

/**
 * Equal-tailed posterior interval by the affine-invariant ensemble sampler (`samplePosterior`). For a linear law and normal noise it is the classical
 * interval, Student's where the noise is unknown. Refused with a sentence where the chain is shorter than 50 autocorrelation times.
 * @param options `level` and `parameter` (of the law, `gamma1_total` or `t1`; default `gamma1_total`) beside those of the sampler.
 * @throws UserError for an unknown name or level.
 */
export function sampleInterval(
  fit: LawFit,
  signal: Signal,
  options: SamplerOptions & { readonly level: number; readonly parameter?: string },
): SampledInterval {
  const { level, parameter = "gamma1_total" } = options;
  return noSampleBecause(fit, parameter, level) ?? sampledInterval(fit, samplePosterior(fit, signal, options), parameter, level);
}

/** The failure that makes sampling pointless, before it is begun. */
export function noSampleBecause(fit: LawFit, parameter: string, level: number): Interval | undefined {
  const target = targetOf(fit, parameter);
  halfWidthAt(level, true, 1);
  const heading = headingOf(fit, target, "sampler", level);
  const excuse = noIntervalBecause(fit, target, heading) ?? undeterminedBecause(fit, target, heading);
  if (excuse) return asAsked(target, excuse);
  return fit.scale === 0 ? asAsked(target, twoSided(heading, heading.value, heading.value, noWidth(), noWidth())) : undefined;
}

/** The interval of one quantity from samples that were drawn. */
export function sampledInterval(fit: LawFit, posterior: Posterior | undefined, parameter: string, level: number): SampledInterval {
  const target = targetOf(fit, parameter);
  const heading = headingOf(fit, target, "sampler", level);
  if (!posterior) return asAsked(target, { ...heading, kind: "failed", reason: "no_start", sentence: noWalkers() });
  const { interval, chain } = summarise(posterior, target, heading);
  return { ...asAsked(target, interval), chain };
}

function summarise(posterior: Posterior, target: Target, heading: Heading): { readonly interval: Interval; readonly chain: ChainReport } {
  const { chain, from, parametersAt } = posterior;
  const { level } = heading;
  const { values, tau: own } = traceOf(chain, from, (x) => target.value(parametersAt(x)));
  const tau = Math.max(own, posterior.tau);
  const steps = chain.steps - from;
  const report = { steps, walkers: chain.walkers, acceptance: chain.acceptance, tau, effective: values.length / tau };
  const failed = (reason: "stuck_chain" | "short_chain" | "prior", sentence: string) => ({
    interval: { ...heading, kind: "failed", reason, sentence } as const,
    chain: report,
  });
  if (!(chain.acceptance >= ACCEPTANCE_LIMIT)) return failed("stuck_chain", chainStuck(chain.acceptance, ACCEPTANCE_LIMIT));
  if (!(steps >= SHORTEST_CHAIN * tau)) return failed("short_chain", chainTooShort(steps, tau, SHORTEST_CHAIN));
  const tail = (1 - level) / 2;
  for (const [d, { drifts, nearLower, nearUpper }] of posterior.settled.entries()) {
    const { name } = posterior.fit.model.parameters[posterior.free[d]!]!;
    if (drifts) return failed("short_chain", chainDrifts(name));
    if (nearLower > NEAR_BOUND * tail) return failed("prior", priorDecides(name, posterior.box.lower[d]!));
    if (nearUpper > NEAR_BOUND * tail) return failed("prior", priorDecides(name, posterior.box.upper[d]!));
  }
  if (settledOf(values).drifts) return failed("short_chain", chainDrifts(target.name));
  const finite = values.every(Number.isFinite) ? values : [];
  const [low, high] = [quantile(finite, tail), quantile(finite, 1 - tail)];
  const sentence = sampleSentence(level, steps, chain.walkers, tau, report.effective, chain.acceptance);
  return { interval: twoSided(heading, low, high, sentence, targetUndetermined(target.name)), chain: report };
}
