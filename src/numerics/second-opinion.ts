/** The only file that names ml-levenberg-marquardt: an independent optimiser, asked only whether it finds the same minimum. */
import { levenbergMarquardt } from "ml-levenberg-marquardt";

/** A law with whitened points: `value(p, i)` and `gradient(p, i)` are already multiplied by the point's weight. */
export interface WhitenedLaw {
  readonly points: number;
  /** Whitened data. */
  readonly y: Float64Array;
  value(p: readonly number[], i: number): number;
  gradient(p: readonly number[], i: number): readonly number[];
}

/**
 * Its measured limits (ARCHITECTURE.md) decide how it is called: no `weights` (they are wrong for any value but 1), an analytic Jacobian (its own step is
 * an absolute 0.1), parameters scaled to the size of 1, and no claim of convergence is taken from it: only the point where it stopped.
 * @param scale size of each parameter, e.g. its standard deviation times ten.
 * @returns the parameters where it stopped; undefined when it threw or left the numbers.
 */
export function secondOpinion(law: WhitenedLaw, start: readonly number[], scale: readonly number[]): number[] | undefined {
  const unscaled = (q: readonly number[]) => q.map((v, j) => v * scale[j]!);
  try {
    const { parameterValues } = levenbergMarquardt(
      { x: Float64Array.from({ length: law.points }, (_, i) => i), y: law.y },
      (q) => {
        const p = unscaled(q);
        return (i) => law.value(p, i);
      },
      {
        initialValues: start.map((v, j) => v / scale[j]!),
        jacobianFunction: (q) => {
          const p = unscaled(q);
          return (i) => law.gradient(p, i).map((v, j) => v * scale[j]!);
        },
        damping: 1,
        maxIterations: 60,
        errorTolerance: 0,
        improvementThreshold: 1e-6,
      },
    );
    const found = unscaled(parameterValues);
    return found.every(Number.isFinite) ? found : undefined;
  } catch (error) {
    // ml-matrix throws on a singular matrix: no second opinion, which the caller reports.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
