import { resistances } from "./import-network.ts";
import { clip } from "./importers.ts";

/** Sentences of the Touchstone importer. Lines are counted from 1. */

export const unknownOption = (line: number, token: string) =>
  `Line ${line}: "${clip(token)}" is no part of an option line. Expected: # [Hz|kHz|MHz|GHz] [S|Y|Z|G|H] [DB|MA|RI] [R <ohm> ..], in any order.`;
export const badReference = (line: number, token: string) =>
  `Line ${line}: the reference resistance behind R is "${clip(token)}", not a number of ohm above 0. Write for example R 50.`;
export const noOptionLine = () => "There is no option line (#): the defaults GHz S MA R 50 are taken.";
export const secondOptionLine = (line: number) => `Line ${line} is a second option line; only the first counts.`;
export const lateOptionLine = (line: number) =>
  `Line ${line}: the option line stands behind data, whose unit and format it does not say. Move it in front of them.`;
export const referenceCount = (found: number, ports: number) =>
  `The option line states ${found} reference resistances behind R for ${ports} port${ports === 1 ? "" : "s"}; expected: one, or one for each port.`;
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
export const hybridNeedsTwoPorts = (parameter: string, ports: number) =>
  `${parameter}-parameters are defined for two ports, and the file has ${ports}.`;

export const complexReference = (token: string) =>
  `A complex reference impedance (${clip(token)}) is outside the format; the S-parameters are kept as written.`;
export const portImpedance = () => "The comments state port impedances: the S-parameters refer to those, not to the R of the option line.";
export const powerFromComment = (line: number, text: string) => `Source power from the comment in line ${line}: ${clip(text)}.`;
export const powersDiffer = () => "The comments state several powers; none is taken.";
export const timeSweep = () => "The unit of the axis is s: a sweep in time, not in frequency.";
export const oddUnit = (unit: string) => `The frequency unit ${clip(unit)} is outside the format, and was read as what it says.`;
export const noiseRead = (count: number, line: number, ohm: number) =>
  `${count} line${count === 1 ? "" : "s"} of noise data from line ${line} on stand in a dataset of their own; r_n is the noise resistance over ${ohm} ohm.`;
export const resistanceInOhm = () => "no unit for ohm among the SI units of datasets: the number is in ohm";

/** Version 2. */

export const unknownVersion = (line: number, version: string) =>
  `Line ${line}: Touchstone version "${clip(version)}" is not known. Versions that are read: 1.0, 1.1 (without this line), 2.0, 2.1.`;
export const badArgument = (line: number, keyword: string, argument: string, expected: string) =>
  `Line ${line}: "${clip(argument)}" behind [${keyword}] is not ${expected}.`;
export const missingKeyword = (keyword: string, why: string) =>
  `The keyword [${keyword}] is missing, and ${why}. Write it in front of [Network Data].`;
export const keywordAfterData = (line: number, keyword: string) => `Line ${line}: [${clip(keyword)}] stands behind the network data.`;
export const keywordTwice = (line: number, keyword: string) =>
  `Line ${line}: [${clip(keyword)}] stands twice. Delete the one that is wrong.`;
export const noiseFirst = (line: number) => `Line ${line}: [Noise Data] stands in front of [Network Data]; the network data come first.`;
export const namedPorts = (named: number, ports: number) =>
  `The file's name says ${named} port${named === 1 ? "" : "s"}, [Number of Ports] says ${ports}: the keyword holds.`;
export const unknownKeyword = (line: number, keyword: string) =>
  `Line ${line}: the keyword [${clip(keyword)}] is not known and was passed over.`;
export const noNetworkDataKeyword = (line: number) =>
  `The keyword [Network Data] is missing; the numbers from line ${line} on are taken as network data.`;
export const noVersion = (line: number, keyword: string) =>
  `Line ${line}: the keyword [${clip(keyword)}] belongs to Touchstone 2, but the file does not begin with [Version].`;
export const unclosedInformation = (line: number) =>
  `The information block that begins in line ${line} has no [End Information]. The file seems to be cut off; copy it again.`;
export const noEnd = () =>
  "There is neither [End] nor [Number of Frequencies]: a file that was cut off between two records would look the same.";
export const frequencyCount = (what: string, stated: number, found: number) =>
  `[${what}] says ${stated}, and the file has ${found}.${found < stated ? " It seems to be cut off; copy it again." : " One of them is wrong; export the file again."}`;
export const recordInsideLine = (line: number, expected: number) =>
  `Line ${line}: a record ends inside the line. A record has ${expected} numbers, and the next begins on a line of its own.`;
export const references = (ohm: readonly number[]) => `The S-parameters refer to ${resistances(ohm)} ohm.`;
export const mixedModes = (order: readonly string[]) =>
  `Mixed-mode parameters in the order ${order.map((mode) => clip(mode, 12)).join(" ")}: D differential, C common, S single-ended.`;
export const badMode = (line: number, mode: string, ports: number) =>
  `Line ${line}: "${clip(mode)}" in [Mixed-Mode Order] is none of D<i>,<j>, C<i>,<j>, S<i> with ports from 1 to ${ports}.`;
export const modesDoNotFit = (line: number, ports: number) =>
  `Line ${line}: [Mixed-Mode Order] has to name ${ports} modes, every port once as S or once in a D and in the C of the same pair.`;
export const pairResistances = (pair: string) =>
  `The two ports of ${clip(pair)} have different reference resistances, for which a mixed mode is not defined.`;
