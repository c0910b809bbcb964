import { type Check, check, statusOf } from "../core/check.ts";
import type { Estimate, GroupLabels, Route } from "../core/estimate.ts";
import { noFrequency, noTemperature } from "../core/messages/power.ts";
import { occupation, rateMeaning, temperatureLimit } from "../core/messages/power-data.ts";
import type { Facts } from "../lab/lab.ts";
import { downAndUp, zeroTemperatureRate } from "../physics/partition.ts";
import { effectiveTemperature, effectiveTemperatureSlope, occupationFromPopulation } from "../physics/thermal.ts";
import { estimateOf, inherited, scaled, sigmasOf } from "./budget.ts";
import { type Equilibrium, equilibriumOf, sigmaOfLines } from "./power/equilibrium.ts";
import { assignmentErrors } from "./power/excess.ts";
import type { PowerDataset } from "./power/input.ts";
import { undrivenIn } from "./power/undriven.ts";
import { withoutUnknownEquilibrium } from "./power/unknown-equilibrium.ts";

/** An equilibrium population below so many of its errors is compatible with 0: there is no temperature then, only one that it is below. */
const KNOWN_FROM_ZERO = 2;
/** One-sided 95 %. */
const UPPER = 1.645;

/**
 * `n_eq`, the occupation `n_th = n_eq/(1 - 2 n_eq)` of the one bath that would make it, and `T_eff = hbar w/(kB ln((1-n_eq)/n_eq))`; none where n_eq is
 * not known. @param omega qubit frequency, rad/s.
 */
export function equilibriumEstimates(labels: GroupLabels, equilibrium: Equilibrium, omega: number): Estimate[] {
  if (equilibrium.source === "none") return [];
  const { value, budget, checks, datasets, source } = equilibrium;
  const common = { route: "power" as Route, estimator: source, labels, checks, datasets };
  const { temperature, why } = temperatureOf(value, sigmaOfLines(budget), omega);
  return [
    estimateOf({ ...common, quantity: "n_eq", value, unit: "1", budget }),
    estimateOf({
      ...{ ...common, quantity: "n_th", value: occupationFromPopulation(value), unit: "1", remark: occupation() },
      budget: scaled(budget, 1 / (1 - 2 * value) ** 2),
    }),
    estimateOf({
      ...{ ...common, quantity: "t_eff", value: temperature, unit: "K", checks: [...why, ...checks], remark: why[0]?.sentence ?? "" },
      budget: scaled(budget, effectiveTemperatureSlope(omega, value)),
    }),
  ];
}

/** Kelvin, or why there is none. */
function temperatureOf(nEq: number, sigma: number, omega: number): { readonly temperature: number; readonly why: readonly Check[] } {
  const none = (why: Check) => ({ temperature: Number.NaN, why: [why] });
  if (!Number.isFinite(omega)) return none(check("no_frequency", false, noFrequency()));
  const upper = effectiveTemperature(omega, Math.max(nEq, 0) + UPPER * sigma);
  if (nEq < KNOWN_FROM_ZERO * sigma && Number.isFinite(upper))
    return none(check("no_temperature", false, temperatureLimit(upper), nEq / sigma, KNOWN_FROM_ZERO));
  const temperature = effectiveTemperature(omega, nEq);
  return Number.isFinite(temperature) ? { temperature, why: [] } : none(check("no_temperature", false, noTemperature(nEq)));
}

/**
 * From G1tot (either route) and n_eq: `gamma1 = Gd - Gu = G1tot (1 - 2 n_eq)` (the zero-temperature rate), `gamma_down = G1tot (1 - n_eq)`,
 * `gamma_up = G1tot n_eq`; same route, estimator and condition as the rate, correlated through its budget and that of n_eq.
 */
export function rateSplit(total: Estimate, equilibrium: Equilibrium): Estimate[] {
  if (!Number.isFinite(total.value) || equilibrium.source === "none") return [];
  const n = equilibrium.value;
  const { down, up } = downAndUp(total.value, n);
  const rows = [
    { quantity: "gamma1", value: zeroTemperatureRate(total.value, n), byTotal: 1 - 2 * n, byN: -2 * total.value },
    { quantity: "gamma_down", value: down, byTotal: 1 - n, byN: -total.value },
    { quantity: "gamma_up", value: up, byTotal: n, byN: total.value },
  ] as const;
  return rows.map((r) =>
    estimateOf({
      route: total.route,
      quantity: r.quantity,
      estimator: total.estimator,
      condition: total.condition,
      labels: total.labels,
      value: r.value,
      unit: "1/s",
      budget: [...scaled(total.budget, r.byTotal), ...scaled(equilibrium.budget, r.byN)],
      checks: [...inherited(total.checks), ...inherited(equilibrium.checks)].filter(
        (c, i, all) => all.findIndex((d) => d.code === c.code) === i,
      ),
      datasets: [...new Set([...total.datasets, ...equilibrium.datasets])],
      remark: rateMeaning(r.quantity),
    }),
  );
}

/** Levels prepared from the thermal state give `Gd - Gu = W/(hbar w_d x)` whatever n_eq is (PHYSICS.md sec. 1): the rate that was taken with n_eq = 0. */
export function differenceOf(total: Estimate): Estimate[] {
  if (!Number.isFinite(total.value)) return [];
  const checks = total.checks.filter((c) => c.code !== "no_equilibrium");
  const budget = withoutUnknownEquilibrium(total.budget);
  return [{ ...total, quantity: "gamma1", budget, ...sigmasOf(budget), checks, status: statusOf(checks) }];
}

/**
 * `gamma1`, `gamma_down`, `gamma_up` of the decay route, with n_eq by the same rules as the power route; none where n_eq is not known.
 * @param omega that of the power route, rad/s; absent: the stated one
 */
export function decaySplit(facts: Facts, datasets: readonly PowerDataset[], decay: Estimate, omega = statedOmega(facts)): Estimate[] {
  const undriven = undrivenIn(datasets, decay.labels);
  return rateSplit(decay, equilibriumOf(facts, assignmentErrors(facts), undriven, omega));
}

const statedOmega = (facts: Facts) => 2 * Math.PI * (facts.qubit.frequency?.quantity.value ?? Number.NaN);
