import { exportMessages } from "../core/messages/export.ts";
import { columnHeader, columnsOfFacts } from "./dataset-facts.ts";
import { ForeignFailure, type ForeignTable } from "./foreign.ts";
import { cellName, type Sheet, type SheetCell } from "./xlsx-file.ts";

/** The sheet beside the numbers that says what they are: a title, then rows of a key and JSON (over several cells where it is long). */
export const FACTS_SHEET = "about";
export const FACTS_TITLE = "gammawatt dataset";

/**
 * The table of a workbook that `gammawatt export` wrote; undefined for any other workbook.
 * @throws ForeignFailure, `inside` being the cell, where it was changed so that its numbers can no longer be assigned
 */
export function readDatasetWorkbook(sheets: readonly Sheet[]): ForeignTable | undefined {
  const about = sheets.find((sheet) => sheet.name === FACTS_SHEET);
  if (about === undefined || textAt(about, 0, 0) !== FACTS_TITLE) return undefined;
  const facts = new Map<string, unknown>();
  about.rows.forEach((cells, row) => {
    if (row > 0 && cells?.[0] !== undefined) facts.set(textAt(about, row, 0), factOf(about, row));
  });
  const columns = columnsOfFacts(facts.get("columns"));
  const data = sheets.find((sheet) => sheet.name === "data");
  columns.forEach((column, c) => {
    const [expected, found] = [columnHeader(column), data === undefined ? "" : textAt(data, 0, c)];
    if (found !== expected) throw new ForeignFailure(exportMessages.cellHeaderChanged(expected, found), `data!${cellName(0, c)}`);
  });
  const body = data?.rows.slice(1) ?? [];
  const rows = Number(facts.get("rows"));
  if (!(body.length <= rows)) throw new ForeignFailure(exportMessages.rowsMissing(rows, body.length));
  const numbers = columns.map((_, c) => Float64Array.from({ length: rows }, (_, row) => numberOf(body[row]?.[c], cellName(row + 1, c))));
  return {
    name: "",
    columns: columns.map((column, c) => ({ ...column, content: { numbers: numbers[c]! } })),
    rows,
    comments: [],
    notes: [],
    dataset: JSON.stringify(Object.fromEntries(facts)),
  };
}

function textAt(sheet: Sheet, row: number, column: number): string {
  const cell = sheet.rows[row]?.[column];
  return cell?.kind === "text" || cell?.kind === "number" ? String(cell.value) : "";
}

function factOf(about: Sheet, row: number): unknown {
  const pieces = (about.rows[row] ?? []).slice(1).map((_, k) => textAt(about, row, k + 1));
  try {
    return JSON.parse(pieces.join(""));
  } catch (error) {
    throw new ForeignFailure(exportMessages.brokenFact(pieces.join("")), `${FACTS_SHEET}!${cellName(row, 1)}`, { cause: error });
  }
}

function numberOf(cell: SheetCell | undefined, place: string): number {
  if (cell === undefined) return Number.NaN;
  if (cell.kind !== "number")
    throw new ForeignFailure(exportMessages.notANumber(cell.kind === "text" ? cell.value : cell.kind), `data!${place}`);
  return cell.value;
}
