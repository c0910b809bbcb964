import { clip } from "./importers.ts";

/** Sentences that all importers of network parameters share (Touchstone, CITI, MDIF, vendors' CSV). Lines are counted from 1. */

export const sorted = () => "The frequencies do not rise; the points were sorted by frequency, none was left out.";
export const repeatedFrequencies = (count: number) =>
  `${count} frequenc${count === 1 ? "y stands" : "ies stand"} more than once (segments); all points are kept.`;
export const tooManySweeps = (count: number, limit: number) =>
  `The file holds ${count} sweeps or more, above the ${limit} that are read from one file. Split it.`;
export const missing = (count: number, line: number) =>
  `${count} value${count === 1 ? " holds" : "s hold"} no number (first in line ${line}); kept as not known.`;
export const placeholder = (ports: readonly string[]) =>
  `${listed(ports)} one value at all frequencies, as analysers write for what was not measured: not a measurement, and not used.`;
export const idealElement = (ports: readonly string[]) =>
  `${listed(ports)} one value at all frequencies: an ideal element or a placeholder, not a measurement.`;
/** The subject of a sentence, and its verb. */
function listed(ports: readonly string[]): string {
  const rest = ports.length - MOST_LISTED;
  return `S${ports.slice(0, MOST_LISTED).join(", S")}${rest > 0 ? ` and ${rest} more` : ""} ${ports.length === 1 ? "keeps" : "keep"}`;
}
const MOST_LISTED = 8;

/** @param others how many other S-parameters are above 1 */
export const aboveOne = (port: string, most: number, others: number) =>
  `|S${port}| reaches ${Number(most.toPrecision(most < 1.01 ? 10 : 3))}${others > 0 ? `, and ${others} more are above 1` : ""}: that needs gain, or is not calibrated.`;
export const oddFrequency = (highest: number) =>
  `The highest frequency is ${Number(highest.toPrecision(3))} Hz, which no network analyser measures: is the unit right? It is kept as stated.`;
export const converted = (parameter: string, ohm: readonly number[]) =>
  `${parameter}-parameters converted to S at ${resistances(ohm)} ohm.`;
export const wrongKind = (kind: string, format: string) =>
  `A ${format} file holds network parameters, which are no ${kind}. Write kind: scattering, reference or other in gammawatt.yaml.`;
export const columnsIgnored = (format: string) =>
  `columns: in gammawatt.yaml is not used for a ${format} file, whose format says what each number is.`;

/** One resistance where all ports have the same, else one per port. */
export function resistances(ohm: readonly number[]): string {
  return new Set(ohm).size === 1 ? String(ohm[0]) : ohm.join(", ");
}
export const portResistances = (ohm: readonly number[]) => `The file states port impedances of ${resistances(ohm)} ohm.`;
export const referenceAssumed = (letter: string) =>
  `The file states no reference impedance: its ${letter}-parameters are converted to S at 50 ohm.`;
export const parameterUnit = () => "no SI unit of its own: the number is as the file writes it";
export const axisUnit = (name: string, unit: string, expected: string) =>
  `The axis "${clip(name)}" has the unit "${clip(unit)}", where a unit of ${expected} is expected. Correct it in the file, or export again.`;
export const usualUnit = (name: string, unit: string) => `the file states no unit for "${clip(name)}"; the format's is ${unit}`;
export const powerSwept = () => "power: in gammawatt.yaml is not used, because the file itself sweeps the power.";
export const repeatedParameter = (name: string) =>
  `${clip(name)} stands more than once in one sweep: the first is used, the others are kept by name.`;
