/** Many lines of unknowns in one array: unknown i of line l stands at `l * apart + i * step`. One of the two strides is 1. */
export interface Lines {
  readonly length: number;
  readonly count: number;
  readonly step: number;
  readonly apart: number;
}

/** The last unknown of each periodic line, as a border of the others. */
interface Closing {
  /** Response of every other unknown to the last one of its line. */
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
  sweepLines(open, new Float64Array(inner).fill(1), border, responses);
  const closing: Closing = {
    responses,
    toFirst: new Float64Array(count),
    toPrevious: new Float64Array(count),
    inverses: new Float64Array(count),
  };
  for (let l = 0; l < count; l++) {
    const [first, last] = [l * apart, l * apart + inner * step];
    closing.toFirst[l] = coupling[first]!;
    closing.toPrevious[l] = coupling[last]!;
    closing.inverses[l] = 1 / (diagonal[last]! - coupling[first]! * responses[first]! - coupling[last]! * responses[last - step]!);
  }
  return closing;
}

/** Solves every line for the right-hand side `weights_i rhs_i` (weights by the place in the line). `out` may be `rhs`. */
export function solveLines(factors: LineFactors, weights: Float64Array, rhs: Float64Array, out: Float64Array): void {
  const { closing, inner, lines } = factors;
  if (!closing) {
    sweepLines(factors, weights, rhs, out);
    return;
  }
  const { count, step, apart } = lines;
  const ends = closing.inverses.map((_, l) => weights[inner]! * rhs[l * apart + inner * step]!);
  sweepLines(factors, weights, rhs, out);
  for (let l = 0; l < count; l++) {
    const [first, last] = [l * apart, l * apart + inner * step];
    const end = (ends[l]! + closing.toFirst[l]! * out[first]! + closing.toPrevious[l]! * out[last - step]!) * closing.inverses[l]!;
    ends[l] = end;
    out[last] = end;
  }
  const [outer, nested] = step === 1 ? [count, inner] : [inner, count];
  for (let a = 0; a < outer; a++)
    for (let b = 0; b < nested; b++) {
      const k = a * Math.max(step, apart) + b;
      out[k]! += closing.responses[k]! * ends[step === 1 ? a : b]!;
    }
}

function sweepLines(factors: LineFactors, weights: Float64Array, rhs: Float64Array, out: Float64Array): void {
  if (factors.lines.step === 1) sweepRows(factors, weights, rhs, out);
  else sweepColumns(factors, weights, rhs, out);
}

/** Four rows at once: each is a chain in which every number waits for the one before it. */
function sweepRows({ lines, inner, ratios, inverses }: LineFactors, weights: Float64Array, rhs: Float64Array, out: Float64Array): void {
  const { count, apart } = lines;
  let l = 0;
  for (; l + 4 <= count; l += 4) {
    const [s0, s1, s2, s3] = [l * apart, (l + 1) * apart, (l + 2) * apart, (l + 3) * apart];
    let [z0, z1, z2, z3] = [0, 0, 0, 0];
    for (let i = 0; i < inner; i++) {
      const w = weights[i]!;
      z0 = w * rhs[s0 + i]! + ratios[s0 + i]! * z0;
      out[s0 + i] = z0;
      z1 = w * rhs[s1 + i]! + ratios[s1 + i]! * z1;
      out[s1 + i] = z1;
      z2 = w * rhs[s2 + i]! + ratios[s2 + i]! * z2;
      out[s2 + i] = z2;
      z3 = w * rhs[s3 + i]! + ratios[s3 + i]! * z3;
      out[s3 + i] = z3;
    }
    let [c0, c1, c2, c3] = [0, 0, 0, 0];
    for (let i = inner - 1; i >= 0; i--) {
      c0 = out[s0 + i]! * inverses[s0 + i]! + c0;
      out[s0 + i] = c0;
      c0 *= ratios[s0 + i]!;
      c1 = out[s1 + i]! * inverses[s1 + i]! + c1;
      out[s1 + i] = c1;
      c1 *= ratios[s1 + i]!;
      c2 = out[s2 + i]! * inverses[s2 + i]! + c2;
      out[s2 + i] = c2;
      c2 *= ratios[s2 + i]!;
      c3 = out[s3 + i]! * inverses[s3 + i]! + c3;
      out[s3 + i] = c3;
      c3 *= ratios[s3 + i]!;
    }
  }
  for (; l < count; l++) {
    const start = l * apart;
    let z = 0;
    for (let k = start; k < start + inner; k++) {
      z = weights[k - start]! * rhs[k]! + ratios[k]! * z;
      out[k] = z;
    }
    let carry = 0;
    for (let k = start + inner - 1; k >= start; k--) {
      const x = out[k]! * inverses[k]! + carry;
      out[k] = x;
      carry = x * ratios[k]!;
    }
  }
}

function sweepColumns({ lines, inner, ratios, inverses }: LineFactors, weights: Float64Array, rhs: Float64Array, out: Float64Array): void {
  const { count, step } = lines;
  const first = weights[0]!;
  for (let k = 0; k < count; k++) out[k] = first * rhs[k]!;
  for (let i = 1; i < inner; i++) {
    const w = weights[i]!;
    const end = i * step + count;
    for (let k = i * step; k < end; k++) out[k] = w * rhs[k]! + ratios[k]! * out[k - step]!;
  }
  for (let k = (inner - 1) * step; k < (inner - 1) * step + count; k++) out[k]! *= inverses[k]!;
  for (let i = inner - 2; i >= 0; i--) {
    const end = i * step + count;
    for (let k = i * step; k < end; k++) out[k] = out[k]! * inverses[k]! + ratios[k + step]! * out[k + step]!;
  }
}
