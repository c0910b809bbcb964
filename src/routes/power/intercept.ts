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

export function interceptCheck(line: InterceptStudy): Check {
  const sigma = Math.hypot(line.sigmaStat, line.sigmaCommon);
  const pull = line.intercept / sigma;
  const holds = Math.abs(pull) < FAR;
  const digits = (x: number) => Number(x.toPrecision(2)).toString();
  const step = 10 ** (Math.floor(Math.log10(sigma)) - 1);
  const value = String(Number((Math.round(line.intercept / step) * step).toPrecision(12)));
  const offset = digits((-100 * line.intercept) / line.slope);
  return check("not_through_origin", holds, say.intercept(value, digits(sigma), holds, offset), pull, FAR);
}
