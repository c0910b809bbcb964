import { ImportError } from "../../core/errors.ts";
import { tooManyNumbers } from "../../core/messages/importers.ts";
import { DecimalScanner } from "./decimal-scanner.ts";

const [TAB, LF, CR, BLANK] = [9, 10, 13, 32];
/** Rows that are turned into columns together: they and their columns stay in the processor's cache. */
const ROWS_AT_ONCE = 512;
/** 2 GiB of doubles; 2 GiB of text can be four times as many. */
const MOST_NUMBERS = 2 ** 28;

/** How the numbers of a row are written. */
export interface RowStyle {
  /** Character code; a blank stands for any run of blanks and tabs. */
  readonly delimiter: number;
  /** Character code of the decimal mark: point or comma. */
  readonly decimalMark: number;
  /** One per number of a row: decimal exponent that is added while reading. */
  readonly shifts: readonly number[];
}

/**
 * A table of numbers that grows row by row. Rows of plain numbers are read from the bytes of a text, without making strings or objects:
 * the loop that decides how fast text files are read.
 */
export class NumberRows {
  /** Of numbers, so far. */
  count = 0;
  #numbers = new Float64Array(0);
  readonly #bytes: Uint8Array;
  readonly #limit: number;
  readonly #scanner: DecimalScanner;
  /** Where a row ends that another byte follows: the last one is left to those who read text, so that the loop need not look for the end. */
  readonly #end: number;

  /** @param limit of numbers */
  constructor(bytes: Uint8Array, limit = MOST_NUMBERS) {
    this.#bytes = bytes;
    this.#limit = limit;
    this.#scanner = new DecimalScanner(bytes);
    this.#end = lastLineEnd(bytes);
  }

  /**
   * Appends rows from `at` on. A delimiter at the end of a row counts for nothing.
   * @throws ImportError without place when there are too many numbers
   * @returns where the first line begins that is anything else than as many finite numbers as the style has shifts
   */
  read(at: number, { delimiter, decimalMark, shifts }: RowStyle): number {
    const scanner = this.#scanner;
    const bytes = this.#bytes;
    const end = this.#end;
    const width = shifts.length;
    // Tabs are blanks unless they separate.
    const blank = delimiter === TAB ? BLANK : TAB;
    let numbers = this.#numbers;
    let { count } = this;
    while (at <= end) {
      if (count + width > numbers.length) numbers = this.#grow(at, width);
      let p = at;
      let code = 0;
      for (let c = 1; c <= width; c++) {
        code = bytes[p]!;
        while (code === BLANK || code === blank) code = bytes[++p]!;
        const stop = scanner.scan(p, decimalMark, shifts[c - 1]!);
        const { value } = scanner;
        // Infinity is no number that somebody wrote.
        if (stop === p || value - value !== 0) return at;
        numbers[count + c - 1] = value;
        p = stop;
        code = bytes[p]!;
        if (code === delimiter && c < width) {
          p++;
          continue;
        }
        while (code === BLANK || code === blank) code = bytes[++p]!;
        if (c === width) break;
        if (code !== delimiter && (delimiter !== BLANK || p === stop)) return at;
        if (code === delimiter) p++;
      }
      if (code === delimiter) code = bytes[++p]!;
      while (code === BLANK || code === TAB) code = bytes[++p]!;
      if (code === CR && bytes[p + 1] === LF) p++;
      else if (code !== LF && code !== CR) return at;
      at = p + 1;
      count += width;
      this.count = count;
    }
    return at;
  }

  /** Appends a number that was read otherwise. @param at where the text goes on */
  push(value: number, at: number): void {
    if (this.count === this.#numbers.length) this.#grow(at, 1);
    this.#numbers[this.count++] = value;
  }

  at(index: number): number {
    return this.#numbers[index]!;
  }

  /** A view of the numbers from `start` to `end`. */
  between(start: number, end: number): Float64Array {
    return this.#numbers.subarray(start, end);
  }

  /** The first `count` numbers (default all) as columns. @param width numbers of a row */
  columns(width: number, count = this.count): Float64Array[] {
    const rows = count / width;
    const columns = Array.from({ length: width }, () => new Float64Array(rows));
    for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
      const last = Math.min(rows, first + ROWS_AT_ONCE);
      for (let c = 0; c < width; c++) {
        const column = columns[c]!;
        for (let row = first; row < last; row++) column[row] = this.#numbers[row * width + c]!;
      }
    }
    return columns;
  }

  /** Room for as many numbers as the text holds if it goes on as it did up to `at`, at least for `more`. @throws ImportError */
  #grow(at: number, more: number): Float64Array<ArrayBuffer> {
    const { count } = this;
    if (count + more > this.#limit) throw new ImportError(tooManyNumbers(this.#limit), "");
    const left = this.#bytes.length - at;
    const expected = count < 1000 ? 1000 : 1.02 * (count / Math.max(1, at)) * left;
    // A number and what separates it are two bytes at least.
    const room = count + more + Math.max(Math.min(expected, left / 2), count / 4);
    const larger = new Float64Array(Math.min(this.#limit, Math.ceil(room)));
    larger.set(this.#numbers.subarray(0, count));
    this.#numbers = larger;
    return larger;
  }
}

function lastLineEnd(bytes: Uint8Array): number {
  let at = bytes.length - 1;
  while (at >= 0 && bytes[at] !== LF && bytes[at] !== CR) at--;
  return at;
}
