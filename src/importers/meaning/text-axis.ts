import { ImportError } from "../../core/errors.ts";
import { hdf5FamilyMessages as say } from "../../core/messages/import-hdf5.ts";
import { MOST_TRACES, type SweepTable } from "../sweep/table.ts";
import { qubitOfName } from "./measurement-name.ts";
import { pick } from "./signal.ts";

/** An axis of texts as a column of the long table: a qubit, a state, a quadrature. Along it stand different signals, never repeats. */
export interface TextAxis {
  readonly name: string;
  readonly texts: readonly string[];
  /** Number of the text in each row. */
  readonly place: Float64Array;
}

/**
 * One table for each combination of texts; the table itself where there are none.
 * @throws ImportError for more of them than traces can be held
 */
export function dividedByTexts(table: SweepTable, axes: readonly TextAxis[]): SweepTable[] {
  let parts: Part[] = [{ name: "", qubit: "" }];
  for (const axis of axes) {
    const count = parts.length * axis.texts.length;
    if (count > MOST_TRACES) throw new ImportError(say.tooManyTraces(count, MOST_TRACES), table.place);
    parts = divided(parts, axis);
  }
  return parts.map(({ name, qubit, rows }): SweepTable => {
    if (rows === undefined) return table;
    return {
      ...table,
      qubit: qubit || table.qubit,
      axes: table.axes.map((a) => ({ ...a, values: Float64Array.from(rows, (row) => a.values[row]!) })),
      signals: table.signals.map((s) => ({ ...s, name: `${s.name} ${name}`, columns: s.columns.map((c) => pick(c, rows)) })),
      others: table.others.map((c) => pick(c, rows)),
    };
  });
}

interface Part {
  readonly name: string;
  readonly qubit: string;
  /** Of the whole table; undefined for all of them. */
  readonly rows?: readonly number[];
}

function divided(parts: readonly Part[], { name, texts, place }: TextAxis): Part[] {
  return parts.flatMap((part) => {
    const rows = texts.map((): number[] => []);
    for (const row of part.rows ?? place.keys()) rows[place[row]!]!.push(row);
    return texts.map((text, k) => ({
      name: `${part.name} ${text}`.trim(),
      qubit: part.qubit || (/qubit/i.test(name) ? text : qubitOfName(text)),
      rows: rows[k]!,
    }));
  });
}
