/** Sentences about a line's attenuation against frequency, and about one that was determined elsewhere. */

const gigahertz = (hertz: number) => `${Number((hertz / 1e9).toPrecision(7))} GHz`;
const decibels = (x: number) => `${Number(x.toPrecision(3))} dB`;

export const tableUnreadable = (file: string, why: string) =>
  `The attenuation table "${file}" cannot be read: ${why} The path is relative to gammawatt.yaml.`;
export const tableUnit = (file: string, what: string, unit: string) =>
  `The ${what} of the attenuation table "${file}" is in ${unit === "1" ? "no unit" : unit}, not in dB. State it: columns: { ${what}: "loss [dB]" }.`;
export const tableNegative = (file: string, row: number, value: number) =>
  `The attenuation table "${file}" has ${decibels(value)} in row ${row}: a loss is positive here. Change the sign of the column.`;
export const tableShort = (file: string, rows: number) =>
  `The attenuation table "${file}" has ${rows} usable ${rows === 1 ? "row" : "rows"}; two frequencies are the least. Write one number as attenuation: 72.3 ± 0.5 dB.`;
export const tableTwice = (file: string, hertz: number) =>
  `The attenuation table "${file}" has two rows at ${gigahertz(hertz)}: keep one of them, or their average.`;
export const tableSigma = (file: string) =>
  `The attenuation table "${file}" has a negative uncertainty: one standard deviation in dB is expected.`;
export const twoUncertainties = () =>
  'The uncertainty stands twice: as the column "sigma" and as "uncertainty". Keep the one that holds for the absolute attenuation.';
export const pointWithTable = () =>
  '"attenuation_at" belongs to an attenuation that is one number; a table says itself at which frequencies it holds. Take it out.';

export const outsideTable = (file: string, low: number, high: number, hertz: number) =>
  `The attenuation table "${file}" covers ${gigahertz(low)} to ${gigahertz(high)}, and the drive is at ${gigahertz(hertz)}: nothing is extrapolated. Measure the line there, or state attenuation: 72.3 ± 0.5 dB.`;
export const noTableFrequency = (file: string) =>
  `The attenuation table "${file}" needs the drive frequency: state frequency: of the qubit in gammawatt.yaml, or give a frequency column.`;
export const elsewhere = (at: number, hertz: number) =>
  `The attenuation was determined at ${gigahertz(at)} and is used at ${gigahertz(hertz)}; how much the line varies between them is not stated. State ripple: 0.6 dB (one standard deviation over frequency), or a table against frequency.`;
