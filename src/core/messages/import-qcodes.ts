import { clip, few } from "./importers.ts";

/** Sentences about SQLite databases in general and QCoDeS databases in particular, and about QCoDeS' older text files. */
export const qcodesMessages = {
  notOpened: (cause: string) =>
    `The SQLite database cannot be read (${clip(cause, 200)}). It is damaged or was cut off while it was copied; copy it again.`,
  noAnswer: (cause: string) => `The database could not be read within its limits (${cause}). It is damaged, or far too large for one file.`,
  rollbackJournal: () =>
    "A rollback journal (-journal) with unfinished changes stands beside the database. Open and close it once with QCoDeS, which finishes them, then run again.",
  logDamaged: (what: string) =>
    `The write-ahead log (-wal) beside the database is damaged or is being written (${what}). Close QCoDeS, or open and close the database once with it, then run again.`,
  logPageSize: (log: number, database: number) =>
    `The write-ahead log (-wal) has pages of ${log} bytes, the database of ${database}: they do not belong together. Close QCoDeS, which merges its log, then copy both files again.`,
  moved: () => "The database was written to while it was read. Close QCoDeS or wait for the measurement to end, then run again.",
  cutOff: (expected: number, found: number) =>
    `The database should have ${expected} bytes but has ${found}: it was cut off while it was copied, or its write-ahead log (-wal) was left behind. Copy it again, with everything beside it.`,
  noSpace: (bytes: number) =>
    `There is no room for a copy of the database (${Math.ceil(bytes / 1e6)} MB) in the temporary folder. Free some, or set TMPDIR to a folder with room.`,
  logMerged: (pages: number) =>
    `${pages} page${pages === 1 ? "" : "s"} of the write-ahead log (-wal) beside the database ${pages === 1 ? "was" : "were"} merged into a copy before reading.`,
  notQcodes: (tables: readonly string[]) =>
    `An SQLite database that QCoDeS did not write: the tables "runs" and "experiments" are not both there (tables: ${few(tables)}). It is listed and left alone.`,
  noRuns: () => "A QCoDeS database without any measured run.",
  badDescription: (cause: string) => `The run's description is not what QCoDeS writes (${clip(cause, 120)}).`,
  descriptionVersion: (version: string) =>
    `The run's description has version ${clip(version)}; versions 0 to 3 are known. Export the run with an older QCoDeS, or as CSV.`,
  unknownParameter: (dependent: string, name: string) =>
    `"${clip(dependent)}" depends on "${clip(name)}", which the run does not describe.`,
  resultsMissing: (table: string) => `The table "${clip(table)}" that should hold the run's results does not exist.`,
  columnMissing: (name: string, table: string) => `The table "${clip(table)}" has no column "${clip(name)}", which the run describes.`,
  notNumeric: (name: string, text: string) => `"${clip(name)}" holds "${clip(text)}", which is no number.`,
  textArray: (name: string) => `The array in "${clip(name)}" does not hold numbers.`,
  arrayLengths: (name: string, length: number, expected: number) =>
    `The array in "${clip(name)}" has ${length} elements, the one it belongs to has ${expected}.`,
  tooManyNumbers: (limit: number) => `The run holds more than ${limit} numbers, more than fit into this file: the database is damaged.`,
  complexAxis: (name: string) => `"${clip(name)}" is complex, but stands for an axis.`,
  emptyRuns: (runs: readonly number[]) =>
    `Run${runs.length === 1 ? "" : "s"} ${runs.slice(0, 20).join(", ")}${runs.length > 20 ? ` and ${runs.length - 20} more` : ""} of the database hold${runs.length === 1 ? "s" : ""} no swept measurement and ${runs.length === 1 ? "is" : "are"} left out.`,
  incompleteRun: (run: number) => `Run ${run} was not completed; the points that exist are kept.`,
  textParameter: (name: string) => `"${clip(name)}" holds text and is not read.`,
  fromRun: (run: number, name: string, experiment: string, sample: string) =>
    `Run ${run} "${clip(name)}"${experiment === "" ? "" : ` of experiment "${clip(experiment)}"`}${sample === "" ? "" : `, sample "${clip(sample)}"`}.`,
  snapshotPower: (path: string, value: number, unit: string) => `Instrument snapshot: ${clip(path, 100)} = ${value} ${unit}.`,
  snapshotUnreadable: () => "The run's instrument snapshot is not JSON and was not read.",
  // Legacy text files.
  legacyHeader: (what: string) =>
    `Not the header that QCoDeS writes: ${what}. Expected: three lines "# names", "# labels in quotes", "# shape", then rows of numbers.`,
  legacyRow: (line: number, found: number, expected: number) =>
    `Line ${line} has ${found} cells, ${expected} are expected. The file seems to be cut off or edited.`,
  legacyCell: (line: number, column: number, cell: string) => `Line ${line}, column ${column}: "${clip(cell)}" is not a number.`,
  legacyShape: (shape: readonly number[], rows: number) =>
    `The header states ${shape.join(" x ")} points; ${rows} were written before the measurement ended. They are kept.`,
  legacyTooMany: (shape: readonly number[], rows: number) => `The header states ${shape.join(" x ")} points, but ${rows} rows follow.`,
  legacyEmpty: () => "The header is there, but no row of numbers follows: the measurement was ended before its first point.",
  badSnapshot: (cause: string) =>
    `The snapshot beside the data is not what QCoDeS writes (${clip(cause, 120)}). Copy it again, or move it away: then units must be stated in gammawatt.yaml.`,
  legacyUnits: () => "Units come from the snapshot beside the file (snapshot.json).",
  legacyNoUnits: () => "QCoDeS' text files state no units, and no snapshot.json stands beside the file: the numbers are as written.",
} as const;

/** Sentences about tables of measured parameters over swept ones. */
export const sweepMessages = {
  delayUnit: (name: string, unit: string) =>
    `"${clip(name)}" is named like a delay but has ${unit.trim() === "" ? "no unit" : `the unit "${clip(unit)}"`}; it is not fitted. State columns: { delay: "${clip(name)} [us]" } in gammawatt.yaml, with the right unit.`,
  besideFrequency: (name: string) => `"${clip(name)}" read as a scattering parameter: it stands beside a frequency`,
  decibels: (name: string) => `"${clip(name)}" converted from dB to a magnitude`,
  magnitudeOnly: (name: string) =>
    `"${clip(name)}" is a magnitude without phase: where it comes from I and Q, the T1 fitted to it is too short (8-25 % in published data).`,
  degreesInferred: (name: string, most: number) =>
    `unit deg of "${clip(name)}" inferred: none is stated, and its numbers reach ${Number(most.toPrecision(3))}`,
  gaps: (name: string, count: number) =>
    `${count} value${count === 1 ? "" : "s"} of "${clip(name)}" ${count === 1 ? "is" : "are"} not a number; kept as not known.`,
  noSuchParameter: (role: string, wanted: string, known: readonly string[]) =>
    `There is no parameter "${clip(wanted)}" (${role}). Parameters of the file: ${few(known)}.`,
} as const;
