import type { Check } from "../../core/check.ts";
import type { BudgetLine } from "../../core/estimate.ts";
import { equilibriumEffect } from "../../core/messages/power.ts";

/** An equilibrium population that shows the size of what is not known. */
export const TRIAL_EQUILIBRIUM = 0.01;

const UNKNOWN = "equilibrium_population: not known";

/** The error of a population that nothing states: it is not known, and so is that of every number that n_eq enters. */
export const UNKNOWN_EQUILIBRIUM: readonly BudgetLine[] = [{ input: "equilibrium_population", contribution: Number.NaN, shared: UNKNOWN }];

/** A budget whose number does not depend on n_eq after all. */
export function withoutUnknownEquilibrium(budget: readonly BudgetLine[]): BudgetLine[] {
  return budget.filter((l) => l.shared !== UNKNOWN);
}

/** The checks with the number's relative change for n_eq = 1 % added to `no_equilibrium`. @param quantity its name */
export function withEquilibriumEffect(checks: readonly Check[], quantity: string, change: number): Check[] {
  return checks.map((c) =>
    c.code === "no_equilibrium" && Number.isFinite(change)
      ? { ...c, measured: change, sentence: `${c.sentence} ${equilibriumEffect(TRIAL_EQUILIBRIUM, quantity, change)}` }
      : c,
  );
}
