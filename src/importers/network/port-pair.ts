import type { Note } from "../../core/dataset.ts";
import * as say from "../../core/messages/import-network.ts";
import type { ColumnData } from "../../tables/dataset.ts";

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

/** Nine digits of a total reflection. */
const ROUNDING = 1e-9;

/** `s21_re`, `s21_im` (or `s21_mag`) of every pair; what an analyser writes for a parameter that it did not measure gets no role. */
export function scatteringColumns(pairs: readonly PortPair[], order: readonly number[] | undefined, notes: Note[]): ColumnData[] {
  const constant = pairs.filter((pair) => isConstant(pair) && isPlaceholder(pair));
  // Where nothing else was measured they may be an ideal open, match or through: they are kept, and said to be no measurement.
  const placeholders = pairs.every(isConstant) ? [] : constant;
  if (constant.length > 0)
    notes.push({
      code: "placeholder",
      text: (placeholders.length > 0 ? say.placeholder : say.idealElement)(constant.map((pair) => pair.port)),
    });
  const large = pairs.map((pair) => ({ port: pair.port, most: largest(pair) })).filter(({ most }) => most > 1 + ROUNDING);
  const [first, ...others] = large.sort((a, b) => b.most - a.most);
  if (first !== undefined) notes.push({ code: "above_one", text: say.aboveOne(first.port, first.most, others.length) });
  return pairs.flatMap((pair): ColumnData[] => {
    const used = !placeholders.includes(pair);
    const name = `s${pair.port}`;
    const column = (part: "re" | "im" | "mag", values: Float64Array): ColumnData => ({
      name: `${name}_${part}`,
      unit: "1",
      role: used ? `s_${part}` : "other",
      ...(pair.port === "" ? {} : { port: pair.port }),
      values: take(values, order),
    });
    return pair.im === undefined ? [column("mag", pair.re)] : [column("re", pair.re), column("im", pair.im)];
  });
}

function largest({ re, im }: PortPair): number {
  let square = 0;
  for (let i = 0; i < re.length; i++) {
    const s = re[i]! ** 2 + (im?.[i] ?? 0) ** 2;
    if (s > square) square = s;
  }
  return Math.sqrt(square);
}

function isConstant({ re, im }: PortPair): boolean {
  return re.length > 1 && re.every((x) => x === re[0]) && (im?.every((x) => x === im[0]) ?? true);
}

/** What analysers write for a parameter that was not measured: 0, 1, or 1e-10 at any angle. */
function isPlaceholder({ re, im }: PortPair): boolean {
  const magnitude = Math.hypot(re[0]!, im?.[0] ?? 0);
  return magnitude < 1.001e-10 || (re[0] === 1 && (im?.[0] ?? 0) === 0);
}
