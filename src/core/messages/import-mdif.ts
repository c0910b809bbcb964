import { clip } from "./importers.ts";

/** Sentences of the MDIF importer. Lines are counted from 1. */

export const notANumber = (line: number, token: string) => `Line ${line}: "${clip(token)}" is not a number.`;
export const noColumns = (line: number, name: string) => `Line ${line}: numbers in block ${clip(name)} before a line of column names (%).`;
export const cutOff = (line: number, found: number, expected: number) =>
  `Line ${line}: the last row of the block has ${found} of ${expected} numbers. The file seems to be cut off; copy it again.`;
export const rowInsideLine = (line: number, expected: number) =>
  `Line ${line}: a row ends inside the line. A row has ${expected} numbers, and the next begins on a line of its own.`;
export const noEnd = (name: string, line: number) =>
  `Block ${clip(name)}, which begins in line ${line}, has no END. The file seems to be cut off; copy it again.`;
export const nested = (line: number) => `Line ${line}: BEGIN inside a block that has no END.`;
export const badVariable = (line: number, written: string) => `Line ${line}: "${clip(written)}" is no VAR <name> = <value>.`;
export const portsOfColumn = (name: string) =>
  `Column ${clip(name)} does not say where its first port ends. Write N1_11X and N1_11Y for ports 1 and 11.`;
export const halfPair = (name: string) => `Column ${clip(name)} has no partner: N<i><j>X and N<i><j>Y belong together.`;
export const frequencyConversion = (line: number) =>
  `Line ${line}: a frequency conversion (FC) other than 1 0 is not read. Export the data at their own frequencies.`;
export const noBlocks = () => "There is no BEGIN ... END block with rows.";

export const noOptionLine = (name: string) => `Block ${clip(name)} has no option line (#): GHz S MA R 50 are taken.`;
export const textVariable = (name: string, value: string) => `VAR ${clip(name)} is the text "${clip(value)}".`;
export const textColumn = (name: string) => `Column "${clip(name)}" holds text and is not read.`;
export const blockName = (name: string) => `Block "${clip(name)}".`;
