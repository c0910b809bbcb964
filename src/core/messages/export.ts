import { clip } from "./importers.ts";

/** Sentences about taking data out, and about files that were taken out and changed since. */
export const exportMessages = {
  results: () => "A table that gammawatt wrote about measurements (estimates, fits or an index), not one of them: listed and left alone.",
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
  cannotWrite: (out: string, why: string) =>
    `The export cannot be written to "${out}": ${why}. Give a folder that can be written: --out <dir>`,
  amongMeasurements: (out: string) =>
    `"${out}" lies in the measurement folder and holds files already. Give a new folder, so that none of them is overwritten: --out <dir>`,
  unknownFormat: (format: string, known: readonly string[]) =>
    `There is no format "${clip(format)}". Type one of: ${known.map((f) => `--format ${f}`).join(", ")}`,
  written: (
    { format, estimates, fits, datasets }: { format: string; estimates: number; fits: number; datasets: number },
    out: string,
    seconds: number,
  ) =>
    `exported as ${format} to ${out}: estimates.${format} (${estimates} rows), fits.${format} (${fits} rows), ${datasets} dataset${datasets === 1 ? "" : "s"} in datasets/, listed in index.csv   (${seconds.toFixed(1)} s)`,
} as const;
