/** Many lines of unknowns in one array: unknown i of line l stands at `l * apart + i * step`. One of the two strides is 1. */
export interface Lines {
  readonly length: number;
  readonly count: number;
  readonly step: number;
  readonly apart: number;
}

/** The last unknown of each periodic line, as a border of the others. */
interface Closing {
  /** Response of every unknown to the last one of its line. */
  readonly responses: Float64Array;
  /** Coupling of the last unknown to the first and to the one before it, and the inverse of its pivot, per line. */
  readonly toFirst: Float64Array;
  readonly toPrevious: Float64Array;
  readonly inverses: Float64Array;
}

/** L D L^T of one symmetric tridiagonal (or cyclic tridiagonal) matrix per line. */
export interface LineFactors {
  readonly lines: Lines;
  /** Unknowns of a line that are eliminated one after the other. */
  readonly inner: number;
  /** coupling_i / D_{i-1}; 0 at the start of a line. */
  readonly ratios: Float64Array;
  /** 1 / D_i. */
  readonly inverses: Float64Array;
  readonly closing: Closing | undefined;
}

/**
 * Factors of `diagonal_i x_i - coupling_i x_{i-1} - coupling_{i+1} x_{i+1}`, one matrix per line. In a periodic line `coupling_0` joins the first
 * unknown to the last. Stable without pivoting where the diagonal dominates; a singular matrix gives results that are not finite.
 */
export function factorLines(lines: Lines, diagonal: Float64Array, coupling: Float64Array, periodic: boolean): LineFactors {
  const { length, count, step, apart } = lines;
  const closed = periodic && length > 1;
  const inner = closed ? length - 1 : length;
  const ratios = new Float64Array(diagonal.length);
  const inverses = new Float64Array(diagonal.length);
  // In the order of memory: line after line, or unknown after unknown where lines stand side by side.
  const [outer, nested] = step === 1 ? [count, inner] : [inner, count];
  for (let a = 0; a < outer; a++)
    for (let b = 0; b < nested; b++) {
      const k = a * Math.max(step, apart) + b;
      if ((step === 1 ? b : a) > 0) ratios[k] = coupling[k]! * inverses[k - step]!;
      inverses[k] = 1 / (diagonal[k]! - coupling[k]! * ratios[k]!);
    }
  const open: LineFactors = { lines, inner, ratios, inverses, closing: undefined };
  return closed ? { ...open, closing: close(open, diagonal, coupling) } : open;
}

function close(open: LineFactors, diagonal: Float64Array, coupling: Float64Array): Closing {
  const { inner, lines } = open;
  const { count, step, apart } = lines;
  const border = new Float64Array(diagonal.length);
  for (let l = 0; l < count; l++) {
    const [first, last] = [l * apart, l * apart + inner * step];
    border[first]! += coupling[first]!;
    border[last - step]! += coupling[last]!;
  }
  const responses = new Float64Array(diagonal.length);
  reflectLines(open, new Float64Array(inner).fill(1), 0, border, responses);
  const closing: Closing = {
    responses,
    toFirst: new Float64Array(count),
    toPrevious: new Float64Array(count),
    inverses: new Float64Array(count),
  };
  for (let l = 0; l < count; l++) {
    const [first, last] = [l * apart, l * apart + inner * step];
    responses[last] = 1;
    closing.toFirst[l] = coupling[first]!;
    closing.toPrevious[l] = coupling[last]!;
    closing.inverses[l] = 1 / (diagonal[last]! - coupling[first]! * responses[first]! - coupling[last]! * responses[last - step]!);
  }
  return closing;
}

/**
 * For every line and its matrix M: `solved = M^-1 (weights x)` (weights by the place in the line), and in place `x = (1 + ratio) solved - ratio x`,
 * the two results of a step by alternating directions. With ratio 0 x is the solution.
 */
export function reflectLines(factors: LineFactors, weights: Float64Array, ratio: number, x: Float64Array, solved: Float64Array): void {
  if (factors.closing) reflectClosed(factors, factors.closing, weights, ratio, x, solved);
  else if (factors.lines.step === 1) reflectRows(factors, weights, ratio, x, solved);
  else reflectColumns(factors, weights, ratio, x, solved);
}

function reflectClosed(
  factors: LineFactors,
  closing: Closing,
  weights: Float64Array,
  ratio: number,
  x: Float64Array,
  solved: Float64Array,
): void {
  const { inner, lines } = factors;
  const { count, step, apart } = lines;
  const given = x.slice();
  reflectLines({ ...factors, closing: undefined }, weights, 0, x, solved);
  const ends = new Float64Array(count);
  for (let l = 0; l < count; l++) {
    const [first, last] = [l * apart, l * apart + inner * step];
    const right = weights[inner]! * given[last]! + closing.toFirst[l]! * x[first]! + closing.toPrevious[l]! * x[last - step]!;
    ends[l] = right * closing.inverses[l]!;
    x[last] = 0;
  }
  const [outer, nested] = step === 1 ? [count, inner + 1] : [inner + 1, count];
  for (let a = 0; a < outer; a++)
    for (let b = 0; b < nested; b++) {
      const k = a * Math.max(step, apart) + b;
      const value = x[k]! + closing.responses[k]! * ends[step === 1 ? a : b]!;
      solved[k] = value;
      x[k] = (1 + ratio) * value - ratio * given[k]!;
    }
}

/** Four rows at once: each is a chain in which every number waits for the one before it. */
function reflectRows(
  { lines, inner, ratios, inverses }: LineFactors,
  weights: Float64Array,
  ratio: number,
  x: Float64Array,
  solved: Float64Array,
): void {
  const { count, apart } = lines;
  const twice = 1 + ratio;
  let l = 0;
  for (; l + 4 <= count; l += 4) {
    const start = l * apart;
    let z0 = 0;
    let z1 = 0;
    let z2 = 0;
    let z3 = 0;
    for (let i = 0; i < inner; i++) {
      const w = weights[i]!;
      const k0 = start + i;
      const k1 = k0 + apart;
      const k2 = k1 + apart;
      const k3 = k2 + apart;
      z0 = w * x[k0]! + ratios[k0]! * z0;
      solved[k0] = z0;
      z1 = w * x[k1]! + ratios[k1]! * z1;
      solved[k1] = z1;
      z2 = w * x[k2]! + ratios[k2]! * z2;
      solved[k2] = z2;
      z3 = w * x[k3]! + ratios[k3]! * z3;
      solved[k3] = z3;
    }
    // What each solved number hands on to the one before it.
    z0 = 0;
    z1 = 0;
    z2 = 0;
    z3 = 0;
    for (let k0 = start + inner - 1; k0 >= start; k0--) {
      const k1 = k0 + apart;
      const k2 = k1 + apart;
      const k3 = k2 + apart;
      z0 += solved[k0]! * inverses[k0]!;
      solved[k0] = z0;
      x[k0] = twice * z0 - ratio * x[k0]!;
      z0 *= ratios[k0]!;
      z1 += solved[k1]! * inverses[k1]!;
      solved[k1] = z1;
      x[k1] = twice * z1 - ratio * x[k1]!;
      z1 *= ratios[k1]!;
      z2 += solved[k2]! * inverses[k2]!;
      solved[k2] = z2;
      x[k2] = twice * z2 - ratio * x[k2]!;
      z2 *= ratios[k2]!;
      z3 += solved[k3]! * inverses[k3]!;
      solved[k3] = z3;
      x[k3] = twice * z3 - ratio * x[k3]!;
      z3 *= ratios[k3]!;
    }
  }
  for (; l < count; l++) {
    const start = l * apart;
    let z = 0;
    for (let i = 0; i < inner; i++) {
      z = weights[i]! * x[start + i]! + ratios[start + i]! * z;
      solved[start + i] = z;
    }
    z = 0;
    for (let k = start + inner - 1; k >= start; k--) {
      z += solved[k]! * inverses[k]!;
      solved[k] = z;
      x[k] = twice * z - ratio * x[k]!;
      z *= ratios[k]!;
    }
  }
}

function reflectColumns(
  { lines, inner, ratios, inverses }: LineFactors,
  weights: Float64Array,
  ratio: number,
  x: Float64Array,
  solved: Float64Array,
): void {
  const { count, step } = lines;
  const twice = 1 + ratio;
  for (let k = 0; k < count; k++) solved[k] = weights[0]! * x[k]!;
  for (let i = 1; i < inner; i++) {
    const w = weights[i]!;
    const end = i * step + count;
    for (let k = i * step, before = k - step; k < end; k++, before++) solved[k] = w * x[k]! + ratios[k]! * solved[before]!;
  }
  for (let k = (inner - 1) * step; k < (inner - 1) * step + count; k++) {
    const z = solved[k]! * inverses[k]!;
    solved[k] = z;
    x[k] = twice * z - ratio * x[k]!;
  }
  for (let i = inner - 2; i >= 0; i--) {
    const end = i * step + count;
    for (let k = i * step, after = k + step; k < end; k++, after++) {
      const z = solved[k]! * inverses[k]! + ratios[after]! * solved[after]!;
      solved[k] = z;
      x[k] = twice * z - ratio * x[k]!;
    }
  }
}
