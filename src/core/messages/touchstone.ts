import { clip } from "./importers.ts";

/** Sentences of the Touchstone importer. Lines are counted from 1. */

export const unknownOption = (line: number, token: string) =>
  `Line ${line}: "${clip(token)}" is no part of an option line. Expected: # [Hz|kHz|MHz|GHz] [S|Y|Z|G|H] [DB|MA|RI] [R <ohm>], in any order.`;
export const badReference = (line: number, token: string) =>
  `Line ${line}: the reference resistance behind R is "${clip(token)}", not a number of ohm above 0. Write for example R 50.`;
export const noOptionLine = () => "There is no option line (#): the defaults GHz S MA R 50 are taken.";
export const secondOptionLine = (line: number) => `Line ${line} is a second option line; only the first counts.`;
export const version2 = (line: number) =>
  `Line ${line}: a Touchstone 2 file. This version reads Touchstone 1; export it as version 1 (.s1p, .s2p).`;
export const notANumber = (line: number, token: string) =>
  `Line ${line}: "${clip(token)}" is not a number.${/^[-+]?\d+,\d+/.test(token) ? " Touchstone knows no decimal comma; export with a decimal point." : ""}`;
export const wrongCount = (line: number, found: number, expected: number, ports: number) =>
  `Line ${line} has ${found} number${found === 1 ? "" : "s"}; a ${ports}-port record has ${expected} (a frequency and ${(expected - 1) / 2} pair${expected === 3 ? "" : "s"}).`;
export const cutOff = (line: number, found: number, expected: number) =>
  `The file ends in the middle of a record: line ${line} brings it to ${found} of ${expected} numbers. It seems to be cut off; copy it again.`;
export const noData = () => "There is no line of data. The file seems to be cut off; copy it again.";
export const portsUnknown = (found: number) =>
  `The number of ports is not known: the name has no .s1p, .s2p, ... ending and the first line has ${found} numbers. Give the file such an ending.`;
export const afterNoise = (line: number) => `Line ${line}: network data after the block of noise data.`;
export const badNoise = (line: number, found: number) =>
  `Line ${line}: ${found} numbers inside the block of noise data, where 5 are expected.`;
export const matrixTooLarge = (parameter: string, ports: number) =>
  `${parameter}-parameters of ${ports} ports are not converted; export S-parameters.`;
export const hybridNeedsTwoPorts = (parameter: string, ports: number) =>
  `${parameter}-parameters are defined for two ports, and the file has ${ports}.`;
export const wrongKind = (kind: string) =>
  `A Touchstone file holds network parameters, which are no ${kind}. Write kind: scattering, reference or other in gammawatt.yaml.`;

export const noiseSkipped = (count: number, line: number) =>
  `${count} line${count === 1 ? "" : "s"} of noise data from line ${line} on are not read.`;
export const sorted = () => "The frequencies do not rise; the points were sorted by frequency, none was left out.";
export const repeatedFrequencies = (count: number) =>
  `${count} frequenc${count === 1 ? "y stands" : "ies stand"} more than once (segments); all points are kept.`;
export const missing = (count: number, line: number) =>
  `${count} value${count === 1 ? "" : "s"} hold no number (first in line ${line}); kept as not known.`;
export const converted = (parameter: string, ohm: number) => `${parameter}-parameters converted to S at ${ohm} ohm.`;
export const complexReference = (token: string) =>
  `A complex reference impedance (${clip(token)}) is outside the format; the S-parameters are kept as written.`;
export const portImpedance = () => "The comments state port impedances: the S-parameters refer to those, not to the R of the option line.";
export const placeholder = (ports: readonly string[]) =>
  `S${ports.join(", S")} keep one value at all frequencies, as analysers write for what was not measured; they are not used.`;
export const powerFromComment = (line: number, text: string) => `Source power from the comment in line ${line}: ${clip(text)}.`;
export const powersDiffer = () => "The comments state several powers; none is taken.";
export const timeSweep = () => "The unit of the axis is s: a sweep in time, not in frequency.";
export const oddUnit = (unit: string) => `The frequency unit ${clip(unit)} is outside the format, and was read as what it says.`;
export const columnsIgnored = () => "columns: in gammawatt.yaml is not used for a Touchstone file, whose format says what each number is.";
