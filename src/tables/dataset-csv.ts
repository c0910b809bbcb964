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
  const lines = text.split(/\r?\n/);
  if (lines[0] !== FIRST_LINE) throw new ForeignFailure(exportMessages.savedElsewhere(), "1");
  const end = lines.findIndex((line) => !line.startsWith("# "));
  if (lines.pop() !== "" || end < 0) throw new ForeignFailure(exportMessages.csvCutOff());
  const facts = new Map(lines.slice(1, end).map((line, k) => factOf(line, k + 2)));
  const columns = columnsOfFacts(facts.get("columns"));
  if (lines[end] !== headerLine(columns)) throw new ForeignFailure(exportMessages.headerChanged(headerLine(columns)), String(end + 1));
  const body = lines.slice(end + 1);
  const { length } = body;
  if (facts.get("rows") !== length) throw new ForeignFailure(exportMessages.rowsMissing(Number(facts.get("rows")), length));
  const values = columns.map(() => new Float64Array(length));
  body.forEach((line, row) => {
    const cells = line.split(",");
    if (cells.length !== columns.length)
      throw new ForeignFailure(exportMessages.cells(cells.length, columns.length), String(end + 2 + row));
    for (let c = 0; c < cells.length; c++) values[c]![row] = numberOf(cells[c]!, `${end + 2 + row}:${c + 1}`);
  });
  return {
    name: "",
    columns: columns.map((column, c) => ({ ...column, content: { numbers: values[c]! } })),
    rows: length,
    comments: [],
    notes: [],
    dataset: JSON.stringify(Object.fromEntries(facts)),
  };
}

function factOf(line: string, number: number): [string, unknown] {
  const colon = line.indexOf(": ");
  try {
    return [line.slice(2, colon), JSON.parse(line.slice(colon + 2))];
  } catch (error) {
    throw new ForeignFailure(exportMessages.brokenFact(line), String(number), { cause: error });
  }
}

function numberOf(cell: string, place: string): number {
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
  if (Number.isNaN(value)) throw new ForeignFailure(exportMessages.notANumber(cell), place);
  return value;
}
