import { describe, expect, it } from "vitest";
import { chooseSteps } from "../../src/field/choose-steps.ts";
import type { Boundary, Course } from "../../src/field/equation.ts";
import { solve } from "../../src/field/forward.ts";
import { equalEdges, type Grid, gridOf } from "../../src/field/grid.ts";
import { bumpsAt, type Film, type Sensor, solveFilm } from "../../src/simulate/film.ts";
import type { Ends } from "../../src/simulate/film-modes.ts";
import { densityAt, spotOfPower } from "../../src/simulate/film-recording.ts";

const ms = 1e-3;
const TIMES = [0.1, 0.5, 1, 1.1, 2].map((t) => t * ms);
const drive = { bumps: [spotOfPower([1.6e-3, 2.4e-3], 0.6e-3, 2e-3)], on: [0, ms] as const };

/** Largest error at the output times, relative to the largest u, on cells of 5 mm / n. */
function error(film: Film, n: number): number {
  const grid = gridOf(equalEdges(0, film.size[0]!, n), equalEdges(0, film.size[1]!, Math.round((n * film.size[1]!) / film.size[0]!)));
  const sensors = centres(grid);
  const medium = {
    gamma0: Float64Array.from(sensors, ({ at }) => film.ground + bumpsAt(film.spots, at)),
    gamma2: new Float64Array(grid.cells).fill(film.gamma2),
  };
  const side = { type: film.ends ?? "no-flux" } as const;
  const boundary: Boundary = { x: [side, side], y: [side, side] };
  const sources = [{ density: densityAt(drive.bumps, sensors), on: [drive.on] }];
  const course = {
    type: "transient",
    sources,
    start: new Float64Array(grid.cells),
    from: 0,
    times: Float64Array.from(TIMES),
  } as const satisfies Course;
  const { ends } = chooseSteps(grid, boundary, medium, course, { tolerance: 1e-5 });
  const { states } = solve(grid, boundary, medium, course, ends);
  const exact = solveFilm(film, { drives: [drive] });
  let [worst, most] = [0, 0];
  TIMES.forEach((t, k) => {
    exact.at(t, sensors).forEach((u, i) => {
      worst = Math.max(worst, Math.abs(u - states[k]![i]!));
      most = Math.max(most, u);
    });
  });
  return worst / most;
}

function centres(grid: Grid): Sensor[] {
  return Array.from({ length: grid.cells }, (_, k) => {
    const nx = grid.x.centres.length;
    return { at: [grid.x.centres[k % nx]!, grid.y!.centres[Math.floor(k / nx)]!], spread: 0 };
  });
}

describe("finite volumes against an expansion in modes, exact in time", () => {
  it.each(["no-flux", "dirichlet"] as const)("%s: second order in the cells, below 1.2e-3 of the largest u on 60 x 48", (ends: Ends) => {
    const spots = [{ centre: [3.2e-3, 1.4e-3], width: 0.5e-3, height: 6000 }];
    const film: Film = { size: [5e-3, 4e-3], gamma2: 1e-3, ground: 2000, spots: ends === "no-flux" ? spots : [], ends };
    const [coarse, fine] = [error(film, 30), error(film, 60)];
    expect(fine).toBeLessThan(1.2e-3);
    expect(coarse / fine).toBeGreaterThan(3.4);
  });
});
