import { type Random, random } from "../../core/random.ts";
import { cholesky } from "../../numerics/cholesky.ts";
import { type EnsembleChain, ensembleSample, traceOf } from "../../numerics/ensemble-sampler.ts";
import type { LawFit } from "../law-fit.ts";
import type { Signal } from "../signal-type.ts";
import { type Settled, settledOf } from "./settled.ts";

export interface SamplerOptions {
  /** Default 1. The same seed gives the same chain. */
  readonly seed?: number;
  /** Most steps of the ensemble. Default 16000; fewer are made where the chain is long enough sooner. */
  readonly steps?: number;
  /** Rounded up to an even number. Default 4 per free parameter, at least 20. */
  readonly walkers?: number;
}

/** Samples of the posterior of the free parameters, settled part only. */
export interface Posterior {
  readonly fit: LawFit;
  readonly chain: EnsembleChain;
  /** First step that counts. */
  readonly from: number;
  /** All parameters from a position of the chain. */
  readonly parametersAt: (x: Float64Array) => readonly number[];
  /** Longest autocorrelation time of a parameter, in steps. */
  readonly tau: number;
  /** Of each free parameter; empty where the chain is too short to tell. */
  readonly settled: readonly Settled[];
  /** Free parameters, and the box in which their prior is flat. */
  readonly free: readonly number[];
  readonly box: PriorBox;
}

/** Bounds of the flat prior, one per free parameter; infinite where the law has none. */
export interface PriorBox {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** A chain shorter than this many autocorrelation times does not know its own autocorrelation time (Foreman-Mackey et al. 2013, sec. 3). */
export const SHORTEST_CHAIN = 50;
const FIRST_STEPS = 4000;
/** Rates beyond this over the shortest step between delays act on the first delay alone: no data could tell them apart. */
const FASTEST = 10;
/** Share of the chain that is thrown away while the walkers forget where they started. */
const BURN_IN = 0.2;

/**
 * Draws from the posterior of the free parameters: likelihood of the fit (for noise of unknown size the scale is integrated out with prior 1/scale, which
 * leaves chi2^(-m/2)), prior flat inside the law's bounds, and rates between zero and 10 over the shortest step of the delays where the fitted one is.
 * Walkers start around the minimum with its covariance. The chain is doubled until it is long enough or `steps` are made.
 * @returns undefined where the covariance does not exist or no walker can start.
 */
export function samplePosterior(fit: LawFit, signal: Signal, options: SamplerOptions = {}): Posterior | undefined {
  const { seed = 1, steps = 16_000 } = options;
  const free = [...fit.p.keys()].filter((j) => !fit.fixed[j]);
  const all = [...fit.p];
  const parametersAt = (x: Float64Array) => {
    free.forEach((j, k) => {
      all[j] = x[k]!;
    });
    return all;
  };
  const box = priorBox(fit, signal.t, free);
  const logDensity = logDensityOf(fit, signal, box, parametersAt);
  const count = 2 * Math.ceil((options.walkers ?? Math.max(20, 4 * free.length)) / 2);
  for (let length = Math.min(FIRST_STEPS, steps); ; length = Math.min(2 * length, steps)) {
    const source = random(seed);
    const walkers = startingWalkers(fit, free, count, source, logDensity);
    if (!walkers) return undefined;
    const chain = ensembleSample({ logDensity, walkers, steps: length, uniform: source.uniform });
    const from = Math.floor(BURN_IN * length);
    const traces = free.map((_, d) => traceOf(chain, from, (x) => x[d]!));
    const tau = Math.max(...traces.map((trace) => trace.tau));
    const long = length - from >= SHORTEST_CHAIN * tau;
    if (!long && length < steps) continue;
    const settled = long ? traces.map(({ values }, d) => settledOf(values, box.lower[d], box.upper[d])) : [];
    return { fit, chain, from, parametersAt, tau, settled, free, box };
  }
}

function priorBox(fit: LawFit, t: Float64Array, free: readonly number[]): PriorBox {
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < t.length; i++) if (t[i]! > t[i - 1]!) shortest = Math.min(shortest, t[i]! - t[i - 1]!);
  const decaying = (j: number) => fit.model.parameters[j]!.unit === "1/s" && fit.p[j]! > 0;
  const fastest = (j: number) => Math.max(FASTEST / shortest, 2 * fit.p[j]!);
  return {
    lower: free.map((j) => (decaying(j) ? Math.max(0, fit.model.parameters[j]!.lower) : fit.model.parameters[j]!.lower)),
    upper: free.map((j) => (decaying(j) ? Math.min(fastest(j), fit.model.parameters[j]!.upper) : fit.model.parameters[j]!.upper)),
  };
}

function logDensityOf(
  fit: LawFit,
  { t, channel }: Signal,
  { lower, upper }: PriorBox,
  parametersAt: (x: Float64Array) => readonly number[],
) {
  const { model, likelihood } = fit;
  const m = t.length;
  const [values, residual, weight] = [new Float64Array(m), new Float64Array(m), new Float64Array(m)];
  return (x: Float64Array): number => {
    for (let k = 0; k < x.length; k++) if (!(x[k]! >= lower[k]! && x[k]! <= upper[k]!)) return Number.NEGATIVE_INFINITY;
    const p = parametersAt(x);
    for (let i = 0; i < m; i++) values[i] = model.evaluate(p, t[i]!, channel?.[i]);
    const objective = likelihood.whiten(values, residual, weight);
    if (!Number.isFinite(objective)) return Number.NEGATIVE_INFINITY;
    return likelihood.absolute ? -objective : -(m / 2) * Math.log(objective);
  };
}

/** Around the minimum with its covariance; a walker that falls outside the support is drawn again, nearer each time. */
function startingWalkers(fit: LawFit, free: readonly number[], count: number, source: Random, logDensity: (x: Float64Array) => number) {
  const d = free.length;
  const n = fit.p.length;
  const covariance = Float64Array.from({ length: d * d }, (_, i) => fit.covariance[free[Math.floor(i / d)]! * n + free[i % d]!]!);
  const sigma = free.map((_, k) => Math.sqrt(covariance[k * d + k]!));
  if (!(fit.scale > 0) || !sigma.every((s) => s > 0 && Number.isFinite(s))) return undefined;
  const factor = cholesky(
    covariance.map((c, i) => c / sigma[Math.floor(i / d)]! / sigma[i % d]!),
    d,
  );
  if (!factor) return undefined;
  const walkers: Float64Array[] = [];
  for (let tries = 0; walkers.length < count && tries < 100 * count; tries++) {
    const shrink = fit.scale / (1 + tries / (2 * count));
    const z = sigma.map(() => source.normal());
    const x = Float64Array.from(free, (j, k) => {
      let moved = 0;
      for (let l = 0; l <= k; l++) moved += factor[k * d + l]! * z[l]!;
      return fit.p[j]! + shrink * sigma[k]! * moved;
    });
    if (logDensity(x) > Number.NEGATIVE_INFINITY) walkers.push(x);
  }
  return walkers.length === count ? walkers : undefined;
}
