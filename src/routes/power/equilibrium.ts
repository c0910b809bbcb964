import { type Check, check } from "../../core/check.ts";
import type { BudgetLine } from "../../core/estimate.ts";
import {
  equilibriumAgrees,
  equilibriumDisagrees,
  equilibriumNoSigma,
  fridgeTemperature,
  noEquilibrium,
  noEquilibriumThermal,
} from "../../core/messages/power.ts";
import type { Facts } from "../../lab/lab.ts";
import { type AssignmentErrors, populationDerivatives } from "../../physics/readout.ts";
import { equilibriumPopulation, equilibriumSlope } from "../../physics/thermal.ts";
import { withoutSigma } from "./readout-checks.ts";
import type { UndrivenRead } from "./undriven.ts";
import { UNKNOWN_EQUILIBRIUM } from "./unknown-equilibrium.ts";

/** The equilibrium population that the route subtracts, and where it comes from: measured before stated before temperature. */
export interface Equilibrium {
  readonly value: number;
  readonly source: "measured" | "stated" | "temperature" | "none";
  readonly budget: readonly BudgetLine[];
  readonly checks: readonly Check[];
  readonly datasets: readonly string[];
}

interface Candidate {
  readonly value: number;
  readonly source: Equilibrium["source"];
  readonly budget: readonly BudgetLine[];
  readonly datasets: readonly string[];
}

/**
 * n_eq from every source, the first of measured, stated, temperature being used; a difference over 3 sigma is the check `equilibrium_disagrees`.
 * Where there is none it is taken as 0, with an error that is not known.
 * Levels prepared from the thermal state hold n_eq already, so that an undriven read says nothing about it.
 * @param omega qubit frequency, rad/s (for the temperature); NaN where it is not known.
 */
export function equilibriumOf(
  facts: Facts,
  readout: AssignmentErrors | undefined,
  undriven: UndrivenRead | undefined,
  omega: number,
): Equilibrium {
  const candidates = [measured(facts, readout, undriven), stated(facts), fromTemperature(facts, omega)].filter((c) => c !== undefined);
  const [first, ...others] = candidates;
  const unknown = facts.readout.prepared === "thermal" ? noEquilibriumThermal() : noEquilibrium();
  if (!first)
    return { value: 0, source: "none", budget: UNKNOWN_EQUILIBRIUM, datasets: [], checks: [check("no_equilibrium", false, unknown)] };
  const checks: Check[] = others.flatMap((other) => {
    const sigmas = Math.abs(first.value - other.value) / Math.hypot(sigmaOfLines(first.budget), sigmaOfLines(other.budget));
    // Values without error can neither agree nor disagree.
    if (Number.isNaN(sigmas)) return [];
    const sentence =
      sigmas > 3 ? equilibriumDisagrees(first.source, other.source, sigmas) : equilibriumAgrees(first.source, other.source, sigmas);
    return [check("equilibrium_disagrees", !(sigmas > 3), sentence, sigmas, 3)];
  });
  if (first.source === "temperature" && facts.qubit.temperature_from === "fridge")
    checks.push(check("temperature_from_fridge", false, fridgeTemperature()));
  const entry = first.source === "stated" ? facts.qubit.equilibrium_population : facts.qubit.temperature;
  if (first.source !== "measured" && entry && !Number.isFinite(entry.quantity.sigma))
    checks.push(check("equilibrium_no_sigma", false, equilibriumNoSigma(entry.entry)));
  if (first.source === "measured") checks.push(...withoutSigma(facts));
  return { ...first, checks };
}

export function sigmaOfLines(lines: readonly BudgetLine[]): number {
  return Math.hypot(...lines.map((l) => l.contribution));
}

function measured(facts: Facts, readout: AssignmentErrors | undefined, undriven: UndrivenRead | undefined): Candidate | undefined {
  const { p1_given_0: e1, p0_given_1: e2, prepared } = facts.readout;
  if (!readout || !undriven || prepared === "thermal" || !e1 || !e2) return undefined;
  const d = populationDerivatives(readout, undriven.value);
  const budget = [
    { input: "undriven population", contribution: d.byRead * undriven.sigma, shared: undriven.shared },
    { input: "p1_given_0", contribution: d.byOneGivenZero * e1.quantity.sigma, shared: e1.entry },
    { input: "p0_given_1", contribution: d.byZeroGivenOne * e2.quantity.sigma, shared: e2.entry },
  ];
  return { value: d.population, source: "measured", budget, datasets: undriven.datasets };
}

function stated(facts: Facts): Candidate | undefined {
  const s = facts.qubit.equilibrium_population;
  if (!s) return undefined;
  const budget = [{ input: "equilibrium_population", contribution: s.quantity.sigma, shared: s.entry }];
  return { value: s.quantity.value, source: "stated", budget, datasets: [] };
}

function fromTemperature(facts: Facts, omega: number): Candidate | undefined {
  const t = facts.qubit.temperature;
  if (!t || !Number.isFinite(omega)) return undefined;
  const slope = equilibriumSlope(omega, t.quantity.value);
  const budget = [{ input: "temperature", contribution: slope * t.quantity.sigma, shared: t.entry }];
  return { value: equilibriumPopulation(omega, t.quantity.value), source: "temperature", budget, datasets: [] };
}
