import { UserError } from "../../core/errors.ts";
import { noSuchParameter } from "../../core/messages/laws.ts";
import type { LawFit } from "../law-fit.ts";
import type { DecayModel, Derived, ModelParameter } from "../model.ts";

/** The quantity that an interval is wanted of: a parameter of the law, or a function of several that the law derives. */
export interface Target {
  /** A parameter, `gamma1_total`, or what the law derives. */
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
  const { model, p } = fit;
  const reciprocal = asked === "t1";
  if (asked === "gamma1_total" || reciprocal) {
    const index = rateParameter(model, p);
    if (index !== undefined) return parameterTarget(fit, "gamma1_total", index, reciprocal);
    return functionTarget(fit, "gamma1_total", "1/s", (q) => model.rate(q), reciprocal);
  }
  const index = model.parameters.findIndex((q) => q.name === asked);
  if (index >= 0) return parameterTarget(fit, asked, index, false);
  const derived = model.derived?.(p) ?? [];
  const place = derived.findIndex((d) => d.name === asked);
  if (place >= 0) return functionTarget(fit, asked, derived[place]!.unit, (q) => model.derived!(q)[place]!, false);
  const known = [...model.parameters, ...derived].map((q) => q.name);
  throw new UserError(noSuchParameter(model.name, asked, [...known, "gamma1_total", "t1"]));
}

function parameterTarget(fit: LawFit, name: string, index: number, reciprocal: boolean): Target {
  const { unit, lower, upper } = fit.model.parameters[index]!;
  const unitVector = fit.p.map((_, j) => (j === index ? 1 : 0));
  return {
    ...{ name, unit, index, reciprocal, upper, fixed: fit.fixed[index]!, value: (q) => q[index]!, gradient: () => unitVector },
    lower: unit === "1/s" && fit.p[index]! > 0 ? Math.max(0, lower) : lower,
  };
}

function functionTarget(
  fit: LawFit,
  name: string,
  unit: Target["unit"],
  of: (p: readonly number[]) => Derived,
  reciprocal: boolean,
): Target {
  const { value, gradient } = of(fit.p);
  return {
    ...{ name, unit, index: undefined, reciprocal, upper: Number.POSITIVE_INFINITY },
    fixed: gradient.every((g, j) => fit.fixed[j] || g === 0),
    value: (q) => of(q).value,
    gradient: (q) => of(q).gradient,
    lower: unit === "1/s" && value > 0 ? 0 : Number.NEGATIVE_INFINITY,
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
