const POWERS_OF_TEN = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** Largest integer that can take one more decimal digit and still be below 2^53. */
const ROOM_FOR_DIGIT = 900_719_925_474_098;
const POINT = 46;

/**
 * Reads decimal numbers out of a text without cutting it into pieces, correctly rounded to the last bit.
 * A mantissa below 2^53 times or divided by an exact power of ten (up to 1e22) is one rounding (Clinger, PLDI 1990);
 * everything else goes through `Number`.
 */
export class NumberScanner {
  /** Where the last number ended; equal to its start when there was none. */
  end = 0;

  /**
   * The number that starts at `start`: sign, digits, fraction, exponent with e, E, d or D (Fortran) and any number of digits.
   * @param decimalMark character code of the decimal mark: point (default) or comma
   * @param shift decimal exponent added to the number: 9 reads GHz as Hz with one rounding only
   * @returns NaN, with `end === start`, when no number starts there
   */
  scan(text: string, start: number, decimalMark = POINT, shift = 0): number {
    let at = start;
    let code = text.charCodeAt(at);
    const negative = code === 45;
    if (negative || code === 43) code = text.charCodeAt(++at);
    let mantissa = 0;
    let scale = 0;
    let digits = 0;
    let exact = true;
    while (code >= 48 && code <= 57) {
      if (mantissa <= ROOM_FOR_DIGIT) mantissa = mantissa * 10 + (code - 48);
      else exact = false;
      digits++;
      code = text.charCodeAt(++at);
    }
    if (code === decimalMark) {
      code = text.charCodeAt(++at);
      while (code >= 48 && code <= 57) {
        if (mantissa <= ROOM_FOR_DIGIT) {
          mantissa = mantissa * 10 + (code - 48);
          scale--;
        } else exact = false;
        digits++;
        code = text.charCodeAt(++at);
      }
    }
    if (digits === 0) {
      this.end = start;
      return Number.NaN;
    }
    const mantissaEnd = at;
    const lower = code | 32;
    const exponent = lower === 101 || lower === 100 ? this.#exponent(text, at) : 0;
    if (lower !== 101 && lower !== 100) this.end = at;
    const power = exponent + scale + shift;
    if (exact && mantissa === 0) return negative ? -0 : 0;
    if (exact && power >= -22 && power <= 22) {
      const value = power < 0 ? mantissa / POWERS_OF_TEN[-power]! : mantissa * POWERS_OF_TEN[power]!;
      return negative ? -value : value;
    }
    const written = text.slice(start, mantissaEnd);
    return Number(`${decimalMark === POINT ? written : written.replace(",", ".")}e${exponent + shift}`);
  }

  /** The exponent behind the letter at `at`; 0, with `end` before the letter, when no digits follow. */
  #exponent(text: string, at: number): number {
    let i = at + 1;
    let code = text.charCodeAt(i);
    const negative = code === 45;
    if (negative || code === 43) code = text.charCodeAt(++i);
    const first = i;
    let exponent = 0;
    while (code >= 48 && code <= 57) {
      if (exponent < 100_000) exponent = exponent * 10 + (code - 48);
      code = text.charCodeAt(++i);
    }
    this.end = i === first ? at : i;
    if (i === first) return 0;
    return negative ? -exponent : exponent;
  }
}

const whole = new NumberScanner();

/** The number that the whole text is, or undefined. Blanks around it are allowed. */
export function parseNumber(text: string, decimalMark = POINT, shift = 0): number | undefined {
  const plain = whole.scan(text, 0, decimalMark, shift);
  if (whole.end === text.length && whole.end > 0) return plain;
  // Spreadsheets write a typographic minus.
  const trimmed = text.trim().replace("\u2212", "-");
  if (trimmed === "") return undefined;
  const value = whole.scan(trimmed, 0, decimalMark, shift);
  return whole.end === trimmed.length ? value : undefined;
}

const GAPS =
  /^(|nan|\+nan|-nan|nan\(ind\)|-nan\(ind\)|1\.#qnan|1\.#ind|-1\.#ind|#?na|#?n\/a|#null!|#div\/0!|#num!|#value!|null|none|-|--|---)$/i;
const INFINITIES = /^[+-]?(inf|infinity|1\.#inf)$/i;

/** Whether a cell says that there is no number: empty, NaN, null, or an overloaded receiver's infinity. */
export function isGap(text: string): boolean {
  const code = text.charCodeAt(0);
  // Nearly all cells are numbers; Windows writes a gap as 1.#QNAN, Excel as #N/A.
  if (code >= 48 && code <= 57 && !text.includes("#")) return false;
  const trimmed = text.trim();
  return trimmed.length < 12 && (GAPS.test(trimmed) || INFINITIES.test(trimmed));
}
