import { carried, firstHalf, middleState, secondHalf } from "./adi.ts";
import { conductancesAdjoint, emptyCoefficients } from "./axis-operator.ts";
import type { Gradient } from "./equation.ts";
import type { March } from "./march.ts";
import { addStepPower, addStepProducts } from "./step-products.ts";

/**
 * Gradient of `sum_i weights[i] . states[i]`: the transposed steps in reverse order. With mu and nu the adjoints (per volume) of the second and the
 * first half of a step, `v = nu` of the later step, r the later step over this one and W the weights per volume at its end,
 *
 *     v += W/(1 + r),  v = (1 + r)(I + sB)^-1 v - r v,  v += r W/(1 + r):  mu = v,     v = 2 (I + sA)^-1 v - v:  nu = v,
 *
 * and the gradient grows by `-s ((mu + nu) A' u* + mu B' u1 + nu B' u)` and `s (mu + nu) R'`.
 */
export function transientAdjoint(march: March, weights: readonly Float64Array[]): Gradient {
  const { system, steps, outputs, ratio, trajectory, steady } = march;
  const { grid, operators, factors } = system;
  if (weights.length !== outputs.length) throw new RangeError("the adjoint needs one map of weights per output time");
  const zero = () => new Float64Array(grid.cells);
  const gradient = { gamma0: zero(), gamma2: zero(), densities: march.densities.map(zero) };
  const faces = operators.map(emptyCoefficients);
  const [v, mu, middle, scratch] = [zero(), zero(), zero(), zero()];
  // W per volume of the last step asked for.
  const perVolume = zero();
  const gather = (n: number) => {
    const here = weights.filter((_, i) => outputs[i] === n);
    if (here.length > 0) perVolume.fill(0);
    for (const w of here) for (let k = 0; k < v.length; k++) perVolume[k]! += w[k]! / grid.volumes[k]!;
    return here.length > 0;
  };
  const weigh = (part: number) => {
    for (let k = 0; k < v.length; k++) v[k]! += part * perVolume[k]!;
  };
  const last = Math.max(0, ...outputs);
  const u1 = trajectory.at(last).slice();
  for (let n = last - 1; n >= 0; n--) {
    const { half, on } = steps[n]!;
    const r = ratio(n);
    const weighed = gather(n + 1);
    if (weighed) weigh(1 / (1 + r));
    secondHalf(operators, factors(half), r, v, scratch);
    if (weighed) weigh(r / (1 + r));
    mu.set(v);
    firstHalf(operators, factors(half), v, scratch);
    const u = trajectory.at(n);
    middleState(operators, half, u, u1, middle);
    const step = { u, middle, u1, mu, nu: v };
    addStepProducts(operators, -half, step, gradient.gamma0, faces);
    for (const [s, density] of gradient.densities.entries()) if (on[s]) addStepPower(half, step, density);
    u1.set(u);
  }
  for (const map of [gradient.gamma0, ...gradient.densities]) for (let k = 0; k < map.length; k++) map[k]! *= grid.volumes[k]!;
  for (const [i, of] of operators.entries()) conductancesAdjoint(of, faces[i]!, gradient.gamma2);
  if (last > 0) v.set(carried(operators, steps[0]!.half, v));
  if (gather(0)) weigh(1);
  for (let k = 0; k < v.length; k++) v[k]! *= grid.volumes[k]!;
  if (!steady) return { ...gradient, start: v };
  steady.addAdjoint(v, gradient);
  return { ...gradient, start: zero() };
}
