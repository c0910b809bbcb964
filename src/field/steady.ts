import { steadyBalance } from "./energy-balance.ts";
import type { Solution, Source } from "./equation.ts";
import type { FieldSystem } from "./field-system.ts";
import { steadyState } from "./steady-state.ts";

/** The course that is only a steady state, under all sources. */
export function solveSteady(system: FieldSystem, sources: readonly Source[]): Solution {
  const { grid, operators } = system;
  const densities = sources.map((source) => source.density);
  const { u, tangent, addAdjoint } = steadyState(
    system,
    densities,
    sources.map(() => true),
  );
  return {
    states: [u],
    ...steadyBalance(grid, operators, densities, u),
    tangent: (direction) => [tangent(direction)],
    tangents: (directions, each) => {
      for (const [d, direction] of directions.entries()) each(d, 0, tangent(direction));
    },
    adjoint([weights]) {
      const zero = () => new Float64Array(grid.cells);
      const gradient = { gamma0: zero(), gamma2: zero(), densities: sources.map(zero), start: zero() };
      addAdjoint(weights!.slice(), gradient);
      return gradient;
    },
  };
}
