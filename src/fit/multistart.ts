import { UserError } from "../core/errors.ts";
import { lawOfPopulations } from "../core/messages/laws.ts";
import { ENDINGS } from "../numerics/least-squares.ts";
import { feasibleStart } from "./feasible-start.ts";
import { fitLaw, type LawFit } from "./law-fit.ts";
import { EDGE_DISTANCE, fitLevels } from "./level-form.ts";
import type { DecayModel } from "./model.ts";
import type { Signal } from "./signal-type.ts";

/** The lowest minimum found from several starts. */
export interface MultistartFit {
  readonly fit: LawFit;
  /** Distinct starts tried. */
  readonly starts: number;
  /** How many of them reached this minimum. */
  readonly reached: number;
}

/** Half a deviance within which two minima are one: a thousandth of what one sigma costs. */
const SAME_MINIMUM = 5e-4;

/** Stops a search where its minimum is known to a thousandth of a sigma: from there it is told from others. */
const SEARCH = { ftol: 1e-5, xtol: 1e-4, maxEvaluations: 100 } as const;
/** Half a deviance by which a search that has ended can still sink: its stopping rule leaves far less. */
const SINKS = 0.5;

/**
 * Follows a law from every start and returns the lowest minimum; no start is left out, because only another minimum can show that the first is not
 * the lowest. 1 every start is searched to a coarse end; 2 ends that may be, or may still sink to, the lowest minimum are minimised to the last digit, once
 * for each place. A minimum that converged is preferred to an end that did not, unless the end lies lower. Undefined where no start has a finite value.
 * @param starts complete parameter sets; fixed parameters have their value in each.
 * @param fixed one flag per parameter; default none.
 * @throws UserError for a law of populations and a signal that is none.
 */
export function fitLawFrom(
  model: DecayModel,
  signal: Signal,
  starts: readonly (readonly number[])[],
  fixed: readonly boolean[] = model.parameters.map(() => false),
): MultistartFit | undefined {
  const distinct = starts.filter((p, k) => !starts.slice(0, k).some((q) => p.every((v, j) => Math.abs(v - q[j]!) <= 1e-6 * Math.abs(v))));
  requirePopulations(model, signal);
  // 1
  const ends = distinct
    .map((start) => fitLaw(model, signal, feasibleStart(model, signal, start, fixed), fixed, distinct.length > 1 ? SEARCH : {}))
    .filter((fit) => isEnd(fit))
    .sort((a, b) => a.minimum.objective - b.minimum.objective);
  // 2
  const places: LawFit[] = [];
  const fits: LawFit[] = [];
  for (const end of ends) {
    const known = places.findIndex((place) => samePlace(place, end));
    if (known >= 0) {
      fits.push(fits[known]!);
      places.push(end);
      continue;
    }
    const lowest = Math.min(...fits.map((fit) => fit.minimum.objective));
    const done = ENDINGS[end.minimum.ending].converged && end.minimum.objective - SINKS * noiseOf(end) > lowest;
    places.push(end);
    fits.push(done ? end : minimise(model, signal, end.p, fixed));
  }
  const found = fits.filter((fit) => isEnd(fit));
  if (found.length === 0) return undefined;
  const best = found.reduce((a, b) => (rank(b) < rank(a) ? b : a));
  const tolerance = SAME_MINIMUM * noiseOf(best) + roundingOf(best);
  return {
    fit: inCanonicalOrder(best, signal),
    starts: distinct.length,
    reached: found.filter((fit) => fit.minimum.objective - best.minimum.objective <= tolerance).length,
  };
}

/** A law without a parameter in the unit of the data describes populations themselves: a voltage would silently be read as one. */
function requirePopulations(model: DecayModel, signal: Signal): void {
  if (signal.unit !== "1" && !model.parameters.some((p) => p.unit === "signal")) throw new UserError(lawOfPopulations(model.name));
}

function isEnd(fit: LawFit): boolean {
  const { ending, objective } = fit.minimum;
  return (ENDINGS[ending].converged || ending === "too_many_evaluations") && Number.isFinite(objective);
}

/** Two searches ended at one place: the law's values, all points together, differ by less than a fifth of a standard deviation. */
function samePlace(a: LawFit, b: LawFit): boolean {
  if (Math.abs(a.minimum.objective - b.minimum.objective) > 0.02 * noiseOf(a)) return false;
  let square = 0;
  for (let i = 0; i < a.values.length; i++) square += ((a.values[i]! - b.values[i]!) * a.weight[i]!) ** 2;
  return square < 0.04 * noiseOf(a);
}

/** Counts can drive a value to 0 or 1, where free amplitudes find no step that stays inside: the law's level form walks along that edge. */
function minimise(model: DecayModel, signal: Signal, start: readonly number[], fixed: readonly boolean[]): LawFit {
  const fit = fitLaw(model, signal, start, fixed);
  if (fit.minimum.distance < EDGE_DISTANCE * fit.scale || !fit.likelihood.bounded) return fit;
  const along = fitLevels(model, signal, fit.p, fixed);
  if (!along) return fit;
  return along.minimum.distance < EDGE_DISTANCE || along.minimum.objective <= fit.minimum.objective ? along : fit;
}

/** Objective, with ties within rounding decided for the fit that converged. */
function rank(fit: LawFit): number {
  const handicap = ENDINGS[fit.minimum.ending].converged ? 0 : SAME_MINIMUM * noiseOf(fit);
  return fit.minimum.objective + handicap;
}

/** Variance of a whitened residual: 1 for known noise. */
const noiseOf = (fit: LawFit): number => fit.scale * fit.scale;

/** What rounding leaves of the objective where the data have no noise. */
function roundingOf(fit: LawFit): number {
  let sum = 0;
  for (let i = 0; i < fit.values.length; i++) sum += (fit.values[i]! * fit.weight[i]!) ** 2;
  return 1e-22 * sum;
}

/** Exchanged components are refitted from their canonical order, which only relabels the minimum and its covariance. */
function inCanonicalOrder(fit: LawFit, signal: Signal): LawFit {
  const p = fit.model.canonical?.(fit.p);
  if (!p || p.every((v, j) => v === fit.p[j]) || fit.fixed.includes(true)) return fit;
  return fitLaw(fit.model, signal, p, fit.fixed);
}

/** The law's own starts, with fixed parameters (by their place) at their values. */
export function startsOf(model: DecayModel, signal: Signal, values: ReadonlyMap<number, number> = new Map()): number[][] {
  return model.starts(signal).map((p) => p.map((v, j) => values.get(j) ?? v));
}
