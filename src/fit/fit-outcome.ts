import { type Check, check } from "../core/check.ts";
import { notConverged, rankDeficient, traceNoise } from "../core/messages/fit.ts";
import type { Unit } from "../core/units.ts";
import { directionSentences } from "../numerics/direction-words.ts";
import { ENDINGS } from "../numerics/least-squares.ts";
import { identifiability } from "../numerics/null-directions.ts";
import { halfWidth } from "./interval.ts";
import type { LawFit } from "./law-fit.ts";
import type { ModelParameter } from "./model.ts";
import type { FitOutcome, FitParameter } from "./outcome.ts";

/** What turns a minimum into an outcome. */
export interface OutcomeParts {
  readonly unit: "1" | "V";
  readonly checks: readonly Check[];
  readonly method: string;
  /** 68.3 % interval of the rate, 1/s, where the profile was computed. */
  readonly interval?: { readonly low: number; readonly high: number };
  /** Standard deviation of the rate, 1/s, from inputs that were fixed: calibration levels (the trace's own), or a stated offset (common to traces). */
  readonly input?: { readonly name: string; readonly sigma: number; readonly common: boolean };
}

/** An estimated distance to the minimum beyond this many sigma is no minimum. */
export const DISTANCE_LIMIT = 0.05;
/** Out of evaluations so near to the minimum, as at the edge of what counts allow, is there. */
export const ARRIVED = 1e-3;

/** Refused with the sentence of the first check that refuses. */
export function refusedOutcome(model: string, n: number, method: string, checks: readonly Check[], because: Check): FitOutcome {
  return { state: "refused", model, sentence: because.sentence, n, checks, method };
}

/** The check that a minimum was reached and its covariance exists. */
export function convergenceCheck(fit: LawFit): Check {
  const ending = ENDINGS[fit.minimum.ending];
  const distance = fit.minimum.distance / (fit.scale || 1);
  const names = fit.model.parameters
    .filter((_, j) => !fit.fixed[j] && !Number.isFinite(fit.covariance[j * fit.p.length + j]!))
    .map((p) => p.name);
  if (names.length > 0) return check("not_converged", false, rankDeficient(names, nullDirections(fit)), distance, DISTANCE_LIMIT);
  // Residuals at rounding level have no sigma to measure the distance in.
  const near = distance < DISTANCE_LIMIT || fit.chi2 <= 1e-20 * weightedSquare(fit);
  return check("not_converged", (ending.converged || distance < ARRIVED) && near, notConverged(ending.sentence), distance, DISTANCE_LIMIT);
}

/** What occurs only together, in words. */
function nullDirections(fit: LawFit): string[] {
  const free = [...fit.p.keys()].filter((j) => !fit.fixed[j]);
  const found = identifiability(fit.tangents, fit.residual.length, free.length);
  return directionSentences(
    { ...found, weak: [] },
    free.map((j) => ({ ...fit.model.parameters[j]!, value: fit.p[j]! })),
  );
}

function weightedSquare(fit: LawFit): number {
  let s = 0;
  for (let i = 0; i < fit.values.length; i++) s += (fit.values[i]! * fit.weight[i]!) ** 2;
  return s;
}

/** g^T C g. */
function quadratic(g: readonly number[], covariance: readonly (readonly number[])[]): number {
  let sum = 0;
  for (let i = 0; i < g.length; i++) for (let j = 0; j < g.length; j++) sum += g[i]! * covariance[i]![j]! * g[j]!;
  return sum;
}

/** A law says `signal` where its parameter carries the unit of the data. */
function dataUnit(unit: ModelParameter["unit"], signal: "1" | "V"): Unit {
  if (unit === "signal") return signal;
  if (unit !== "signal/s") return unit;
  return signal === "V" ? "V/s" : "1/s";
}

/** Parameters with errors, the derived `gamma1_total` and `t1`, covariance, chi2. Residual scale and Student's factor where the noise was estimated. */
export function outcomeOf(fit: LawFit, parts: OutcomeParts): FitOutcome {
  const n = fit.p.length;
  const points = fit.residual.length;
  const converged = convergenceCheck(fit);
  const checks = [...parts.checks, converged];
  if (!converged.holds) return refusedOutcome(fit.model.name, points, parts.method, checks, converged);
  const scale2 = fit.scale ** 2;
  const width = halfWidth(fit.likelihood.absolute, fit.dof);
  const covariance = [...Array(n).keys()].map((i) => [...Array(n).keys()].map((j) => scale2 * fit.covariance[i * n + j]!));
  const rate = fit.model.rate(fit.p);
  const variance = quadratic(rate.gradient, covariance);
  const input = parts.input?.sigma ?? 0;
  const sigma = Math.hypot(Math.sqrt(variance), input);
  const rateBudget = parts.input && [
    { input: traceNoise(), contribution: Math.sqrt(variance), common: false },
    { input: parts.input.name, contribution: input, common: parts.input.common },
  ];
  const low = parts.interval?.low ?? rate.value - width * sigma;
  const high = parts.interval?.high ?? rate.value + width * sigma;
  const parameters: FitParameter[] = fit.model.parameters.map((p, j) => {
    const quoted = rate.gradient.every((g, i) => g === (i === j ? 1 : 0));
    const s = quoted ? sigma : Math.sqrt(covariance[j]![j]!);
    const fixed = fit.fixed[j]!;
    return {
      name: p.name,
      value: fit.p[j]!,
      sigma: fixed ? 0 : s,
      low: fixed ? fit.p[j]! : quoted ? low : fit.p[j]! - width * s,
      high: fixed ? fit.p[j]! : quoted ? high : fit.p[j]! + width * s,
      unit: dataUnit(p.unit, parts.unit),
      fixed,
    };
  });
  const inverse = (g: number) => (g > 0 ? 1 / g : Number.NaN);
  parameters.push(
    { name: "gamma1_total", value: rate.value, sigma, low, high, unit: "1/s", fixed: false },
    {
      name: "t1",
      value: inverse(rate.value),
      sigma: rate.value > 0 ? sigma / rate.value ** 2 : Number.NaN,
      low: inverse(high),
      high: inverse(low),
      unit: "s",
      fixed: false,
    },
  );
  for (const d of fit.model.derived?.(fit.p) ?? []) {
    const s = Math.sqrt(quadratic(d.gradient, covariance));
    parameters.push({
      name: d.name,
      value: d.value,
      sigma: s,
      low: d.value - width * s,
      high: d.value + width * s,
      unit: d.unit,
      fixed: false,
    });
  }
  if (input > 0) {
    const j = fit.model.parameters.findIndex((p) => p.unit === "1/s");
    covariance[j]![j] = sigma ** 2;
  }
  return {
    state: "converged",
    model: fit.model.name,
    parameters,
    covariance,
    chi2: fit.likelihood.absolute ? fit.chi2 : Number.NaN,
    dof: fit.dof,
    n: points,
    distance: fit.minimum.distance / (fit.scale || 1),
    iterations: fit.minimum.iterations,
    checks,
    method: parts.method,
    ...(rateBudget ? { rateBudget } : {}),
  };
}
