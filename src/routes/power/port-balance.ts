import { type Check, check } from "../../core/check.ts";
import { portLoss, portsBalanced, portsLossless, portsLossy } from "../../core/messages/ports.ts";
import { columnOf, columnsOf } from "../../tables/dataset.ts";
import { type CommonInput, constantInput } from "./common-input.ts";
import type { PowerDataset } from "./input.ts";

/** Loss of the qubit-off column, or overlap of two columns, that passes for none. */
const LOSSLESS = 0.02;

/** What the qubit-off column of a multiport says of the return chains. */
export interface PortBalance {
  /** Power gain of each port's return chain at this frequency, up to a common factor, in the order of the column. */
  gainsAt(frequency: number): readonly number[];
  /** Share of the incident power that the column carries as measured, median over frequency. */
  readonly carried: number;
  /** Whether the gains follow from the whole matrix; else they are taken as equal. */
  readonly known: boolean;
  /** Of the whole matrix without its gains: what its columns have in common, and the least of it that is no noise. */
  readonly overlap?: Overlap;
}

/**
 * Gains of the return chains from a whole qubit-off matrix M_jk = g_j C_jk h_k: a lossless network has unitary C, so |C|^2 has rows and columns that
 * sum to 1, and the one scaling of rows and columns that does this to |M|^2 is found by dividing by row and column sums in turn (Sinkhorn).
 * @param column ports of the driven column, "11", "21", ...
 */
export function portBalance(reference: PowerDataset, column: readonly string[]): PortBalance {
  const { dataset } = reference;
  const measured = (port: string) => {
    const part = (role: "s_re" | "s_im") => columnsOf(dataset).find((c) => c.role === role && c.port === port)?.values;
    const [re, im] = [part("s_re"), part("s_im")];
    return re && im ? { re, im, square: re.map((x, i) => x * x + im[i]! * im[i]!) } : undefined;
  };
  const index = column.map((p) => p[0]!);
  const matrix = index.map((j) => index.map((k) => measured(j + k)));
  const driven = column.map((p) => measured(p)?.square);
  const rows = driven[0]?.length ?? 0;
  const sums = Array.from({ length: rows }, (_, i) => driven.reduce((a, c) => a + (c?.[i] ?? Number.NaN), 0)).sort((a, b) => a - b);
  const carried = sums[sums.length >> 1] ?? Number.NaN;
  const equal = column.map(() => 1);
  const known = matrix.every((row) => row.every((m) => m !== undefined));
  if (!known) return { gainsAt: () => equal, carried, known };
  const frequency = columnOf(dataset, "frequency")?.values ?? new Float64Array(rows);
  const gains = Array.from({ length: rows }, (_, i) => balanced(matrix.map((row) => row.map((m) => m!.square[i]!))));
  const overlaps = gains.map((g, i) =>
    overlapAt(
      matrix.map((row) => row.map((m) => ({ re: m!.re[i]!, im: m!.im[i]! }))),
      g,
    ),
  );
  return {
    gainsAt: (f) => gains[nearest(frequency, f)] ?? equal,
    carried,
    known,
    overlap: overlapOf(overlaps),
  };
}

interface Overlap {
  readonly size: number;
  readonly limit: number;
}

/**
 * Largest `|sum_j conj(M_jk) M_jl|/G_j` of two columns over their norms: 0 for a lossless network, whose columns are orthogonal, whatever gain and phase
 * its chains have. Row and column sums of |M|^2 alone say nothing of loss, since gains balance those of any matrix.
 */
function overlapAt(m: readonly (readonly { readonly re: number; readonly im: number }[])[], gains: readonly number[]): number {
  const product = (k: number, l: number) => {
    const terms = m.map((row, j) => ({ a: row[k]!, b: row[l]!, g: gains[j]! }));
    const re = terms.reduce((s, { a, b, g }) => s + (a.re * b.re + a.im * b.im) / g, 0);
    const im = terms.reduce((s, { a, b, g }) => s + (a.re * b.im - a.im * b.re) / g, 0);
    return Math.hypot(re, im);
  };
  const pairs = m.flatMap((_, k) => m.slice(0, k).map((_, l) => product(k, l) / Math.sqrt(product(k, k) * product(l, l))));
  return Math.max(0, ...pairs);
}

/** Noise moves a size from one frequency to the next by half of itself; what stays is the network's. */
function overlapOf(sizes: readonly number[]): Overlap {
  const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
  return { size: median(sizes), limit: Math.max(LOSSLESS, 4 * median(sizes.slice(1).map((x, i) => Math.abs(x - sizes[i]!)))) };
}

/** Row gains G with sum_k M_jk/(G_j H_k) = 1 for every j and sum_j = 1 for every k. */
function balanced(m: readonly (readonly number[])[]): number[] {
  const n = m.length;
  const g = new Array<number>(n).fill(1);
  const h = new Array<number>(n).fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    for (let j = 0; j < n; j++) {
      const sum = m[j]!.reduce((a, x, k) => a + x / h[k]!, 0);
      moved = Math.max(moved, Math.abs(sum / g[j]! - 1));
      g[j] = sum;
    }
    for (let k = 0; k < n; k++) h[k] = m.reduce((a, row, j) => a + row[k]! / g[j]!, 0);
    if (moved < 1e-13) break;
  }
  return g;
}
const ROUNDS = 1000;

function nearest(axis: Float64Array, at: number): number {
  let best = 0;
  for (let i = 1; i < axis.length; i++) if (Math.abs(axis[i]! - at) < Math.abs(axis[best]! - at)) best = i;
  return best;
}

/** Whether the column's weights |C_j|^2 are known, and the error that is left where they are not. */
export function balanceCheck(
  { known, carried, overlap }: PortBalance,
  shared: string,
): { readonly check: Check; readonly input?: CommonInput } {
  const loss = Math.abs(carried - 1);
  if (overlap && !(overlap.size <= overlap.limit))
    return {
      check: check("port_loss", false, portsLossy(overlap.size), overlap.size, overlap.limit),
      input: constantInput("loss between the ports", `ports:${shared}`, Number.NaN),
    };
  if (known) return { check: check("port_loss", true, portsBalanced(carried), carried, 1) };
  if (loss < LOSSLESS)
    return {
      check: check("port_loss", true, portsLossless(carried), carried, 1),
      input: constantInput("loss of the ports", `ports:${shared}`, loss),
    };
  return {
    check: check("port_loss", false, portLoss(carried), carried, 1),
    input: constantInput("gains of the return chains", `ports:${shared}`, Number.NaN),
  };
}
