/** Sentences about what was found beyond one exponential and noise: outlying points, better laws. */

import { seconds } from "./seconds.ts";

interface Value {
  readonly value: number;
  readonly sigma: number;
}

const measured = ({ value, sigma }: Value) => `${seconds(value)}${Number.isFinite(sigma) ? ` +- ${seconds(sigma)}` : ""}`;

export const withoutOutliers = (t1: Value, all: Value | undefined) =>
  `Without them T1 is ${measured(t1)}${all ? `; with them ${measured(all)}` : ""}.`;
export const withoutOutliersRefused = (why: string) => `Without them nothing can be fitted: ${why}`;
export const outliersExplain = (count: number) =>
  `Without the ${count === 1 ? "outlying point" : `${count} outlying points`} one exponential is enough.`;

interface NamedT1 {
  readonly law: string;
  readonly t1: Value;
  readonly meaning: string;
}

export const betterLaw = (best: NamedT1, aicc: number, p: number) =>
  `Better law: ${best.law} (Akaike's criterion lower by ${aicc.toFixed(1)}; a clean exponential gains as much with probability ${p.toExponential(0)}), T1 ${measured(best.t1)}: ${best.meaning}.`;
export const otherLawsToo = (laws: readonly NamedT1[]) =>
  `The data do not tell it from ${laws.map((l) => `${l.law} (T1 ${measured(l.t1)})`).join(", ")}.`;
export const noBetterLaw = (laws: readonly string[]) =>
  laws.length === 0 ? "There are too few points for another law." : `No other law is surely better (tried: ${laws.join(", ")}).`;
export const perhapsLaw = (law: string, t1: Value, aicc: number, p: number) =>
  `The ${law} law may be: Akaike's criterion is lower by ${aicc.toFixed(1)}, but a clean exponential gains as much with probability ${p.toPrecision(1)}; its T1 would be ${measured(t1)}.`;
export const noiseBeyondStated = (t1: Value | undefined) =>
  `The residuals have no structure: there is noise beyond the stated one, and the stated error is too small.${t1 ? ` With the noise taken from the residuals T1 is ${measured(t1)}.` : ""}`;
