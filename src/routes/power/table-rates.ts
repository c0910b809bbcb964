import { check } from "../../core/check.ts";
import * as say from "../../core/messages/power.ts";
import { constantInput } from "./common-input.ts";
import type { RouteContext, RouteRates } from "./context.ts";
import { assignmentErrors, excessesOf } from "./excess.ts";
import { gapOf } from "./gap.ts";
import type { PowerDataset } from "./input.ts";
import { frequencyInput } from "./model-inputs.ts";
import { powerTable } from "./power-table.ts";
import { rateEstimates } from "./rate-estimates.ts";
import { refusedRate } from "./refused.ts";
import { untestedOf, validityChecks } from "./validity.ts";

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
  const stated = facts.qubit.geometry;
  // A power meter on one end of a line that goes on sees half of what the qubit sends out.
  const wrong = stated === "multiport" || stated === "separate-ports" || (meter && (stated === "two-sided" || stated === "hanger"));
  const why = wrong
    ? check("unsupported_geometry", false, meter ? say.meterGeometry(stated) : say.unsupportedGeometry(stated))
    : "refused" in table
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
  // A line that goes on carries part of the output away: nobody measured it.
  const geometry = facts.qubit.geometry === undefined ? [check("no_geometry", false, say.tableGeometry())] : [];
  // What the excess says of the readout need not be said twice.
  const equilibriumChecks = equilibrium.checks.filter((c) => c.code !== "readout_no_sigma");
  const checks = [...geometry, ...power.checks, ...excesses.checks, ...equilibriumChecks, ...bias];
  const through = facts.qubit.geometry === "two-sided" || facts.qubit.geometry === "hanger";
  const remarks = [first, ...(through ? [say.transmissionOnly()] : []), ...excesses.remarks];
  // gamma_nr = (1 - 2 n_eq) flux/(n_e - n_eq): n_eq enters once more.
  const byPolarisation = meter ? equilibrium.budget : [];
  const common = byPolarisation.map((l) => constantInput(l.input, l.shared ?? l.input, (-2 * l.contribution) / polarisation));
  const request = {
    labels,
    estimator,
    quantity,
    absorbed: table.absorbed,
    excesses,
    common: [...power.common, ...common, ...frequencyInput(facts, points)],
    gap: gapOf(facts, input.decay),
    polarisation,
    factor: meter ? polarisation : 1,
    checks,
    remarks,
    datasets: [...new Set([table.dataset, ...equilibrium.datasets, ...(undriven?.datasets ?? [])])],
    trend: false,
    valuesOnly: input.valuesOnly,
  } as const;
  const rough = rateEstimates(request);
  const tested = [...checks, ...validityChecks(facts, undefined, points, rough.combined.gamma)];
  const result = rateEstimates({ ...request, checks: tested });
  return {
    estimates: result.estimates,
    studies: [
      {
        ...result.study,
        saturationCurve: undefined,
        workCurve: undefined,
        resonances: [],
        untested: untestedOf(facts, tested, points.length),
        remarks: [...remarks, ...checks.filter((c) => !c.holds).map((c) => c.sentence)],
      },
    ],
  };
}
