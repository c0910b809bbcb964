import type { BudgetLine, Estimate } from "../../core/estimate.ts";
import * as say from "../../core/messages/power.ts";
import { rateFromSaturation } from "../../physics/partition.ts";
import { estimateOf, inherited, scaled } from "../budget.ts";
import type { RouteContext } from "./context.ts";
import { leaksOf } from "./leaks.ts";
import type { Sweep } from "./sweep.ts";
import { LAW_PARAMETERS, type LawParameter, type SweepFit } from "./sweep-fit.ts";
import { validityChecks } from "./validity.ts";

/**
 * What the scattering identifies without any population: gamma2, gamma_r (depth and width, with n_eq), and, with calibrated power, G1tot from the
 * power that saturates it: `Gd - Gu = 4/(hbar w d[1/(1-S)]/dP)` over `1 - 2 n_eq`.
 */
export function sweepEstimates(context: RouteContext, sweep: Sweep): Estimate[] {
  const { fit } = sweep;
  if (!fit?.free.includes("k")) return [];
  const { input, power, equilibrium } = context;
  const { law } = fit;
  // A fit whose k is not known from zero has not seen saturation: nothing below rests on it then.
  if (!(law.k > 3 * Math.sqrt(fit.covariance[2]![2]!))) return [];
  const noise = (gradient: Partial<Record<LawParameter, number>>, value: number): BudgetLine => ({
    input: "fit of the sweep",
    contribution: value * relativeSigma(fit, gradient),
  });
  const polarisation = 1 - 2 * equilibrium.value;
  const base = { route: "power" as const, estimator: "saturation_sweep", labels: input.labels, unit: "1/s" as const };
  const estimates: Estimate[] = [];
  const omega = fit.law.resonance;
  const calibrated = sweep.traces.every((t) => Number.isFinite(t.pDevice)) && Number.isFinite(omega);
  const gamma = calibrated ? rateFromSaturation((law.gamma2 / law.amplitude) * law.k, omega) / polarisation : Number.NaN;
  // The sweep's own powers: the strongest of them may have had no population beside it.
  const driven = sweep.traces.map((t) => ({ omega, saturation: law.k * t.pFit }));
  const checks = [...inherited(sweep.checks), ...validityChecks(input.facts, sweep, driven, gamma)];
  if (fit.free.includes("gamma2")) {
    estimates.push(
      estimateOf({
        ...base,
        quantity: "gamma2",
        value: law.gamma2,
        budget: [noise({ gamma2: 1 / law.gamma2 }, law.gamma2)],
        checks,
        datasets: sweep.datasets,
      }),
    );
  }
  // Of a multiport and of separate ports the depth is that of the driven port's share alone.
  if (fit.free.includes("gamma2") && sweep.radiative) {
    const gammaR = ((sweep.geometry === "one-port" ? 1 : 2) * law.amplitude) / polarisation;
    estimates.push(
      estimateOf({
        ...base,
        route: "partition",
        quantity: "gamma_r",
        value: gammaR,
        budget: [
          noise({ amplitude: 1 / law.amplitude }, gammaR),
          // The depth of the line carries what the work carries, but no power.
          ...leaksOf(input.facts.line).map((c) => ({ input: c.input, contribution: gammaR * c.effect([1]), shared: c.shared })),
          ...scaled(equilibrium.budget, (2 * gammaR) / polarisation),
        ],
        checks: [...checks, ...inherited(equilibrium.checks)],
        datasets: [...sweep.datasets, ...equilibrium.datasets],
        remark: say.saturatedAlone(),
      }),
    );
  }
  if (calibrated) {
    const lines = [...power.common, ...sweep.common].map((c) => ({
      input: c.input,
      contribution: gamma * c.effect([1]),
      shared: c.shared,
    }));
    estimates.push(
      estimateOf({
        ...base,
        quantity: "gamma1_total",
        value: gamma,
        budget: [
          noise({ amplitude: 1 / law.amplitude, gamma2: -1 / law.gamma2, k: -1 / law.k }, gamma),
          ...lines,
          ...scaled(equilibrium.budget, (2 * gamma) / polarisation),
        ],
        checks: [...checks, ...inherited(power.checks), ...inherited(equilibrium.checks)],
        datasets: [...sweep.datasets, ...equilibrium.datasets],
        remark: say.saturationSweep(),
      }),
    );
  }
  return estimates;
}

/** Relative error from the fit's covariance and the gradient of ln(value). */
export function relativeSigma(fit: SweepFit, gradient: Partial<Record<LawParameter, number>>): number {
  let variance = 0;
  for (const a of fit.free)
    for (const b of fit.free)
      variance += (gradient[a] ?? 0) * (gradient[b] ?? 0) * fit.covariance[LAW_PARAMETERS.indexOf(a)]![LAW_PARAMETERS.indexOf(b)]!;
  return Math.sqrt(variance);
}
