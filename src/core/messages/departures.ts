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
  laws.length === 0
    ? "There are too few points for another law."
    : `No other law describes the trace better by its own parameters (tried: ${laws.join(", ")}): look for jumps, outliers and saturation of the readout.`;
