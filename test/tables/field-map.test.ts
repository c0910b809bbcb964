import { expect, it } from "vitest";
import { fieldFilmTable, fieldMapTable } from "../../src/tables/field-map.ts";

const of = (...values: number[]) => Float64Array.of(...values);
const MAP = {
  ...{
    x: of(1, 2),
    gamma0: of(100, 0.01),
    sigma: of(5, 0.05),
    priorShare: of(0.1, 1),
    diffusionLength: of(3, 4),
    partition: of(0.9, 0.8),
    share: of(0.5, 0.6),
  },
};

it("field_<cooldown>.csv is empty where the relative error is above 1, and where nothing was fitted", () => {
  expect(fieldMapTable({ ...MAP, y: of(7, 8) }).rows).toEqual([
    [1, 7, 100, 5, 0.9],
    [2, 8, Number.NaN, Number.NaN, Number.NaN],
  ]);
  expect(fieldMapTable({ x: of(1) }).rows).toEqual([[1, Number.NaN, Number.NaN, Number.NaN, Number.NaN]]);
});

it("the Arrow file has data, model, source and the map at every point and time, whatever the order of the points", () => {
  const film = {
    ...{
      name: "u.csv",
      x: of(2, 1),
      times: of(0, 10),
      values: of(1, 2, 3, 4),
      sigma: of(1, 1, 2, 2),
      source: of(0, 0, 5, 6),
      model: of(1, 1, 1, 1),
    },
    partition: of(Number.NaN, Number.NaN, 0.7, 0.6),
  };
  const { columns, rows } = fieldFilmTable([film], MAP);
  const named = (row: number) => Object.fromEntries(columns.map((c, i) => [c.name, rows[row]![i]]));
  expect(rows).toHaveLength(4);
  expect(named(3)).toEqual({
    ...{ experiment: "u.csv", time: 10, x: 1, y: Number.NaN, u: 4, sigma_u: 2, model: 1, residual: 1.5, r_total: 6, f: 0.6 },
    ...{ gamma0: 100, sigma_gamma0: 5, prior_share: 0.1, diffusion_length: 3, f_steady: 0.9, share: 0.5 },
  });
  const { model: _m, partition: _p, times: _t, ...refused } = film;
  expect(fieldFilmTable([refused], undefined).rows[0]!.slice(0, 10)).toEqual([
    ...["u.csv", Number.NaN, 2, Number.NaN, 1, 1, Number.NaN, Number.NaN, 0, Number.NaN],
  ]);
});
