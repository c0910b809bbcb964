import { type Check, check } from "../../core/check.ts";
import type { BudgetLine, Estimate } from "../../core/estimate.ts";
import { attenuationNoSigma } from "../../core/messages/power.ts";
import * as say from "../../core/messages/power-data.ts";
import { gainOverConstant } from "../../fit/driven/gain.ts";
import { fitLaw, sigmaOf } from "../../fit/law-fit.ts";
import { exponential } from "../../fit/models/exponential.ts";
import type { Signal, SignalNoise } from "../../fit/signal-type.ts";
import type { Geometry } from "../../lab/lab.ts";
import { chi2Tail } from "../../numerics/gamma-function.ts";
import { ENDINGS } from "../../numerics/least-squares.ts";
import { radiativeRateFromEmission } from "../../physics/emission.ts";
import { columnOf } from "../../tables/dataset.ts";
import { estimateOf, inherited, scaled } from "../budget.ts";
import type { CommonInput } from "./common-input.ts";
import type { RouteContext } from "./context.ts";
import { assignmentErrors, excessesOf } from "./excess.ts";
import type { PowerDataset } from "./input.ts";
import { tableRows } from "./population-rows.ts";
import { refusedRate } from "./refused.ts";

const DECAYS = 25;
const FEWEST_SIGMA = 3;
/** Probability below which a ratio that should be constant is said not to be. */
const CONSTANT = 1e-3;

/**
 * The undriven theorem (Paper I eq. 12): power that the qubit emits into its line after a pulse, against the delay. Its decay is G1tot without any
 * calibration; where the power is known at the device and the population beside it, `P_em/(hbar w (n - n_eq)) = Gr (1 + 2 n_r)`, constant in time.
 */
export function emissionEstimates(context: RouteContext): Estimate[] {
  return context.input.datasets
    .filter((d) => d.dataset.kind === "emission")
    .flatMap((item) => [decayOf(context, item), ...radiativeOf(context, item)]);
}

/** W; the column `power` is what comes out here, or `reflected` where the file calls it so. */
function emitted({ dataset }: PowerDataset): Float64Array | undefined {
  return (columnOf(dataset, "power") ?? columnOf(dataset, "reflected") ?? columnOf(dataset, "voltage"))?.values;
}

/** The column `sigma` is that of the power; a relative noise too. Unknown: from the residuals. */
function noiseOf({ dataset }: PowerDataset, order: readonly number[]): SignalNoise {
  const sigma = columnOf(dataset, "sigma");
  // One without unit is that of the population.
  if (sigma && sigma.unit !== "1") return { type: "sigma", sigma: Float64Array.from(order, (i) => sigma.values[i]!) };
  return dataset.noise.type === "relative" ? dataset.noise : { type: "unknown" };
}

function decayOf({ input }: RouteContext, item: PowerDataset): Estimate {
  const refuse = (why: string) => refusedRate(input.labels, "emission", check("no_signal", false, say.noEmission(why)), [], [item]);
  const delay = columnOf(item.dataset, "delay")?.values;
  const power = emitted(item);
  if (!delay || !power) return refuse(say.emissionColumns());
  const order = [...delay.keys()]
    .filter((i) => Number.isFinite(delay[i]!) && Number.isFinite(power[i]!))
    .sort((a, b) => delay[a]! - delay[b]!);
  if (order.length < 5) return refuse(say.emissionColumns());
  // In units of the largest: powers of attowatts are far from one.
  const unit = Math.max(...order.map((i) => Math.abs(power[i]!)));
  const noise = noiseOf(item, order);
  const signal: Signal = {
    t: Float64Array.from(order, (i) => delay[i]!),
    y: Float64Array.from(order, (i) => power[i]! / unit),
    noise: noise.type === "sigma" ? { type: "sigma", sigma: noise.sigma.map((s) => s / unit) } : noise,
    unit: "V",
  };
  const [start] = exponential.starts(signal);
  const fit = fitLaw(exponential, signal, start!, [false, false, false]);
  const ending = ENDINGS[fit.minimum.ending];
  if (!ending.converged) return refuse(ending.sentence);
  const value = fit.p[1]!;
  const sigma = sigmaOf(fit, [0, 1, 0]);
  if (!(gainOverConstant(fit, signal) > DECAYS) || !(value > FEWEST_SIGMA * sigma)) return refuse(say.notDecaying());
  return estimateOf({
    ...({ route: "power", quantity: "gamma1_total", estimator: "emission", labels: input.labels, value, unit: "1/s" } as const),
    budget: [{ input: "noise of the emitted power", contribution: sigma }],
    datasets: [item.dataset.id],
    remark: say.emissionRate(),
  });
}

/** Output directions of which a detector sees one; undefined where one port's share of the light says nothing of the others. */
function directionsOf(geometry: Geometry | undefined): number | undefined {
  if (geometry === "multiport" || geometry === "separate-ports") return undefined;
  return geometry === "two-sided" || geometry === "hanger" ? 2 : 1;
}

/**
 * gamma_r by the ratio of emitted power and excited population at every delay; empty where no population stands beside the power. Beside a line half of
 * the light goes each way (Gr/2 per direction, PHYSICS.md sec. 0): the power of the one that is measured counts twice.
 */
function radiativeOf(context: RouteContext, item: PowerDataset): Estimate[] {
  const { input, undriven, equilibrium, omega } = context;
  const power = emitted(item);
  const rows = tableRows(item).filter((r) => Number.isFinite(r.read) && Number.isFinite(power?.[r.index] ?? Number.NaN));
  if (!power || rows.length === 0) return [];
  const base = { route: "partition", quantity: "gamma_r", estimator: "emission", labels: input.labels, unit: "1/s" } as const;
  const refuse = (sentence: string, code: Check["code"]) => [
    estimateOf({
      ...base,
      value: Number.NaN,
      budget: [],
      checks: [check(code, false, sentence)],
      datasets: [item.dataset.id],
      remark: sentence,
    }),
  ];
  if ((item.entry?.power_at ?? input.facts.line?.power_at) !== "device") return refuse(say.emissionRelative(), "no_attenuation");
  const readout = assignmentErrors(input.facts);
  if (!readout) return refuse(say.emissionReadout(), "no_readout");
  if (!Number.isFinite(omega)) return refuse(say.emissionFrequency(), "no_frequency");
  const { geometry } = input.facts.qubit;
  const directions = directionsOf(geometry);
  if (directions === undefined) return refuse(say.emissionOnePort(`${geometry}`), "unsupported_geometry");
  const excesses = excessesOf(rows, input.facts, readout, undriven, equilibrium);
  // A straight line of power against excess: late points, whose ratio is all noise, have little weight.
  const powers = rows.map((r) => power[r.index]!);
  const noise = noiseOf(
    item,
    rows.map((r) => r.index),
  );
  const line = ratioLine(powers, excesses.excess, noise, excesses.sigma);
  if (!(line.slope > 0)) return refuse(say.noEmission(say.notDecaying()), "no_signal");
  const polarisation = 1 - 2 * equilibrium.value;
  const value = directions * radiativeRateFromEmission(line.slope, omega, 1) * polarisation;
  const budget: BudgetLine[] = [
    { input: "noise of the emitted power and the population", contribution: (value * line.sigma) / line.slope },
    ...excesses.common.map((c: CommonInput) => ({ input: c.input, contribution: value * c.effect(line.weights), shared: c.shared })),
    { input: "power at the device", contribution: Number.NaN, shared: "power_at: device" },
    ...scaled(equilibrium.budget, (-2 * value) / polarisation),
  ];
  const constant = constancyChecks(line.p);
  const noSigma = check("attenuation_no_sigma", false, attenuationNoSigma("power_at: device"));
  const checks = [
    ...(geometry === undefined ? [check("no_geometry", false, say.emissionGeometry())] : []),
    ...constant,
    noSigma,
    ...inherited(excesses.checks),
    ...inherited(equilibrium.checks).filter((c) => c.code !== "readout_no_sigma"),
  ];
  const remarks = [say.emissionRadiative(), ...(directions === 2 ? [say.emissionOneDirection()] : []), ...constant.map((c) => c.sentence)];
  const datasets = [...new Set([item.dataset.id, ...equilibrium.datasets])];
  return [estimateOf({ ...base, value, budget, checks, datasets, remark: remarks.join(" ") })];
}

/** @param p probability of a larger chi2; NaN = not known */
function constancyChecks(p: number): Check[] {
  if (!Number.isFinite(p)) return [];
  const holds = p >= CONSTANT;
  return [check("emission_not_constant", holds, holds ? say.emissionConstant(p) : say.emissionNotConstant(p), p, CONSTANT)];
}

/**
 * `y = slope x` with errors in both: each x is first moved to where both of its errors want it, since noise in x would flatten the line. `weights` are
 * the relative changes of the slope by relative changes of each ratio.
 */
function ratioLine(y: readonly number[], x: readonly number[], noise: SignalNoise, sigmaX: readonly number[]) {
  const n = y.length;
  const sigmaY = (i: number) =>
    noise.type === "sigma" ? noise.sigma[i]! : noise.type === "relative" ? noise.relative * Math.abs(y[i]!) : 0;
  const known = noise.type !== "unknown" && sigmaX.every((s) => s > 0);
  const sum = (of: (i: number) => number) => y.reduce((a, _, i) => a + of(i), 0);
  let slope = sum((i) => y[i]! * x[i]!) / sum((i) => x[i]! ** 2);
  const variance = (i: number) => (known ? sigmaY(i) ** 2 + (slope * sigmaX[i]!) ** 2 : 1);
  const settled = (i: number) => (known ? (x[i]! * sigmaY(i) ** 2 + slope * y[i]! * sigmaX[i]! ** 2) / variance(i) : x[i]!);
  for (let round = 0; known && round < 30; round++)
    slope = sum((i) => (settled(i) * y[i]!) / variance(i)) / sum((i) => (settled(i) * x[i]!) / variance(i));
  const size = sum((i) => settled(i) ** 2 / variance(i));
  const chi2 = sum((i) => (y[i]! - slope * x[i]!) ** 2 / variance(i));
  return {
    slope,
    sigma: (known ? 1 : Math.sqrt(chi2 / (n - 1))) / Math.sqrt(size),
    weights: x.map((_, i) => settled(i) ** 2 / variance(i) / size),
    p: known && n > 1 ? chi2Tail(chi2, n - 1) : Number.NaN,
  };
}
