import type { BudgetLine } from "../core/estimate.ts";
import { isNoise } from "./budget.ts";

/** What an uncertainty comes from, in the order of PHYSICS.md sec. 1 and of the report. */
export const BUDGET_KINDS = ["statistical", "attenuation", "readout", "reference", "phase", "temperature", "frequency", "model"] as const;
export type BudgetKind = (typeof BUDGET_KINDS)[number];

/** Words of the inputs as the routes name them, the first that fits decides. What nothing names and nobody shares is noise. */
const WORDS: readonly (readonly [BudgetKind, RegExp])[] = [
  ["statistical", /^(noise of (S|the pop|the total|the trace)|scatter|fit errors|decay during the gap|shots)/i],
  ["model", /rotating|RWA|level|line shape|frequency noise|bath|model|approximation|fluctuat/i],
  ["attenuation", /attenuation|ripple|source accuracy|repeatability|power at the device|^gain|coupling|rabi/i],
  ["phase", /phase|circulator|leakage|isolation|crosstalk|parasitic/i],
  ["reference", /reference|background|normalis|off value/i],
  ["readout", /p1_given_0|p0_given_1|readout|fidelity|undriven population|offset/i],
  ["temperature", /temperature|equilibrium|n_eq|heating/i],
  ["frequency", /frequency|detuning/i],
];

/** What a line of a budget comes from. A shared input that no word fits is one of the model's: it is nobody's noise. */
export function budgetKind(line: Pick<BudgetLine, "input" | "shared" | "noise">): BudgetKind {
  const kind = WORDS.find(([, words]) => words.test(line.input))?.[0];
  return kind ?? (isNoise(line) ? "statistical" : "model");
}

/** The line that dominates: one whose size nobody knows before every other. */
export function largestLine(budget: readonly BudgetLine[]): BudgetLine | undefined {
  const size = (l: BudgetLine) => (Number.isFinite(l.contribution) ? Math.abs(l.contribution) : Number.POSITIVE_INFINITY);
  return budget.reduce<BudgetLine | undefined>((best, l) => (best === undefined || size(l) > size(best) ? l : best), undefined);
}
