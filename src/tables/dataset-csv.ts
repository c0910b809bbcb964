import type { Column } from "../core/dataset.ts";
import { exportMessages } from "../core/messages/export.ts";
import { csvLine } from "./csv.ts";
import { columnsOf, type Dataset } from "./dataset.ts";
import { columnFacts, columnHeader, columnsOfFacts, datasetFacts, factText } from "./dataset-facts.ts";
import { ForeignFailure, type ForeignTable } from "./foreign.ts";

const FIRST_LINE = "# gammawatt dataset";
const ROWS_AT_ONCE = 4096;

/**
 * A dataset as CSV: comment lines `# key: JSON` with everything that is known about it, a header `name [unit]`, numbers in SI in their shortest form
 * that reads back equal, nothing where a number is not known. Piece by piece.
 */
export function* datasetCsv(dataset: Dataset): Generator<string> {
  const columns = columnsOf(dataset);
  const rows = dataset.table.numRows;
  const facts = { ...datasetFacts(dataset), columns: columnFacts(dataset), rows };
  const comments = Object.entries(facts).map(([key, fact]) => `# ${key}: ${factText(fact)}`);
  yield `${[FIRST_LINE, ...comments, headerLine(columns)].join("\n")}\n`;
  for (let start = 0; start < rows; start += ROWS_AT_ONCE) {
    const lines: string[] = [];
    for (let row = start; row < Math.min(rows, start + ROWS_AT_ONCE); row++)
      lines.push(columns.map(({ values }) => cellText(values[row]!)).join(",") || EMPTY_ROW);
    yield `${lines.join("\n")}\n`;
  }
}

const headerLine = (columns: readonly Column[]) => csvLine(columns.map(columnHeader));

/** A row of one unknown number: an empty line would be none. */
const EMPTY_ROW = '""';

function cellText(x: number): string {
  if (Number.isFinite(x)) return Object.is(x, -0) ? "-0" : String(x);
  return Number.isNaN(x) ? "" : x > 0 ? "inf" : "-inf";
}

/** Whether a text was written by `datasetCsv`, whatever has become of it since. */
export function isDatasetCsv(text: string): boolean {
  return /^"?# gammawatt dataset/.test(text);
}

/**
 * Reads what `datasetCsv` wrote.
 * @throws ForeignFailure, `inside` being the line, where it was cut off or changed so that its numbers can no longer be assigned
 */
export function readDatasetCsv(text: string): ForeignTable {
  const lines = linesOf(text);
  if (lines.next().value !== FIRST_LINE) throw new ForeignFailure(exportMessages.savedElsewhere(), "1");
  if (!text.endsWith("\n")) throw new ForeignFailure(exportMessages.csvCutOff());
  const facts = new Map<string, unknown>();
  let number = 2;
  let line = lines.next().value;
  for (; line?.startsWith("# "); line = lines.next().value) facts.set(...factOf(line, number++));
  const columns = columnsOfFacts(facts.get("columns"));
  if (line !== headerLine(columns)) throw new ForeignFailure(exportMessages.headerChanged(headerLine(columns)), String(number));
  const rows = Number(facts.get("rows"));
  // Every row has a line end: no file can claim more rows than it has characters.
  if (!(rows <= text.length)) throw new ForeignFailure(exportMessages.rowsMissing(rows, 0));
  const values = columns.map(() => new Float64Array(rows));
  let row = 0;
  for (const cells of lines) {
    number++;
    fillRow(cells.split(","), values, row++, number);
  }
  if (row !== rows) throw new ForeignFailure(exportMessages.rowsMissing(rows, row));
  return {
    name: "",
    columns: columns.map((column, c) => ({ ...column, content: { numbers: values[c]! } })),
    rows,
    comments: [],
    notes: [],
    dataset: JSON.stringify(Object.fromEntries(facts)),
  };
}

/** Lines without their ends, one at a time. */
function* linesOf(text: string): Generator<string, undefined> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    yield text.slice(start, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
    start = end + 1;
  }
}

function fillRow(cells: readonly string[], values: readonly Float64Array[], row: number, line: number): void {
  if (cells.length !== values.length) throw new ForeignFailure(exportMessages.cells(cells.length, values.length), String(line));
  for (let c = 0; c < cells.length; c++) values[c]![row] = numberOf(cells[c]!, line, c);
}

function factOf(line: string, number: number): [string, unknown] {
  const colon = line.indexOf(": ");
  try {
    return [line.slice(2, colon), JSON.parse(line.slice(colon + 2))];
  } catch (error) {
    throw new ForeignFailure(exportMessages.brokenFact(line), String(number), { cause: error });
  }
}

function numberOf(cell: string, line: number, column: number): number {
  switch (cell) {
    case "":
    case EMPTY_ROW:
      return Number.NaN;
    case "inf":
      return Number.POSITIVE_INFINITY;
    case "-inf":
      return Number.NEGATIVE_INFINITY;
  }
  const value = /^[-+.\deE]+$/.test(cell) ? Number(cell) : Number.NaN;
  if (Number.isNaN(value)) throw new ForeignFailure(exportMessages.notANumber(cell), `${line}:${column + 1}`);
  return value;
}
