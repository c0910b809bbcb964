import { badSigma, expectedQuantity, unknownUnit, wrongSigmaUnit, wrongUnit } from "./messages/quantity.ts";
import { type Quantity, quantity } from "./quantity.ts";
import { type Unit, type UnitConversion, unitConversion } from "./units.ts";

const DIGITS = String.raw`(?:\d+(?:\.\d*)?|\.\d+)`;
const EXPONENT = String.raw`(?:[eE][-+\u2212]?\d+)`;
const NUMBER = String.raw`[-+\u2212]?${DIGITS}${EXPONENT}?`;
const UNIT = String.raw`[^\s\d().,\u00b1+\u2212-][^()\u00b1]*?|1\/[^\s\d()]+|1`;
const PLAIN = new RegExp(String.raw`^(${NUMBER})\s*(${UNIT})?$`);
/** `72.3(15) dB`, `1.50(3)e-3`, and `1.50e-3(3)`. */
const BRACKET = new RegExp(String.raw`^([-+\u2212]?${DIGITS})(${EXPONENT})?\((\d+(?:\.\d+)?)\)(${EXPONENT})?\s*(${UNIT})?$`);
/** `(72.3 ± 0.5) dB`. */
const ENCLOSED = new RegExp(String.raw`^\(([^()]*)\)\s*(${UNIT})?$`);
const PLUS_MINUS = /\u00b1|\+\/[-\u2212]|\+-/;

/** A quantity in SI, or the sentence that says what was expected and what to write. */
export type ParsedQuantity<U extends Unit> = { readonly quantity: Quantity<U> } | { readonly problem: string };

/**
 * Reads `72.3 dB ± 0.5 dB`, `72.3 ± 0.5 dB`, `(72.3 ± 0.5) dB`, `72.3(5) dB`, `5.0123 GHz ± 20 kHz`, `32 +/- 5 mK`, `0.012 ± 0.002`.
 * A unit behind the uncertainty alone is that of both; in `72.3(15)` the bracket counts in units of the last digit (1.5), in `72.3(1.5)` it is meant
 * as written.
 * @param unit the SI unit that is wanted; `1` takes numbers without a unit and percents.
 * @returns sigma NaN where none is stated. For dBm the uncertainty is in dB: sigma = ln(10)/10 * P * dB.
 */
export function parseQuantity<U extends Unit>(text: string, unit: U): ParsedQuantity<U> {
  const written = asWritten(text.trim());
  if (!written) return { problem: expectedQuantity(text, unit) };
  const unitText = written.unit ?? written.sigmaUnit ?? "";
  if (unitText === "" && unit !== "1") return { problem: expectedQuantity(text, unit) };
  const conversion = unitConversion(unitText);
  if (!conversion) return { problem: unknownUnit(unitText, unit) };
  if (conversion.unit !== unit) return { problem: wrongUnit(unitText, conversion.unit, unit) };
  const value = conversion.toSI(written.value);
  if (!Number.isFinite(value)) return { problem: expectedQuantity(text, unit) };
  if (written.sigma === undefined) return { quantity: quantity(value, unit) };
  const sigma = sigmaOf(written.sigma, written.sigmaUnit, conversion, written.value);
  if (sigma === undefined) return { problem: wrongSigmaUnit(written.sigmaUnit ?? "", unitText, unit) };
  if (!(sigma >= 0 && sigma < Number.POSITIVE_INFINITY)) return { problem: badSigma(text) };
  return { quantity: quantity(value, unit, sigma) };
}

/** A quantity as it is written, before units mean anything. */
interface Written {
  readonly value: number;
  readonly unit: string | undefined;
  readonly sigma?: number;
  readonly sigmaUnit?: string | undefined;
}

function asWritten(text: string): Written | undefined {
  const enclosed = ENCLOSED.exec(text);
  if (enclosed) {
    const inner = asWritten(enclosed[1]!.trim());
    // Either the bracket holds all units or the unit behind it is that of both numbers.
    const bare = inner?.sigma !== undefined && inner.unit === undefined && inner.sigmaUnit === undefined;
    return inner && bare ? { ...inner, unit: enclosed[2] } : undefined;
  }
  const bracket = BRACKET.exec(text);
  if (bracket) {
    const [, digits = "", before = "", uncertain = "", behind = "", unit] = bracket;
    if (before && behind) return undefined;
    const exponent = before || behind;
    const decimals = digits.split(".")[1]?.length ?? 0;
    // Digits and exponent are joined as text: 5e-1 is closer to a half than 5 * 10 ** -1 need be.
    const power = Number(ascii(exponent).slice(1) || 0) - (uncertain.includes(".") ? 0 : decimals);
    return { value: number(digits + exponent), unit, sigma: Number(`${uncertain}e${power}`), sigmaUnit: undefined };
  }
  const parts = text.split(PLUS_MINUS);
  const [head, tail] = parts.map((p) => PLAIN.exec(p.trim()));
  if (!head || parts.length > 2 || tail === null) return undefined;
  if (!tail) return { value: number(head[1]!), unit: head[2] };
  return { value: number(head[1]!), unit: head[2], sigma: number(tail[1]!), sigmaUnit: tail[2] };
}

/** In SI; undefined when the unit does not fit that of the value. */
function sigmaOf(written: number, unitText: string | undefined, value: UnitConversion, at: number): number | undefined {
  const own = unitText === undefined ? value : unitConversion(unitText);
  if (!own) return undefined;
  // A power in dBm has its uncertainty in dB (or, loosely, "dBm"); one in watts has none in dBm.
  if (logarithmic(value)) return own.unit === "dB" || logarithmic(own) ? written * value.scaleAt(at) : undefined;
  return own.unit === value.unit && !logarithmic(own) ? own.toSI(written) : undefined;
}

const logarithmic = (c: UnitConversion) => c.scaleAt(0) !== c.scaleAt(1);
const ascii = (text: string) => text.replace(/\u2212/g, "-");
const number = (text: string) => Number(ascii(text));
