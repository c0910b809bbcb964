import { kernels } from "./basis.ts";
import { evaluate } from "./climb.ts";
import { DEVIANCE, EXPECTED, GRADIENT, OBSERVED, P, RAW, STEP } from "./counts-slots.ts";
import { countsDeviance, countsSums } from "./counts-sums.ts";
import { CONVERGED, GROWING, NOT_A_POPULATION, NOT_CONVERGED, TOO_FAST } from "./endings.ts";
import type { Plan } from "./plan.ts";

/** The populations of a trace, unchanged, beside the plan's copy without its centre. */
export function takeCounts(plan: Plan, values: Float64Array, from: number): number {
  const { counts, axis } = plan;
  const { points, order } = axis;
  let outside = 0;
  for (let k = 0; k < points; k++) {
    const v = values[from + (order === undefined ? k : order[k]!)]!;
    counts[RAW + k] = v;
    if (!(v >= 0 && v <= 1)) outside++;
  }
  return outside > 0 ? NOT_A_POPULATION : CONVERGED;
}

const PATIENCE = 60;
/** Distance to the minimum, in standard deviations, at which the iteration ends. */
const NEAR = 1e-9;
/** A start on the edge of what counts allow would have no likelihood. */
const EDGE = 1e-3;

/**
 * Maximum likelihood of binomial counts: Newton's iteration with the deviance's own second derivatives (the expected ones where those are not positive),
 * from the least-squares fit in the plan's working numbers. Steps that do not come nearer are taken only where they lower the deviance.
 */
export function climbCounts(plan: Plan): number {
  const { counts, work, grid } = plan;
  startCounts(plan);
  const slowest = grid[0]!;
  const fastest = grid[grid.length - 1]!;
  let last = Number.POSITIVE_INFINITY;
  let careful = false;
  for (let k = 0; k < PATIENCE; k++) {
    countsSums(plan);
    work.count = work.count + 1;
    const newton = solve(plan, OBSERVED, heldBits(plan));
    if (!newton && !solve(plan, EXPECTED, heldBits(plan))) return NOT_CONVERGED;
    const square = -(
      counts[STEP]! * counts[GRADIENT]! +
      counts[STEP + 1]! * counts[GRADIENT + 1]! +
      counts[STEP + 2]! * counts[GRADIENT + 2]!
    );
    if (!(square >= 0)) return NOT_CONVERGED;
    const distance = Math.sqrt(square);
    if (distance < NEAR || (k > 30 && distance < 1e-6)) {
      if (counts[P + 2]! >= fastest) return TOO_FAST;
      return counts[P + 2]! <= slowest ? GROWING : CONVERGED;
    }
    if (distance > 0.5 * last) careful = true;
    last = distance;
    if (!careful) stepTo(plan, 0);
    else if (!stepDown(plan)) return distance < 1e-6 ? CONVERGED : NOT_CONVERGED;
  }
  return NOT_CONVERGED;
}

/** a, b and g of the least-squares fit, inside their bounds. */
function startCounts(plan: Plan): void {
  const { counts, work, sums } = plan;
  evaluate(plan);
  const g = work.g;
  const beta = plan.freeAmplitude ? work.y / work.d : plan.amplitude;
  if (plan.freeOffset) {
    const alpha = work.centre - (beta * work.b) / plan.totalWeight;
    kernels(g, sums);
    const straight = work.straight === 1;
    counts[P] = inside(straight ? alpha : alpha + beta);
    counts[P + 1] = inside(alpha + beta * (straight ? sums[0]! : Math.exp(-g)));
  } else {
    counts[P + 1] = plan.offset;
    counts[P] = plan.freeAmplitude ? inside(plan.offset + beta) : plan.offset + beta;
  }
  counts[P + 2] = g;
}

function inside(v: number): number {
  return v < EDGE ? EDGE : v > 1 - EDGE ? 1 - EDGE : v;
}

/** Bit j set: parameter j is fixed, or on its bound with the deviance falling outwards. */
function heldBits(plan: Plan): number {
  const { counts, grid } = plan;
  const slowest = grid[0]!;
  const fastest = grid[grid.length - 1]!;
  let bits = (plan.freeAmplitude ? 0 : 1) | (plan.freeOffset ? 0 : 2);
  for (let j = 0; j < 3; j++) {
    const low = j < 2 ? 0 : slowest;
    const high = j < 2 ? 1 : fastest;
    const slope = counts[GRADIENT + j]!;
    if ((counts[P + j]! <= low && slope >= 0) || (counts[P + j]! >= high && slope <= 0)) bits |= 1 << j;
  }
  return bits;
}

/** Newton's step of the parameters that are not held, into `STEP`, by Cholesky; false where the matrix (aa, ab, ag, bb, bg, gg) is not positive. */
function solve(plan: Plan, matrix: number, held: number): boolean {
  const { counts } = plan;
  const free0 = (held & 1) === 0;
  const free1 = (held & 2) === 0;
  const free2 = (held & 4) === 0;
  const aa = free0 ? counts[matrix]! : 1;
  const ab = free0 && free1 ? counts[matrix + 1]! : 0;
  const ag = free0 && free2 ? counts[matrix + 2]! : 0;
  const bb = free1 ? counts[matrix + 3]! : 1;
  const bg = free1 && free2 ? counts[matrix + 4]! : 0;
  const gg = free2 ? counts[matrix + 5]! : 1;
  if (!(aa > 0)) return false;
  const l10 = ab / aa;
  const l20 = ag / aa;
  const d1 = bb - l10 * ab;
  if (!(d1 > TINY * bb)) return false;
  const l21 = (bg - l20 * ab) / d1;
  const d2 = gg - l20 * ag - l21 * l21 * d1;
  if (!(d2 > TINY * gg)) return false;
  const r0 = free0 ? -counts[GRADIENT]! : 0;
  const r1 = (free1 ? -counts[GRADIENT + 1]! : 0) - l10 * r0;
  const r2 = (free2 ? -counts[GRADIENT + 2]! : 0) - l20 * r0 - l21 * r1;
  const s2 = r2 / d2;
  const s1 = r1 / d1 - l21 * s2;
  counts[STEP + 2] = s2;
  counts[STEP + 1] = s1;
  counts[STEP] = r0 / aa - l10 * s1 - l20 * s2;
  return true;
}
const TINY = 1e-14;

/**
 * Moves by the step, halved so often, inside the bounds; a population only goes nine tenths of its way to 0 or 1 at once, unless no count there forbids it.
 * Never further than a factor of two in a positive rate.
 */
function stepTo(plan: Plan, halvings: number): void {
  const { counts, axis, grid } = plan;
  const slowest = grid[0]!;
  const fastest = grid[grid.length - 1]!;
  const share = 1 / (1 << halvings);
  for (let j = 0; j < 2; j++) {
    const from = counts[P + j]!;
    let to = from + share * counts[STEP + j]!;
    const point = counts[RAW + (j === 0 ? 0 : axis.points - 1)]!;
    const alone = plan.freeOffset && axis.distinct === axis.points;
    if (to <= 0) to = alone && point === 0 ? 0 : 0.1 * from;
    if (to >= 1) to = alone && point === 1 ? 1 : 1 - 0.1 * (1 - from);
    if (counts[STEP + j] !== 0) counts[P + j] = to;
  }
  const g = counts[P + 2]!;
  let next = g + share * counts[STEP + 2]!;
  const room = g > 1 ? g / 2 : 0.5;
  if (next > g + 2 * room) next = g + 2 * room;
  if (next < g - room) next = g - room;
  counts[P + 2] = next < slowest ? slowest : next > fastest ? fastest : next;
}

/** The largest of the step's halves that lowers the deviance; false where none does. */
function stepDown(plan: Plan): boolean {
  const { counts } = plan;
  const a = counts[P]!;
  const b = counts[P + 1]!;
  const g = counts[P + 2]!;
  countsDeviance(plan);
  const before = counts[DEVIANCE]!;
  for (let k = 0; k < 30; k++) {
    stepTo(plan, k);
    countsDeviance(plan);
    if (counts[DEVIANCE]! < before) return true;
    counts[P] = a;
    counts[P + 1] = b;
    counts[P + 2] = g;
  }
  return false;
}
