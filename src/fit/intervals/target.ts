import { UserError } from "../../core/errors.ts";
import { unknownTarget } from "../../core/messages/intervals.ts";
import type { LawFit } from "../law-fit.ts";
import type { DecayModel, ModelParameter } from "../model.ts";

/** The quantity that an interval is wanted of: a parameter of the law, or the rate that the law derives from its parameters. */
export interface Target {
  /** A parameter, or `gamma1_total`. */
  readonly name: string;
  readonly unit: ModelParameter["unit"];
  readonly value: (p: readonly number[]) => number;
  readonly gradient: (p: readonly number[]) => readonly number[];
  /** Index of the parameter that the target is; absent where it is a function of several. */
  readonly index: number | undefined;
  /** Every parameter that it depends on was fixed. */
  readonly fixed: boolean;
  readonly lower: number;
  readonly upper: number;
  /** T1 was asked for: everything is found for the rate and inverted at the end. */
  readonly reciprocal: boolean;
}

/**
 * A positive rate is followed down to zero, not into growth.
 * @throws UserError naming the known quantities.
 */
export function targetOf(fit: LawFit, asked: string): Target {
  const { model, p, fixed } = fit;
  const derived = asked === "gamma1_total" || asked === "t1";
  const name = derived ? "gamma1_total" : asked;
  const index = derived ? rateParameter(model, p) : model.parameters.findIndex((q) => q.name === name);
  if (index === -1) throw new UserError(unknownTarget(name, model.name, [...model.parameters.map((q) => q.name), "gamma1_total", "t1"]));
  const reciprocal = asked === "t1";
  if (index !== undefined) {
    const { unit, lower, upper } = model.parameters[index]!;
    const unitVector = p.map((_, j) => (j === index ? 1 : 0));
    return {
      ...{ name, unit, index, reciprocal, upper, fixed: fixed[index]!, value: (q) => q[index]!, gradient: () => unitVector },
      lower: unit === "1/s" && p[index]! > 0 ? Math.max(0, lower) : lower,
    };
  }
  const rate = model.rate(p);
  return {
    ...{ name, unit: "1/s", index, reciprocal, upper: Number.POSITIVE_INFINITY },
    fixed: rate.gradient.every((g, j) => fixed[j] || g === 0),
    value: (q) => model.rate(q).value,
    gradient: (q) => model.rate(q).gradient,
    lower: rate.value > 0 ? 0 : Number.NEGATIVE_INFINITY,
  };
}

/** The parameter that the law's rate is, or undefined where it is a function of several: it must be so at the fit and at every example of the law. */
function rateParameter(model: DecayModel, p: readonly number[]): number | undefined {
  const index = model.rate(p).gradient.indexOf(1);
  const is = (q: readonly number[]) => {
    const { value, gradient } = model.rate(q);
    return value === q[index] && gradient.every((g, j) => g === (j === index ? 1 : 0));
  };
  return index >= 0 && [p, ...model.examples].every(is) ? index : undefined;
}
