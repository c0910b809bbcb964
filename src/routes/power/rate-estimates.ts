import { type Check, check } from "../../core/check.ts";
import { type BudgetLine, type Estimate, type GroupLabels, sigmaOf } from "../../core/estimate.ts";
import * as say from "../../core/messages/power.ts";
import { HBAR } from "../../physics/constants.ts";
import { estimateOf } from "../budget.ts";
import type { PowerPoint } from "../power-study.ts";
import type { Absorbed } from "./absorbed.ts";
import { type Combined, combineRates, type RatePoint } from "./combine.ts";
import type { CommonInput } from "./common-input.ts";
import { constancyCheck } from "./constancy.ts";
import type { Excesses } from "./excess.ts";
import type { Gap } from "./gap.ts";
import { combineOnLine, type RateLine } from "./rate-line.ts";
import { fitWeakDrive, type WeakDrive } from "./weak-drive.ts";

/** What one estimator makes of the operating points. */
export interface RateRequest {
  readonly labels: GroupLabels;
  readonly estimator: string;
  readonly quantity: "gamma1_total" | "gamma_nr";
  readonly absorbed: Absorbed;
  readonly excesses: Excesses;
  /** Inputs common to every estimator: attenuation, source. */
  readonly common: readonly CommonInput[];
  readonly gap: Gap;
  /** Equilibrium polarisation |z_eq|, for the saturated population expected at S. */
  readonly polarisation: number;
  /** Factor from W/(hbar w dn) to the quantity (1, or 1 - 2 n_eq). */
  readonly factor: number;
  readonly checks: readonly Check[];
  readonly remarks: readonly string[];
  readonly datasets: readonly string[];
  /** Whether a trend over power means anything: the scalar difference's bias is one by itself. */
  readonly trend: boolean;
}

export interface RateResult {
  readonly estimates: readonly Estimate[];
  readonly points: readonly PowerPoint[];
  readonly combined: Combined;
  readonly total: number;
}

type Make = (condition: string, value: number, lines: readonly BudgetLine[], own: readonly Check[], remark: readonly string[]) => Estimate;

/** Above this (0.3 dB) an error is quoted in ln G. */
const LN_QUOTED = 0.0691;
/** Noise that weights take from the data pulls the mean by 2 N (relative error) of its sigma: beyond this, expected values weigh. */
const PULL_LIMIT = 0.3;
/** A rate below this many of its statistical sigma is no rate. */
const FEWEST_SIGMA = 2;

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
  const before = lineOf(raw, usable, request)?.combined ?? combine(raw, usable, request);
  // n_e decays during the gap, so the excess at the drive's end was larger.
  const decayed = gap.factor(before.gamma);
  const measured = raw.map((r) => ({ ...r, gamma: r.gamma / decayed }));
  const line = lineOf(measured, usable, request);
  const rates = line?.rates ?? measured;
  const combined = line?.combined ?? combine(measured, usable, request);
  const common = [...request.common, ...absorbed.common, ...excesses.common, ...gap.common(before.gamma)];
  const budgetOf = (gamma: number, weights: readonly number[]): BudgetLine[] =>
    common.map((c) => ({ input: c.input, contribution: gamma * c.effect(weights), shared: c.shared }));
  const shapes = request.trend ? weakDriveOf(request, rates, usable, combined, decayed) : undefined;
  // Relative changes of a weighted mean are those of its parts; where a law gives the weights, a point's noise must not enter them.
  const parts = line ? combined.weights.map((w, i) => (w === 0 ? 0 : (w * rates[i]!.gamma) / combined.gamma)) : combined.weights;
  const checks = [...request.checks, ...(request.trend ? constancyCheck(combined, rates, common, shapes) : [])];
  const remarks = [...request.remarks];
  if (decayed !== 1) remarks.push(say.gapCorrected(decayed));
  const left = usable.filter((u) => !u).length;
  if (left > 0) remarks.push(say.leftOut(left));
  if (combined.fromScatter) remarks.push(say.noiseFromScatter(usable.filter(Boolean).length));
  if (line?.fromResiduals) remarks.push(say.noiseFromLine(usable.filter(Boolean).length));
  const make: Make = (condition, value, lines, own, remark) => {
    const made = estimateOf({
      route: "power",
      quantity: request.quantity,
      estimator: request.estimator,
      condition,
      labels: request.labels,
      value,
      unit: "1/s",
      budget: lines,
      checks: own,
      datasets: request.datasets,
    });
    const sigma = sigmaOf(made);
    const ln = sigma / value > LN_QUOTED ? [say.lnQuoted(value, sigma)] : [];
    return { ...made, remark: [...remark, ...ln].join(" ") };
  };
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
      { input: "noise of S", contribution: gamma * relativeS },
      { input: "noise of the population", contribution: gamma * relativeP },
    ];
    return make(condition, gamma, [...own, ...budgetOf(gamma, used(i))], request.checks, []);
  });
  const statistical = combined.fromScatter
    ? [{ input: "scatter over powers", contribution: combined.stat }]
    : [
        { input: "noise of S", contribution: combined.statS },
        { input: "noise of the population", contribution: combined.statP },
      ];
  const lines = [...statistical, ...budgetOf(combined.gamma, parts)];
  const found = combined.gamma > FEWEST_SIGMA * combined.stat || (combined.gamma > 0 && Number.isNaN(combined.stat));
  const sentence = left === n ? say.nothingAbove(n) : say.noAbsorption(combined.gamma, combined.stat);
  const why = check("no_absorption", found, sentence, combined.gamma / combined.stat, FEWEST_SIGMA);
  const total = make("combined", found ? combined.gamma : Number.NaN, lines, [...checks, why], found ? remarks : [why.sentence]);
  const weak = request.trend && found ? weakEstimate({ ...request, checks }, shapes, combined, rates, make, budgetOf) : [];
  return {
    estimates: [...rows, total, ...weak],
    points: pointsOf(request, rates, flux, decayed, usable),
    combined,
    total: Math.hypot(total.sigmaStat, total.sigmaCommon),
  };

  function pointsOf(
    r: RateRequest,
    all: readonly RatePoint[],
    fluxes: readonly number[],
    gone: number,
    use: readonly boolean[],
  ): PowerPoint[] {
    return Array.from({ length: n }, (_, i) => {
      const p = r.absorbed.points[i]!;
      const g = all[i]!;
      return {
        pSource: p.row.pSource,
        pDevice: p.pDevice,
        sRe: p.s.re,
        sIm: p.s.im,
        sigmaS: p.sigmaS,
        population: r.excesses.population[i]! + (gone - 1) * r.excesses.excess[i]!,
        sigmaPopulation: r.excesses.sigma[i]! * gone,
        excess: r.excesses.excess[i]! * gone,
        sigmaExcess: r.excesses.sigma[i]! * gone,
        flux: fluxes[i]! * r.factor,
        sigmaFlux: Math.abs(fluxes[i]! * r.factor * g.relativeS),
        gamma: use[i] ? g.gamma : Number.NaN,
        sigmaGamma: use[i] ? Math.abs(g.gamma) * Math.hypot(g.relativeS, g.relativeP) : Number.NaN,
        saturation: p.saturation,
        used: use[i]!,
        remark: use[i] ? "" : say.belowEquilibrium(r.excesses.excess[i]!),
      };
    });
  }
}

/** Without a law for every point: the line through all of them. */
function lineOf(rates: readonly RatePoint[], usable: readonly boolean[], request: RateRequest): RateLine | undefined {
  const { points } = request.absorbed;
  return points.some((p, i) => usable[i] && !Number.isFinite(p.expectedShare)) ? combineOnLine(points, rates, usable) : undefined;
}

/** With measured weights, unless their noise would pull the mean and the sweep says what to expect. */
function combine(rates: readonly RatePoint[], usable: readonly boolean[], request: RateRequest): Combined {
  const plain = combineRates(rates, usable);
  const n = usable.filter(Boolean).length;
  if (plain.fromScatter || !((2 * n * plain.stat) / plain.gamma > PULL_LIMIT)) return plain;
  const { absorbed, excesses, polarisation } = request;
  const expected = rates.map((r, i) => {
    const p = absorbed.points[i]!;
    const excess = (polarisation * p.saturation) / (2 * (1 + p.saturation));
    return { ...r, relativeS: (p.relative * p.share) / p.expectedShare, relativeP: excesses.sigma[i]! / excess };
  });
  const all = absorbed.points.map((_, i) => Number.isFinite(rates[i]!.gamma));
  return expected.every((e, i) => !all[i] || Math.hypot(e.relativeS, e.relativeP) > 0) ? combineRates(expected, usable) : plain;
}

function weakDriveOf(
  request: RateRequest,
  rates: readonly RatePoint[],
  usable: readonly boolean[],
  combined: Combined,
  decayed: number,
): WeakDrive | undefined {
  const points = rates.flatMap((r, i) => {
    const p = request.absorbed.points[i]!;
    if (!usable[i]) return [];
    const { saturation: s } = p;
    // The population that the law expects, so that the noise of a small n_e - n_eq does not make the shape.
    const excess = s > 0 ? (request.polarisation * s) / (2 * (1 + s)) : request.excesses.excess[i]! * decayed;
    const share = Number.isFinite(p.expectedShare) ? p.expectedShare : p.share;
    return [{ gamma: r.gamma, sigma: combined.gamma * Math.hypot(r.relativeS, r.relativeP), excess, byAmplitude: 1 - 2 / share }];
  });
  return fitWeakDrive(points, combined.gamma);
}

function weakEstimate(
  request: RateRequest,
  shapes: WeakDrive | undefined,
  combined: Combined,
  rates: readonly RatePoint[],
  make: Make,
  budgetOf: (gamma: number, weights: readonly number[]) => BudgetLine[],
): Estimate[] {
  const used = request.absorbed.points.filter((_, i) => combined.weights[i]! > 0);
  const saturations = used.map((p) => p.saturation).filter((s) => Number.isFinite(s));
  if (used.length < 2) return [];
  const [low, high] = [Math.min(...saturations), Math.max(...saturations)];
  const spans = saturations.length === used.length && low <= 0.1 && high >= 10;
  if (!spans || !shapes) {
    const sentence = saturations.length === 0 ? say.noSaturation() : say.lowSpan(low, high);
    return [make("weak_drive", Number.NaN, [], [...request.checks, check("low_power_only", false, sentence, low, 0.1)], [sentence])];
  }
  let k = 0;
  const weights = rates.map((r, i) => (combined.weights[i]! > 0 ? (shapes.parts[k++]! * r.gamma) / shapes.gamma : 0));
  const lines = [
    { input: "noise of S and population, offset and amplitude fitted", contribution: shapes.sigma },
    ...budgetOf(shapes.gamma, weights),
  ];
  const remark = say.weakDrive(shapes);
  return [make("weak_drive", shapes.gamma, lines, request.checks, [remark])];
}
