import { clip } from "./importers.ts";

/** Sentences of the CITIfile importer. Lines are counted from 1. */

export const unknownVersion = (line: number, version: string) =>
  `Line ${line}: CITIfile version "${clip(version)}"; A.01.00 and A.01.01 are known. It was read as those are.`;
export const badCount = (line: number, written: string) =>
  `Line ${line}: "${clip(written)}" does not say how many values the VAR has. Expected: VAR <name> [MAG] <number>.`;
export const badData = (line: number, written: string) =>
  `Line ${line}: "${clip(written)}" is no DATA line. Expected: DATA <name> <format>.`;
export const unknownFormat = (line: number, format: string) =>
  `Line ${line}: the data format "${clip(format)}" is not known. Formats that are read: RI, MAGANGLE, DBANGLE, MAG, DB, ANGLE, RE, IM.`;
export const notANumber = (line: number, token: string) => `Line ${line}: "${clip(token)}" is not a number.`;
export const badSegment = (line: number, written: string) =>
  `Line ${line}: "${clip(written)}" is no segment. Expected: SEG <start> <stop> <number of points>.`;
export const listWithoutVar = (line: number, count: number) =>
  `Line ${line}: a list of ${count} value${count === 1 ? "" : "s"}, but no VAR is left that has as many.`;
export const ambiguousList = (first: string, second: string, count: number) =>
  `Of VAR ${clip(first)} and VAR ${clip(second)}, both of ${count} value${count === 1 ? "" : "s"}, only one has a list, and the file does not say which. Add the other one.`;
export const tooManyBlocks = (line: number) => `Line ${line}: BEGIN without a DATA line that it belongs to.`;
export const missingBlock = (name: string) =>
  `There is no BEGIN ... END for DATA ${clip(name)}. The file seems to be cut off; copy it again.`;
export const openBlock = (line: number, what: string) =>
  `The ${what} that begins in line ${line} has no end. The file seems to be cut off; copy it again.`;
export const rowWidth = (line: number, found: number, expected: number) =>
  `Line ${line} has ${found} number${found === 1 ? "" : "s"}; this DATA has ${expected} per line.`;
export const rowCount = (name: string, line: number, found: number, expected: number) =>
  `DATA ${clip(name)} has ${found} line${found === 1 ? "" : "s"} before line ${line}, its VARs together have ${expected} values.`;
export const outsidePackage = (line: number) => `Line ${line}: numbers outside BEGIN ... END and lists.`;
export const noPackage = () => "There is no line CITIFILE A.01.00 or A.01.01.";

export const noValues = (name: string) => `VAR ${clip(name)} has no list of values: its points are numbered from 0.`;
export const packageName = (name: string) => `Package "${clip(name)}".`;
export const noVar = () => "There is no VAR: the points are numbered from 0.";
export const constantAndVar = (name: string, constant: string) => `${name} is a VAR and, as ${constant}, a CONSTANT: the VAR counts.`;
