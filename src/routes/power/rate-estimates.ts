import { check } from "../../core/check.ts";
import { type BudgetLine, type Estimate, sigmaOf } from "../../core/estimate.ts";
import * as say from "../../core/messages/power.ts";
import { HBAR } from "../../physics/constants.ts";
import { estimateOf, scaled } from "../budget.ts";
import { type Combined, combineRates, type RatePoint } from "./combine.ts";
import { constancyCheck } from "./constancy.ts";
import { driveDependence, ordinaryErrors } from "./drive-dependence.ts";
import { interceptCheck, interceptOf } from "./intercept.ts";
import { combineOnLine, type RateLine } from "./rate-line.ts";
import type { Make, RateRequest } from "./rate-request.ts";
import { type RateStudy, ratePoints } from "./rate-study.ts";
import { weakEstimate } from "./weak-estimate.ts";

export interface RateResult {
  readonly estimates: readonly Estimate[];
  readonly combined: Combined;
  readonly study: RateStudy;
}

/** Above this (0.3 dB) an error is quoted in ln G. */
const LN_QUOTED = 0.0691;
/** Noise that weights take from the data pulls the mean by 2 N (relative error) of its sigma: beyond this, expected values weigh. */
const PULL_LIMIT = 0.3;
/** A rate below this many of its statistical sigma is no rate. */
const FEWEST_SIGMA = 2;

/** A rate's own noise, as its budget names it. */
export const OWN_NOISE = { share: "noise of S", population: "noise of the population", scatter: "scatter over powers" } as const;

/** One row per operating point, the combined one, and the extrapolation to weak drive. */
export function rateEstimates(request: RateRequest): RateResult {
  const { absorbed, excesses, gap } = request;
  const n = absorbed.points.length;
  const flux = absorbed.points.map((p) => (p.pDevice * p.share) / (HBAR * p.omega));
  const usable = absorbed.points.map((p, i) => excesses.excess[i]! > 0 && Number.isFinite(flux[i]!) && p.share !== 0);
  const raw: RatePoint[] = absorbed.points.map((p, i) => ({
    gamma: (request.factor * flux[i]!) / excesses.excess[i]!,
    relativeS: p.relative,
    relativeP: Math.abs(excesses.sigma[i]! / excesses.excess[i]!),
  }));
  const before = lineOf(raw, usable, request)?.combined ?? combine(raw, usable, request, 1);
  // n_e decays during the gap, so the excess at the drive's end was larger.
  const decayed = gap.factor(before.gamma);
  const measured = raw.map((r) => ({ ...r, gamma: r.gamma / decayed }));
  const line = lineOf(measured, usable, request);
  const rates = line?.rates ?? measured;
  const combined = line?.combined ?? combine(measured, usable, request, decayed);
  if (request.valuesOnly) return valueAlone(request, combined);
  const inputs = {
    power: request.common,
    scattering: absorbed.common,
    population: [...excesses.common, ...gap.common(before.gamma)],
  };
  const common = Object.values(inputs).flat();
  const budgetOf = (gamma: number, weights: readonly number[]): BudgetLine[] =>
    common.map((c) => {
      const line = { input: c.input, contribution: gamma * c.effect(weights), shared: c.shared };
      return c.noise ? { ...line, noise: true } : line;
    });
  // Relative changes of a weighted mean are those of its parts; where a law gives the weights, a point's noise must not enter them.
  const parts = line ? combined.weights.map((w, i) => (w === 0 ? 0 : (w * rates[i]!.gamma) / combined.gamma)) : combined.weights;
  const trend = {
    ...{ points: absorbed.points, rates, usable, excess: excesses.excess.map((e) => e * decayed) },
    ...{ combined, polarisation: request.polarisation, law: request.law, inputs },
  };
  const ordinary = request.trend ? ordinaryErrors(trend) : undefined;
  const dependence = ordinary && driveDependence(trend, ordinary);
  const points = ratePoints(request, { rates, usable, flux, decayed });
  const straight = request.trend ? interceptOf(points, common) : undefined;
  const checks = [
    ...request.checks,
    ...(request.trend ? constancyCheck(combined, rates, common, dependence?.sentence ?? "") : []),
    ...(straight ? [interceptCheck(straight)] : []),
  ];
  const remarks = [...request.remarks];
  if (decayed !== 1) remarks.push(say.gapCorrected(decayed));
  const left = usable.filter((u) => !u).length;
  if (left > 0) remarks.push(say.leftOut(left));
  if (combined.fromScatter) remarks.push(say.noiseFromScatter(usable.filter(Boolean).length));
  if (line?.fromResiduals) remarks.push(say.noiseFromLine(usable.filter(Boolean).length));
  const make = makerOf(request);
  const used = (i: number) => combined.weights.map((_, j) => (i === j ? 1 : 0));
  const several = new Set(absorbed.points.map((p) => p.omega)).size > 1;
  const rows = absorbed.points.map((p, i) => {
    const condition = `p_in=${Number(p.pDevice.toPrecision(4))} W${several ? `, f=${Number((p.omega / 2 / Math.PI).toPrecision(10))} Hz` : ""}`;
    if (!usable[i]) {
      const below = check("population_below_equilibrium", false, say.belowEquilibrium(excesses.excess[i]!), excesses.excess[i]!, 0);
      return make(condition, Number.NaN, [], [...request.checks, below], [below.sentence]);
    }
    const { gamma, relativeS, relativeP } = rates[i]!;
    const own = [
      { input: OWN_NOISE.share, contribution: gamma * relativeS },
      { input: OWN_NOISE.population, contribution: gamma * relativeP },
    ];
    return make(condition, gamma, [...own, ...budgetOf(gamma, used(i))], request.checks, []);
  });
  const lines = scaled([...ownNoise(combined), ...budgetOf(combined.gamma, parts)], gap.damping(before.gamma));
  const found = combined.gamma > FEWEST_SIGMA * combined.stat || (combined.gamma > 0 && Number.isNaN(combined.stat));
  const reason = left === n ? say.nothingAbove(n) : say.noAbsorption(combined.gamma, combined.stat);
  const why = check("no_absorption", found, reason, combined.gamma / combined.stat, FEWEST_SIGMA);
  const total = make("combined", found ? combined.gamma : Number.NaN, lines, [...checks, why], found ? remarks : [why.sentence]);
  const weak = ordinary && found ? weakEstimate({ ...request, checks }, ordinary.free, { combined, rates }, make, budgetOf) : [];
  const sentence = checks.find((c) => c.code === "drive_dependent")?.sentence ?? "";
  return {
    estimates: [...rows, total, ...weak],
    combined,
    study: {
      labels: request.labels,
      estimator: request.estimator,
      points,
      gamma: total.value,
      sigma: sigmaOf(total),
      sigmaCommon: total.sigmaCommon,
      line: straight,
      driveDependence: dependence && { ...dependence, sentence },
      fluctuation: undefined,
    },
  };
}

/** Estimates of the request's quantity; an error above 0.3 dB is told in ln G as well. */
function makerOf({ quantity, estimator, labels, datasets }: RateRequest): Make {
  return (condition, value, budget, checks, remark) => {
    const made = estimateOf({ route: "power", quantity, estimator, condition, labels, value, unit: "1/s", budget, checks, datasets });
    const sigma = sigmaOf(made);
    const ln = sigma / value > LN_QUOTED ? [say.lnQuoted(value, sigma)] : [];
    return { ...made, remark: [...remark, ...ln].join(" ") };
  };
}

function ownNoise(combined: Combined): BudgetLine[] {
  if (combined.fromScatter) return [{ input: OWN_NOISE.scatter, contribution: combined.stat }];
  return [
    { input: OWN_NOISE.share, contribution: combined.statS },
    { input: OWN_NOISE.population, contribution: combined.statP },
  ];
}

/** For drawn inputs: nothing but the value. */
function valueAlone({ labels, estimator, quantity }: RateRequest, combined: Combined): RateResult {
  const value = combined.gamma;
  return {
    estimates: [estimateOf({ route: "power", quantity, estimator, labels, value, unit: "1/s", budget: [] })],
    combined,
    study: {
      ...{ labels, estimator, points: [], gamma: value, sigma: Number.NaN, sigmaCommon: Number.NaN },
      ...{ line: undefined, driveDependence: undefined, fluctuation: undefined },
    },
  };
}

/** Without a law for every point: the line through all of them. */
function lineOf(rates: readonly RatePoint[], usable: readonly boolean[], request: RateRequest): RateLine | undefined {
  const { points } = request.absorbed;
  return points.some((p, i) => usable[i] && !Number.isFinite(p.expectedShare)) ? combineOnLine(points, rates, usable) : undefined;
}

/**
 * With measured weights, unless their noise would pull the mean and the sweep says what to expect.
 * @param decayed by what the excess was larger at the end of the drive, which is what the sweep expects, than at its readout, whose noise is known
 */
function combine(rates: readonly RatePoint[], usable: readonly boolean[], request: RateRequest, decayed: number): Combined {
  const plain = combineRates(rates, usable);
  const n = usable.filter(Boolean).length;
  if (plain.fromScatter || !((2 * n * plain.stat) / plain.gamma > PULL_LIMIT)) return plain;
  const { absorbed, excesses, polarisation } = request;
  const expected = rates.map((r, i) => {
    const p = absorbed.points[i]!;
    const excess = (polarisation * p.saturation) / (2 * (1 + p.saturation)) / decayed;
    return { ...r, relativeS: (p.relative * p.share) / p.expectedShare, relativeP: excesses.sigma[i]! / excess };
  });
  const all = absorbed.points.map((_, i) => Number.isFinite(rates[i]!.gamma));
  return expected.every((e, i) => !all[i] || Math.hypot(e.relativeS, e.relativeP) > 0) ? combineRates(expected, usable) : plain;
}
