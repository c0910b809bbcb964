import type { Block } from "./blocks.ts";
import type { Grid } from "./grid.ts";
import { numberOf, type Parameter } from "./parameters.ts";
import type { Regions } from "./problem.ts";

/** Region of each cell (by its centre): the last box that holds it, else the first region. */
function regionOfCells(grid: Grid, regions: Regions): Int32Array {
  const nx = grid.x.centres.length;
  return Int32Array.from({ length: grid.cells }, (_, k) =>
    regionAt(regions, [grid.x.centres[k % nx]!, ...(grid.y ? [grid.y.centres[Math.floor(k / nx)]!] : [])]),
  );
}

/** Region of a place. */
function regionAt(regions: Regions, place: readonly number[]): number {
  const box = regions.boxes.findLast(({ low, high }) => place.every((v, d) => v >= low[d]! && v <= high[d]!));
  return box?.region ?? 0;
}

/** gamma0 or gamma2 constant in each region, `reference exp(theta)`; one region where none are given. */
export function regionLaw(kind: "gamma0" | "gamma2", regions: Regions | undefined, reference: number): Block {
  const names = regions?.names ?? [""];
  const parameters = names.map(
    (name): Parameter => ({
      kind,
      name: name === "" ? kind : `${kind} ${name}`,
      unit: kind === "gamma0" ? "1/s" : "m^2/s",
      log: true,
      reference,
      size: 1,
      coefficient: false,
    }),
  );
  return {
    parameters,
    on(grid) {
      const region = regions ? regionOfCells(grid, regions) : new Int32Array(grid.cells);
      return {
        put(theta, fields) {
          const values = parameters.map((p, r) => numberOf(p, theta[r]!));
          fields[kind] = Float64Array.from(region, (r) => values[r]!);
        },
        change: (_theta, j, fields) => ({ [kind]: fields[kind].map((v, k) => (region[k] === j ? v : 0)) }),
      };
    },
  };
}
