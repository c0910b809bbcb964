import { clip, few } from "./importers.ts";

/** Sentences about Arrow, Parquet and spreadsheet files. */
export const tableFileMessages = {
  damaged: (format: string, cause: string) =>
    `The ${format} file is damaged or was cut off (${clip(cause, 160)}). Write it again, or copy it again.`,
  inconsistent: () => "its parts contradict each other",
  cutOff: (format: string) => `The ${format} file does not end as such files end: it was cut off. Write it again, or copy it again.`,
  noAnswer: (format: string, cause: string) =>
    `The ${format} file could not be read within its limits (${cause}). It is damaged or far too large.`,
  unpacksTooFar: (bytes: number, limit: number) =>
    `Its compressed parts claim to unpack to ${bytes} bytes, more than the ${limit} that are allowed for a file of this length: it is damaged or a trap. If it is neither, write it without compression.`,
  featherOne: () =>
    "A Feather file of version 1, which is not read. Write it again as version 2 (pyarrow.feather.write_feather), or as Parquet.",
  codec: (codec: string) =>
    `Columns are compressed with ${clip(codec)}, which is not read. Write the file with zstd or snappy compression, or with none.`,
  arrowSchemaUnread: () =>
    "The Arrow schema kept in the Parquet file could not be read: units that stand only there are not known; those in column names are.",
  encrypted: (format: string) => `The ${format} file is encrypted. Save it without a password.`,
  unsafeInteger: (column: string, value: string) =>
    `"${clip(column)}" holds the integer ${value}, which a floating-point number cannot hold exactly.`,
  tooManyNumbers: (numbers: number, limit: number) =>
    `The file holds ${numbers} numbers, more than the ${limit} that are read from a file of this length. Split it.`,
  tooManyColumns: (columns: number, limit: number) =>
    `The table has ${columns} columns, more than the ${limit} that are read. If every column is a trace, write a long table with one row per point.`,
  lengths: (column: string, length: number, expected: number) =>
    `Column "${clip(column)}" has ${length} values, the table has ${expected} rows: the file is damaged.`,
  rowGroups: (rows: number, expected: number) =>
    `The row groups hold ${rows} rows, the file claims ${expected}: it is damaged. Write it again, or copy it again.`,
  badPage: (column: string) =>
    `A page of column "${clip(column)}" is longer than the column: the file is damaged. Write it again, or copy it again.`,
  pageChecksum: (column: string) =>
    `The checksum of a page of column "${clip(column)}" does not fit: the file is damaged. Copy it again, or write it again.`,
  unknownType: (type: string) => `A column holds ${clip(type)}, which is not read. Write the file without that column.`,
  onlyMissing: () => "nothing but missing values",
  nameTwice: (column: string) => `Two columns are named "${clip(column)}". Give each its own name.`,
  valueMissing: (column: string, row: number) =>
    `Row ${row + 1} of column "${clip(column)}" refers to a value that is not in the file: it is damaged. Write it again, or copy it again.`,
  textColumn: (name: string) => `Column "${clip(name)}" holds text and is not read.`,
  unreadableColumn: (name: string, type: string) => `Column "${clip(name)}" holds ${type} and is not read.`,
  textForNumbers: (name: string, meaning: string) =>
    `Column "${clip(name)}" should hold numbers (${meaning}), but holds text. Correct it, or name another column in gammawatt.yaml.`,
  gaps: (name: string, count: number) =>
    `${count} value${count === 1 ? "" : "s"} of "${clip(name)}" ${count === 1 ? "is" : "are"} missing; kept as not known.`,
  noColumns: () => "The file holds a table without columns of numbers; it is listed and left alone.",
  badDatasetMetadata: (what: string) =>
    `What gammawatt wrote about the dataset is not complete (${what}): the file was changed by hand or damaged. Export it again.`,
  changedSinceExport: (id: string) =>
    `The numbers are not those that were exported as dataset ${clip(id)}: the file was changed since, so the dataset has an id of its own.`,
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
  numbersAsText: (column: string, cell: string, mark: 44 | 46) =>
    `Numbers of "${clip(column)}" are stored as text (${cell}) and read as numbers${mark === 44 ? ", with a decimal comma" : ""}.`,
  thousandOrDecimal: (cell: string, text: string) =>
    `${cell}: "${clip(text)}" is stored as text and may be ${text.replace(/[.,]/, "")} or ${text.replace(",", ".")}: nothing in the sheet tells a thousands separator from a decimal mark. Turn the cells into numbers.`,
  percentFormat: (column: string) =>
    `The cells of "${clip(column)}" are in percent format, which keeps fractions: 0.95 is shown as 95 %, and read as 0.95.`,
  durations: (column: string) => `The cells of "${clip(column)}" are durations: read in seconds.`,
  formatsDiffer: (one: string, other: string, shown: "percent" | "duration") =>
    `${one} is ${shown === "percent" ? "in percent format" : "a duration"}, ${other} in the same column is not: what its numbers mean is not clear. Give the column one format.`,
  noTable: () => "No sheet of the workbook holds a table with a header and numbers below it; it is listed and left alone.",
  aboveTable: (rows: number) => `${rows} row${rows === 1 ? "" : "s"} above the table ${rows === 1 ? "is" : "are"} not part of it.`,
  unitsFromRow: (row: number) => `Units are taken from the row under the header, row ${row}.`,
  cooldownLog: (columns: readonly string[]) =>
    `A log of a cooldown (temperatures or pressures against time), not a measurement of a qubit. Columns: ${few(columns)}.`,
  oldWorkbook: () => "A workbook in the old binary format (.xls), which is not read. Save it as .xlsx, or the table as CSV.",
} as const;

/** Why packed bytes cannot be unpacked; `tableFileMessages.damaged` makes a sentence of it. */
export const codecMessages = {
  notLz4Frame: () => "no LZ4 frame begins where one should",
  lz4Variant: () => "an LZ4 frame of another version, or with a dictionary",
  zstd: () => "a ZSTD frame is broken or its checksum does not fit",
  checksum: (codec: string) => `an ${codec} checksum does not fit`,
  ended: (codec: string) => `packed ${codec} bytes end too early`,
  match: (codec: string) => `an ${codec} match reaches back to before the beginning`,
  size: (codec: string, bytes: number, expected: number) => `${codec} bytes unpack to ${bytes} bytes instead of ${expected}`,
  growth: (codec: string, packed: number, bytes: number) => `${packed} bytes of ${codec} cannot unpack to ${bytes}`,
} as const;
