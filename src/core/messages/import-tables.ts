import { clip, few } from "./importers.ts";

/** Sentences about Arrow, Parquet and spreadsheet files. */
export const tableFileMessages = {
  damaged: (format: string, cause: string) =>
    `The ${format} file is damaged or was cut off (${clip(cause, 160)}). Write it again, or copy it again.`,
  cutOff: (format: string) => `The ${format} file does not end as such files end: it was cut off. Write it again, or copy it again.`,
  noAnswer: (format: string, cause: string) =>
    `The ${format} file could not be read within its limits (${cause}). It is damaged or far too large.`,
  compressed: (codec: string) =>
    `The file's buffers are compressed (${codec}), which is not read. Write it without compression: pyarrow.feather.write_feather(table, path, compression="uncompressed"), or as Parquet with snappy.`,
  featherOne: () => "A Feather file of version 1, which is not read. Write it again as version 2 without compression, or as Parquet.",
  codec: (codec: string) =>
    `Columns are compressed with ${clip(codec)}, which is not read. Write the file with snappy compression or with none.`,
  arrowSchemaUnread: () =>
    "The Arrow schema kept in the Parquet file could not be read: units that stand only there are not known; those in column names are.",
  encrypted: (format: string) => `The ${format} file is encrypted. Save it without a password.`,
  unsafeInteger: (column: string, value: string) =>
    `"${clip(column)}" holds the integer ${value}, which a floating-point number cannot hold exactly.`,
  tooManyNumbers: (numbers: number, limit: number) =>
    `The file holds ${numbers} numbers, more than the ${limit} that are read from one file. Split it.`,
  lengths: (column: string, length: number, expected: number) =>
    `Column "${clip(column)}" has ${length} values, the table has ${expected} rows: the file is damaged.`,
  textColumn: (name: string) => `Column "${clip(name)}" holds text and is not read.`,
  unreadableColumn: (name: string, type: string) => `Column "${clip(name)}" holds ${type} and is not read.`,
  textForNumbers: (name: string, meaning: string) =>
    `Column "${clip(name)}" should hold numbers (${meaning}), but holds text. Correct it, or name another column in gammawatt.yaml.`,
  gaps: (name: string, count: number) =>
    `${count} value${count === 1 ? "" : "s"} of "${clip(name)}" ${count === 1 ? "is" : "are"} missing; kept as not known.`,
  noColumns: () => "The file holds a table without columns of numbers; it is listed and left alone.",
  badDatasetMetadata: (what: string) =>
    `What gammawatt wrote about the dataset is not complete (${what}): the file was changed by hand or damaged. Export it again.`,
  // Spreadsheets.
  sheet: (name: string) => `Read from the sheet "${clip(name)}".`,
  sheetLeftOut: (name: string, why: string) => `The sheet "${clip(name)}" is left out: ${why}`,
  mergedCells: (range: string) =>
    `The cells ${range} are merged within the table. Separate them, so that every cell holds its own value, and save again.`,
  notANumber: (cell: string, text: string) =>
    `${cell}: "${clip(text)}" is not a number. Correct the cell, or leave it empty if the value is missing.`,
  cellError: (cell: string, text: string) => `${cell}: the formula's result is an error (${clip(text)}). Correct it, or empty the cell.`,
  formulaWithoutValue: (cell: string) =>
    `${cell}: a formula whose value is not stored. Open the file in a spreadsheet program and save it.`,
  dateColumn: (name: string) => `Column "${clip(name)}" holds dates and is not read.`,
  noTable: () => "No sheet of the workbook holds a table with a header and numbers below it; it is listed and left alone.",
  aboveTable: (rows: number) => `${rows} row${rows === 1 ? "" : "s"} above the table ${rows === 1 ? "is" : "are"} not part of it.`,
  unitsFromRow: (row: number) => `Units are taken from the row under the header, row ${row}.`,
  cooldownLog: (columns: readonly string[]) =>
    `A log of a cooldown (temperatures or pressures against time), not a measurement of a qubit. Columns: ${few(columns)}.`,
  oldWorkbook: () => "A workbook in the old binary format (.xls), which is not read. Save it as .xlsx, or the table as CSV.",
} as const;
