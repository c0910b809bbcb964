import { tableFileMessages } from "../../core/messages/import-tables.ts";
import { type ForeignColumn, ForeignFailure } from "../../tables/foreign.ts";
import type { SheetCell } from "../../tables/xlsx-file.ts";
import type { HeaderCell } from "../csv/header.ts";
import { ambiguousThousand } from "../csv/thousands.ts";
import { isGap, parseNumber } from "../text/numbers.ts";

type Cells = readonly (SheetCell | undefined)[];
/** Character code of the decimal mark: point or comma. */
type Mark = 44 | 46;

/** Whether a cell holds a number stored as text, `0.95` or `0,95`. */
export const isNumberText = (cell: SheetCell | undefined): boolean =>
  cell?.kind === "text" && (parseNumber(cell.value, 46) ?? parseNumber(cell.value, 44)) !== undefined;

/**
 * The decimal mark of the numbers that a table stores as text: the comma where such numbers have one and none has a point.
 * @param place of a row and column of the body, for errors
 * @throws ForeignFailure naming a cell whose mark may as well separate thousands
 */
export function decimalMark(body: readonly Cells[], place: (row: number, column: number) => string): Mark {
  const width = body.reduce((most, row) => Math.max(most, row.length), 0);
  const columns = Array.from({ length: width }, (_, c) => body.map((row) => textOf(row[c])));
  const marked = (mark: Mark) =>
    columns.some((texts) => texts.some((text) => text.includes(String.fromCharCode(mark)) && parseNumber(text, mark) !== undefined));
  const mark = marked(44) && !marked(46) ? 44 : 46;
  const unclear = ambiguousThousand(columns, mark);
  if (unclear !== undefined) {
    const at = place(unclear.row, unclear.column);
    throw new ForeignFailure(tableFileMessages.thousandOrDecimal(at, columns[unclear.column]![unclear.row]!), at);
  }
  return mark;
}

const textOf = (cell: SheetCell | undefined): string => (cell?.kind === "text" ? cell.value : "");

/**
 * A column of numbers, texts or dates, and what was concluded about its cells. The format of a cell may state its unit: a percent format keeps fractions,
 * a duration is in seconds.
 * @param stated unit under the header @param place of a cell of the column, for errors
 * @throws ForeignFailure naming the cell that is not as the others
 */
export function columnOfCells(
  header: HeaderCell,
  stated: string | undefined,
  cells: Cells,
  mark: Mark,
  place: (k: number) => string,
): { column: ForeignColumn; notes: string[] } {
  const content = contentOf(cells, mark, place);
  const notes: string[] = [];
  if ("numbers" in content) {
    const texts = cells.findIndex(isNumberText);
    if (texts >= 0) notes.push(tableFileMessages.numbersAsText(header.raw, place(texts), mark));
    if (shownAs("duration", cells, place)) {
      notes.push(tableFileMessages.durations(header.raw));
      return { column: { name: header.name, unit: "s", content }, notes };
    }
    if ((stated ?? header.unitText)?.trim() === "%" && shownAs("percent", cells, place)) {
      notes.push(tableFileMessages.percentFormat(header.raw));
      return { column: { name: header.name, unit: "1", content }, notes };
    }
  }
  return { column: { name: header.raw, content, ...(stated === undefined ? {} : { unit: stated }) }, notes };
}

/** Whether the numbers of a column are shown in that way. @throws ForeignFailure where only some are */
function shownAs(shown: "percent" | "duration", cells: Cells, place: (k: number) => string): boolean {
  const so = (cell: SheetCell | undefined) => cell?.kind === "number" && cell.shown === shown;
  const first = cells.findIndex(so);
  if (first < 0) return false;
  const other = cells.findIndex((cell) => (cell?.kind === "number" && !so(cell)) || isNumberText(cell));
  if (other >= 0) throw new ForeignFailure(tableFileMessages.formatsDiffer(place(first), place(other), shown), place(other));
  return true;
}

function contentOf(cells: Cells, mark: Mark, place: (k: number) => string): ForeignColumn["content"] {
  const filled = cells.filter((cell) => cell !== undefined);
  if (filled.some((cell) => cell.kind === "date")) return { unreadable: "dates" };
  const isNumber = (cell: SheetCell) => cell.kind === "number" || parseNumber(textOf(cell), mark) !== undefined;
  if (filled.some((cell) => cell.kind === "text") && !filled.some(isNumber)) return { texts: cells.map(textOf) };
  const numbers = cells.map((cell, k) => {
    if (cell === undefined) return Number.NaN;
    if (cell.kind === "number") return cell.value;
    if (cell.kind === "date" || (cell.kind === "error" && cell.value === "#N/A")) return Number.NaN;
    if (cell.kind === "formula") throw new ForeignFailure(tableFileMessages.formulaWithoutValue(place(k)), place(k));
    if (cell.kind === "error") throw new ForeignFailure(tableFileMessages.cellError(place(k), cell.value), place(k));
    const value = parseNumber(cell.value, mark) ?? (isGap(cell.value) ? Number.NaN : undefined);
    if (value === undefined) throw new ForeignFailure(tableFileMessages.notANumber(place(k), cell.value), place(k));
    return value;
  });
  return { numbers: Float64Array.from(numbers) };
}
