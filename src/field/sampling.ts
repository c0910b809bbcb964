import { type Axis, cellAlong, type Grid } from "./grid.ts";
import { type Observation, observationOf } from "./observation.ts";
import type { FieldProblem, Points } from "./problem.ts";

const NO_FLUX = { type: "no-flux" } as const;
const CLOSED = { x: [NO_FLUX, NO_FLUX], y: [NO_FLUX, NO_FLUX] } as const;

/** The distinct points of all experiments, those of the first one first, in its order. */
export function mapPoints(problem: FieldProblem): Points {
  const known = new Set<string>();
  const [xs, ys]: [number[], number[]] = [[], []];
  for (const { points } of problem.experiments)
    for (let k = 0; k < points.x.length; k++) {
      const place = [points.x[k]!, points.y?.[k] ?? 0] as const;
      const key = place.map((v) => v.toPrecision(9)).join();
      if (known.has(key)) continue;
      known.add(key);
      xs.push(place[0]);
      ys.push(place[1]);
    }
  return problem.dimensions === 1 ? { x: Float64Array.from(xs) } : { x: Float64Array.from(xs), y: Float64Array.from(ys) };
}

/** A field of the cells at points: interpolated, or that of the nearest cell where fields jump (regions). */
export function sampling(grid: Grid, points: Points, jumps: boolean): Observation {
  const place = (axis: Axis, at: Float64Array) => (jumps ? at.map((v) => axis.centres[cellAlong(axis, v)]!) : at);
  const x = place(grid.x, points.x);
  return observationOf(grid, CLOSED, grid.y && points.y ? { x, y: place(grid.y, points.y) } : { x });
}

/** A field's values at points. */
export function sampled(observation: Observation, field: Float64Array): Float64Array {
  const out = new Float64Array(observation.points);
  observation.read(field, out, 0);
  return out;
}
