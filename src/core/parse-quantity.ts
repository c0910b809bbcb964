import { expectedQuantity, negativeSigma, unknownUnit, wrongUnit } from "./messages/quantity.ts";
import { type Quantity, quantity } from "./quantity.ts";
import { type Unit, type UnitConversion, unitConversion } from "./units.ts";

const NUMBER = String.raw`[-+\u2212]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?`;
const UNIT = String.raw`[^\s\d()\u00b1+-][^()\u00b1]*?|1\/[a-zA-Z]+|1`;
const PLAIN = new RegExp(String.raw`^(${NUMBER})\s*(${UNIT})?$`);
const BRACKET = new RegExp(String.raw`^(${NUMBER})\((\d+(?:\.\d+)?)\)\s*(${UNIT})?$`);
const PLUS_MINUS = /\u00b1|\+\/-|\+-/;

/** A quantity in SI, or the sentence that says what was expected and what to write. */
export type ParsedQuantity<U extends Unit> = { readonly quantity: Quantity<U> } | { readonly problem: string };

/**
 * Reads `72.3 dB ± 0.5 dB`, `72.3 ± 0.5 dB`, `72.3(5) dB`, `5.0123 GHz ± 20 kHz`, `32 +/- 5 mK`, `0.012 ± 0.002`.
 * @param unit the SI unit that is wanted; `1` takes numbers without a unit and percents.
 * @returns sigma NaN where none is stated. For dBm the uncertainty is in dB: sigma = ln(10)/10 * P * dB.
 */
export function parseQuantity<U extends Unit>(text: string, unit: U): ParsedQuantity<U> {
  const parts = text.trim().split(PLUS_MINUS);
  if (parts.length > 2) return { problem: expectedQuantity(text, unit) };
  const [first, second] = parts.map((p) => p.trim());
  const bracket = second === undefined ? BRACKET.exec(first!) : null;
  const head = bracket ? [first!, bracket[1]!, bracket[3]] : PLAIN.exec(first!);
  const tail = second === undefined ? undefined : PLAIN.exec(second);
  if (!head || tail === null) return { problem: expectedQuantity(text, unit) };
  // `72.3 ± 0.5 dB`: the unit behind the uncertainty is that of both.
  const unitText = head[2] ?? tail?.[2] ?? "";
  const conversion = unitConversion(unitText);
  if (unitText === "" && unit !== "1") return { problem: expectedQuantity(text, unit) };
  if (!conversion) return { problem: unknownUnit(unitText, unit) };
  if (conversion.unit !== unit) return { problem: wrongUnit(unitText, conversion.unit, unit) };
  const written = number(head[1]!);
  const value = conversion.toSI(written);
  if (!Number.isFinite(value)) return { problem: expectedQuantity(text, unit) };
  if (bracket) {
    const digits = (bracket[1]!.split(/[eE]/)[0]!.split(".")[1] ?? "").length;
    const exponent = Number(/[eE](.*)$/.exec(bracket[1]!)?.[1] ?? 0);
    // 72.3(5): in units of the last digit; 72.3(0.5): as written.
    const sigma = bracket[2]!.includes(".") ? Number(bracket[2]) * 10 ** exponent : Number(bracket[2]) * 10 ** (exponent - digits);
    return { quantity: quantity(value, unit, sigma * conversion.scaleAt(written)) };
  }
  if (!tail) return { quantity: quantity(value, unit) };
  const sigma = sigmaOf(number(tail[1]!), tail[2], conversion, written);
  if (sigma === undefined) return { problem: wrongUnit(tail[2]!, unitConversion(tail[2]!)?.unit ?? "?", unit) };
  if (!(sigma >= 0)) return { problem: negativeSigma(text) };
  return { quantity: quantity(value, unit, sigma) };
}

function sigmaOf(written: number, unitText: string | undefined, value: UnitConversion, at: number): number | undefined {
  if (unitText === undefined) return written * value.scaleAt(at);
  const own = unitConversion(unitText);
  if (!own) return undefined;
  // A power in dBm has its uncertainty in dB (or, loosely, "dBm").
  if (value.scaleAt(0) !== value.scaleAt(1))
    return own.unit === "dB" || (own.unit === "W" && own.scaleAt(0) !== own.scaleAt(1)) ? written * value.scaleAt(at) : undefined;
  return own.unit === value.unit ? written * own.scaleAt(written) : undefined;
}

const number = (text: string) => Number(text.replace("\u2212", "-"));
