/** Sentences that all importers of network parameters share (Touchstone, CITI, MDIF, vendors' CSV). Lines are counted from 1. */

export const sorted = () => "The frequencies do not rise; the points were sorted by frequency, none was left out.";
export const repeatedFrequencies = (count: number) =>
  `${count} frequenc${count === 1 ? "y stands" : "ies stand"} more than once (segments); all points are kept.`;
export const placeholder = (ports: readonly string[]) =>
  `S${ports.join(", S")} keep one value at all frequencies, as analysers write for what was not measured; they are not used.`;
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
