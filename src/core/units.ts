/**
 * Units. Inside gammawatt every number is SI; conversion happens only where data enter (importers, lab file) and where they are shown (report).
 */

import { nearest } from "./nearest.ts";

/** The units that quantities, estimates and typed columns carry. `dB` and `rad` are kept as they are: ratios with a meaning of their own. */
export const UNITS = [
  "1",
  "s",
  "1/s",
  "Hz",
  "W",
  "J",
  "K",
  "m",
  "m^2/s",
  "m/s",
  "V",
  "V/s",
  "A",
  "T",
  "dB",
  "rad",
  "J/m",
  "J/m^2",
  "W/m",
  "W/m^2",
] as const;
export type Unit = (typeof UNITS)[number];

export interface UnitConversion {
  /** The SI unit that `toSI` returns. */
  readonly unit: Unit;
  /** Converts a number in the written unit to SI. */
  toSI(x: number): number;
  /** Width of one written unit at the value x, in SI: turns an uncertainty over. For dBm this depends on x. */
  scaleAt(x: number): number;
  /** Power of ten of a unit that is a plain decimal multiple of its SI unit (us: -6); absent for the others (dBm, deg, min). */
  readonly exponent?: number;
}

const PREFIX: Readonly<Record<string, number>> = { z: -21, a: -18, f: -15, p: -12, n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12 };
const PREFIXABLE: readonly Unit[] = ["s", "Hz", "W", "J", "K", "m", "V", "A", "T", "J/m", "J/m^2", "W/m", "W/m^2"];

/** Further spellings of decimal multiples: text -> SI unit and power of ten. */
const SPELLED: readonly (readonly [Unit, number, readonly string[]])[] = [
  ["s", 0, ["sec", "secs", "second", "seconds", "Sekunde", "Sekunden", "秒"]],
  ["s", -3, ["msec", "millisec", "millisecond", "milliseconds", "Millisekunde", "Millisekunden", "ミリ秒", "m秒"]],
  ["s", -6, ["usec", "microsec", "microsecond", "microseconds", "Mikrosekunde", "Mikrosekunden", "マイクロ秒", "u秒"]],
  ["s", -9, ["nsec", "nanosec", "nanosecond", "nanoseconds", "Nanosekunde", "Nanosekunden", "ナノ秒", "n秒"]],
  ["Hz", 0, ["hertz"]],
  ["V", 0, ["volt", "volts"]],
  ["W", 0, ["watt", "watts"]],
  ["A", 0, ["amp", "ampere"]],
  ["K", 0, ["kelvin"]],
  ["m", -2, ["cm"]],
  ["1", 0, ["1", "", "a.u.", "arb. unit", "arb. units", "arb", "counts", "none"]],
  ["1", -2, ["%", "percent"]],
  ["rad", 0, ["rad", "radian", "radians"]],
  ["rad", -3, ["mrad"]],
  ["rad", -6, ["urad"]],
  ["dB", 0, ["dB"]],
  ["1/s", 0, ["1/s", "s^-1"]],
  ["1/s", 3, ["1/ms", "ms^-1"]],
  ["1/s", 6, ["1/us", "us^-1"]],
  ["1/s", 9, ["1/ns", "ns^-1"]],
  ["m/s", 0, ["m/s"]],
  ["m/s", -3, ["mm/s"]],
  ["m/s", -6, ["um/s"]],
  ["m^2/s", 0, ["m^2/s", "m2/s"]],
  ["m^2/s", -4, ["cm^2/s"]],
  ["m^2/s", -6, ["mm^2/s"]],
  ["m^2/s", -12, ["um^2/s"]],
];

/** A decimal multiple. Dividing by an exact power of ten rounds once; multiplying by an inexact 1e-6 would round twice. */
function decimal(unit: Unit, exponent: number): UnitConversion {
  const power = 10 ** Math.abs(exponent);
  const toSI = exponent < 0 ? (x: number) => x / power : (x: number) => x * power;
  const factor = toSI(1);
  return { unit, toSI, scaleAt: () => factor, exponent };
}

function linear(unit: Unit, factor: number): UnitConversion {
  return { unit, toSI: (x) => x * factor, scaleAt: () => factor };
}

/** Power in decibels over a reference, W. */
function decibelsOver(watt: number): UnitConversion {
  const toSI = (x: number) => watt * 10 ** (x / 10);
  return { unit: "W", toSI, scaleAt: (x) => (Math.LN10 / 10) * toSI(x) };
}

function table(): ReadonlyMap<string, UnitConversion> {
  const known = new Map<string, UnitConversion>();
  // A bare "T" is tesla, a bare "m" is metre: no clash, because a prefix needs a unit behind it.
  for (const unit of PREFIXABLE) for (const [prefix, exponent] of Object.entries(PREFIX)) known.set(prefix + unit, decimal(unit, exponent));
  for (const [unit, exponent, texts] of SPELLED) for (const text of texts) known.set(text, decimal(unit, exponent));
  for (const text of ["min", "minute", "minutes"]) known.set(text, linear("s", 60));
  for (const text of ["h", "hour", "hours"]) known.set(text, linear("s", 3600));
  for (const text of ["deg", "degree", "degrees", "\u00b0"]) known.set(text, linear("rad", Math.PI / 180));
  known.set("dBm", decibelsOver(1e-3));
  known.set("dBW", decibelsOver(1));
  return known;
}
const TABLE = table();

/**
 * The conversion for a unit as people write it (`us`, `µs`, `dBm`, `GHz`, `%`), or undefined when it is not known.
 * Case matters (`mW` is not `MW`) except where only one reading exists (`ghz`, `DBM`).
 */
export function unitConversion(text: string): UnitConversion | undefined {
  const cleaned = text
    .trim()
    .replace(/[\u00b5\u03bc]/g, "u")
    .replace(/\u00b2/g, "^2")
    .replace(/\*\*/g, "^")
    .replace(/\/m2$/, "/m^2");
  const exact = TABLE.get(cleaned);
  if (exact) return exact;
  // "not available", never nanoampere: tergite writes NA for every unit.
  if (/^n\/?a$/i.test(cleaned)) return undefined;
  const folded = [...TABLE.entries()].filter(([known]) => known.length > 1 && known.toLowerCase() === cleaned.toLowerCase());
  const units = new Set(folded.map(([, c]) => `${c.unit} ${c.toSI(1)}`));
  return units.size === 1 ? folded[0]?.[1] : undefined;
}

/** The known spelling of one of these units that is nearest to a text and begins like it (`usecs` is no `secs`); undefined when none is near. */
export function nearestUnit(text: string, units: readonly Unit[]): string | undefined {
  return nearest(
    text,
    [...TABLE]
      .filter(([spelling, { unit }]) => spelling !== "" && spelling[0] === text[0] && units.includes(unit))
      .map(([spelling]) => spelling),
  );
}

/** Units a person may write, for messages. */
export const UNIT_EXAMPLES = "s, ms, us, ns, Hz, kHz, MHz, GHz, dBm, W, mW, uW, nW, pW, dB, deg, rad, V, mV, uV, K, mK, m, mm, um, 1, %";
