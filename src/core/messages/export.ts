import { clip } from "./importers.ts";

/** Sentences about taking data out, and about files that were taken out and changed since. */
export const exportMessages = {
  savedElsewhere: () =>
    "A dataset that gammawatt exported, saved again by another program, which changed the comment lines that say what it is. Export it again, or delete the lines that begin with # to have it read as an ordinary table.",
  csvCutOff: () => "The file does not end with a line end: it was cut off. Export it again.",
  headerChanged: (expected: string) =>
    `The header is not the one that was exported, which is ${clip(expected, 200)}. Write it so again, or delete the lines that begin with # to have the file read as an ordinary table.`,
  rowsMissing: (expected: number, found: number) =>
    `The file says that it has ${expected} rows, and has ${found}: it was cut off or changed. Export it again, or delete the lines that begin with # to have it read as an ordinary table.`,
  cells: (found: number, expected: number) =>
    `The line has ${found} cells instead of ${expected}. Correct it, or export the dataset again.`,
  brokenFact: (line: string) =>
    `The comment line "${clip(line)}" was changed: behind the colon JSON is expected. Export the dataset again.`,
  notANumber: (cell: string) => `"${clip(cell)}" is not a number. Correct it, or leave it empty if the value is not known.`,
  cellHeaderChanged: (expected: string, found: string) =>
    `The header is "${clip(found)}", not "${clip(expected, 200)}" as exported. Write it so again, or delete the sheet "about" to have the workbook read as an ordinary table.`,
  xlsxRows: (rows: number, limit: number) =>
    `${rows} rows and a header are more than the ${limit} that a sheet holds. Take another format: --format parquet`,
  xlsxCells: (cells: number, limit: number) =>
    `${cells} numbers are more than the ${limit} that are written into one workbook. Take another format: --format parquet`,
  xlsxInfinity: () => "It holds an infinite number, which a spreadsheet cannot. Take another format: --format parquet",
  xlsxShortened: (left: number) => ` ... and ${left} characters more, too long for a cell: take --format csv`,
} as const;
