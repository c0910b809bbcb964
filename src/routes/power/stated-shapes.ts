import type { CommonInput } from "./common-input.ts";
import { shapeFit } from "./shape-fit.ts";
import { ordinaryColumns, type ShapePoint, type StatedShapes } from "./weak-drive.ts";

/** What the stated errors amount to in the three shapes of PHYSICS.md sec. 1: a the same at every power, d an offset, e an amplitude. */
export interface StatedErrors extends StatedShapes {
  readonly scale: number;
}

/** Common inputs by where they come from: what is not known there leaves the shape that it would have not known. */
export interface InputGroups {
  readonly power: readonly CommonInput[];
  readonly scattering: readonly CommonInput[];
  readonly population: readonly CommonInput[];
}

/**
 * One s.d. of a, d and e by the stated errors: each common input's relative effect on every point, as a sum of the three shapes; inputs add in
 * squares. An undriven population is a pure d, an attenuation a pure a, a readout error with n_eq from elsewhere both. What is more than one number
 * (`variance`) is noise, no shape.
 * @param indices places of `points` among all operating points of the inputs.
 */
export function statedErrors(groups: InputGroups, points: readonly ShapePoint[], indices: readonly number[], all: number): StatedErrors {
  const columns = ordinaryColumns(points, 1, 0);
  const squares = [0, 0, 0];
  const add = (inputs: readonly CommonInput[], own: number) => {
    for (const input of inputs) {
      if (input.variance) continue;
      const effects = indices.map((i) => input.effect(Array.from({ length: all }, (_, j) => (i === j ? 1 : 0))));
      const parts = effects.every(Number.isFinite)
        ? shapeFit(
            effects,
            effects.map(() => 1),
            columns,
          )?.values
        : undefined;
      const largest = Math.max(...effects.map(Math.abs));
      if (parts)
        parts.forEach((x, j) => {
          // Rounding is no stated error.
          const reach = Math.max(...columns[j]!.map((c) => Math.abs(c * x)));
          if (reach > NEGLIGIBLE * largest) squares[j]! += x * x;
        });
      else squares[own] = Number.NaN;
    }
  };
  add(groups.power, 0);
  add(groups.population, 1);
  add(groups.scattering, 2);
  const [scale, offset, amplitude] = squares.map(Math.sqrt) as [number, number, number];
  // Nothing stated is not known, not exact.
  const known = (x: number) => (x > 0 ? x : Number.NaN);
  return { scale: known(scale), offset: known(offset), amplitude: known(amplitude) };
}

const NEGLIGIBLE = 1e-6;
