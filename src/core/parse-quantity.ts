import * as say from "./messages/quantity.ts";
import { type Quantity, quantity } from "./quantity.ts";
import { type Unit, type UnitConversion, unitConversion } from "./units.ts";

/** What a text turned out to be: a quantity in SI, or a sentence that names the expected unit and what to write. */
export type ParsedQuantity<U extends Unit> = { readonly quantity: Quantity<U> } | { readonly error: string };

/** A number as written, with its power of ten apart so that a prefix can be joined to it before the one rounding. */
interface Written {
  readonly digits: string;
  readonly exponent: number;
}

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)`;
const EXPONENT = String.raw`(?:[eE]([+-]?\d+))?`;
const PLAIN = new RegExp(`^(${NUMBER})${EXPONENT}(.*)$`, "s");
const SHORTHAND = new RegExp(String.raw`^(${NUMBER})\((\d+\.?\d*|\.\d+)\)${EXPONENT}(.*)$`, "s");
const GROUPED = /^\(([^()]*)\)\s*([^()]*)$/s;

/**
 * Reads a quantity with its standard uncertainty: `72.3 dB ± 0.5 dB`, `72.3 ± 0.5 dB`, `(72.3 ± 0.5) dB`, `72.3(5) dB`, `5.0123 GHz ± 20 kHz`,
 * `32 +/- 5 mK`, `0.012 ± 0.002`. The uncertainty of a power in dBm is in dB: `sigma = P ln(10)/10 sigma_dB`.
 * In `72.3(5)` the bracket counts in the last digit; with a point, `72.3(0.5)`, it is the uncertainty itself.
 * @param unit the SI unit that is expected; `W` takes dBm.
 * @returns value and sigma in SI, sigma NaN when none is stated; or a sentence. Never a guess: a missing unit, another dimension,
 *   an uncertainty without unit beside a value with one, a % that may be relative, and a negative or zero uncertainty are errors.
 */
export function parseQuantity<U extends Unit>(text: string, unit: U): ParsedQuantity<U> {
  const clean = text.trim().replace(/[\u2212\u2010-\u2013]/g, "-");
  if (clean === "") return { error: say.emptyQuantity(unit) };
  if (/\d,\d/.test(clean)) return { error: say.decimalComma(text, unit) };
  const parts = clean.split(/\s*(?:±|\+\/-|\+-)\s*/);
  if (parts.length === 1) return readSingle(text, clean, unit);
  const grouped = GROUPED.exec(clean);
  if (grouped) {
    const inner = grouped[1]!.split(/\s*(?:±|\+\/-|\+-)\s*/);
    const [value, sigma] = inner.map((part) => takeNumber(part.trim()));
    if (inner.length !== 2 || !value || !sigma || value.rest !== "" || sigma.rest !== "") return { error: say.notAQuantity(text, unit) };
    return combine(text, value.number, sigma.number, grouped[2]!.trim(), grouped[2]!.trim(), unit);
  }
  const [value, sigma] = parts.map((part) => takeNumber(part));
  if (parts.length !== 2 || !value || !sigma) return { error: say.notAQuantity(text, unit) };
  // `1.2 ± 0.2 %` has one unit for both; in `0.012 ± 10 %` somebody means a tenth of the value.
  const relative = Math.abs(Number(show(sigma.number))) >= Math.abs(Number(show(value.number)));
  if (value.rest === "" && sigma.rest === "%" && unit === "1" && relative)
    return { error: say.percentOfWhat(text, show(value.number), show(sigma.number), unit) };
  if (value.rest !== "" && sigma.rest === "" && value.rest !== "1")
    return { error: say.sigmaWithoutUnit(text, show(value.number), show(sigma.number), value.rest, unit) };
  return combine(text, value.number, sigma.number, value.rest === "" ? sigma.rest : value.rest, sigma.rest, unit);
}

/** A number with its unit, and perhaps its uncertainty in brackets. */
function readSingle<U extends Unit>(text: string, clean: string, unit: U): ParsedQuantity<U> {
  const short = SHORTHAND.exec(clean);
  if (short) {
    const [, digits, bracket, power, rest] = short as unknown as [string, string, string, string | undefined, string];
    const exponent = Number(power ?? 0);
    const decimals = digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0;
    const sigma = { digits: bracket, exponent: bracket.includes(".") ? exponent : exponent - decimals };
    return combine(text, { digits, exponent }, sigma, rest.trim(), rest.trim(), unit);
  }
  const value = takeNumber(clean);
  if (!value) return { error: /^[+-]?(nan|inf|\.inf)/i.test(clean) ? say.notFinite(text, unit) : say.notAQuantity(text, unit) };
  return combine(text, value.number, undefined, value.rest, "", unit);
}

function takeNumber(text: string): { readonly number: Written; readonly rest: string } | undefined {
  const match = PLAIN.exec(text);
  if (!match) return undefined;
  return { number: { digits: match[1]!, exponent: Number(match[2] ?? 0) }, rest: match[3]!.trim() };
}

const show = (w: Written) => (w.exponent === 0 ? w.digits : `${w.digits}e${w.exponent}`);

function combine<U extends Unit>(
  text: string,
  value: Written,
  sigma: Written | undefined,
  valueUnit: string,
  sigmaUnit: string,
  unit: U,
): ParsedQuantity<U> {
  const conversion = conversionTo(valueUnit, unit, text);
  if ("error" in conversion) return conversion;
  const si = scaled(value, conversion);
  if (!Number.isFinite(si)) return { error: say.notFinite(text, unit) };
  if (sigma === undefined) return { quantity: quantity(si, unit) };
  if (sigma.digits.startsWith("-")) return { error: say.negativeSigma(text, unit) };
  // A power's uncertainty may be stated in dB; one in dBm beside a power in dBm can only mean dB.
  const logarithmic = (text: string) => text === "dBm" || text === "dBW";
  if (logarithmic(sigmaUnit) && !logarithmic(valueUnit)) return { error: say.notAQuantity(text, unit) };
  const inDecibel = unit === "W" && (sigmaUnit === "dB" || logarithmic(sigmaUnit));
  const width = inDecibel ? undefined : conversionTo(sigmaUnit, unit, text);
  if (width && "error" in width) return width;
  const s = width ? scaled(sigma, width) : Math.abs(si) * (Math.LN10 / 10) * Number(show(sigma));
  if (!Number.isFinite(s)) return { error: say.notFinite(text, unit) };
  if (!(s > 0)) return { error: say.zeroSigma(text, unit) };
  return { quantity: quantity(si, unit, s) };
}

function conversionTo(written: string, unit: Unit, text: string): UnitConversion | { readonly error: string } {
  if (written === "" && unit !== "1") return { error: say.noUnit(text, unit) };
  const conversion = unitConversion(written);
  // Arbitrary units and counts are numbers in a data file, but no population.
  if (!conversion || (unit === "1" && !["", "1", "%", "percent"].includes(written))) {
    return {
      error: conversion && conversion.unit !== "1" ? say.wrongUnit(written, conversion.unit, unit) : say.unknownUnit(written, unit),
    };
  }
  if (conversion.unit !== unit) return { error: say.wrongUnit(written, conversion.unit, unit) };
  return conversion;
}

/** In SI, rounded once where the unit is a decimal multiple. */
function scaled(w: Written, conversion: UnitConversion): number {
  return conversion.exponent === undefined ? conversion.toSI(Number(show(w))) : Number(`${w.digits}e${w.exponent + conversion.exponent}`);
}
