import { addFaceProducts, addOperator, coefficientsTangent, conductancesAdjoint, emptyCoefficients } from "./axis-operator.ts";
import type { Gradient, Perturbation } from "./equation.ts";
import type { FieldSystem } from "./field-system.ts";

/** The state that sources keep up, and its derivatives. */
export interface SteadyState {
  readonly u: Float64Array;
  tangent(direction: Perturbation): Float64Array;
  /** Adds to a gradient what `weights . u` gives. `weights` is overwritten. */
  addAdjoint(weights: Float64Array, gradient: Omit<Gradient, "start">): void;
}

/** Solves `(sum of A) u = R` for the state, its tangents and adjoints with one factorisation. @param on which of the sources count */
export function steadyState(
  { grid: { cells, volumes }, operators, steady: solver }: FieldSystem,
  densities: readonly Float64Array[],
  on: readonly boolean[],
): SteadyState {
  const sum = (parts: readonly (Float64Array | undefined)[], out: Float64Array) => {
    for (const [s, part] of parts.entries()) if (on[s] && part) for (let k = 0; k < cells; k++) out[k]! += part[k]!;
  };
  const solve = (b: Float64Array) => {
    for (let k = 0; k < cells; k++) b[k]! *= volumes[k]!;
    solver(b);
    return b;
  };
  const power = new Float64Array(cells);
  sum(densities, power);
  const u = solve(power);
  return {
    u,
    tangent({ gamma0, gamma2, densities: changes }) {
      // A u' = R' - A' u
      const b = gamma0 ? gamma0.map((g, k) => -g * u[k]!) : new Float64Array(cells);
      if (gamma2) for (const of of operators) addOperator(of, coefficientsTangent(of, gamma2), -1, u, b);
      sum(changes ?? [], b);
      return solve(b);
    },
    addAdjoint(weights, gradient) {
      solver(weights);
      for (let k = 0; k < cells; k++) gradient.gamma0[k]! -= volumes[k]! * weights[k]! * u[k]!;
      for (const of of operators) {
        const faces = emptyCoefficients(of);
        addFaceProducts(of, faces, -1, weights, u);
        conductancesAdjoint(of, faces, gradient.gamma2);
      }
      for (const [s, density] of gradient.densities.entries())
        if (on[s]) for (let k = 0; k < cells; k++) density[k]! += volumes[k]! * weights[k]!;
    },
  };
}
