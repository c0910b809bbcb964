import type { Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/touchstone.ts";
import { isGap, NumberScanner } from "../numbers.ts";

/** The numbers of a file's data lines, one behind the other: as written, except that frequencies are in Hz. */
export class DataLines {
  readonly #path: string;
  readonly #scanner = new NumberScanner();
  #numbers = new Float64Array(1024);
  #gaps = 0;
  #firstGap = 0;
  count = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Appends the numbers of one line, up to its end or a comment.
   * @param shift the line begins with a frequency in 10^shift Hz; undefined where it goes on with a record
   * @returns where the line or its data end
   * @throws ImportError at what is no number
   */
  take(text: string, start: number, end: number, line: number, shift: number | undefined): number {
    let at = start;
    while (at < end && text.charCodeAt(at) !== 33) {
      const isFrequency = at === start && shift !== undefined;
      const value = this.#number(text, at, end, line, isFrequency ? shift : 0);
      if (isFrequency && Number.isNaN(value)) throw new ImportError(say.notANumber(line, "NaN"), `${this.#path}:${line}`);
      if (this.count === this.#numbers.length) this.#numbers = doubled(this.#numbers);
      this.#numbers[this.count++] = value;
      at = this.#scanner.end;
      while (at < end && isBlank(text.charCodeAt(at))) at++;
    }
    return at;
  }

  at(index: number): number {
    return this.#numbers[index]!;
  }

  /** A view of the numbers from `start` to `end`. */
  between(start: number, end: number): Float64Array {
    return this.#numbers.subarray(start, end);
  }

  get notes(): readonly Note[] {
    return this.#gaps === 0 ? [] : [{ code: "missing_values", text: say.missing(this.#gaps, this.#firstGap) }];
  }

  #number(text: string, at: number, end: number, line: number, shift: number): number {
    const value = this.#scanner.scan(text, at, 46, shift);
    const stop = this.#scanner.end;
    if (stop > at && stop <= end && Number.isFinite(value)) {
      const next = stop === end ? 32 : text.charCodeAt(stop);
      if (isBlank(next) || next === 33) return value;
    }
    const token = /^[^\s!]+/.exec(text.slice(at, end))?.[0] ?? "";
    if (!isGap(token)) throw new ImportError(say.notANumber(line, token), `${this.#path}:${line}`);
    this.#scanner.end = at + token.length;
    if (this.#gaps++ === 0) this.#firstGap = line;
    return Number.NaN;
  }
}

/** Blanks between numbers; 26 is the mark that DOS wrote at the end of a text. */
export const isBlank = (code: number) => code === 32 || code === 9 || code === 12 || code === 11 || code === 0xa0 || code === 26;

function doubled(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
