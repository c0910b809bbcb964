import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/power.ts";
import * as sayData from "../../core/messages/power-data.ts";
import type { Facts } from "../../lab/lab.ts";
import { constantInput } from "./common-input.ts";
import type { RouteContext, RouteRates } from "./context.ts";
import type { DrivePower } from "./drive-power.ts";
import type { Equilibrium } from "./equilibrium.ts";
import { assignmentErrors, excessesOf } from "./excess.ts";
import { gapOf } from "./gap.ts";
import type { PowerDataset } from "./input.ts";
import { leaksOfMeter } from "./leaks.ts";
import { meterChecks, meterConstancy } from "./meter-checks.ts";
import { frequencyInput } from "./model-inputs.ts";
import { isMeter, type PowerTable, powerTable } from "./power-table.ts";
import { rateEstimates } from "./rate-estimates.ts";
import { refusedRate } from "./refused.ts";
import type { Sweep } from "./sweep.ts";
import { hasThirdLevel, withThirdLevel } from "./third-level.ts";
import { TRIAL_EQUILIBRIUM, withEquilibriumEffect } from "./unknown-equilibrium.ts";
import { untestedOf, validityChecks } from "./validity.ts";

/** Rates from a table of incident and reflected power: the scalar difference (VNA), or the non-radiative rate (power meter). */
export function tableRates(context: RouteContext, item: PowerDataset, sweep: Sweep | undefined): RouteRates {
  const { input, power, undriven, omega } = context;
  const { labels, facts } = input;
  const read = powerTable(item, power, omega);
  const meter = isMeter(item);
  const estimator = meter ? "total_power" : "scalar_difference";
  const quantity = meter ? "gamma_nr" : "gamma1_total";
  const readout = assignmentErrors(facts);
  const why = refusalOf(read, item, power, facts);
  if (why !== undefined || "refused" in read || !readout)
    return {
      estimates: [refusedRate(labels, estimator, why ?? check("no_readout", false, say.noReadoutErrors()), power.checks, [item], quantity)],
      studies: [],
    };
  const table = withPopulations(read);
  const { points } = table.absorbed;
  const populations = points.map((p) => p.row);
  const equilibrium = meter && !hasThirdLevel(populations) ? unlessItCancels(context.equilibrium, facts) : context.equilibrium;
  const excessesAt = (at: Equilibrium) =>
    withThirdLevel(excessesOf(populations, facts, readout, undriven, at), populations, at, readout, input);
  const excesses = excessesAt(equilibrium);
  const bias = meter ? meterChecks(item, table, sweep) : [check("scalar_bias", false, say.scalarBiasUnknown())];
  const first = meter ? say.nonRadiativeOnly() : say.scalarBiasUnknown();
  const polarisation = 1 - 2 * equilibrium.value;
  // A line that goes on carries part of the output away: nobody measured it.
  const geometry = facts.qubit.geometry === undefined ? [check("no_geometry", false, say.tableGeometry())] : [];
  // What the excess says of the readout need not be said twice.
  const equilibriumChecks = equilibrium.checks.filter((c) => c.code !== "readout_no_sigma");
  const checks = [...geometry, ...power.checks, ...excesses.checks, ...equilibriumChecks, ...bias];
  const through = facts.qubit.geometry === "two-sided" || facts.qubit.geometry === "hanger";
  const directions = table.bothDirections ? [sayData.bothDirections()] : through ? [say.transmissionOnly()] : [];
  const duty = facts.readout.duty_cycle === undefined ? [] : [say.dutyCycle(facts.readout.duty_cycle)];
  const remarks = [first, ...directions, ...excesses.remarks, ...duty];
  // gamma_nr = (1 - 2 n_eq) flux/(n_e - n_eq): n_eq enters once more.
  const byPolarisation = meter ? equilibrium.budget : [];
  const common = byPolarisation.map((l) => constantInput(l.input, l.shared ?? l.input, (-2 * l.contribution) / polarisation));
  const asWork = {
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
  const lost = rateEstimates({ ...asWork, valuesOnly: true }).combined.gamma / polarisation;
  const shareLost = lost / (input.decay?.value ?? Number.NaN);
  const request = meter ? { ...asWork, common: leaksOfMeter(asWork.common, facts.line, shareLost) } : asWork;
  const rough = rateEstimates(request);
  /** Relative change of the rate for an n_eq that nothing states; NaN where it is known. */
  const byEquilibrium = () => {
    if (equilibrium.source !== "none" || input.valuesOnly) return Number.NaN;
    const z = 1 - 2 * TRIAL_EQUILIBRIUM;
    const at = { excesses: excessesAt({ ...equilibrium, value: TRIAL_EQUILIBRIUM }), polarisation: z, factor: meter ? z : 1 };
    return rateEstimates({ ...request, ...at, valuesOnly: true }).combined.gamma / rough.combined.gamma - 1;
  };
  const shared = [...request.common, ...excesses.common, ...table.absorbed.common];
  const constancy = meter && !input.valuesOnly ? meterConstancy(rough, shared) : [];
  const known = withEquilibriumEffect(checks, `${quantity} (${estimator})`, byEquilibrium());
  const tested = [...known, ...validityChecks(facts, undefined, points, rough.combined.gamma), ...constancy];
  const result = rateEstimates({ ...request, checks: tested });
  return {
    estimates: result.estimates,
    studies: [
      {
        ...result.study,
        saturationCurve: undefined,
        workCurve: undefined,
        resonances: [],
        untested: untestedOf(facts, tested, new Set(points.map((p) => p.pDevice)).size),
        remarks: [...remarks, ...known.filter((c) => !c.holds).map((c) => c.sentence)],
      },
    ],
  };
}

/** Levels prepared from the thermal state give `gamma_nr = (1 - 2 n_eq) flux/((1 - 2 n_eq) x)`: an n_eq that nothing states does not matter. */
function unlessItCancels(equilibrium: Equilibrium, facts: Facts): Equilibrium {
  return equilibrium.source === "none" && facts.readout.prepared === "thermal" ? { ...equilibrium, budget: [], checks: [] } : equilibrium;
}

/** The first reason for which the table gives no rate. */
function refusalOf(table: ReturnType<typeof powerTable>, item: PowerDataset, power: DrivePower, facts: Facts): Check | undefined {
  const { geometry } = facts.qubit;
  const meter = isMeter(item);
  const refuse = (sentence: string) => check("unsupported_geometry", false, sentence);
  if (geometry === "multiport" || geometry === "separate-ports")
    return refuse(meter ? sayData.oneDirection(geometry) : say.unsupportedGeometry(geometry));
  if ("refused" in table) return table.refused;
  // A power meter on one end of a line that goes on sees half of what the qubit sends out.
  if (meter && !table.bothDirections && (geometry === "two-sided" || geometry === "hanger")) return refuse(sayData.oneDirection(geometry));
  const blocked = power.checks.find((c) => c.code === "no_attenuation");
  if (blocked) return blocked;
  if (!assignmentErrors(facts)) return check("no_readout", false, say.noReadoutErrors());
  return withPopulations(table).absorbed.points.length > 0 ? undefined : check("no_population", false, say.noPopulationData());
}

/** The rows that a rate can be made of. */
function withPopulations(table: PowerTable): PowerTable {
  const { points, common } = table.absorbed;
  const kept = [...points.keys()].filter((i) => Number.isFinite(points[i]!.row.read));
  if (kept.length === points.length) return table;
  const spread = (weights: readonly number[]) => points.map((_, i) => (kept.includes(i) ? weights[kept.indexOf(i)]! : 0));
  return {
    ...table,
    absorbed: { points: kept.map((i) => points[i]!), common: common.map((c) => ({ ...c, effect: (w) => c.effect(spread(w)) })) },
  };
}
