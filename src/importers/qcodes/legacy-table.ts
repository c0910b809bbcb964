import { ImportError } from "../../core/errors.ts";
import { qcodesMessages } from "../../core/messages/import-qcodes.ts";
import { isGap, parseNumber } from "../text/numbers.ts";

/** A file of QCoDeS' `GNUPlotFormat`, before units are known. */
export interface LegacyTable {
  /** Setpoints first, the outermost first; as many as `shape` is long. */
  readonly columns: readonly { readonly name: string; readonly label: string; readonly values: Float64Array }[];
  /** Planned lengths of the setpoints. */
  readonly shape: readonly number[];
  /** Rows that were written. */
  readonly rows: number;
}

/** Three lines of comments (names, labels, shape), then rows of numbers; blank lines separate the outer setpoints' blocks. @throws ImportError naming the line */
export function parseLegacy(text: string, path: string): LegacyTable {
  const lines = text.split(/\r\n|\n|\r/);
  const header = lines.slice(0, 3).map((line) => line.replace(/^# ?/, "").split("\t"));
  const [names, labels, lengths] = header as [string[], string[], string[]];
  const shape = lengths.map(Number);
  if (labels.length !== names.length)
    throw new ImportError(qcodesMessages.legacyHeader(`${names.length} names, ${labels.length} labels`), `${path}:2`);
  if (shape.length >= names.length)
    throw new ImportError(qcodesMessages.legacyHeader(`${names.length} columns, ${shape.length} of them setpoints`), `${path}:3`);
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) throw new ImportError(qcodesMessages.legacyHeader(`two columns are named "${twice}"`), `${path}:1`);
  const rows: number[][] = [];
  for (let k = 3; k < lines.length; k++) {
    const line = lines[k]!;
    // Comments stand in front only; blank lines tell the plotting program where a block ends.
    if (line.trim() === "") continue;
    rows.push(rowOf(line, names.length, k + 1, path));
  }
  const planned = shape.reduce((product, n) => product * n, 1);
  if (rows.length > planned) throw new ImportError(qcodesMessages.legacyTooMany(shape, rows.length), path);
  if (rows.length === 0) throw new ImportError(qcodesMessages.legacyEmpty(), path);
  return {
    columns: names.map((name, c) => ({
      name,
      label: labels[c]!.replace(/^"|"$/g, ""),
      values: Float64Array.from(rows, (row) => row[c]!),
    })),
    shape,
    rows: rows.length,
  };
}

function rowOf(line: string, width: number, number: number, path: string): number[] {
  const cells = line.split("\t");
  if (cells.length !== width) throw new ImportError(qcodesMessages.legacyRow(number, cells.length, width), `${path}:${number}`);
  return cells.map((cell, c) => {
    const value = isGap(cell) ? Number.NaN : parseNumber(cell);
    if (value === undefined) throw new ImportError(qcodesMessages.legacyCell(number, c + 1, cell), `${path}:${number}:${c + 1}`);
    return value;
  });
}
