import type { Block } from "./blocks.ts";
import { type GaussianOnGrid, gaussianOn } from "./gaussian.ts";
import type { Grid } from "./grid.ts";
import { numberOf, type Parameter, slopeOf } from "./parameters.ts";
import type { DefectSpot } from "./problem.ts";

/**
 * gamma0 = ground + sum of Gaussian spots, whose centres, widths and heights are all free. A height may be negative;
 * where gamma0 is then not positive the law throws (the step is rejected).
 */
export function spotLaw(spots: readonly DefectSpot[], ground: number): Block {
  const parameters: Parameter[] = [
    { kind: "gamma0", name: "gamma0 ground", unit: "1/s", log: true, reference: ground, size: 1, coefficient: false },
  ];
  spots.forEach((spot, s) => {
    const named = (what: string) => ({ kind: "gamma0" as const, name: `defect ${s + 1} ${what}`, coefficient: false });
    spot.centre.forEach((c, d) => {
      parameters.push({ ...named(d === 0 ? "x" : "y"), unit: "m", log: false, reference: c, size: spot.width });
    });
    parameters.push({ ...named("width"), unit: "m", log: true, reference: spot.width, size: 1 });
    parameters.push({
      ...named("height"),
      unit: "1/s",
      log: false,
      reference: spot.height,
      size: Math.max(Math.abs(spot.height), ground / 10),
    });
  });
  const dimensions = spots[0]?.centre.length ?? 1;
  const each = dimensions + 2;
  const first = (s: number) => 1 + s * each;
  const numberAt = (theta: Float64Array, j: number) => numberOf(parameters[j]!, theta[j]!);
  const shapes = (grid: Grid, theta: Float64Array): GaussianOnGrid[] =>
    spots.map((spot, s) =>
      gaussianOn(
        grid,
        spot.centre.map((_, d) => numberAt(theta, first(s) + d)),
        numberAt(theta, first(s) + dimensions),
      ),
    );
  return {
    parameters,
    on: (grid) => ({
      put(theta, fields) {
        const gamma0 = new Float64Array(grid.cells).fill(numberAt(theta, 0));
        shapes(grid, theta).forEach(({ value }, s) => {
          const height = numberAt(theta, first(s) + dimensions + 1);
          for (let k = 0; k < grid.cells; k++) gamma0[k]! += height * value[k]!;
        });
        if (!gamma0.every((v) => v > 0)) throw new RangeError("gamma0 is not positive everywhere");
        fields.gamma0 = gamma0;
      },
      change(theta, j) {
        const slope = slopeOf(parameters[j]!, theta[j]!);
        if (j === 0) return { gamma0: new Float64Array(grid.cells).fill(slope) };
        const s = Math.floor((j - 1) / each);
        const part = (j - 1) % each;
        const { value, byCentre, byLogWidth } = shapes(grid, theta)[s]!;
        const height = numberAt(theta, first(s) + dimensions + 1);
        if (part < dimensions) return { gamma0: byCentre[part]!.map((v) => height * slope * v) };
        return { gamma0: part === dimensions ? byLogWidth.map((v) => height * v) : value.map((v) => slope * v) };
      },
    }),
  };
}
