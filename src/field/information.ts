import { gram } from "../numerics/gram.ts";
import type { Perturbation, Solution } from "./equation.ts";
import type { Observation } from "./observation.ts";

/** Data whose derivatives are multiplied together, where one output time has fewer points. */
const ENOUGH = 512;

/** What an experiment feels of parameter j. */
export interface Felt {
  readonly j: number;
  readonly direction: Perturbation | undefined;
  readonly background: number;
}

/**
 * One experiment's `J^T W J` (row-major, p x p), output time by output time, so that the Jacobian is never whole.
 * @param roots square roots of the weights as a film, 0 where nothing was measured
 */
export function informationOf(
  solution: Solution,
  observation: Observation,
  felt: readonly Felt[],
  roots: Float64Array,
  p: number,
): Float64Array {
  const total = new Float64Array(p * p);
  const { points } = observation;
  const together = Math.min(solution.states.length, Math.ceil(ENOUGH / points));
  const length = together * points;
  const rows = new Float64Array(felt.length * length);
  let open = 0;
  const close = () => {
    felt.forEach(({ background }, a) => {
      for (let i = 0; i < length; i++) rows[a * length + i] = (rows[a * length + i]! + background) * (roots[open * length + i] ?? 0);
    });
    const products = gram(rows, felt.length, length);
    felt.forEach(({ j }, a) => {
      felt.forEach(({ j: k }, b) => {
        total[j * p + k]! += products[a * felt.length + b]!;
      });
    });
    rows.fill(0);
    open++;
  };
  const driven = felt.flatMap(({ direction }, a) => (direction ? [{ direction, a }] : []));
  solution.tangents(
    driven.map(({ direction }) => direction),
    (d, time, state) => {
      while (Math.floor(time / together) > open) close();
      observation.read(state, rows, driven[d]!.a * length + (time % together) * points);
    },
  );
  while (open * together < solution.states.length) close();
  return total;
}
