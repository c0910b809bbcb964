import type { Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { missing } from "../../core/messages/import-network.ts";
import * as say from "../../core/messages/touchstone.ts";
import { DecimalScanner } from "../text/decimal-scanner.ts";
import type { LineCursor } from "../text/line-cursor.ts";
import { NumberRows, type RowStyle } from "../text/number-rows.ts";
import { isGap } from "../text/numbers.ts";
import type { EncodedText } from "../text/text.ts";

const [BLANK, POINT, EXCLAMATION] = [32, 46, 33];

/** The numbers of a file's data lines, one behind the other: as written, except that frequencies are in Hz. */
export class DataLines {
  readonly #text: EncodedText;
  readonly #bytes: Uint8Array;
  readonly #path: string;
  readonly #scanner: DecimalScanner;
  readonly #numbers: NumberRows;
  #style: RowStyle = { delimiter: BLANK, decimalMark: POINT, shifts: [] };
  #gaps = 0;
  #firstGap = 0;

  constructor(text: EncodedText, path: string) {
    this.#text = text;
    this.#bytes = text.bytes;
    this.#path = path;
    this.#scanner = new DecimalScanner(text.bytes);
    this.#numbers = new NumberRows(text.bytes);
  }

  get count(): number {
    return this.#numbers.count;
  }

  /**
   * Appends lines that are whole records of plain numbers, as many as follow each other.
   * @param width numbers of a record, the first of them a frequency in 10^shift Hz
   * @returns how many there were
   */
  records(lines: LineCursor, width: number, shift: number): number {
    const before = this.count;
    const { shifts } = this.#style;
    // Asked again after each line that is none: a file may have a million comments.
    if (shifts.length !== width || shifts[0] !== shift)
      this.#style = { ...this.#style, shifts: Array.from({ length: width }, (_, c) => (c === 0 ? shift : 0)) };
    const following = this.#numbers.read(lines.following, this.#style);
    const records = (this.count - before) / width;
    lines.pass(records, following);
    return records;
  }

  /**
   * Appends the numbers of one line, up to its end or a comment.
   * @param shift the line begins with a frequency in 10^shift Hz; undefined where it goes on with a record
   * @returns where the line or its data end
   * @throws ImportError at what is no number
   */
  take(start: number, end: number, line: number, shift: number | undefined): number {
    let at = start;
    while (at < end && this.#bytes[at] !== EXCLAMATION) {
      const isFrequency = at === start && shift !== undefined;
      at = this.#take(at, end, line, isFrequency ? shift : 0);
      if (isFrequency && Number.isNaN(this.at(this.count - 1))) throw new ImportError(say.notANumber(line, "NaN"), `${this.#path}:${line}`);
      at = behindBlanks(this.#bytes, at, end);
    }
    return at;
  }

  at(index: number): number {
    return this.#numbers.at(index);
  }

  /** A view of the numbers from `start` to `end`. */
  between(start: number, end: number): Float64Array {
    return this.#numbers.between(start, end);
  }

  /** The first `count` numbers, `width` of them a record, as columns. */
  columns(width: number, count: number): readonly Float64Array[] {
    return this.#numbers.columns(width, count);
  }

  get notes(): readonly Note[] {
    return this.#gaps === 0 ? [] : [{ code: "missing_values", text: missing(this.#gaps, this.#firstGap) }];
  }

  #take(at: number, end: number, line: number, shift: number): number {
    const stop = this.#scanner.scan(at, POINT, shift);
    const { value } = this.#scanner;
    const ends = stop === end || this.#bytes[stop] === EXCLAMATION || behindBlanks(this.#bytes, stop, end) > stop;
    if (stop > at && ends && Number.isFinite(value)) {
      this.#numbers.push(value, stop);
      return stop;
    }
    const token = /^[^\s!]+/.exec(this.#text.slice(at, end))?.[0] ?? "";
    if (!isGap(token)) throw new ImportError(say.notANumber(line, token), `${this.#path}:${line}`);
    if (this.#gaps++ === 0) this.#firstGap = line;
    this.#numbers.push(Number.NaN, at);
    return at + token.length;
  }
}

/** Behind the blanks between numbers: also the mark that DOS wrote at the end of a text (26), and a blank that does not break, in Latin-1 and UTF-8. */
export function behindBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (; at < end; at++) {
    const code = bytes[at]!;
    if (code === 0xc2 && bytes[at + 1] === 0xa0) at++;
    else if (code !== 32 && code !== 9 && code !== 11 && code !== 12 && code !== 26 && code !== 0xa0) break;
  }
  return at;
}
