import { clip, few } from "./importers.ts";

/** Sentences of the importers of network analysers' and lock-ins' CSV exports. Lines are counted from 1. */

export const notANumber = (line: number, column: number, cell: string) =>
  `Line ${line}, column ${column}: "${clip(cell)}" is not a number.`;
export const ragged = (line: number, found: number, expected: number) =>
  `Line ${line} has ${found} cell${found === 1 ? "" : "s"}, ${expected} are expected. The file seems to be cut off or edited; copy it again.`;
export const noEnd = (line: number) => `The block that begins in line ${line} has no END. The file seems to be cut off; copy it again.`;
export const noRows = () => "The header is there, but no row of numbers follows. The file seems to be cut off; copy it again.";
export const noHeader = () => "There is no line of column names in front of the numbers.";
export const noAxis = (columns: readonly string[]) => `No column is a frequency, time or power: ${few(columns)}.`;
export const unknownPart = (column: string, unit: string) =>
  `"${clip(column)}" is in "${clip(unit)}", which is no part of an S-parameter that is known; kept as a number.`;
export const degreesOfVendor = (column: string) => `"${clip(column)}" is an angle without unit; this instrument writes degrees.`;
export const sourcePower = (dbm: number) => `Source power ${dbm} dBm, as the file states.`;
export const decimalComma = () => "Numbers are written with decimal comma.";
export const tracesUnnamed = () => "The file does not say which S-parameters its traces are; they are kept by number.";
export const instrument = (text: string) => `Instrument: ${clip(text, 120)}.`;
export const ticks = () => "in ticks of the instrument's clock, whose rate the file does not state";
export const fieldLength = (line: number, field: string, found: number, expected: number) =>
  `Line ${line}: field ${clip(field)} has ${found} values, the sweep has ${expected}.`;
