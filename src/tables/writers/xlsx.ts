import { exportMessages } from "../../core/messages/export.ts";
import { columnsToTable } from "../arrow.ts";
import { columnsOf, type Dataset } from "../dataset.ts";
import { columnFacts, columnHeader, datasetFacts, factText } from "../dataset-facts.ts";
import type { RowTable } from "../row-table.ts";
import { FACTS_SHEET, FACTS_TITLE } from "../workbook-facts.ts";
import { type WrittenCell, writeSheets } from "../xlsx-file.ts";
import { type TableWriter, Unwritable } from "./writer.ts";

/** Limit of every spreadsheet program. */
const MOST_ROWS = 1_048_576;
/** A cell holds 32767 characters, some of which an escape makes longer. */
const LONGEST_TEXT = 16_000;
/** A sheet of so many cells takes about 600 MB of memory to write, and as much to open. */
const MOST_CELLS = 1_100_000;

/** One workbook per table: a dataset has a sheet `data` and a sheet `about`. Of a zero the sign is lost. */
export const xlsx: TableWriter = { dataset: datasetToXlsx, rows: rowsToXlsx };

function datasetToXlsx(signed: Dataset): Uint8Array {
  const columns = columnsOf(signed).map((column) => ({ ...column, values: column.values.map((x) => x + 0) }));
  const dataset = { ...signed, table: columnsToTable(columns) };
  const { numRows } = dataset.table;
  refuseSize(numRows, columns.length);
  if (columns.some(({ values }) => values.some((x) => Math.abs(x) === Number.POSITIVE_INFINITY)))
    throw new Unwritable(exportMessages.xlsxInfinity());
  const rows: WrittenCell[][] = [columns.map(columnHeader)];
  for (let row = 0; row < numRows; row++) rows.push(columns.map(({ values }) => values[row]));
  const facts = { ...datasetFacts(dataset), columns: columnFacts(dataset), rows: numRows };
  const about = [[FACTS_TITLE], ...Object.entries(facts).map(([key, fact]) => [key, ...pieces(factText(fact))])];
  return writeSheets([
    { name: "data", columns: columns.length, rows },
    { name: FACTS_SHEET, columns: about.reduce((most, row) => Math.max(most, row.length), 0), rows: about },
  ]);
}

/** JSON in cells beside each other, where one is too short; cut at no blank, which readers would trim, and through no character. */
function pieces(json: string): string[] {
  if (json.length <= LONGEST_TEXT) return [json];
  const plain = json.replace(/[^!-~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return plain.match(/.{1,16000}/g) ?? [];
}

function rowsToXlsx(name: string, { columns, rows }: RowTable): Uint8Array {
  refuseSize(rows.length, columns.length);
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "string" ? shortened(cell) : cell)));
  return writeSheets([{ name, columns: columns.length, rows: [columns.map((column) => column.name), ...cells] }]);
}

/** A text that a cell can hold: what is left out is counted at its end. */
function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : text.slice(0, LONGEST_TEXT) + exportMessages.xlsxShortened(text.length - LONGEST_TEXT);
}

function refuseSize(rows: number, columns: number): void {
  if (rows + 1 > MOST_ROWS) throw new Unwritable(exportMessages.xlsxRows(rows, MOST_ROWS));
  if (rows * columns > MOST_CELLS) throw new Unwritable(exportMessages.xlsxCells(rows * columns, MOST_CELLS));
}
