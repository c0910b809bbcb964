import { type Check, check } from "../../core/check.ts";
import type { Estimate } from "../../core/estimate.ts";
import * as say from "../../core/messages/power.ts";
import type { PowerStudy } from "../power-study.ts";
import { scalarLossOf, workOf } from "./absorbed.ts";
import type { RouteContext, RouteRates } from "./context.ts";
import { driveLaw, workCurve } from "./drive-law.ts";
import { driveStrength } from "./drive-strength.ts";
import type { Equilibrium } from "./equilibrium.ts";
import { assignmentErrors, excessesOf } from "./excess.ts";
import { gapOf } from "./gap.ts";
import { levelsCheck, modelInputs } from "./model-inputs.ts";
import { offLineCheck } from "./off-line.ts";
import { type OperatingPoint, operatingPoints } from "./operating-points.ts";
import type { PopulationRow } from "./population-rows.ts";
import { rateEstimates } from "./rate-estimates.ts";
import type { RateRequest } from "./rate-request.ts";
import { refusedRate } from "./refused.ts";
import type { Sweep } from "./sweep.ts";
import { resonanceStudies, saturationCurve } from "./sweep-figures.ts";
import { hasThirdLevel, withThirdLevel } from "./third-level.ts";
import { TRIAL_EQUILIBRIUM, withEquilibriumEffect } from "./unknown-equilibrium.ts";
import { untestedOf, validityChecks } from "./validity.ts";

/**
 * Rates from scattering and populations: the work of the drive by the estimator of the geometry, and, where incident minus reflected means something,
 * the scalar difference with its bias. Magnitudes give the scalar difference, and what they tell on resonance.
 */
export function sweepRates(context: RouteContext, sweep: Sweep, rows: readonly PopulationRow[]): RouteRates {
  const first = ratesOf(context, sweep, rows);
  const { onResonance } = sweep;
  if (!onResonance) return first;
  const { labels, datasets } = context.input;
  const second =
    "code" in onResonance
      ? {
          estimates: [refusedRate(labels, "scalar_on_resonance", onResonance, [...context.power.checks, ...sweep.checks], datasets)],
          studies: [],
        }
      : ratesOf(context, onResonance, rows);
  return { estimates: [...second.estimates, ...first.estimates], studies: [...second.studies, ...first.studies] };
}

/** Estimators that a sweep has rows of, the one that reads the work first. */
export function estimatorsOf(sweep: Pick<Sweep, "complex" | "estimator">): readonly string[] {
  const work = sweep.complex ? [sweep.estimator] : [];
  return sweep.estimator === "complex_s" ? [...work, "scalar_difference"] : work;
}

function ratesOf(context: RouteContext, sweep: Sweep, rows: readonly PopulationRow[]): RouteRates {
  const { input, power, undriven, equilibrium } = context;
  const { labels, facts, datasets } = input;
  const estimators = estimatorsOf(sweep);
  const refuse = (why: Check): RouteRates => ({
    estimates: estimators.map((e) => refusedRate(labels, e, why, [...power.checks, ...sweep.checks], datasets)),
    studies: [],
  });
  const paired = operatingPoints(rows, sweep, power, facts);
  if (paired.points.length === 0) {
    const places = (kind: string) =>
      datasets.filter((d) => d.dataset.kind === kind).map((d) => d.entry?.power_at ?? facts.line?.power_at ?? "source");
    const mixed = new Set([...places("scattering"), ...places("population")]).size > 1;
    return refuse(check("no_population", false, mixed ? say.mixedPowerAt() : say.noMatchingPower()));
  }
  if (paired.points.some((p) => !Number.isFinite(p.omega))) return refuse(check("no_frequency", false, say.noFrequency()));
  const readout = assignmentErrors(facts);
  if (!readout) return refuse(check("no_readout", false, say.noReadoutErrors()));
  const { points } = paired;
  const read = points.map((p) => p.row);
  const excessesAt = (at: Equilibrium) => withThirdLevel(excessesOf(read, facts, readout, undriven, at), read, at, readout, input);
  const excesses = excessesAt(equilibrium);
  const offLine = offLineCheck(points, excesses, sweep.fit, 1 - 2 * equilibrium.value);
  if (offLine) return refuse(offLine);
  const thirdLevel = hasThirdLevel(read);
  const gap = gapOf(facts, input.decay);
  // What the excess says of the readout need not be said twice.
  const equilibriumChecks = equilibrium.checks.filter((c) => c.code !== "readout_no_sigma");
  const shared: Check[] = [...power.checks, ...excesses.checks, ...equilibriumChecks, ...sweep.checks];
  if (paired.assumedResonance) shared.push(check("assumed_on_resonance", false, say.resonanceAssumed()));
  const remarks = [...sweep.remarks, ...excesses.remarks];
  if (paired.interpolated > 0) remarks.push(say.interpolated(paired.interpolated));
  if (paired.unpaired > 0) remarks.push(say.unpaired(paired.unpaired));
  if (sweep.fit?.noiseFromResiduals) remarks.push(say.noiseFromResiduals());
  if (facts.readout.duty_cycle !== undefined) remarks.push(say.dutyCycle(facts.readout.duty_cycle));
  const request: Omit<RateRequest, "estimator" | "absorbed" | "trend"> = {
    labels,
    quantity: "gamma1_total",
    excesses,
    common: power.common,
    gap,
    law: driveLaw(sweep),
    valuesOnly: input.valuesOnly,
    polarisation: 1 - 2 * equilibrium.value,
    factor: 1,
    checks: shared,
    remarks,
    datasets: [
      ...new Set([...sweep.datasets, ...points.flatMap((p) => p.row.datasets), ...equilibrium.datasets, ...(undriven?.datasets ?? [])]),
    ],
  };
  const estimates: Estimate[] = [];
  const studies: PowerStudy[] = [];
  /** Relative change of the rate for an n_eq that nothing states; NaN where it is known. */
  const byEquilibrium = (own: Pick<RateRequest, "absorbed" | "trend">, gamma: number) => {
    if (equilibrium.source !== "none" || input.valuesOnly) return Number.NaN;
    const at = { excesses: excessesAt({ ...equilibrium, value: TRIAL_EQUILIBRIUM }), polarisation: 1 - 2 * TRIAL_EQUILIBRIUM };
    return rateEstimates({ ...request, ...own, ...at, estimator: "", valuesOnly: true }).combined.gamma / gamma - 1;
  };
  const run = (estimator: string, own: Partial<RateRequest> & Pick<RateRequest, "absorbed" | "trend">) => {
    const first = rateEstimates({ ...request, ...own, estimator });
    const { gamma, weights } = first.combined;
    const relative = first.study.sigma / gamma;
    const strength = driveStrength(sweep, points, gamma);
    const model = input.valuesOnly ? [] : modelInputs(facts, strength, points, { gamma, nEq: equilibrium.value, thirdLevel });
    // The scalar difference's rate is too low to be held against the line's.
    const polarisation = own.trend && equilibrium.source !== "none" ? request.polarisation : Number.NaN;
    const validity = [
      ...validityChecks(facts, sweep, points, gamma, { polarisation, relative, thirdLevel }),
      ...levelsCheck(model, weights, relative),
    ];
    const told = (checks: readonly Check[]) => withEquilibriumEffect(checks, `gamma1_total (${estimator})`, byEquilibrium(own, gamma));
    const checks = [...told(own.checks ?? request.checks), ...validity];
    const result = rateEstimates({ ...request, ...own, estimator, common: [...request.common, ...model], checks });
    estimates.push(...result.estimates);
    studies.push({
      ...result.study,
      saturationCurve: saturationCurve(sweep, equilibrium.value),
      workCurve: workCurve(sweep),
      resonances: resonanceStudies(sweep),
      untested: untestedOf(
        facts,
        result.estimates.find((e) => e.condition === "combined")?.checks ?? checks,
        new Set(points.map((p) => p.pDevice)).size,
      ),
      remarks: [...(own.remarks ?? request.remarks), ...told(shared).flatMap((c) => (c.holds ? [] : [c.sentence]))],
    });
    return result;
  };
  const work = sweep.complex
    ? run(sweep.estimator, { absorbed: workOf(points, sweep), trend: true, remarks: [sweep.formula, ...remarks] })
    : undefined;
  if (work && sweep.estimator !== "complex_s") return { estimates, studies };
  const bias = scalarBiasOf(points, sweep);
  const sentence = Number.isFinite(bias) ? say.scalarBias(bias) : say.scalarBiasUnknown();
  const kind = sweep.geometry === "two-sided" ? [sweep.complex ? say.scalarTwoSided() : say.transmissionOnly()] : [];
  run("scalar_difference", {
    absorbed: scalarLossOf(points, sweep),
    trend: false,
    checks: [...shared, check("scalar_bias", false, sentence, bias, 1)],
    remarks: [sentence, ...kind, ...remarks],
  });
  return { estimates, studies };
}

/** Scalar over work, averaged over the points with the extinction as weight; NaN for magnitudes, whose sign is not known. */
function scalarBiasOf(points: readonly OperatingPoint[], sweep: Sweep): number {
  if (!sweep.complex) return Number.NaN;
  let top = 0;
  let bottom = 0;
  for (const { reading } of points) {
    const weight = reading.extinction ** 2;
    const bias = reading.loss / (2 * reading.extinction);
    if (!Number.isFinite(bias)) continue;
    top += weight * bias;
    bottom += weight;
  }
  return top / bottom;
}
