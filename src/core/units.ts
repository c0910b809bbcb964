/**
 * Units. Inside gammawatt every number is SI; conversion happens only where data enter (importers, lab file) and where they are shown (report).
 */

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
  "V",
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
}

const PREFIX: Readonly<Record<string, number>> = {
  z: 1e-21,
  a: 1e-18,
  f: 1e-15,
  p: 1e-12,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};
const PREFIXABLE: readonly Unit[] = ["s", "Hz", "W", "J", "K", "m", "V", "A", "T", "J/m", "J/m^2", "W/m", "W/m^2"];

function linear(unit: Unit, factor: number): UnitConversion {
  // 1e-3 has no exact binary form, 1000 has: 52 mK is 0.052 K to the last bit only by division.
  const inverse = Math.round(1 / factor);
  const toSI = factor < 1 && 1 / inverse === factor ? (x: number) => x / inverse : (x: number) => x * factor;
  return { unit, toSI, scaleAt: () => factor };
}

function table(): ReadonlyMap<string, UnitConversion> {
  const known = new Map<string, UnitConversion>();
  for (const unit of PREFIXABLE) for (const [prefix, factor] of Object.entries(PREFIX)) known.set(prefix + unit, linear(unit, factor));
  // A bare "T" is tesla, a bare "m" is metre: the loops above never produce a clash because a prefix needs a unit behind it.
  for (const [text, factor] of [
    ["sec", 1],
    ["second", 1],
    ["seconds", 1],
    ["min", 60],
    ["h", 3600],
  ] as const)
    known.set(text, linear("s", factor));
  known.set("cm", linear("m", 0.01));
  for (const text of ["1", "", "a.u.", "arb. unit", "arb. units", "arb", "counts", "none"]) known.set(text, linear("1", 1));
  known.set("%", linear("1", 0.01));
  for (const text of ["rad", "radian", "radians"]) known.set(text, linear("rad", 1));
  for (const text of ["deg", "degree", "degrees", "\u00b0"]) known.set(text, linear("rad", Math.PI / 180));
  known.set("dB", linear("dB", 1));
  for (const [text, watt] of [
    ["dBm", 1e-3],
    ["dBW", 1],
  ] as const) {
    const toSI = (x: number) => watt * 10 ** (x / 10);
    known.set(text, { unit: "W", toSI, scaleAt: (x) => (Math.LN10 / 10) * toSI(x) });
  }
  for (const [text, factor] of [
    ["1/s", 1],
    ["s^-1", 1],
    ["1/ms", 1e3],
    ["1/us", 1e6],
    ["1/ns", 1e9],
  ] as const)
    known.set(text, linear("1/s", factor));
  for (const [text, factor] of [
    ["m^2/s", 1],
    ["m2/s", 1],
    ["um^2/s", 1e-12],
    ["mm^2/s", 1e-6],
  ] as const)
    known.set(text, linear("m^2/s", factor));
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
    .replace(/\*\*/g, "^");
  const exact = TABLE.get(cleaned);
  if (exact) return exact;
  // "not available", never nanoampere: tergite writes NA for every unit.
  if (/^n\/?a$/i.test(cleaned)) return undefined;
  const folded = [...TABLE.entries()].filter(([known]) => known.length > 1 && known.toLowerCase() === cleaned.toLowerCase());
  const units = new Set(folded.map(([, c]) => `${c.unit} ${c.toSI(1)}`));
  return units.size === 1 ? folded[0]?.[1] : undefined;
}

/** Units a person may write, for messages. */
export const UNIT_EXAMPLES = "s, ms, us, ns, Hz, kHz, MHz, GHz, dBm, W, mW, uW, nW, pW, dB, deg, rad, V, mV, uV, K, mK, m, mm, um, 1, %";
