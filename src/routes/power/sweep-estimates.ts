import { type Check, check } from "../../core/check.ts";
import type { BudgetLine, Estimate, QuantityName, Route } from "../../core/estimate.ts";
import { sha256 } from "../../core/hash.ts";
import { dephasingNegative } from "../../core/messages/line-free.ts";
import * as say from "../../core/messages/power.ts";
import { rateFromSaturation } from "../../physics/partition.ts";
import { estimateOf, inherited, scaled, sigmasOf } from "../budget.ts";
import type { RouteContext } from "./context.ts";
import { leaksOf } from "./leaks.ts";
import { lineFreeChecks } from "./line-free.ts";
import { LAW_PARAMETERS, type LawParameter } from "./line-problem.ts";
import type { Sweep } from "./sweep.ts";
import type { SweepFit } from "./sweep-fit.ts";
import { TRIAL_EQUILIBRIUM, withEquilibriumEffect } from "./unknown-equilibrium.ts";
import { validityChecks } from "./validity.ts";

/** Absolute derivatives of a number by the law's parameters. */
type Gradient = Partial<Record<LawParameter, number>>;

/** A pure dephasing rate this many sigma below zero contradicts the other numbers. */
const NEGATIVE = 3;

/**
 * What the scattering identifies without any population: gamma2, gamma_r (depth and width, with n_eq), and, with calibrated power, `gamma1 = Gd - Gu =
 * 4/(hbar w d[1/(1-S)]/dP)`, G1tot = gamma1/(1 - 2 n_eq) and gamma_phi = gamma2 - G1tot/2. Its own noise stands in the budgets column by column of a
 * factor of the fit's covariance, so that rows of one sweep keep their correlation.
 */
export function sweepEstimates(context: RouteContext, sweep: Sweep): Estimate[] {
  const { fit } = sweep;
  if (!fit?.free.includes("k")) return [];
  const { input, power, equilibrium } = context;
  const { law } = fit;
  // A fit whose k is not known from zero has not seen saturation: nothing below rests on it then.
  if (!(law.k > 3 * Math.sqrt(fit.covariance[2]![2]!))) return [];
  const resolved = fit.free.includes("gamma2");
  const omega = law.resonance;
  const calibrated = sweep.traces.every((t) => Number.isFinite(t.pDevice)) && Number.isFinite(omega);
  const polarisation = 1 - 2 * equilibrium.value;
  const zero = calibrated ? rateFromSaturation((law.gamma2 / law.amplitude) * law.k, omega) : Number.NaN;
  const total = zero / polarisation;
  // The sweep's own powers: the strongest of them may have had no population beside it.
  const driven = sweep.traces.map((t) => ({ omega, saturation: law.k * t.pFit }));
  const checks = [...inherited(sweep.checks), ...validityChecks(input.facts, sweep, driven, total), ...lineFreeChecks(sweep, fit)];
  const noise = noiseOf(fit, `sweep:${sha256(sweep.datasets.join()).slice(0, 12)}`);
  const common = (value: number) =>
    [...power.common, ...sweep.common].map((c) => ({ input: c.input, contribution: value * c.effect([1]), shared: c.shared }));
  const byEquilibrium = (slope: number) => scaled(equilibrium.budget, slope);
  const row = (quantity: QuantityName, value: number, budget: readonly BudgetLine[], more: Partial<Row> = {}): Estimate =>
    estimateOf({
      route: more.route ?? "power",
      estimator: "saturation_sweep",
      labels: input.labels,
      unit: "1/s",
      quantity,
      value,
      budget,
      checks: [...checks, ...(more.checks ?? [])],
      datasets: more.thermal ? [...sweep.datasets, ...equilibrium.datasets] : sweep.datasets,
      remark: more.remark ?? "",
    });
  /** @param at the number with this n_eq instead of none */
  const thermalChecks = (quantity: QuantityName, value: number, at: (polarisation: number) => number) =>
    withEquilibriumEffect(inherited(equilibrium.checks), `${quantity} (saturation_sweep)`, at(1 - 2 * TRIAL_EQUILIBRIUM) / value - 1);
  const estimates: Estimate[] = [];
  if (resolved) estimates.push(row("gamma2", law.gamma2, noise({ gamma2: 1 })));
  // Of a multiport and of separate ports the depth is that of the driven port's share alone.
  if (resolved && sweep.radiative) {
    const perAmplitude = (sweep.geometry === "one-port" ? 1 : 2) / polarisation;
    const gammaR = perAmplitude * law.amplitude;
    // The depth of the line carries what the work carries, but no power.
    const leaks = leaksOf(input.facts.line, input.labels).map((c) => ({
      input: c.input,
      contribution: gammaR * c.effect([1]),
      shared: c.shared,
    }));
    const budget = [...noise({ amplitude: perAmplitude }), ...leaks, ...byEquilibrium((2 * gammaR) / polarisation)];
    const checks = thermalChecks("gamma_r", gammaR, (z) => gammaR / z);
    const more = { route: "partition", checks, thermal: true, remark: say.saturatedAlone() } as const;
    estimates.push(row("gamma_r", gammaR, budget, more));
  }
  if (!calibrated) return estimates;
  const slope = (value: number): Gradient => ({ amplitude: value / law.amplitude, gamma2: -value / law.gamma2, k: -value / law.k });
  const thermal = { thermal: true, remark: say.saturationSweep() };
  const doubts = [...inherited(power.checks), ...thermalChecks("gamma1_total", total, (z) => zero / z)];
  estimates.push(
    row("gamma1_total", total, [...noise(slope(total)), ...common(total), ...byEquilibrium((2 * total) / polarisation)], {
      ...thermal,
      checks: doubts,
    }),
    row("gamma1", zero, [...noise(slope(zero)), ...common(zero)], { checks: inherited(power.checks), remark: say.saturationSweep() }),
  );
  if (resolved) {
    const half = slope(-total / 2);
    const value = law.gamma2 - total / 2;
    const budget = [...noise({ ...half, gamma2: 1 + (half.gamma2 ?? 0) }), ...common(-total / 2), ...byEquilibrium(-total / polarisation)];
    const { sigmaStat, sigmaCommon } = sigmasOf(budget);
    const below = value / Math.hypot(sigmaStat, sigmaCommon);
    const own = thermalChecks("gamma_phi", value, (z) => law.gamma2 - zero / z / 2);
    const sign = check("negative_dephasing", !(below < -NEGATIVE), dephasingNegative(below), below, -NEGATIVE);
    estimates.push(row("gamma_phi", value, budget, { ...thermal, checks: [...inherited(power.checks), ...own, sign] }));
  }
  return estimates;
}

interface Row {
  readonly route: Route;
  readonly checks: readonly Check[];
  readonly remark: string;
  /** n_eq enters. */
  readonly thermal: boolean;
}

/** Lines of a number by the fit's own noise: one per column of L, C = L L^T, each with an identity of its own. */
function noiseOf(fit: SweepFit, shared: string): (gradient: Gradient) => BudgetLine[] {
  const columns = factorOf(fit.covariance);
  return (gradient) => {
    const used = LAW_PARAMETERS.map((name) => (fit.free.includes(name) ? (gradient[name] ?? 0) : 0));
    return columns.map((column, j) => ({
      input: "fit of the sweep",
      contribution: used.reduce((s, g, a) => (g === 0 ? s : s + g * column[a]!), 0),
      shared: `${shared}:${j}`,
      noise: true,
    }));
  };
}

/** Columns of a lower triangular factor of a covariance that may lack parameters (zero rows). */
function factorOf(covariance: SweepFit["covariance"]): number[][] {
  const n = covariance.length;
  const columns = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let j = 0; j < n; j++) {
    let pivot = covariance[j]![j]!;
    for (let k = 0; k < j; k++) pivot -= columns[k]![j]! ** 2;
    if (covariance[j]![j] === 0 || pivot <= 0) continue;
    const root = Math.sqrt(pivot);
    for (let i = j; i < n; i++) {
      let s = covariance[i]![j]!;
      for (let k = 0; k < j; k++) s -= columns[k]![i]! * columns[k]![j]!;
      columns[j]![i] = s / root;
    }
  }
  return columns;
}

/** Relative error from the fit's covariance and the gradient of ln(value). */
export function relativeSigma(fit: SweepFit, gradient: Gradient): number {
  let variance = 0;
  for (const a of fit.free)
    for (const b of fit.free)
      variance += (gradient[a] ?? 0) * (gradient[b] ?? 0) * fit.covariance[LAW_PARAMETERS.indexOf(a)]![LAW_PARAMETERS.indexOf(b)]!;
  return Math.sqrt(variance);
}
