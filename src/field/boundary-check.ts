import { type Check, check } from "../core/check.ts";
import * as say from "../core/messages/field-checks.ts";
import { normalQuantile } from "../numerics/normal.ts";
import { mean } from "../numerics/quantile.ts";
import type { Boundary, Side } from "./equation.ts";
import type { Evaluator, FieldMinimum } from "./evaluator.ts";
import { descend, settle } from "./gauss-newton.ts";
import { scoreTest } from "./score-test.ts";

/** Probability that a right boundary fails, over all alternatives together; they are correlated, so that it is less. */
const RISK = 0.01;
/** Alternatives that are fitted where one fails. */
const FITTED = 5;

interface Alternative {
  readonly boundary: Boundary;
  /** `low x side`, `two x sides`, `sides`. */
  readonly where: string;
  readonly assumed: string;
  readonly instead: string;
}

/**
 * Whether another boundary condition would describe the data better: per side and type, for all sides together and for each axis made periodic, the
 * P test in the direction in which the model changes with that boundary at the same medium (`scoreTest`). What another medium could do as well does not
 * count. Where it fails, the likeliest alternatives are fitted, and the best is named.
 * @param evaluatorWith the same parametrisation under another boundary; a coarser grid than the minimum's is good enough for a direction
 */
export function boundaryCheck(
  minimum: FieldMinimum,
  boundary: Boundary,
  dimensions: 1 | 2,
  evaluatorWith: (boundary: Boundary) => Evaluator,
): Check {
  const { theta, medium } = minimum.at;
  const matched = Math.sqrt(mean(medium.gamma0) * mean(medium.gamma2));
  const alternatives = alternativesTo(boundary, dimensions, matched);
  const limit = -normalQuantile(RISK / alternatives.length);
  const base = evaluatorWith(boundary);
  const here = base.at(theta);
  const scored = alternatives
    .map((alternative) => {
      const evaluator = evaluatorWith(alternative.boundary);
      const direction = evaluator.at(theta).model.map((m, i) => m - here.model[i]!);
      return { ...alternative, evaluator, z: scoreTest(minimum, direction, here).z };
    })
    .filter(({ z }) => Number.isFinite(z))
    .sort((a, b) => b.z - a.z);
  const z = scored[0]?.z ?? 0;
  if (z <= limit) {
    const tried = [...new Set(alternatives.map((a) => a.instead))];
    return check("field_boundary", true, say.boundaryHolds(limit, tried), z, limit);
  }
  const assumed = refitted(minimum, base);
  const fits = scored
    .filter((alternative) => alternative.z > limit)
    .slice(0, FITTED)
    .map((alternative) => ({ ...alternative, gain: assumed - refitted(minimum, alternative.evaluator) }))
    .sort((a, b) => b.gain - a.gain);
  const best = fits[0]!;
  // The score is that of a first step: where the whole way brings nothing, something else is wrong.
  if (!(best.gain > limit ** 2 / 2))
    return check("field_boundary", true, say.boundaryNoBetter(z, [...new Set(fits.map((f) => f.instead))]), z, limit);
  const others = [...new Set(fits.map((f) => f.where))].filter((where) => where !== best.where);
  return check("field_boundary", false, say.boundaryFails(best.where, best.assumed, best.instead, z, best.gain, others), z, limit);
}

/** Least `chi2 + theta^T P theta` under a boundary. */
function refitted({ weight, prior, information, at }: FieldMinimum, evaluator: Evaluator): number {
  return 2 * settle(descend({ evaluator, weight, prior }, at.theta, { information, tolerance: 0.1, most: 20 })).objective;
}

function alternativesTo(boundary: Boundary, dimensions: 1 | 2, matched: number): Alternative[] {
  const axes = (["x", "y"] as const).slice(0, dimensions);
  const types: readonly Side[] = [{ type: "no-flux" }, { type: "dirichlet" }, { type: "robin", h: matched }];
  const assumed = [...new Set(axes.flatMap((axis) => boundary[axis].map((side) => side.type)))];
  const all = types
    .filter((side) => assumed.some((type) => type !== side.type))
    .map((side): Alternative => {
      const both = [side, side] as const;
      const names = { where: say.allSides(), assumed: say.boundaryNames(assumed), instead: say.boundaryName(side.type) };
      return { boundary: { x: both, y: dimensions === 2 ? both : boundary.y }, ...names };
    });
  const perAxis = axes.flatMap((axis): Alternative[] => {
    const sides = boundary[axis];
    const change = (changed: readonly [Side, Side], where: string, instead: Side["type"], type: Side["type"]): Alternative => ({
      boundary: { ...boundary, [axis]: changed },
      where,
      assumed: say.boundaryName(type),
      instead: say.boundaryName(instead),
    });
    if (sides[0].type === "periodic")
      return dimensions === 1 ? [] : types.map((side) => change([side, side], say.axisName(axis), side.type, "periodic"));
    const perSide = ([0, 1] as const).flatMap((end) =>
      types
        .filter((side) => side.type !== sides[end].type)
        .map((side) => change(end === 0 ? [side, sides[1]] : [sides[0], side], say.sideName(axis, end), side.type, sides[end].type)),
    );
    const around: Side = { type: "periodic" };
    return [...perSide, change([around, around], say.axisName(axis), "periodic", sides[0].type)];
  });
  return [...all, ...perAxis];
}
