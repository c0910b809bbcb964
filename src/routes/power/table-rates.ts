import { check } from "../../core/check.ts";
import * as say from "../../core/messages/power.ts";
import type { RouteContext, RouteRates } from "./context.ts";
import { assignmentErrors, excessesOf } from "./excess.ts";
import { gapOf } from "./gap.ts";
import type { PowerDataset } from "./input.ts";
import { powerTable } from "./power-table.ts";
import { rateEstimates } from "./rate-estimates.ts";
import { refusedRate } from "./refused.ts";
import { validityChecks } from "./validity.ts";

/** Rates from a table of incident and reflected power: the scalar difference (VNA), or the non-radiative rate (power meter). */
export function tableRates(context: RouteContext, item: PowerDataset): RouteRates {
  const { input, power, undriven, equilibrium, omega } = context;
  const { labels, facts } = input;
  const table = powerTable(item, power, omega);
  const meter = item.entry?.detector === "power-meter" || item.dataset.kind === "total-power";
  const estimator = meter ? "total_power" : "scalar_difference";
  const quantity = meter ? "gamma_nr" : "gamma1_total";
  const blocked = power.checks.find((c) => c.code === "no_attenuation");
  const readout = assignmentErrors(facts);
  const why =
    "refused" in table
      ? table.refused
      : (blocked ??
        (readout ? undefined : check("no_readout", false, say.noReadoutErrors())) ??
        (table.absorbed.points.length > 0 ? undefined : check("no_population", false, say.noPopulationData())));
  if (why !== undefined || "refused" in table || !readout)
    return {
      estimates: [refusedRate(labels, estimator, why ?? check("no_readout", false, say.noReadoutErrors()), power.checks, [item], quantity)],
      studies: [],
    };
  const { points } = table.absorbed;
  const excesses = excessesOf(
    points.map((p) => p.row),
    facts,
    readout,
    undriven,
    equilibrium,
  );
  const bias = meter ? [] : [check("scalar_bias", false, say.scalarBiasUnknown())];
  const first = meter ? say.nonRadiativeOnly() : say.scalarBiasUnknown();
  const polarisation = 1 - 2 * equilibrium.value;
  const checks = [...power.checks, ...excesses.checks, ...equilibrium.checks, ...bias];
  const remarks = [first, ...excesses.remarks];
  const request = {
    labels,
    estimator,
    quantity,
    absorbed: table.absorbed,
    excesses,
    common: power.common,
    gap: gapOf(facts, input.decay),
    polarisation,
    factor: meter ? polarisation : 1,
    checks,
    remarks,
    datasets: [...new Set([table.dataset, ...equilibrium.datasets, ...(undriven?.datasets ?? [])])],
    sigmaAmplitude: Number.NaN,
    trend: false,
  } as const;
  const rough = rateEstimates(request);
  const result = rateEstimates({ ...request, checks: [...checks, ...validityChecks(facts, undefined, [], rough.combined.gamma)] });
  return {
    estimates: result.estimates,
    studies: [
      {
        labels,
        estimator,
        points: result.points,
        gamma: result.combined.gamma,
        sigma: result.total,
        saturationCurve: undefined,
        resonances: [],
        remarks: [...remarks, ...checks.filter((c) => !c.holds).map((c) => c.sentence)],
      },
    ],
  };
}
