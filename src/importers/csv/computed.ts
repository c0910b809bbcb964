import type { Note } from "../../core/dataset.ts";
import * as say from "../../core/messages/csv.ts";
import type { FileColumn } from "./columns.ts";
import { asOther } from "./hinted.ts";
import type { Meaning } from "./names.ts";

/** Voltage or S-parameter, as Cartesian parts and as what is computed from them. */
const COMPLEX: readonly { readonly parts: readonly [Meaning, Meaning]; readonly computed: readonly Meaning[] }[] = [
  { parts: ["i", "q"], computed: ["magnitude", "phase"] },
  { parts: ["s_re", "s_im"], computed: ["s_mag", "s_db", "s_deg"] },
];
/** A population is written with at least four digits, or is a whole number of counts. */
const ROUNDING = 1e-4;

/**
 * The columns without rivals that the program itself would compute from others that are there: they are kept, and lose their meaning.
 * @param numbers of a column in SI
 * @param shots one number for every row, as the lab file states it
 */
export function withoutComputed(
  columns: readonly FileColumn[],
  numbers: (column: FileColumn) => Float64Array,
  shots: number | undefined,
): { readonly columns: readonly FileColumn[]; readonly notes: readonly Note[] } {
  const computed = new Map<FileColumn, readonly FileColumn[]>();
  for (const column of columns) {
    const beside = (meaning: Meaning) => columns.find((other) => other.meaning === meaning && ofOneTrace(column, other));
    const parts = COMPLEX.find((way) => way.computed.includes(column.meaning))?.parts.map(beside);
    if (parts?.[0] !== undefined && parts[1] !== undefined) computed.set(column, [parts[0], parts[1]]);
    const linear = column.meaning === "s_db" ? beside("s_mag") : undefined;
    if (linear !== undefined && inDecibel(numbers(column), numbers(linear))) computed.set(column, [linear]);
    const population = column.meaning === "counts" ? beside("population") : undefined;
    const total = columns.find((other) => other.meaning === "shots");
    if (population === undefined || (total === undefined && shots === undefined)) continue;
    const totals = total === undefined ? numbers(column).map(() => shots!) : numbers(total);
    if (isShare(numbers(population), numbers(column), totals)) computed.set(column, [population, ...(total === undefined ? [] : [total])]);
  }
  const notes = [...computed].map(([{ written }, from]): Note => {
    return {
      code: "computed_column",
      text: say.computedColumn(
        written,
        from.map((column) => column.written),
      ),
    };
  });
  return { columns: columns.map((column) => (computed.has(column) ? asOther(column) : column)), notes };
}

/** A bare `phase` beside one S-parameter is that parameter's. */
function ofOneTrace(computed: FileColumn, part: FileColumn): boolean {
  return (computed.port === part.port || computed.port === undefined) && computed.qubit === part.qubit && computed.repeat === part.repeat;
}

const inDecibel = (db: Float64Array, linear: Float64Array) =>
  db.every((x, row) => Number.isNaN(x) || Math.abs(10 ** (x / 20) - linear[row]!) <= 0.01 * linear[row]!);

const isShare = (population: Float64Array, counts: Float64Array, shots: Float64Array) =>
  population.every((p, row) => Number.isNaN(p) || Math.abs(p - counts[row]! / shots[row]!) <= 0.5 / shots[row]! + ROUNDING);
