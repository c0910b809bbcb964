import {
  beyondResamples,
  bootstrapSentence,
  noWidth,
  targetUndetermined,
  tooFewResamples,
  tooManyFailedRefits,
} from "../../core/messages/intervals.ts";
import { random } from "../../core/random.ts";
import type { LawFit } from "../law-fit.ts";
import type { Signal } from "../signal-type.ts";
import { bcaInterval } from "./bca.ts";
import { headingOf, noIntervalBecause, undeterminedBecause } from "./covariance-interval.ts";
import { halfWidthAt } from "./level.ts";
import { type Heading, type Interval, twoSided } from "./outcome.ts";
import { asAsked } from "./reciprocal.ts";
import { type Refit, refitNearby } from "./refit.ts";
import { parametricResampler, residualResampler } from "./resample.ts";
import { type Target, targetOf } from "./target.ts";

export interface BootstrapOptions {
  /** `parametric`: noise of the signal's own type at the optimum; `residual`: the data's own residuals, for noise of unknown shape. */
  readonly kind: "parametric" | "residual";
  /** Number of simulated traces. Default 400. */
  readonly resamples?: number;
  /** Default 1. The same seed gives the same interval. */
  readonly seed?: number;
  /** Default: from the optimum. */
  readonly refit?: Refit;
}

/** Refits of simulated traces: made once, used for the interval of every quantity. */
export interface Bootstrap {
  readonly fit: LawFit;
  readonly signal: Signal;
  readonly kind: BootstrapOptions["kind"];
  /** All parameters of each refit that reached a minimum. */
  readonly refits: readonly (readonly number[])[];
  readonly failed: number;
  readonly clipped: number;
  /** Skewness of each point's noise. */
  readonly skewness: Float64Array;
}

/** More failed refits than this share select the easy traces. */
const FAILED_LIMIT = 0.05;

export function bootstrap(fit: LawFit, signal: Signal, options: BootstrapOptions): Bootstrap {
  const { kind, resamples = 400, seed = 1, refit = refitNearby(fit) } = options;
  const resampler = (kind === "parametric" ? parametricResampler : residualResampler)(fit, signal);
  const source = random(seed);
  const refits: (readonly number[])[] = [];
  for (let k = 0; k < resamples; k++) {
    const found = refit(resampler.draw(source));
    if (found) refits.push(found.p);
  }
  return { fit, signal, kind, refits, failed: resamples - refits.length, clipped: resampler.clipped(), skewness: resampler.skewness };
}

/**
 * Bootstrap interval (BCa, see `bcaInterval`) of one quantity. Deterministic by seed; failed refits are counted and named.
 * @param options `level` and `parameter` (of the law, `gamma1_total` or `t1`; default `gamma1_total`) beside those of `bootstrap`.
 * @throws UserError for an unknown name or level.
 */
export function bootstrapInterval(
  fit: LawFit,
  signal: Signal,
  options: BootstrapOptions & { readonly level: number; readonly parameter?: string },
): Interval {
  const { kind, level, parameter = "gamma1_total" } = options;
  const excuse = noBootstrapBecause(fit, parameter, kind, level);
  return excuse ?? intervalFrom(bootstrap(fit, signal, options), parameter, level);
}

/** The failure that makes simulated traces pointless, before any is made. */
export function noBootstrapBecause(fit: LawFit, parameter: string, kind: BootstrapOptions["kind"], level: number): Interval | undefined {
  const target = targetOf(fit, parameter);
  const heading = headingOf(fit, target, `bootstrap_${kind}`, level);
  const excuse = noIntervalBecause(fit, target, heading) ?? undeterminedBecause(fit, target, heading);
  return excuse && asAsked(target, excuse);
}

/** The interval of one quantity from refits that were made, for a fit that `noBootstrapBecause` allows. */
export function intervalFrom(made: Bootstrap, parameter: string, level: number): Interval {
  const { fit, kind } = made;
  const target = targetOf(fit, parameter);
  const heading = headingOf(fit, target, `bootstrap_${kind}`, level);
  // Drawn residuals tell the size of the noise from the data, even where it was stated.
  const absolute = fit.likelihood.absolute && kind === "parametric";
  const width = halfWidthAt(level, absolute, Math.max(fit.dof, 1));
  return asAsked(target, summarise(made, target, heading, width));
}

function summarise(made: Bootstrap, target: Target, heading: Heading, width: number): Interval {
  const { refits, failed, kind, clipped } = made;
  const all = refits.length + failed;
  if (!(failed <= FAILED_LIMIT * all))
    return { ...heading, kind: "failed", reason: "failed_refits", sentence: tooManyFailedRefits(failed, all, FAILED_LIMIT) };
  const values = Float64Array.from(refits, (p) => target.value(p));
  if (values.length > 0 && values.every((v) => v === heading.value))
    return twoSided(heading, heading.value, heading.value, noWidth(), noWidth());
  const found = bcaInterval(values, heading.value, width, acceleration(made, target));
  if ("beyond" in found) return { ...heading, kind: "failed", reason: "too_few_resamples", sentence: beyondResamples() };
  if ("needed" in found)
    return { ...heading, kind: "failed", reason: "too_few_resamples", sentence: tooFewResamples(values.length, found.needed) };
  const sentence = bootstrapSentence(kind, heading.level, values.length, failed, clipped);
  return twoSided(heading, found.low, found.high, sentence, targetUndetermined(target.name));
}

/**
 * A sixth of the skewness of sum u_i e_i, the estimate's first-order error: u_i = (C h) . J_i the influence of a point, e_i its noise
 * (Efron 1987, sec. 4: for one parameter of a family, the score's skewness along the least favourable direction). Zero for normal noise.
 */
function acceleration({ fit, signal, skewness }: Bootstrap, target: Target): number {
  const n = fit.p.length;
  const h = target.gradient(fit.p);
  const product = (i: number) => h.reduce((sum, v, j) => (v === 0 || fit.fixed[i] ? sum : sum + fit.covariance[i * n + j]! * v), 0);
  const along = fit.p.map((_, i) => product(i));
  const gradient = new Float64Array(n);
  let [square, cube] = [0, 0];
  for (let i = 0; i < signal.t.length; i++) {
    fit.model.gradient(fit.p, signal.t[i]!, gradient, signal.channel?.[i]);
    const u = fit.weight[i]! * along.reduce((sum, v, j) => sum + v * gradient[j]!, 0);
    square += u * u;
    cube += u ** 3 * skewness[i]!;
  }
  const a = cube / square ** 1.5 / 6;
  return Number.isFinite(a) ? a : 0;
}
