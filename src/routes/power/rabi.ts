import { type Check, check, statusOf } from "../../core/check.ts";
import type { BudgetLine, Estimate } from "../../core/estimate.ts";
import * as say from "../../core/messages/power-data.ts";
import { HBAR } from "../../physics/constants.ts";
import { decibel, LN_PER_DB } from "../../physics/decibel.ts";
import { estimateOf, inherited, mergeBudget, scaled } from "../budget.ts";
import type { RouteContext } from "./context.ts";
import { sigmaOfLines } from "./equilibrium.ts";
import type { PowerDataset } from "./input.ts";
import { isLeak, leaksOf } from "./leaks.ts";
import type { PopulationRow } from "./population-rows.ts";
import { type RabiLine, rabiLine } from "./rabi-line.ts";
import { rabiPoints } from "./rabi-points.ts";
import { type CoherenceRate, rabiPopulationRates } from "./rabi-populations.ts";
import { refusedRate } from "./refused.ts";
import type { Sweep } from "./sweep.ts";
import { relativeSigma } from "./sweep-estimates.ts";
import type { SweepFit } from "./sweep-fit.ts";

/** A sweep that knows its coherence rate and its saturation: what Rabi frequencies need beside them. */
type SaturatedSweep = Sweep & { readonly fit: SweepFit };

function saturatedSweep(sweep: Sweep | undefined): SaturatedSweep | undefined {
  const { fit } = sweep ?? {};
  if (!sweep || !fit?.free.includes("k") || !fit.free.includes("gamma2")) return undefined;
  return fit.law.k > 3 * Math.sqrt(fit.covariance[2]![2]!) ? { ...sweep, fit } : undefined;
}

export interface RabiRate {
  readonly estimates: readonly Estimate[];
  /** Stated attenuation against that of Rabi frequency and radiative rate; undefined where either, or its error, is not known. */
  readonly attenuation: Check | undefined;
}

/**
 * Estimator 9 with a sweep: `G1tot = Omega^2/(G2 S0)` (PHYSICS.md sec. 1), Omega^2 per watt over the sweep's saturation per watt. No attenuation where
 * both powers are stated at the same place; n_eq and the port geometry take no part. As a by-product the attenuation, which needs Gr:
 * `Omega^2 = 4 A P Gr/(hbar w)` at the end of a line, 2 instead of 4 beside one.
 */
export function rabiRate(context: RouteContext, measured: Sweep | undefined, driven: readonly PopulationRow[]): RabiRate {
  const { input, power } = context;
  const items = input.datasets.filter((d) => d.dataset.kind === "rabi");
  if (items.length === 0) return { estimates: [], attenuation: undefined };
  const refuse = (sentence: string): RabiRate => ({
    estimates: [refusedRate(input.labels, "rabi", check("no_rabi", false, sentence), [], items)],
    attenuation: undefined,
  });
  const sweep = saturatedSweep(measured);
  if (!sweep) return { estimates: withoutSweep(context, measured, items, driven, refuse), attenuation: undefined };
  const { law } = sweep.fit;
  const { points, checks: ofTraces, refused } = rabiPoints(items, law.gamma2, law.resonance);
  if (points.length === 0) return refuse(refused[0] ?? say.rabiColumns());
  const atDevice = points.map((p) => power.toDevice(p.pSource, p.powerAt, p.frequency));
  const known = atDevice.every(Number.isFinite) && sweep.traces.every((t) => Number.isFinite(t.pDevice));
  const places = placesOf(input.datasets, input.facts.line?.power_at ?? "source");
  if (!known && places.rabi !== places.scattering) return refuse(say.rabiPlaces());
  const line = rabiLine(points, known ? atDevice : points.map((p) => p.pSource));
  if (!line) return refuse(say.rabiColumns());
  const value = line.slope / (law.k * law.gamma2);
  const crossed = places.rabi === places.scattering ? 0 : places.scattering === "source" ? 1 : -1;
  const budget: BudgetLine[] = [
    { input: "Rabi oscillations", contribution: (value * line.sigma) / line.slope },
    {
      input: "fit of the sweep",
      contribution: value * relativeSigma(sweep.fit, { gamma2: -1 / law.gamma2 + line.byGamma2 / line.slope, k: -1 / law.k }),
    },
    ...(crossed === 0
      ? []
      : power.common.map((c) => ({ input: c.input, contribution: crossed * value * c.effect([1]), shared: c.shared }))),
  ];
  const bySource =
    places.rabi === "source"
      ? rabiLine(
          points,
          points.map((p) => p.pSource),
        )
      : undefined;
  const datasets = [...new Set([...points.map((p) => p.dataset), ...sweep.datasets])];
  const attenuation = bySource && attenuationOf(context, sweep, bySource, datasets);
  const noSigma = Number.isFinite(line.sigma) ? [] : [check("rabi_no_sigma", false, say.rabiNoSigma())];
  const checks = [
    ...firstFailing([...ofTraces, ...line.checks, ...noSigma]),
    ...inherited(sweep.checks),
    ...(crossed === 0 ? [] : inherited(power.checks)),
  ];
  const rate = estimateOf({
    ...({ route: "power", quantity: "gamma1_total", estimator: "rabi", labels: input.labels, value, unit: "1/s" } as const),
    ...{ budget, checks, datasets, remark: [say.rabiFromSweep(points.length), ...refused].join(" ") },
  });
  return { estimates: [rate, ...(attenuation ? [attenuation.estimate] : [])], attenuation: attenuation?.check };
}

/** From populations at the same source, with gamma2 of an unsaturated sweep, or of echo or Ramsey data. */
function withoutSweep(
  context: RouteContext,
  measured: Sweep | undefined,
  items: readonly PowerDataset[],
  driven: readonly PopulationRow[],
  refuse: (sentence: string) => RabiRate,
): readonly Estimate[] {
  const { input, omega } = context;
  const gamma2 = coherenceOf(measured, input.coherence);
  const usual = input.facts.line?.power_at ?? "source";
  const places = new Set([...driven.map((r) => r.powerAt ?? usual), ...items.map((d) => d.entry?.power_at ?? usual)]);
  const powered = driven.filter((r) => r.pSource > 0);
  if (!gamma2 || powered.length === 0) return refuse(say.noRabiRate()).estimates;
  if (places.size > 1) return refuse(say.rabiPlaces()).estimates;
  const resonance = measured?.fit?.free.includes("resonance") ? measured.fit.law.resonance : omega;
  const { points, checks, refused } = rabiPoints(items, gamma2.value, resonance);
  const line = rabiLine(
    points,
    points.map((p) => p.pSource),
  );
  if (!line) return refuse(refused[0] ?? say.rabiColumns()).estimates;
  return rabiPopulationRates(context, powered, { ...line, checks: firstFailing([...checks, ...line.checks]) }, gamma2, resonance);
}

function coherenceOf(sweep: Sweep | undefined, echo: Estimate | undefined): CoherenceRate | undefined {
  const { fit } = sweep ?? {};
  if (sweep && fit?.free.includes("gamma2")) {
    const contribution = fit.law.gamma2 * relativeSigma(fit, { gamma2: 1 / fit.law.gamma2 });
    return { value: fit.law.gamma2, budget: [{ input: "fit of the sweep", contribution }], source: "the sweep", datasets: sweep.datasets };
  }
  if (!echo || !Number.isFinite(echo.value)) return undefined;
  return { value: echo.value, budget: echo.budget, source: `the ${echo.estimator} data`, datasets: echo.datasets };
}

/** Where the powers of each kind are stated; the strange case of two places within a kind counts as the first. */
function placesOf(datasets: readonly PowerDataset[], usual: "source" | "device") {
  const place = (kind: string) => datasets.find((d) => d.dataset.kind === kind)?.entry?.power_at ?? usual;
  return { rabi: place("rabi"), scattering: place("scattering") };
}

/** One check per code: the worst that fails, else the first. */
function firstFailing(checks: readonly Check[]): Check[] {
  const codes = [...new Set(checks.map((c) => c.code))];
  return codes.map((code) => checks.find((c) => c.code === code && !c.holds) ?? checks.find((c) => c.code === code)!);
}

/**
 * The attenuation that Omega^2 per stated watt and the radiative rate give: `Omega^2 = 4 A (P/duty) Gr/(hbar w)`. Both geometries alike, since the
 * sweep's amplitude is Gr |z_eq| where Omega^2 has the 4, and half of it where it has a 2; of several ports it is the driven one's share, as in Omega^2.
 */
function attenuationOf(context: RouteContext, sweep: SaturatedSweep, line: RabiLine, datasets: readonly string[]) {
  const { input, equilibrium } = context;
  const { law } = sweep.fit;
  const polarisation = 1 - 2 * equilibrium.value;
  const duty = input.facts.readout.duty_cycle ?? 1;
  const ratio = (duty * line.slope * HBAR * law.resonance * polarisation) / (4 * law.amplitude);
  const made = { route: "power", quantity: "attenuation", estimator: "rabi", labels: input.labels, unit: "1", datasets } as const;
  const { line: stated } = input.facts;
  const entry = (stated?.attenuation ?? stated?.attenuation_table)?.entry;
  // An amplitude that was divided by the stated attenuation gives half of that back.
  if (sweep.common.some((c) => c.shared === entry)) {
    const why = check("circular", false, say.attenuationInSweep());
    return { estimate: estimateOf({ ...made, value: Number.NaN, budget: [], checks: [why], remark: why.sentence }), check: undefined };
  }
  const lines: BudgetLine[] = [
    { input: "Rabi oscillations", contribution: (ratio * line.sigma) / line.slope },
    {
      input: "fit of the sweep",
      contribution: ratio * relativeSigma(sweep.fit, { amplitude: -1 / law.amplitude, gamma2: line.byGamma2 / line.slope }),
    },
    // What makes the depth of the line too large makes the attenuation's ratio too small.
    ...[...leaksOf(stated, input.labels), ...sweep.common].map((c) => ({
      input: c.input,
      contribution: -ratio * c.effect([1]),
      shared: c.shared,
    })),
    ...scaled(equilibrium.budget, (-2 * ratio) / polarisation),
  ];
  const measured = -decibel(ratio);
  const sigma = sigmaOfLines(mergeBudget(lines)) / ratio / LN_PER_DB;
  const disagreement = comparedToStated(context, measured, sigma);
  const checks = [...inherited(sweep.checks), ...inherited(equilibrium.checks), ...(disagreement ? [disagreement] : [])];
  const remark = disagreement?.sentence ?? say.attenuationByRabi(measured, sigma);
  const estimate = estimateOf({ ...made, value: ratio, budget: lines, checks, remark });
  return { estimate, check: disagreement };
}

/**
 * Undefined where nothing is stated, or an error is not known. What stands between the stated attenuation and this qubit's in this cooldown (ripple,
 * source, repeatability) is an error of the stated side; leaks act on the measured one.
 */
function comparedToStated({ input, power }: RouteContext, measured: number, sigma: number): Check | undefined {
  const { line } = input.facts;
  if (!line?.attenuation || line.power_at === "device") return undefined;
  const { value } = line.attenuation.quantity;
  const own = Math.hypot(...power.common.filter((c) => !isLeak(c.shared, line)).map((c) => c.effect([1]))) / LN_PER_DB;
  const pull = (measured - value) / Math.hypot(sigma, own);
  if (!Number.isFinite(pull)) return undefined;
  const sentence = say.attenuationAgrees(measured, sigma, value, own, pull, line.attenuation_from === "rabi");
  return check("attenuation_disagrees", Math.abs(pull) < 3, sentence, pull, 3);
}

/** Every number that the stated attenuation went into, with the check that doubts it. */
export function withAttenuationCheck(
  estimates: readonly Estimate[],
  doubt: Check | undefined,
  entry: string | undefined,
): readonly Estimate[] {
  if (!doubt || doubt.holds || entry === undefined) return estimates;
  return estimates.map((e) => {
    if (!e.budget.some((l) => l.shared === entry)) return e;
    const checks = [...e.checks, doubt];
    return { ...e, checks, status: statusOf(checks) };
  });
}
