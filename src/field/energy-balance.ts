import { middleState } from "./adi.ts";
import type { AxisOperator } from "./axis-operator.ts";
import type { Solution } from "./equation.ts";
import type { Grid } from "./grid.ts";
import type { March } from "./march.ts";

type Balance = Pick<Solution, "least" | "imbalance">;

/**
 * Energy of every step, by the quadrature that the scheme implies: with u* and (u + u1)/2 for what is lost along x and along y,
 * `E1 - E = dt (int R - int gamma0 u - flux out)` holds to rounding. The difference of that quadrature from the true integral is of second order in
 * the step like the scheme itself; halving the steps measures it (`chooseSteps`).
 */
export function transientBalance({ system: { grid, operators }, densities, steps, trajectory }: March): Balance {
  const { cells, volumes } = grid;
  const [x, y] = operators as readonly [AxisOperator, AxisOperator?];
  const powers = densities.map((density) => energy(volumes, density));
  const [middle, mean] = [new Float64Array(cells), new Float64Array(cells)];
  const u = trajectory.at(0).slice();
  const [first, top] = extremes(u);
  let [lowest, highest] = [first, Math.max(top, -first)];
  let [defect, scale] = [0, 0];
  for (const [n, { half, on }] of steps.entries()) {
    const u1 = trajectory.at(n + 1);
    const [low, high] = extremes(u1);
    lowest = Math.min(lowest, low);
    highest = Math.max(highest, high, -low);
    middleState(operators, half, u, u1, middle);
    for (let k = 0; k < cells; k++) mean[k] = (u[k]! + u1[k]!) / 2;
    const gained = energy(volumes, u1) - energy(volumes, u);
    const absorbed = 2 * half * powers.reduce((sum, power, s) => (on[s] ? sum + power : sum), 0);
    const lost = 2 * half * (lossOf(x, volumes, middle) + (y ? lossOf(y, volumes, mean) : 0));
    defect = Math.max(defect, Math.abs(gained - absorbed + lost));
    scale = Math.max(scale, Math.abs(gained), Math.abs(absorbed), Math.abs(lost));
    u.set(u1);
  }
  return { least: highest > 0 ? lowest / highest : 0, imbalance: scale > 0 ? defect / scale : 0 };
}

/** `int R - int gamma0 u - flux out` of a steady state. */
export function steadyBalance(
  { volumes }: Grid,
  operators: readonly AxisOperator[],
  densities: readonly Float64Array[],
  u: Float64Array,
): Balance {
  const absorbed = densities.reduce((sum, density) => sum + energy(volumes, density), 0);
  const lost = operators.reduce((sum, of) => sum + lossOf(of, volumes, u), 0);
  const [low, high] = extremes(u);
  const top = Math.max(high, -low);
  const scale = Math.max(Math.abs(absorbed), Math.abs(lost));
  return { least: top > 0 ? low / top : 0, imbalance: scale > 0 ? Math.abs(absorbed - lost) / scale : 0 };
}

function energy(volumes: Float64Array, u: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < u.length; k++) sum += volumes[k]! * u[k]!;
  return sum;
}

/** Power that this direction's operator takes: its share of gamma0 and what leaves through its two sides. */
function lossOf(of: AxisOperator, volumes: Float64Array, u: Float64Array): number {
  const { length, count, step, apart } = of.lines;
  let sum = 0;
  for (let k = 0; k < u.length; k++) sum += volumes[k]! * of.loss[k]! * u[k]!;
  if (!of.periodic)
    for (let l = 0; l < count; l++) {
      const first = l * apart;
      sum += of.across[l]! * (of.low[first]! * u[first]! + of.high[l]! * u[first + (length - 1) * step]!);
    }
  return sum;
}

function extremes(u: Float64Array): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (let k = 0; k < u.length; k++) {
    if (u[k]! < low) low = u[k]!;
    if (u[k]! > high) high = u[k]!;
  }
  return [low, high];
}
