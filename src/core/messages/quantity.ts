import type { Unit } from "../units.ts";

/** Sentences about quantities as people write them. Each names the unit that was expected and ends with what to write. */

const EXAMPLES: Partial<Record<Unit, string>> = {
  "1": "0.012 ± 0.002",
  s: "40 ns",
  "1/s": "2.5e4 ± 300 1/s",
  "m/s": "3.2 m/s",
  Hz: "5.0123 GHz",
  W: "-95 dBm ± 0.5 dB",
  K: "52 ± 5 mK",
  m: "1.2 mm",
  V: "1.2 ± 0.1 mV",
  dB: "72.3 ± 0.5 dB",
};
const NAMES: Partial<Record<Unit, string>> = {
  "1": "a number without unit (or in %)",
  s: "a time (unit of s)",
  "1/s": "a rate (unit of 1/s)",
  "m/s": "a velocity (unit of m/s)",
  Hz: "a frequency (unit of Hz)",
  W: "a power (unit of W, or dBm)",
  J: "an energy (unit of J)",
  K: "a temperature (unit of K)",
  m: "a length (unit of m)",
  V: "a voltage (unit of V)",
  dB: "a ratio in dB",
};

/** `a temperature (unit of K)`. */
export const expectedUnit = (unit: Unit) => NAMES[unit] ?? `a quantity in ${unit}`;
/** A quantity in that unit as it is written. */
export const exampleOf = (unit: Unit) => EXAMPLES[unit] ?? `1.5 ± 0.1 ${unit}`;

const shown = (text: string) => JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
const expected = (unit: Unit) => `${expectedUnit(unit)} is expected`;
const write = (text: string) => `Write, for example: ${text}`;

export const emptyQuantity = (unit: Unit) => `There is no value; ${expected(unit)}. ${write(exampleOf(unit))}`;
export const notAQuantity = (text: string, unit: Unit) => `${shown(text)} is not understood; ${expected(unit)}. ${write(exampleOf(unit))}`;
export const decimalComma = (text: string, unit: Unit) =>
  `${shown(text)} has a comma; ${expected(unit)}, with a decimal point. ${write(text.replace(/(\d),(\d)/g, "$1.$2"))}`;
export const noUnit = (text: string, unit: Unit) => `${shown(text)} has no unit; ${expected(unit)}. ${write(exampleOf(unit))}`;
export const unknownUnit = (written: string, unit: Unit) =>
  `The unit ${shown(written)} is not known; ${expected(unit)}. ${write(exampleOf(unit))}`;
export const wrongUnit = (written: string, found: Unit, unit: Unit) =>
  `${shown(written)} is ${expectedUnit(found)}, but ${expected(unit)}.${found === "Hz" && unit === "1/s" ? " A rate in 1/s is 2 pi times a width in Hz." : ""} ${write(exampleOf(unit))}`;
export const notFinite = (text: string, unit: Unit) =>
  `${shown(text)} is not a finite number; ${expected(unit)}. ${write(exampleOf(unit))}`;
export const negativeSigma = (text: string, unit: Unit) =>
  `The uncertainty in ${shown(text)} is negative; one standard deviation, above 0, is expected of ${expectedUnit(unit)}. ${write(exampleOf(unit))}`;
export const zeroSigma = (text: string, unit: Unit) =>
  `The uncertainty in ${shown(text)} is 0: nothing measured is known exactly. Leave it out if it is not known; ${expected(unit)}, for example: ${exampleOf(unit)}`;
export const sigmaWithoutUnit = (text: string, value: string, sigma: string, written: string, unit: Unit) =>
  `In ${shown(text)} the uncertainty has no unit; ${expected(unit)}. Write ${value} ± ${sigma} ${written}, or ${value} ${written} ± ${sigma} ${written}, if both are in ${written}.`;
export const percentOfWhat = (text: string, value: string, sigma: string, unit: Unit) =>
  `In ${shown(text)} the % may belong to both numbers or be relative; ${expected(unit)}. Write ${value} % ± ${sigma} %, or the uncertainty as a plain number.`;
