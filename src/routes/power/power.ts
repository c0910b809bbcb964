import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/power.ts";
import { differenceOf, equilibriumEstimates, rateSplit } from "../thermal.ts";
import type { RouteContext, RouteRates } from "./context.ts";
import { type DrivePower, drivePower } from "./drive-power.ts";
import { drivenFrequencies } from "./driven-frequencies.ts";
import { equilibriumOf } from "./equilibrium.ts";
import { assignmentErrors } from "./excess.ts";
import type { PowerInput, PowerResult } from "./input.ts";
import { lossRatio } from "./loss-ratio.ts";
import { mergeRepeats, type PopulationRow, populationRows } from "./population-rows.ts";
import { rabiRate, withAttenuationCheck } from "./rabi.ts";
import { readoutChecks } from "./readout-checks.ts";
import { refusedRate } from "./refused.ts";
import { type Sweep, sweepOf } from "./sweep.ts";
import { sweepEstimates } from "./sweep-estimates.ts";
import { estimatorsOf, sweepRates } from "./sweep-rates.ts";
import { tableRates } from "./table-rates.ts";
import { undrivenIn } from "./undriven.ts";
import { emissionEstimates } from "./undriven-emission.ts";

export type { PowerDataset, PowerInput, PowerResult } from "./input.ts";

/** Raised when the same inputs would give other estimates: part of the stage's key. */
export const POWER_ROUTE_VERSION = 5;

const EVIDENCE: readonly string[] = ["scattering", "power", "total-power", "population", "rabi", "emission"];

/** Estimators that read the whole work of the drive. */
const WORK: readonly string[] = ["complex_s", "separate_ports", "scalar_on_resonance"];

/**
 * Power route of one qubit in one cooldown: `G1tot = W/(hbar w_d (n_e - n_eq))`, W the work of the drive (Paper I eq 21; PHYSICS.md sec. 1).
 * Pure. A fact that is missing gives a refused row with its sentence, never an exception; numbers that are not known are NaN.
 * @param evaluate the scattering; a caller that repeats the route with equal scattering may keep its result.
 * 1 power at the device, 2 scattering and its joint fit, 3 populations and n_eq, 4 rates per estimator, 5 what follows from them.
 */
export function powerRoute(input: PowerInput, evaluate: typeof sweepOf = sweepOf): PowerResult {
  const { facts, datasets, labels } = input;
  if (!datasets.some((d) => EVIDENCE.includes(d.dataset.kind))) return { estimates: [], studies: [] };
  // 1
  const frequencies = drivenFrequencies(datasets, facts.qubit.frequency === undefined);
  // Each number has the inputs of the powers that it is made of: a file that is stated elsewhere changes nothing in the others.
  const powerOf = (places: readonly PopulationRow["powerAt"][]) =>
    drivePower(
      facts,
      labels,
      places.every((p) => (p ?? facts.line?.power_at) === "device"),
      frequencies,
    );
  const placesOf = (...kinds: readonly string[]) => datasets.filter((d) => kinds.includes(d.dataset.kind)).map((d) => d.entry?.power_at);
  const power = powerOf(placesOf(...EVIDENCE));
  const ofScattering = powerOf(placesOf("scattering"));
  // 2
  const scattering = evaluate(datasets, facts, ofScattering);
  const sweep = scattering && !("refused" in scattering) ? scattering : undefined;
  // 3
  const rows = datasets.filter((d) => d.dataset.kind === "population").flatMap(populationRows);
  const undriven = undrivenIn(datasets, labels);
  const driven = mergeRepeats(rows.filter((r) => r.pSource !== 0));
  const readout = assignmentErrors(facts);
  const omega = frequencyOf(input, sweep);
  const equilibrium = equilibriumOf(facts, readout, undriven, omega);
  const context: RouteContext = { input, power, undriven, equilibrium, omega };
  // 4
  const results: RouteRates[] = [];
  const tables = datasets.filter((d) => d.dataset.kind === "power" || d.dataset.kind === "total-power");
  for (const table of tables) results.push(tableRates({ ...context, power: powerOf([table.entry?.power_at]) }, table, sweep));
  const places = driven.map((r) => r.powerAt);
  const needed = powerOf([...placesOf("scattering"), ...places]);
  const refusal =
    scattering && "refused" in scattering ? scattering.refused : refusalOf(needed, facts, driven.length, sweep !== undefined, rows.length);
  // W is the power of the population's row times a share.
  if (sweep && !refusal) results.push(sweepRates({ ...context, power: powerOf(places) }, sweep, driven));
  else if (scattering || (tables.length === 0 && driven.length > 0)) {
    const separate = facts.qubit.geometry === "separate-ports";
    const estimators = sweep ? estimatorsOf(sweep) : separate ? ["separate_ports"] : ["complex_s", "scalar_difference"];
    const why = refusal ?? check("no_scattering", false, say.noScatteringData());
    const checks = [...needed.checks, ...(sweep?.checks ?? [])];
    results.push({ estimates: estimators.map((e) => refusedRate(labels, e, why, checks, datasets)), studies: [] });
  }
  if (input.valuesOnly) return { estimates: results.flatMap((r) => r.estimates), studies: [] };
  // 5
  const rabi = rabiRate(context, sweep, driven);
  const estimates = results.flatMap((r) => r.estimates);
  const totals = estimates.filter((e) => e.quantity === "gamma1_total" && e.condition === "combined");
  const total = WORK.flatMap((name) => totals.filter((e) => e.estimator === name))[0];
  const derived = [
    ...equilibriumEstimates(labels, equilibrium, omega),
    ...(total ? rateSplit(total, equilibrium) : []),
    ...(total && equilibrium.source === "none" && facts.readout.prepared === "thermal" ? differenceOf(total) : []),
    ...(sweep ? sweepEstimates({ ...context, power: ofScattering }, sweep) : []),
    ...(sweep ? lossRatio(context, sweep, tables) : []),
  ];
  const all = withAttenuationCheck(
    [...estimates, ...derived],
    rabi.attenuation,
    (facts.line?.attenuation ?? facts.line?.attenuation_table)?.entry,
  );
  return { estimates: [...all, ...rabi.estimates, ...emissionEstimates(context)], studies: results.flatMap((r) => r.studies), omega };
}

/** The first reason for which no rate can be had from the scattering. */
function refusalOf(power: DrivePower, facts: PowerInput["facts"], driven: number, sweep: boolean, rows: number): Check | undefined {
  if (!sweep) return undefined;
  const attenuation = power.checks.find((c) => c.code === "no_attenuation");
  if (attenuation) return attenuation;
  if (driven === 0) return check("no_population", false, rows === 0 ? say.noPopulationData() : say.noPoints());
  return readoutChecks(facts).find((c) => c.code === "no_readout");
}

/** Qubit frequency, rad/s: stated, else the fitted resonance, else the one frequency of the data. */
function frequencyOf(input: PowerInput, sweep: Sweep | undefined): number {
  const stated = input.facts.qubit.frequency?.quantity.value;
  if (stated !== undefined) return 2 * Math.PI * stated;
  if (sweep?.fit) return sweep.fit.law.resonance;
  const driven = input.datasets.filter((d) => d.dataset.kind !== "equilibrium");
  const rows = driven.flatMap(populationRows).map((r) => r.frequency);
  const own = new Set((sweep ? sweep.traces.flatMap((t) => t.points.map((p) => p.frequency)) : rows).filter(Number.isFinite));
  return own.size === 1 ? 2 * Math.PI * [...own][0]! : Number.NaN;
}
