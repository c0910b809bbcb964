import { UNIT_EXAMPLES } from "../units.ts";

/** What to write for a quantity of each unit. */
const EXAMPLES: Readonly<Record<string, string>> = {
  "1": "0.012 ± 0.002",
  Hz: "5.0123 GHz",
  dB: "72.3 ± 0.5 dB",
  s: "40 ns",
  K: "52 ± 5 mK",
  W: "-60 dBm",
  m: "1.2 mm",
  "1/s": "2.5e5 ± 1e4 1/s",
};

/** In quotes. */
export const example = (unit: string) => `"${EXAMPLES[unit] ?? `1.0 ± 0.1 ${unit}`}"`;

export const expectedQuantity = (text: string, unit: string) =>
  `"${text}" is not a quantity${unit === "1" ? "" : " with its unit"}. Write for example ${example(unit)}.`;
export const unknownUnit = (text: string, unit: string) =>
  `"${text}" is not a known unit. Write for example ${example(unit)}; known units: ${UNIT_EXAMPLES}.`;
export const wrongUnit = (text: string, is: string, unit: string) =>
  `"${text}" is a unit of ${is === "1" ? "a plain number" : is}, but ${unit === "1" ? "a plain number" : unit} is expected. Write for example ${example(unit)}.`;
export const badSigma = (text: string) =>
  `The uncertainty in "${text}" is negative or beyond all numbers. Write one standard deviation, 0 or larger.`;
export const wrongSigmaUnit = (text: string, of: string, unit: string) =>
  `The uncertainty is in "${text}", which does not go with "${of}". Write both in one unit, for example ${example(unit)}.`;
