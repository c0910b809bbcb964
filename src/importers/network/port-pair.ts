import type { Note } from "../../core/dataset.ts";
import * as say from "../../core/messages/import-network.ts";
import type { ColumnData } from "../../tables/dataset.ts";
import { withoutPlaceholders } from "./odd-scattering.ts";

/** S-parameters of one pair of ports against the axis. */
export interface PortPair {
  /** Receiving port and driven port, `"21"`; empty where the file names none. */
  readonly port: string;
  readonly re: Float64Array;
  /** Absent where the file holds the modulus alone, which then stands in `re`. */
  readonly im?: Float64Array;
}

/** `"21"`; `"2,11"` from ten ports on; modes as `"D2,3|S1"`. */
export function portName(receiving: string, driven: string, ports: number): string {
  const numbered = /^\d+$/.test(receiving) && /^\d+$/.test(driven);
  if (!numbered) return `${receiving}|${driven}`;
  return ports < 10 ? `${receiving}${driven}` : `${receiving},${driven}`;
}

/** Point numbers by rising axis, or undefined where it rises already; equal values keep their order. */
export function risingOrder(axis: Float64Array, notes: Note[]): readonly number[] | undefined {
  let falls = false;
  let equal = 0;
  for (let i = 1; i < axis.length; i++) {
    if (axis[i]! < axis[i - 1]!) falls = true;
    else if (axis[i] === axis[i - 1]) equal++;
  }
  if (equal > 0) notes.push({ code: "repeated_frequencies", text: say.repeatedFrequencies(equal) });
  if (!falls) return undefined;
  notes.push({ code: "sorted", text: say.sorted() });
  return Array.from(axis.keys()).sort((a, b) => axis[a]! - axis[b]! || a - b);
}

export function take(values: Float64Array, order: readonly number[] | undefined): Float64Array {
  return order === undefined ? values : Float64Array.from(order, (i) => values[i]!);
}

/** `s21_re`, `s21_im` (or `s21_mag`) of every pair; what an analyser writes for a parameter that it did not measure gets no role. */
export function scatteringColumns(pairs: readonly PortPair[], order: readonly number[] | undefined, notes: Note[]): readonly ColumnData[] {
  const columns = pairs.flatMap((pair): ColumnData[] => {
    const column = (part: "re" | "im" | "mag", values: Float64Array): ColumnData => ({
      name: `s${pair.port}_${part}`,
      unit: "1",
      role: `s_${part}`,
      ...(pair.port === "" ? {} : { port: pair.port }),
      values: take(values, order),
    });
    return pair.im === undefined ? [column("mag", pair.re)] : [column("re", pair.re), column("im", pair.im)];
  });
  return withoutPlaceholders(columns, notes);
}
