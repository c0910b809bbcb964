import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/drive-dependence.ts";
import { yorkLine } from "../../numerics/york-line.ts";
import type { InterceptStudy, PowerPoint } from "../power-study.ts";
import type { CommonInput } from "./common-input.ts";

/**
 * Straight line with a free intercept through the points that have a rate, errors both ways (PHYSICS.md sec. 1, "one straight line through the origin").
 * What the points share moves the intercept too: an undriven population that is off by d moves it by -G d.
 * @param common inputs of the points, in their order; one of unknown error is no allowance
 */
export function interceptOf(points: readonly PowerPoint[], common: readonly CommonInput[]): InterceptStudy | undefined {
  const at = points.flatMap((p, i) => (p.used ? [i] : []));
  const line = yorkLine(
    at.map((i) => {
      const p = points[i]!;
      return { x: p.excess, sigmaX: p.sigmaExcess, y: p.flux, sigmaY: p.sigmaFlux };
    }),
  );
  if (!line) return undefined;
  // A relative change of a rate is one of the flux at the same population.
  const weights = points.map((p, i) => (p.used ? line.interceptBy[at.indexOf(i)]! * p.flux : 0));
  const variances = common.map((c) => c.variance?.(weights) ?? c.effect(weights) ** 2).filter(Number.isFinite);
  return {
    slope: line.slope,
    sigmaSlope: line.sigmaSlope,
    intercept: line.intercept,
    sigmaStat: line.sigmaIntercept,
    sigmaCommon: Math.sqrt(
      Math.max(
        0,
        variances.reduce((a, b) => a + b, 0),
      ),
    ),
  };
}

/** Beyond this many of its errors an intercept is one. */
const FAR = 3;

/** The intercept in steps of its error's second digit, its whole error, and whether that reaches the origin. */
export function interceptFound({ intercept, sigmaStat, sigmaCommon }: InterceptStudy) {
  const sigma = Math.hypot(sigmaStat, sigmaCommon);
  const step = 10 ** (Math.floor(Math.log10(sigma)) - 1);
  const pull = intercept / sigma;
  return { value: Math.round(intercept / step) * step, sigma, pull, through: Math.abs(pull) < FAR };
}

export function interceptCheck(line: InterceptStudy): Check {
  const { value, sigma, pull, through } = interceptFound(line);
  const digits = (x: number) => Number(x.toPrecision(2)).toString();
  const offset = digits((-100 * line.intercept) / line.slope);
  const sentence = say.intercept(String(Number(value.toPrecision(12))), digits(sigma), through, offset);
  return check("not_through_origin", through, sentence, pull, FAR);
}
