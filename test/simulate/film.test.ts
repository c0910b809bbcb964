import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Film, solveFilm } from "../../src/simulate/film.ts";
import { exactFilm, recordFilm, sensorGrid, spotOfPower } from "../../src/simulate/film-recording.ts";

const [ground, gamma2] = [2000, 1e-3];
const line = (ends: Film["ends"] = "no-flux"): Film => ({ size: [5e-3], gamma2, ground, spots: [], ends });
const read = (film: Film, ...x: number[]) => [
  ...solveFilm(film, spotDrive(film)).at(
    0,
    x.map((at) => ({ at: [at], spread: 0 })),
  ),
];
/** A spot of 100 um in the middle, on since ever. */
const spotDrive = (film: Film) => ({
  drives: [{ bumps: [spotOfPower([film.size[0]! / 2], 1e-4, 1)], on: [-Infinity, Infinity] as const }],
});

describe("the simulated film is the closed form of PHYSICS.md sec. 4", () => {
  const l = Math.sqrt(gamma2 / ground);
  // Far from a Gaussian of width w its field is that of a point, times exp(w^2/(2 l^2)).
  const point = Math.exp((1e-4 / l) ** 2 / 2) / (2 * Math.sqrt(ground * gamma2));
  it("steady line under a spot between walls: cosh(x/l)/sinh(L/2l), x from the wall", () => {
    for (const x of [8e-4, 1.5e-3]) expect(read(line(), x)[0]! / ((point * Math.cosh(x / l)) / Math.sinh(2.5e-3 / l))).toBeCloseTo(1, 5);
  });
  it("steady line with u = 0 at its ends: sinh(x/l)/cosh(L/2l)", () => {
    for (const x of [8e-4, 1.5e-3])
      expect(read(line("dirichlet"), x)[0]! / ((point * Math.sinh(x / l)) / Math.cosh(2.5e-3 / l))).toBeCloseTo(1, 5);
  });
  it("a Gaussian pulse on an open film: spreads by 2 gamma2 t per axis, decays by exp(-gamma0 t), a sensor's spread adds", () => {
    const film: Film = { size: [0.02, 0.02], gamma2, ground, spots: [] };
    const [w, t, s] = [1.5e-3, 8e-4, 4e-4];
    const u = solveFilm(film, { drives: [], start: [{ centre: [0.01, 0.011], width: w, height: 1 }] });
    const wide = w ** 2 + 2 * gamma2 * t + s ** 2;
    for (const [x, y] of [
      [0.01, 0.01],
      [0.012, 0.009],
    ] as const) {
      const r2 = (x - 0.01) ** 2 + (y - 0.011) ** 2;
      const expected = (w ** 2 / wide) * Math.exp(-r2 / (2 * wide) - ground * t);
      expect(u.at(t, [{ at: [x, y], spread: s }])[0]! / expected).toBeCloseTo(1, 6);
    }
  });
  it("energy: with uneven gamma0 the film loses as much as it takes", () => {
    const film: Film = { size: [5e-3, 4e-3], gamma2, ground, spots: [{ centre: [3.2e-3, 1.6e-3], width: 5e-4, height: 6000 }] };
    const sensors = sensorGrid(film.size, [60, 48]);
    const u = solveFilm(film, { drives: [{ bumps: [spotOfPower([1.6e-3, 2.2e-3], 4e-4, 2e-3)], on: [-Infinity, Infinity] }] }).at(
      0,
      sensors,
    );
    const gamma0 = sensors.map(({ at }) => ground + 6000 * Math.exp(-((at[0]! - 3.2e-3) ** 2 + (at[1]! - 1.6e-3) ** 2) / (2 * 5e-4 ** 2)));
    const lost = u.reduce((sum, x, k) => sum + x * gamma0[k]!, 0) * (5e-3 / 60) * (4e-3 / 48);
    expect(lost / 2e-3).toBeCloseTo(1, 4);
  });
  it("switching on and off is the difference of two steady sources", () => {
    const film: Film = { size: [5e-3], gamma2, ground, spots: [{ centre: [3.2e-3], width: 5e-4, height: 6000 }] };
    const bumps = [spotOfPower([1.6e-3], 4e-4, 1)];
    const sensors = sensorGrid(film.size, [9]);
    const at = (on: readonly [number, number], t: number) => solveFilm(film, { drives: [{ bumps, on }] }).at(t, sensors);
    const [pulse, early, late] = [at([0, 1e-3], 2e-3), at([0, Infinity], 2e-3), at([0, Infinity], 1e-3)];
    for (let k = 0; k < 9; k++) expect(pulse[k]!).toBeLessThan(early[k]!);
    expect(at([-Infinity, 0], 0)[4]! / at([-Infinity, Infinity], 0)[4]!).toBeCloseTo(1, 9);
    expect(late[2]!).toBeLessThan(at([-Infinity, 1e-3], 1e-3)[2]!);
  });
});

describe("a recording", () => {
  const e = { film: line(), course: spotDrive(line()), sensors: sensorGrid([5e-3], [400]), noise: 0.01, missing: 0.1 };
  it("has noise of the stated size, gaps of the stated share, and repeats with its seed", () => {
    const exact = exactFilm(e);
    const { values, sigma } = recordFilm(e, 3, exact);
    expect(recordFilm(e, 3)).toEqual({ exact, values, sigma });
    expect(sigma / Math.max(...exact)).toBeCloseTo(0.01, 12);
    const there = [...values.keys()].filter((k) => !Number.isNaN(values[k]!));
    expect(Math.abs(there.length - 360)).toBeLessThan(25);
    const chi2 = there.reduce((sum, k) => sum + ((values[k]! - exact[k]!) / sigma) ** 2, 0);
    expect(Math.abs(chi2 - there.length)).toBeLessThan(4 * Math.sqrt(2 * there.length));
  });
});

const FEM = new URL("../../../shared/data/field-fem/", import.meta.url);
describe.skipIf(!existsSync(FEM))("against the finite-element solution of ../shared/data/field-fem", () => {
  it("chi2 of its 14976 noisy values is their number", () => {
    const rows = readFileSync(new URL("u_map.csv", FEM), "utf8").trim().split("\n").slice(3);
    const cells = rows.map((row) => row.split(",").map(Number) as [t: number, x: number, y: number, u: number, sigma: number]);
    const spots = [{ centre: [3.2e-3, 1.6e-3], width: 4e-4, height: 6000 }];
    const drive = { bumps: [spotOfPower([1.6e-3, 3e-3], 3e-4, 2e-3)], on: [0, 1e-3] as const };
    const solution = solveFilm({ size: [5e-3, 5e-3], gamma2: 1e-3, ground: 2000, spots }, { drives: [drive] });
    let chi2 = 0;
    for (const t of new Set(cells.map(([time]) => time))) {
      const list = cells.filter(([time]) => time === t);
      const u = solution.at(
        t,
        list.map(([, x, y]) => ({ at: [x, y], spread: 0 })),
      );
      chi2 += list.reduce((sum, [, , , value, sigma], k) => sum + ((value - u[k]!) / sigma) ** 2, 0);
    }
    expect(cells.length).toBe(14976);
    expect(Math.abs(chi2 - cells.length)).toBeLessThan(3 * Math.sqrt(2 * cells.length));
  });
});
