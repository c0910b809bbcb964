import type { Block } from "./blocks.ts";
import type { Parameter } from "./parameters.ts";
import { latticeShares, type SplineField } from "./spline-field.ts";

/** `log gamma0 = log reference + sum_k theta_k B_k(r)`: a smooth field, positive by itself. */
export function smoothLaw(field: SplineField, reference: number): Block {
  return {
    parameters: coefficients(field, "gamma0", "gamma0", { unit: "1/s", log: true, reference, size: 1 }),
    on(grid) {
      const shares = latticeShares(field, grid.x.centres, grid.y?.centres);
      return {
        put(theta, fields) {
          fields.gamma0 = shares.values(theta).map((v) => reference * Math.exp(v));
        },
        change: (_theta, j, fields) => ({ gamma0: shares.column(j, fields.gamma0) }),
        all: {
          along: (direction, fields) => ({ gamma0: shares.values(direction).map((v, k) => v * fields.gamma0[k]!) }),
          transposed: (of, fields) => shares.transposed(of.gamma0.map((v, k) => v * fields.gamma0[k]!)),
        },
      };
    },
  };
}

/** The unknown start of one experiment: `u = size sum_k theta_k B_k(r)`. */
export function startLaw(field: SplineField, experiment: { readonly index: number; readonly name: string }, size: number): Block {
  const { index, name } = experiment;
  return {
    parameters: coefficients(field, "start", `start of ${name}`, { unit: field.y ? "J/m^2" : "J/m", log: false, reference: 0, size }),
    on(grid) {
      const shares = latticeShares(field, grid.x.centres, grid.y?.centres);
      const sizes = new Float64Array(grid.cells).fill(size);
      return {
        put(theta, fields) {
          fields.starts[index] = shares.values(theta).map((v) => size * v);
        },
        change(_theta, j) {
          const starts: (Float64Array | undefined)[] = [];
          starts[index] = shares.column(j, sizes);
          return { starts };
        },
        all: {
          along(direction) {
            const starts: (Float64Array | undefined)[] = [];
            starts[index] = shares.values(direction).map((v) => size * v);
            return { starts };
          },
          transposed: (of) => shares.transposed(of.starts[index]!).map((v) => size * v),
        },
      };
    },
  };
}

type Scale = Pick<Parameter, "unit" | "log" | "reference" | "size">;

function coefficients(field: SplineField, kind: Parameter["kind"], name: string, scale: Scale): Parameter[] {
  const nx = field.x.count;
  return Array.from({ length: field.count }, (_, k) => ({
    kind,
    name: `${name} (${k % nx}${field.y ? `, ${Math.floor(k / nx)}` : ""})`,
    ...scale,
    coefficient: true,
  }));
}
