import { type Check, check } from "../core/check.ts";
import * as say from "../core/messages/field-checks.ts";
import { normalQuantile } from "../numerics/normal.ts";
import { mean } from "../numerics/quantile.ts";
import type { Boundary, Side } from "./equation.ts";
import type { Evaluator, FieldMinimum } from "./evaluator.ts";
import { descend, settle } from "./gauss-newton.ts";
import { scoreTest } from "./score-test.ts";

/** Probability that a right boundary fails, over all alternatives together. */
const RISK = 0.003;

interface Alternative {
  readonly boundary: Boundary;
  /** `low x side`, `x axis`. */
  readonly where: string;
  readonly assumed: string;
  readonly instead: string;
}

/**
 * Whether another boundary condition would describe the data better: per side and type, the P test in the direction in which the model changes with that
 * boundary at the same medium (`scoreTest`). What another medium could do as well does not count. Where it fails, the best alternative is fitted.
 * @param evaluatorWith the same parametrisation and resolution under another boundary
 */
export function boundaryCheck(
  minimum: FieldMinimum,
  boundary: Boundary,
  dimensions: 1 | 2,
  evaluatorWith: (boundary: Boundary) => Evaluator,
): Check {
  const { at } = minimum;
  const matched = Math.sqrt(mean(at.medium.gamma0) * mean(at.medium.gamma2));
  const alternatives = alternativesTo(boundary, dimensions, matched);
  const limit = -normalQuantile(RISK / alternatives.length);
  const scored = alternatives
    .map((alternative) => {
      const evaluator = evaluatorWith(alternative.boundary);
      const there = evaluator.at(at.theta).model;
      return {
        ...alternative,
        evaluator,
        z: scoreTest(
          minimum,
          there.map((m, i) => m - at.model[i]!),
        ).z,
      };
    })
    .filter(({ z }) => Number.isFinite(z))
    .sort((a, b) => b.z - a.z);
  const worst = scored[0];
  if (!worst || worst.z <= limit) {
    const tried = [...new Set(alternatives.map((a) => a.instead))];
    return check("field_boundary", true, say.boundaryHolds(limit, tried), worst?.z, limit);
  }
  const others = scored.slice(1).filter(({ z, where }) => z > limit && where !== worst.where);
  const sentence = say.boundaryFails(worst.where, worst.assumed, worst.instead, worst.z, [...new Set(others.map((o) => o.where))]);
  return check("field_boundary", false, sentence + say.boundaryRefit(worst.instead, refitGain(minimum, worst.evaluator)), worst.z, limit);
}

/** How much chi2 falls when everything is fitted anew under the other boundary. */
function refitGain(minimum: FieldMinimum, evaluator: Evaluator): number {
  const { weight, prior, information, at, chi2 } = minimum;
  const descent = settle(descend({ evaluator, weight, prior }, at.theta, { information, tolerance: 0.1, most: 12 }));
  return chi2 - descent.chi2;
}

function alternativesTo(boundary: Boundary, dimensions: 1 | 2, matched: number): Alternative[] {
  const axes = (["x", "y"] as const).slice(0, dimensions);
  const robin: Side = { type: "robin", h: matched };
  const types: readonly Side[] = [{ type: "no-flux" }, { type: "dirichlet" }, robin];
  return axes.flatMap((axis) => {
    const sides = boundary[axis];
    const assumed = (side: Side) => say.boundaryName(side.type);
    if (sides[0].type === "periodic")
      return types.map((side) => ({
        boundary: { ...boundary, [axis]: [side, side] },
        where: say.axisName(axis),
        assumed: assumed(sides[0]),
        instead: say.boundaryName(side.type),
      }));
    const perSide = ([0, 1] as const).flatMap((end) =>
      types
        .filter((side) => side.type !== sides[end].type)
        .map((side) => ({
          boundary: { ...boundary, [axis]: end === 0 ? [side, sides[1]] : [sides[0], side] },
          where: say.sideName(axis, end),
          assumed: assumed(sides[end]),
          instead: say.boundaryName(side.type),
        })),
    );
    const around = { ...boundary, [axis]: [{ type: "periodic" }, { type: "periodic" }] };
    return [...perSide, { boundary: around, where: say.axisName(axis), assumed: assumed(sides[0]), instead: say.boundaryName("periodic") }];
  });
}
