import { MOST_TAIL_DIGITS, nearest } from "./rounding.ts";

/** From here on, not every integer is a double. */
const LIMIT = 2 ** 53;
/** Largest integer that can take one more decimal digit and still be below the limit. */
const ROOM_FOR_DIGIT = 900_719_925_474_098;
/** Powers of ten that are doubles. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const MOST = 22;

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
    // Short, so that the loops over rows take it in: everything rare is elsewhere.
    const bytes = this.#bytes;
    let at = start;
    const sign = bytes[at]!;
    if (sign === 45 || sign === 43) at++;
    const first = at;
    let part = at;
    let mantissa = 0;
    let exponent = shift;
    let digit = bytes[at]! - 48;
    while (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digit = bytes[++at]! - 48;
    }
    let digits = at - part;
    if (digit + 48 === decimalMark) {
      part = ++at;
      digit = bytes[at]! - 48;
      while (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        digit = bytes[++at]! - 48;
      }
      digits += at - part;
      exponent -= at - part;
    }
    if (digits === 0) return start;
    const letter = digit >= 17;
    if (letter || mantissa >= LIMIT || exponent < -MOST || exponent > MOST) {
      this.value = mantissa;
      return this.#rest(first, at, exponent, sign === 45);
    }
    mantissa = exponent < 0 ? mantissa / POWERS[-exponent]! : mantissa * POWERS[exponent]!;
    this.value = sign === 45 ? -mantissa : mantissa;
    return at;
  }

  /** Goes on behind a mantissa, rounded in `value`, whose digits stand from `first` to `end`. */
  #rest(first: number, end: number, shift: number, negative: boolean): number {
    const mantissa = this.value;
    let at = end;
    let exponent = shift;
    const letter = this.#bytes[at]! | 32;
    if (letter === 101 || letter === 100) {
      let sign = this.#bytes[++at]!;
      if (sign === 45 || sign === 43) at++;
      else sign = 43;
      const power = at;
      let written = 0;
      for (let digit = this.#bytes[at]! - 48; digit >= 0 && digit <= 9; digit = this.#bytes[++at]! - 48)
        if (written < 100_000) written = written * 10 + digit;
      // A letter without digits behind it is no exponent.
      if (at === power) at = end;
      exponent += sign === 45 ? -written : written;
    }
    let size = mantissa;
    if (mantissa >= LIMIT || (mantissa > 0 && Math.abs(exponent) > MOST)) size = this.#long(first, end, exponent);
    else if (mantissa > 0) size = exponent < 0 ? mantissa / POWERS[-exponent]! : mantissa * POWERS[exponent]!;
    this.value = negative ? -size : size;
    return at;
  }

  /** The digits from `first` to `end`, as an integer, times 10^`exponent`. */
  #long(first: number, end: number, exponent: number): number {
    let mantissa = 0;
    let tail = 0;
    let tailDigits = 0;
    for (let at = first; at < end; at++) {
      const digit = this.#bytes[at]! - 48;
      if (digit < 0) continue;
      if (mantissa <= ROOM_FOR_DIGIT) mantissa = mantissa * 10 + digit;
      else {
        tail = tail * 10 + digit;
        tailDigits++;
      }
    }
    const known = tailDigits <= MOST_TAIL_DIGITS ? nearest(mantissa, tail, tailDigits, exponent) : Number.NaN;
    if (!Number.isNaN(known)) return known;
    const digits = Buffer.from(this.#bytes.subarray(first, end).filter((code) => code >= 48));
    return Number(`${digits.toString("latin1")}e${exponent}`);
  }
}
