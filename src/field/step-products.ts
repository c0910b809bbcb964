import { type AxisOperator, addEndProducts, addFaceProducts, type Coefficients } from "./axis-operator.ts";

/** One step of a course and of its adjoint (transient-adjoint.ts). */
interface SteppedBack {
  readonly u: Float64Array;
  readonly middle: Float64Array;
  readonly u1: Float64Array;
  readonly mu: Float64Array;
  readonly nu: Float64Array;
}

/**
 * Adds `factor ((mu + nu) A' u* + mu B' u1 + nu B' u)` to the derivatives: by gamma0 per volume into `loss`, by conductances per width of the line into
 * `faces`. In one pass over the cells: it is as long as the solves of the step.
 */
export function addStepProducts(
  operators: readonly AxisOperator[],
  factor: number,
  step: SteppedBack,
  loss: Float64Array,
  faces: readonly Coefficients[],
): void {
  const [x, y] = operators as readonly [AxisOperator, AxisOperator?];
  const { u, middle, u1, mu, nu } = step;
  const [alongX, alongY] = faces as readonly [Coefficients, Coefficients?];
  if (!y || !alongY) {
    for (const v of [mu, nu]) {
      for (let k = 0; k < v.length; k++) loss[k]! += factor * v[k]! * middle[k]!;
      addFaceProducts(x, alongX, factor, v, middle);
    }
    return;
  }
  const [lowX, lowY] = [alongX.low, alongY.low];
  const nx = x.lines.length;
  for (let first = 0; first < u.length; first += nx) {
    // Before the first cell of a line stands the cell itself: no product.
    const down = first > 0 ? nx : 0;
    let bothLeft = mu[first]! + nu[first]!;
    let middleLeft = middle[first]!;
    for (let k = first, end = first + nx; k < end; k++) {
      const m = mu[k]!;
      const n = nu[k]!;
      const before = u[k]!;
      const after = u1[k]!;
      const at = middle[k]!;
      const both = m + n;
      loss[k]! += 0.5 * factor * (both * at + m * after + n * before);
      lowX[k]! += factor * (both - bothLeft) * (at - middleLeft);
      lowY[k]! += factor * ((m - mu[k - down]!) * (after - u1[k - down]!) + (n - nu[k - down]!) * (before - u[k - down]!));
      bothLeft = both;
      middleLeft = at;
    }
  }
  for (const v of [mu, nu]) addEndProducts(x, alongX, factor, v, middle);
  addEndProducts(y, alongY, factor, mu, u1);
  addEndProducts(y, alongY, factor, nu, u);
}

/** Adds `factor (mu + nu)`: the derivative by a density that is on during the step, per volume. */
export function addStepPower(factor: number, { mu, nu }: SteppedBack, density: Float64Array): void {
  for (let k = 0; k < density.length; k++) density[k]! += factor * (mu[k]! + nu[k]!);
}
