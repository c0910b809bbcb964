import { UNIT_EXAMPLES } from "../units.ts";
import { clip, few } from "./importers.ts";

/** Sentences of the CSV importer. Lines are counted from 1 in the file, columns from 1 in the line. */

const at = (line: number, column?: number, name = "") =>
  column === undefined ? `Line ${line}` : `Line ${line}, column ${column}${name === "" ? "" : ` ("${clip(name)}")`}`;
const yaml = (role: string, text: string) => `Write in gammawatt.yaml, in this file's entry: columns: { ${role}: "${text}" }`;

export const noTable = (first: string) =>
  `The file holds no table of numbers (it begins "${clip(first)}"). A table has one row per point and at least two columns.`;
export const longLines = (lines: number, characters: number) =>
  `The first ${characters} characters hold ${lines} line${lines === 1 ? "" : "s"}: too long for a table, which has one row per point. If every column is a trace, turn rows and columns.`;
export const longLine = (line: number, bytes: number) => `Line ${line} is longer than ${bytes} bytes: no row of a table is.`;
export const onlyComments = () => "The file holds comments and blank lines only, no row of numbers.";
export const settingsNotTable = (first: string) => `A list of settings, not a table of numbers ("${clip(first)}" ...).`;
export const textTable = (columns: readonly string[]) => `A table of text, not of numbers. Columns: ${few(columns)}.`;
export const meaningUnknown = (
  columns: readonly string[],
  headerless: boolean,
  suggestion: readonly (readonly [role: string, text: string])[] = [],
) => {
  const line = suggestion.map(([role, text]) => `${role}: "${clip(text)}"`).join(", ");
  const example = line === "" ? "." : `; if this is what they are: columns: { ${line} }`;
  return headerless
    ? `A table of ${columns.length} columns without header, whose meaning the numbers do not tell. State it under columns: in gammawatt.yaml, where a column is called by its number and unit ("#1 [us]")${example}`
    : `The columns are not those of a measurement that is known: ${few(columns)}. If it is one, state their meaning under columns: in gammawatt.yaml${example}`;
};
export const timeTooLong = (seconds: number) =>
  `A record against time that goes on for ${Number(seconds.toPrecision(3))} s: a log, not a decay of a qubit. If it is one, state columns: in gammawatt.yaml.`;
export const looksLikeLog = (columns: readonly string[]) =>
  `A log of temperatures or pressures against time, not a measurement of a qubit. Columns: ${few(columns)}.`;

export const notANumber = (line: number, column: number, name: string, cell: string) =>
  `${at(line, column, name)}: "${clip(cell)}" is not a number. Correct the cell, or write nan if the value is missing.`;
export const ragged = (line: number, found: number, expected: number, last: boolean) =>
  `Line ${line} has ${found} cell${found === 1 ? "" : "s"}, ${expected} are expected.${last ? " It is the last line: the file seems to be cut off; copy it again." : " Correct the line or delete it."}`;
export const decimalCommaClash = (line: number) =>
  `Line ${line} has twice the cells of the header: decimal commas cannot be told from comma separators. Export with ";" or tab between the columns.`;
export const noRows = () => "The header is there, but no row of numbers follows. The file seems to be cut off; copy it again.";

export const noSuchColumn = (role: string, wanted: string, columns: readonly string[], nearest: string) =>
  `There is no column "${clip(wanted)}" (${role}). Columns of the file: ${few(columns)}.${nearest === "" ? "" : ` ${yaml(role, nearest)}`}`;
export const noSuchNumber = (role: string, wanted: string, width: number) =>
  `"${clip(wanted)}" (${role}) names a column that is not there: the file has ${width}, counted from 1.`;
export const ambiguousColumn = (role: string, wanted: string, numbers: readonly number[]) =>
  `Columns ${numbers.join(" and ")} are both named "${clip(wanted)}" (${role}). Say which by number: ${yaml(role, `#${numbers[0]}`)}`;
export const noUnit = (missing: readonly { role: string; name: string; example: string; strange?: string | undefined }[]) => {
  const which = (some: typeof missing) => some.map(({ role, name }) => `"${clip(name)}" (${role})`).join(", ");
  const entries = missing.map(({ role, example }) => `${role}: "${clip(example)}"`).join(", ");
  const strange = missing.flatMap(({ role, name, strange }) =>
    strange === undefined ? [] : [`The unit "${clip(strange)}" of column "${clip(name)}" (${role}) is not known. `],
  );
  const none = missing.filter((column) => column.strange === undefined);
  const one = none.length === 1;
  const without =
    none.length === 0
      ? ""
      : `Column${one ? "" : "s"} ${which(none)} ha${one ? "s" : "ve"} no unit, neither in the header nor in gammawatt.yaml. `;
  const known = strange.length === 0 ? "" : `Units that are: ${UNIT_EXAMPLES}. `;
  return `${strange.join("")}${known}${without}Write in gammawatt.yaml, in this file's entry, with the right unit: columns: { ${entries} }`;
};
export const unknownUnit = (role: string, name: string, unit: string) =>
  `The unit "${clip(unit)}" of column "${clip(name)}" (${role}) is not known. Units that are: ${UNIT_EXAMPLES}`;
export const conflictingUnit = (role: string, name: string, file: string, stated: string) =>
  `Column "${clip(name)}" (${role}) is in ${clip(file)} by the file and in ${clip(stated)} by gammawatt.yaml. Correct one of them.`;
export const wrongUnit = (role: string, name: string, unit: string, expected: string) =>
  `Column "${clip(name)}" is in ${clip(unit)}, which no ${role} can be (expected: a unit of ${expected}).`;
export const missingColumn = (kind: string, missing: string, columns: readonly string[]) =>
  `A file of kind ${kind} needs ${missing}; the columns are ${few(columns)}. Name it in gammawatt.yaml, e.g. columns: { ${missing.split(" ")[0]}: "..." }${
    kind.startsWith("field") ? `, or for positions in the first row and column ${matrixLine(missing.split(" ")[0]!)}` : ""
  }`;
const matrixLine = (values: string) =>
  `matrix: { across: "x [um]", down: "y [um]", values: "${values} [${values === "u" ? "J" : "W"}/m^2]" }`;
export const repeatedRole = (role: string, names: readonly string[]) =>
  `Columns ${few(names)} all look like ${role}. Say which to use: ${yaml(role, names[0] ?? "")}`;
export const phaseUnit = (frequency: string) =>
  `The third column may be in degrees or radians: its size does not tell. Write in gammawatt.yaml: columns: { frequency: "#1 [${frequency}]", s_db: "#2 [dB]", s_deg: "#3 [deg]" }, or "#3 [rad]".`;
export const namedPhaseUnit = (name: string, role: string) =>
  `"${clip(name)}" has no unit and may be in degrees or radians: its size does not tell. ${yaml(role, `${name} [deg]`)}, or [rad].`;

export const inferredUnit = (name: string, unit: string, why: string) => `unit ${unit} of "${clip(name)}" inferred: ${why}`;
export const inferredRole = (name: string, role: string, why: string) => `"${clip(name)}" read as ${role}: ${why}`;
export const gaps = (name: string, count: number, firstLine: number) =>
  `${count} cell${count === 1 ? "" : "s"} of "${clip(name)}" hold no number (first in line ${firstLine}); kept as not known.`;
export const decimalComma = (delimiter: string) => `Numbers are written with decimal comma, columns separated by ${delimiter}.`;
export const headerFromComment = (line: number) => `Column names are taken from the comment in line ${line}.`;
export const unitsFromComment = (line: number) => `Units are taken from the comment in line ${line}.`;
export const unitsFromRow = (line: number) => `Units are taken from the row under the header, line ${line}.`;
export const qubitColumn = (name: string) => `Rows are told apart by the qubit in "${clip(name)}".`;
export const numbersForQubits = (name: string) =>
  `Column "${clip(name)}" is to name the qubit of each row, and holds numbers. Write the names as in qubits: of gammawatt.yaml (q1), or qubit: as a label of the entry.`;
export const textColumn = (name: string) => `Column "${clip(name)}" holds text and is not read.`;
export const preamble = (lines: number) =>
  lines === 1 ? "One line before the table is not part of it." : `${lines} lines before the table are not part of it.`;
export const countsDivided = (counts: string, shots: string) => `population = "${clip(counts)}" / "${clip(shots)}"`;
export const computedColumn = (name: string, from: readonly string[]) =>
  `"${clip(name)}" can be computed from ${few(from)}: kept, not used.`;
export const lockIn = (name: string, role: string) =>
  inferredRole(name, role, "a lock-in amplifier calls it so, and no other column is a signal");
export const groundPopulation = (name: string) =>
  `1 - "${clip(name)}", the population of the excited state where the readout tells two levels apart`;
export const polarToCartesian = (magnitude: string, phase: string) => `computed from "${clip(magnitude)}" and "${clip(phase)}"`;
export const magnitudeOnly = (name: string) =>
  `"${clip(name)}" is a magnitude without phase: where it comes from I and Q, the T1 fitted to it is too short (8-25 % in published data).`;
export const shotsOverSigma = () => "Both shots and a standard deviation are given; the shots decide the noise.";
export const passesAsRepeats = (count: number) => `The delays run ${count} times through the same values: taken as ${count} repeats.`;
export const monitor = (name: string, unit: string, values: Float64Array) => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of values) {
    if (x < low) low = x;
    if (x > high) high = x;
  }
  const [from, to] = [low, high].map((x) => Number(x.toPrecision(6)));
  return `"${clip(name)}" varies (${from} to ${to}${unit === "1" ? "" : ` ${unit}`}) without telling traces apart: a reading, kept as a column, not a setting.`;
};
export const meanOfReadings = (name: string) => `the mean of "${clip(name)}" over the trace, as it was read back`;
export const blocksAsRepeats = (count: number) =>
  `${count} blocks separated by blank lines are read as repeats: nothing in the file says what differs between them.`;
export const blocksAsSweep = (count: number, what: string) => `${count} blocks, one per value of ${clip(what)}.`;
export const repeatsInColumns = (names: readonly string[]) => `Columns ${few(names)} are read as repeats of one trace.`;
export const severalConstant = (name: string, value: string) => `"${clip(name)}" is the same in all rows: ${value}.`;
export const percentLike = (name: string) =>
  `"${clip(name)}" has no unit and exceeds 1: if it is a percentage, write "${clip(name)} [%]" in gammawatt.yaml.`;
export const vnaInferred = (frequency: string, phase: string, why: string) =>
  `Three columns without header, read as a network analyser's frequency [${frequency}], magnitude [dB] and phase [${phase}: ${why}] by their ranges; the port is not stated.`;
export const columnsFromSidecar = (file: string) => `Column names and units are taken from ${clip(file)} beside it.`;
export const conditionsOfOthers = () => "Conditions of the measurements beside it: read together with them.";
export const powerInDecibel = (name: string) =>
  `"${clip(name)}" is in dB: a power over what is not said, so it is kept and not used as one. If it is in dBm, state power: "${clip(name)} [dBm]" under columns: in gammawatt.yaml.`;
export const oddPower = (name: string, largest: number) =>
  `"${clip(name)}" reaches ${Number(largest.toPrecision(3))} W, which no source delivers: is the unit right? It is kept as stated.`;
export const unitsClash = (name: string, header: string, line: number, under: string) =>
  `"${clip(name)}" is in ${clip(header)} by the header and in ${clip(under)} by the row below it (line ${line}). Correct one of them.`;
export const duplicateFrequencies = (count: number) =>
  `${count} row${count === 1 ? " stands" : "s stand"} at a frequency that an earlier row has: all are kept.`;
export const thousands = (line: number, column: number, cell: string) =>
  `${at(line, column)}: "${clip(cell)}" has marks between its thousands. Export the numbers without them (in a spreadsheet: number format "General").`;
export const thousandOrDecimal = (line: number, column: number, cell: string) =>
  `${at(line, column)}: "${clip(cell)}" may be ${cell.replace(/[.,]/, "")} or ${cell.replace(",", ".")}: nothing in the file tells a thousands separator from a decimal mark. Export the numbers without thousands separators.`;
export const complexCells = (name: string) => `The cells of "${clip(name)}" are complex numbers: read as their real and imaginary parts.`;
export const realCells = (name: string) => `The cells of "${clip(name)}" are complex numbers without imaginary part: read as real numbers.`;
export const unitsInCells = (name: string) => `The cells of "${clip(name)}" state their unit themselves.`;
export const clockWithoutDate = (name: string) =>
  `"${clip(name)}" holds times of day without a date: they tell repeats apart and date nothing.`;
export const dayFirst = (name: string, example: string) =>
  `"${clip(name)}" (${clip(example)}) read with the day first, as dates with points are written.`;
export const dayOrMonth = (name: string, example: string) =>
  `"${clip(name)}" (${clip(example)}) may begin with the day or the month: the times tell repeats apart and date nothing. Write 2026-11-02 10:23.`;
