import { UserError } from "../../core/errors.ts";
import { badLevel } from "../../core/messages/intervals.ts";
import { studentHalfWidth } from "../../numerics/beta-function.ts";
import { normalQuantile } from "../../numerics/normal.ts";

/**
 * Half width in standard deviations of a central interval: the normal's for known noise, Student's where the noise was estimated with `dof`
 * degrees of freedom. Its square is the rise of the deviance (chi2 with one degree of freedom, or F(1, dof)) at the ends of a profile.
 * @throws UserError for a level that is no probability.
 */
export function halfWidthAt(level: number, absolute: boolean, dof: number): number {
  if (!(level > 0 && level < 1)) throw new UserError(badLevel(level));
  return absolute ? normalQuantile(0.5 + level / 2) : studentHalfWidth(level, dof);
}
