import { ImportError } from "../../core/errors.ts";
import { missing } from "../../core/messages/import-network.ts";
import * as say from "../../core/messages/import-vendor-csv.ts";
import { type Delimiter, type Line, splitCells } from "../csv/lines.ts";
import { isGap, parseNumber } from "../text/numbers.ts";

const [POINT, COMMA] = [46, 44];

/** Numbers of a table, column by column. */
export interface Rows {
  readonly columns: readonly Float64Array[];
  readonly notes: readonly { readonly code: string; readonly text: string }[];
}

/** The separator that the line of column names uses. */
export function delimiterOf(header: string): Delimiter {
  const unquoted = header.replace(/"[^"]*"/g, "");
  if (unquoted.includes(";")) return ";";
  return unquoted.includes("\t") ? "\t" : ",";
}

/**
 * Rows of numbers, all as wide as the header; a separator at the end of a line counts for nothing.
 * @throws ImportError with line and column at anything else, or when there is none
 */
export function readRows(lines: readonly Line[], delimiter: Delimiter, width: number, path: string): Rows {
  const filled = lines.filter((line) => line.text.trim() !== "");
  if (filled.length === 0) throw new ImportError(say.noRows(), path);
  const decimalMark = delimiter !== "," && filled.some((line) => /\d,\d/.test(line.text)) ? COMMA : POINT;
  const columns = Array.from({ length: width }, () => new Float64Array(filled.length));
  let [gaps, firstGap] = [0, 0];
  filled.forEach((line, row) => {
    const cells = splitCells(line.text, delimiter);
    while (cells.length > width && cells.at(-1) === "") cells.pop();
    if (cells.length !== width) throw new ImportError(say.ragged(line.number, cells.length, width), `${path}:${line.number}`);
    cells.forEach((cell, c) => {
      const value = parseNumber(cell, decimalMark) ?? (isGap(cell) ? Number.NaN : undefined);
      if (value === undefined) throw new ImportError(say.notANumber(line.number, c + 1, cell), `${path}:${line.number}:${c + 1}`);
      if (Number.isNaN(value) && gaps++ === 0) firstGap = line.number;
      columns[c]![row] = value;
    });
  });
  const notes: { code: string; text: string }[] = [];
  if (decimalMark === COMMA) notes.push({ code: "layout", text: say.decimalComma() });
  if (gaps > 0) notes.push({ code: "missing_values", text: missing(gaps, firstGap) });
  return { columns, notes };
}
