import { MOST_TAIL_DIGITS, nearest } from "./rounding.ts";

const EXACT_POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** Largest integer that can take one more decimal digit and still be below 2^53. */
const ROOM_FOR_DIGIT = 900_719_925_474_098;

/**
 * Reads decimal numbers where they stand in the bytes of a text, correctly rounded to the last bit, as `Number` would.
 * A mantissa below 2^53 times or divided by an exact power of ten is one rounding (Clinger, PLDI 1990); more digits, as Python prints them, take
 * a product of twice the precision; what neither decides goes through `Number`. No text is made and nothing is allocated on the first two ways.
 */
export class DecimalScanner {
  /** The number that was read last. */
  value = Number.NaN;
  readonly #bytes: Uint8Array;

  /** @param bytes ASCII, or any encoding in which bytes below 128 are ASCII */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /**
   * Reads the number that starts at `start`: sign, digits, fraction, exponent with e, E, d or D (Fortran) and any number of digits.
   * @param decimalMark character code of the decimal mark: point or comma
   * @param shift decimal exponent added to the number: 9 reads GHz as Hz with one rounding only
   * @returns where it ends; `start` when no number starts there
   */
  scan(start: number, decimalMark: number, shift: number): number {
    const bytes = this.#bytes;
    let at = start;
    let code = bytes[at]!;
    const negative = code === 45;
    if (negative || code === 43) code = bytes[++at]!;
    let mantissa = 0;
    let tail = 0;
    let tailDigits = 0;
    let exponent = shift;
    const first = at;
    let digit = code - 48;
    while (digit >= 0 && digit <= 9) {
      if (mantissa <= ROOM_FOR_DIGIT) mantissa = mantissa * 10 + digit;
      else {
        tail = tail * 10 + digit;
        tailDigits++;
      }
      digit = bytes[++at]! - 48;
    }
    let digits = at - first;
    if (digit + 48 === decimalMark) {
      const fraction = ++at;
      digit = bytes[at]! - 48;
      while (digit >= 0 && digit <= 9) {
        if (mantissa <= ROOM_FOR_DIGIT) mantissa = mantissa * 10 + digit;
        else {
          tail = tail * 10 + digit;
          tailDigits++;
        }
        digit = bytes[++at]! - 48;
      }
      digits += at - fraction;
      exponent -= at - fraction;
    }
    if (digits === 0) return start;
    const end = at;
    const letter = (digit + 48) | 32;
    if (letter === 101 || letter === 100) {
      let i = at + 1;
      code = bytes[i]!;
      const down = code === 45;
      if (down || code === 43) code = bytes[++i]!;
      const power = i;
      let written = 0;
      digit = code - 48;
      while (digit >= 0 && digit <= 9) {
        if (written < 100_000) written = written * 10 + digit;
        digit = bytes[++i]! - 48;
      }
      if (i > power) {
        exponent += down ? -written : written;
        at = i;
      }
    }
    if (tailDigits === 0 && exponent >= -22 && exponent <= 22)
      mantissa = exponent < 0 ? mantissa / EXACT_POWERS[-exponent]! : mantissa * EXACT_POWERS[exponent]!;
    else if (mantissa !== 0) {
      const known = tailDigits <= MOST_TAIL_DIGITS ? nearest(mantissa, tail, tailDigits, exponent) : Number.NaN;
      mantissa = Number.isNaN(known) ? this.#byNumber(first, end, exponent) : known;
    }
    this.value = negative ? -mantissa : mantissa;
    return at;
  }

  /** The digits from `first` to `end` as an integer, with the exponent that belongs to all of them, through the language's own conversion. */
  #byNumber(first: number, end: number, exponent: number): number {
    const digits = Buffer.from(this.#bytes.subarray(first, end).filter((code) => code >= 48));
    return Number(`${digits.toString("latin1")}e${exponent}`);
  }
}
