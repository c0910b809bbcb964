import type { Unit as ColumnUnit } from "../core/units.ts";
import type { FieldNumber } from "../field/outcome.ts";

/** Numbers of a fit carry units that no column has. */
type Unit = ColumnUnit | FieldNumber["unit"];

/** How a unit is written on paper: what one SI unit is worth in it. */
export interface Written {
  /** Shown number = SI number * factor. */
  readonly factor: number;
  readonly unit: string;
}

const PREFIXES: readonly (readonly [number, string])[] = [
  [-21, "z"],
  [-18, "a"],
  [-15, "f"],
  [-12, "p"],
  [-9, "n"],
  [-6, "µ"],
  [-3, "m"],
  [0, ""],
  [3, "k"],
  [6, "M"],
  [9, "G"],
  [12, "T"],
];
const PREFIXED: ReadonlySet<Unit> = new Set(["s", "Hz", "W", "J", "K", "m", "V", "A"]);
const RATES: readonly (readonly [number, string])[] = [
  [0, "1/s"],
  [3, "1/ms"],
  [6, "1/µs"],
  [9, "1/ns"],
];
const POWERS: Readonly<Record<string, string>> = { "m^2/s": "m²/s", "J/m^2": "J/m²", "W/m^2": "W/m²", "m^2/J": "m²/J" };
const SUPERSCRIPT: Readonly<Record<string, string>> = {
  "-": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
};

/** `-18` as superscript. */
export function superscript(n: number): string {
  return [...String(n)].map((c) => SUPERSCRIPT[c] ?? c).join("");
}

/** Engineering form for numbers of this magnitude: SI prefixes where the unit takes one, a power of ten where it does not. */
export function writtenFor(magnitude: number, unit: Unit): Written {
  const size = Math.abs(magnitude);
  const decade = size > 0 && Number.isFinite(size) ? Math.floor(Math.log10(size * (1 + 1e-12))) : 0;
  if (unit === "1/s" || PREFIXED.has(unit)) {
    const table = unit === "1/s" ? RATES : PREFIXES;
    let best = table[0]!;
    for (const entry of table) if (entry[0] <= decade) best = entry;
    if (size === 0) best = table.find(([power]) => power === 0)!;
    return { factor: 10 ** -best[0], unit: unit === "1/s" ? best[1] : best[1] + unit };
  }
  const name = unit === "1" ? "" : (POWERS[unit] ?? unit);
  if (unit === "dB" || unit === "rad" || (decade >= -3 && decade < 5)) return { factor: 1, unit: name };
  return { factor: 10 ** -decade, unit: `×10${superscript(decade)}${name && ` ${name}`}` };
}

/** A number without its error, to a few significant digits. */
export function plain(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  // The decade of what is shown: 9.9999e7 is written 1×10⁸.
  const size = Math.abs(Number(value.toPrecision(digits)));
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
    const decade = Math.floor(Math.log10(size) + 1e-12);
    return minus(`${Number((value / 10 ** decade).toPrecision(digits))}×10${superscript(decade)}`);
  }
  return minus(String(Number(value.toPrecision(digits))));
}

/**
 * Value and uncertainty rounded to two digits of the uncertainty, without a unit: `26.55(19)`, `35.3(2.6)`, `1230(350)`.
 * Unknown uncertainty: `26.55(?)`; unknown value: an en dash. A sigma of 0 (fixed) writes the value alone.
 */
export function rounded(value: number, sigma: number): string {
  if (!Number.isFinite(value)) return plain(value);
  if (Number.isNaN(sigma)) return `${plain(value)}(?)`;
  if (sigma === 0) return plain(value, 6);
  if (!Number.isFinite(sigma)) return `${plain(value)}(∞)`;
  const s = Number(sigma.toPrecision(2));
  const last = Math.floor(Math.log10(s) + 1e-12) - 1;
  if (last >= 0) return minus(`${(Math.round(value / 10 ** last) * 10 ** last).toFixed(0)}(${s.toFixed(0)})`);
  const decimals = Math.min(-last, 15);
  const v = minus(value.toFixed(decimals));
  return s >= 1 ? `${v}(${s.toFixed(decimals)})` : `${v}(${Math.round(s * 10 ** decimals)})`;
}

/** `26.55(19) 1/ms`: rounded to its uncertainty, in engineering units. */
export function measured(value: number, sigma: number, unit: Unit): string {
  if (!Number.isFinite(value)) return plain(value);
  const reference = Math.abs(value) >= sigma / 10 || !(sigma > 0) ? value : sigma;
  const w = writtenFor(reference, unit);
  return withUnit(rounded(value * w.factor, sigma * w.factor), w.unit);
}

/** A number without uncertainty in engineering units. */
export function engineering(value: number, unit: Unit, digits = 3): string {
  if (!Number.isFinite(value)) return plain(value);
  const w = writtenFor(value, unit);
  return withUnit(plain(value * w.factor, digits), w.unit);
}

/**
 * 1/value with its error as a time: `37.7(3) µs`, from 15 % relative error on with both sides, `38(+7 −5) µs`; a rate that is not
 * above zero by one sigma gives only the lower limit, `> 21 µs`.
 */
export function inverse(rate: number, sigma: number): string {
  if (!(rate > 0)) return "–";
  const t = 1 / rate;
  const relative = sigma / rate;
  if (!(relative >= 0.15)) return measured(t, t * relative, "s");
  if (relative >= 1) return `> ${engineering(1 / (rate + sigma), "s", 2)}`;
  const w = writtenFor(t, "s");
  const [below, above] = [t - 1 / (rate + sigma), 1 / (rate - sigma) - t].map((d) => d * w.factor);
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(below!)));
  const digits = (x: number) => x.toFixed(Math.min(decimals, 3));
  return withUnit(`${digits(t * w.factor)}(+${digits(above!)} −${digits(below!)})`, w.unit);
}

/** A value between unequal bounds, `2.0(+1.4 −0.6) µs`; without an upper one `2.0 µs, at least 1.4 µs`. Nearly equal ones as `measured`. */
export function bounded({ value, low, high }: { readonly value: number; readonly low: number; readonly high: number }, unit: Unit): string {
  if (!Number.isFinite(high)) return `${engineering(value, unit, 2)}, at least ${engineering(low, unit, 2)}`;
  const [below, above] = [value - low, high - value];
  if (Math.abs(above - below) < 0.15 * (above + below) && above + below < 0.3 * value) return measured(value, (above + below) / 2, unit);
  const w = writtenFor(value, unit);
  const decimals = Math.max(0, Math.min(15, 1 - Math.floor(Math.log10(below * w.factor))));
  const digits = (x: number) => (x * w.factor).toFixed(decimals);
  return withUnit(`${digits(value)}(+${digits(above)} −${digits(below)})`, w.unit);
}

function withUnit(text: string, unit: string): string {
  return unit.startsWith("×") ? `${text}${unit}` : unit === "" ? text : `${text} ${unit}`;
}

function minus(text: string): string {
  return text.replace(/-/g, "−");
}
