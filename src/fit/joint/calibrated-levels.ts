import { fitJoint, type JointNumbers } from "./joint-fit.ts";
import type { JointParameter, JointProblem } from "./joint-problem.ts";
import { calibrationOf, READOUT_NAMES, type SharedReadout } from "./readout-levels.ts";

/** Standard deviation of each of the readout's parameters by its calibration alone; 0 for those that are exact. A free population is not among them. */
export function levelErrors(readout: SharedReadout, parameters: readonly JointParameter[]): ReadonlyMap<string, number> {
  const counted = [readout.oneGivenZero, readout.zeroGivenOne];
  const errors = new Map<string, number>();
  parameters.forEach((p, k) => {
    const level = counted[k];
    const sigma = level ? calibrationOf(level, p.start).sigma : p.fixed ? 0 : p.prior?.sigma;
    if (sigma !== undefined) errors.set(READOUT_NAMES[k]!, sigma);
  });
  return errors;
}

/** The parameters with those that the calibration states known exactly. */
export function atCalibration(parameters: readonly JointParameter[], errors: ReadonlyMap<string, number>): JointParameter[] {
  return parameters.map((p) => (errors.has(p.name) ? held(p, p.start) : p));
}

function held({ name, unit }: JointParameter, start: number): JointParameter {
  return { name, unit, start, fixed: true };
}

/**
 * By how much the named rates move when a level moves by its standard deviation: one row per level, from refits half a standard deviation to both sides.
 */
export function levelShifts(
  fit: JointNumbers,
  names: readonly string[],
  { parameters, blocks }: JointProblem,
  errors: ReadonlyMap<string, number>,
): number[][] {
  const refit = (level: string, shift: number) => {
    const moved = parameters.map((p): JointParameter => {
      if (!errors.has(p.name)) return { ...p, start: fit.parameter(p.name).value };
      return held(p, p.name === level ? p.start + shift : p.start);
    });
    const found = fitJoint({ parameters: moved, blocks });
    return names.map((name) => (found.state === "converged" ? found.parameter(name).value : Number.NaN));
  };
  return [...errors]
    .filter(([, sigma]) => sigma > 0)
    .map(([level, sigma]) => {
      const [up, down] = [refit(level, sigma / 2), refit(level, -sigma / 2)];
      return up.map((v, k) => {
        const here = fit.parameter(names[k]!).value;
        // Counts end where a level would pass 0 or 1: the slope is then that of the other side.
        if (Number.isNaN(down[k]!)) return 2 * (v - here);
        return Number.isNaN(v) ? 2 * (here - down[k]!) : v - down[k]!;
      });
    });
}
