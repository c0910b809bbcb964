import type { Change, Fields } from "./blocks.ts";
import type { Gradient, Perturbation } from "./equation.ts";
import type { LawsOnGrid } from "./parametrisation.ts";

/** The part of a change that one experiment feels; undefined where it feels nothing. */
export function perturbation(change: Change, e: number): Perturbation | undefined {
  const densities = change.densities?.[e];
  const start = change.starts?.[e];
  const sources = densities?.some((d) => d !== undefined) ? densities : undefined;
  if (!change.gamma0 && !change.gamma2 && !sources && !start) return undefined;
  return {
    ...(change.gamma0 && { gamma0: change.gamma0 }),
    ...(change.gamma2 && { gamma2: change.gamma2 }),
    ...(sources && { densities: sources }),
    ...(start && { start }),
  };
}

function product(change: Change, gradient: Gradient, e: number): number {
  let s = 0;
  const add = (a: Float64Array | undefined, b: Float64Array) => {
    if (a) for (let k = 0; k < a.length; k++) s += a[k]! * b[k]!;
  };
  add(change.gamma0, gradient.gamma0);
  add(change.gamma2, gradient.gamma2);
  add(change.starts?.[e], gradient.start);
  change.densities?.[e]?.forEach((density, i) => {
    add(density, gradient.densities[i]!);
  });
  return s;
}

/** The sum of all parameters' changes times a direction. */
export function changeAlong(laws: LawsOnGrid, theta: Float64Array, direction: Float64Array, fields: Fields): Change {
  const cells = fields.gamma0.length;
  const total: { gamma0?: Float64Array; gamma2?: Float64Array; densities: Float64Array[][]; starts: Float64Array[]; background: number } = {
    densities: [],
    starts: [],
    background: 0,
  };
  const onto = (sum: Float64Array | undefined, v: Float64Array, factor: number): Float64Array => {
    const out = sum ?? new Float64Array(cells);
    for (let k = 0; k < cells; k++) out[k]! += factor * v[k]!;
    return out;
  };
  const add = (change: Change, d: number) => {
    if (change.gamma0) total.gamma0 = onto(total.gamma0, change.gamma0, d);
    if (change.gamma2) total.gamma2 = onto(total.gamma2, change.gamma2, d);
    change.densities?.forEach((densities, e) => {
      total.densities[e] ??= [];
      densities.forEach((v, s) => {
        if (v) total.densities[e]![s] = onto(total.densities[e]![s], v, d);
      });
    });
    change.starts?.forEach((v, e) => {
      if (v) total.starts[e] = onto(total.starts[e], v, d);
    });
    total.background += d * (change.background ?? 0);
  };
  for (const { block, from, to } of laws.blocks) {
    const own = direction.subarray(from, to);
    if (own.every((d) => d === 0)) continue;
    if (block.all) add(block.all.along(own, fields), 1);
    else for (const [j, d] of own.entries()) if (d !== 0) add(block.change(theta.subarray(from, to), j, fields), d);
  }
  return total;
}

/** The gradient with respect to theta from those of each experiment. @param background sum of the weights of all data */
export function gradientOf(
  laws: LawsOnGrid,
  theta: Float64Array,
  fields: Fields,
  gradients: readonly Gradient[],
  background: number,
): Float64Array {
  const gamma0 = new Float64Array(fields.gamma0.length);
  for (const gradient of gradients) for (let k = 0; k < gamma0.length; k++) gamma0[k]! += gradient.gamma0[k]!;
  const starts = gradients.map(({ start }) => start);
  const out = new Float64Array(theta.length);
  for (const { block, from, to } of laws.blocks) {
    if (block.all) {
      out.set(block.all.transposed({ gamma0, starts }, fields), from);
      continue;
    }
    for (let j = from; j < to; j++) {
      const change = block.change(theta.subarray(from, to), j - from, fields);
      out[j] = (change.background ?? 0) * background + gradients.reduce((s, gradient, e) => s + product(change, gradient, e), 0);
    }
  }
  return out;
}
