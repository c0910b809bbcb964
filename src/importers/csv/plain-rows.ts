import { DecimalScanner } from "../decimal-scanner.ts";
import type { Layout } from "./layout.ts";

const [TAB, LF, CR, BLANK] = [9, 10, 13, 32];
/** Rows for which there is room before anything is known about their length. */
const FIRST_ROOM = 256;

/** The columns of a table as they fill, and the rows of plain numbers in it: read from the bytes, without making text or objects. */
export class PlainRows {
  rows = 0;
  #columns: Float64Array<ArrayBuffer>[];
  #room = FIRST_ROOM;
  readonly #bytes: Uint8Array;
  readonly #scanner: DecimalScanner;
  readonly #layout: Layout;
  readonly #shifts: readonly number[];
  readonly #start: number;
  /** Of the last line end: a row behind it is left to those who read text, so that none here has to look for the end of the bytes. */
  readonly #end: number;

  /** @param start offset of the first row @param shifts decimal exponents added to each column */
  constructor(bytes: Uint8Array, start: number, layout: Layout, shifts: readonly number[]) {
    this.#bytes = bytes;
    this.#scanner = new DecimalScanner(bytes);
    this.#layout = layout;
    this.#shifts = shifts;
    this.#columns = layout.header.map(() => new Float64Array(FIRST_ROOM));
    this.#start = start;
    // Columns of text, of times or of complex numbers are read as text.
    const text = layout.text.includes(true) || layout.readers.some((reader) => reader !== undefined);
    this.#end = text ? -1 : lastLineEnd(bytes);
  }

  /** Reads rows from `at` on. @returns where the first line begins that is anything else than as many finite numbers as there are columns */
  read(at: number): number {
    const scanner = this.#scanner;
    const bytes = this.#bytes;
    const shifts = this.#shifts;
    const end = this.#end;
    const { width, decimalMark } = this.#layout;
    const delimiter = this.#layout.delimiter.charCodeAt(0);
    // Tabs are blanks unless they separate.
    const blank = delimiter === TAB ? BLANK : TAB;
    let columns = this.#columns;
    while (at <= end) {
      if (this.rows === this.#room) {
        this.#makeRoom(at);
        columns = this.#columns;
      }
      const row = this.rows;
      let p = at;
      let code = 0;
      for (let c = 1; c <= width; c++) {
        code = bytes[p]!;
        while (code === BLANK || code === blank) code = bytes[++p]!;
        const stop = scanner.scan(p, decimalMark, shifts[c - 1]!);
        const { value } = scanner;
        // Infinity is no number that somebody wrote.
        if (stop === p || value - value !== 0) return at;
        columns[c - 1]![row] = value;
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
      this.rows = row + 1;
    }
    return at;
  }

  /** Puts a row that was read otherwise behind the others. @param at where the text goes on */
  push(values: readonly number[], at: number): void {
    if (this.rows === this.#room) this.#makeRoom(at);
    for (let c = 0; c < values.length; c++) this.#columns[c]![this.rows] = values[c]!;
    this.rows++;
  }

  /** The columns, as long as there are rows. Where little room is left over they are not copied. */
  finished(): readonly Float64Array[] {
    const { rows } = this;
    return this.#columns.map((column) => (rows > 0.9 * this.#room ? column.subarray(0, rows) : column.slice(0, rows)));
  }

  /** Room for as many rows as the rest of the text holds if they go on as they did. */
  #makeRoom(at: number): void {
    const expected = (this.rows * (this.#bytes.length - this.#start)) / Math.max(1, at - this.#start);
    this.#room = Math.max(Math.ceil(1.02 * expected), this.rows + (this.rows >> 1));
    this.#columns = this.#columns.map((column) => {
      const larger = new Float64Array(this.#room);
      larger.set(column);
      return larger;
    });
  }
}

function lastLineEnd(bytes: Uint8Array): number {
  let at = bytes.length - 1;
  while (at >= 0 && bytes[at] !== LF && bytes[at] !== CR) at--;
  return at;
}
