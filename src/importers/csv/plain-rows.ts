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
  /** Behind the last line end: a row there is left to those who read text, so that none here has to look for the end of the bytes. */
  readonly #end: number;

  /** @param start offset of the first row @param shifts decimal exponents added to each column */
  constructor(bytes: Uint8Array, start: number, layout: Layout, shifts: readonly number[]) {
    this.#bytes = bytes;
    this.#scanner = new DecimalScanner(bytes);
    this.#layout = layout;
    this.#shifts = shifts;
    this.#columns = layout.header.map(() => new Float64Array(FIRST_ROOM));
    this.#start = start;
    // Columns of text are read as text.
    this.#end = layout.text.includes(true) ? 0 : Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR));
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
        this.makeRoom(at);
        columns = this.#columns;
      }
      const row = this.rows;
      let p = at;
      let code = 0;
      for (let c = 0; c < width; c++) {
        code = bytes[p]!;
        while (code === BLANK || code === blank) code = bytes[++p]!;
        const stop = scanner.scan(p, decimalMark, shifts[c]!);
        if (stop === p) return at;
        // Infinity is no number that somebody wrote.
        if (!(scanner.value - scanner.value === 0)) return at;
        columns[c]![row] = scanner.value;
        p = stop;
        code = bytes[p]!;
        const separated = code === BLANK || code === TAB;
        while (code === BLANK || code === blank) code = bytes[++p]!;
        if (c === width - 1) break;
        if (delimiter === BLANK) {
          if (!separated) return at;
        } else if (code === delimiter) p++;
        else return at;
      }
      if (code === delimiter && delimiter !== BLANK) code = bytes[++p]!;
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
    if (this.rows === this.#room) this.makeRoom(at);
    for (let c = 0; c < values.length; c++) this.#columns[c]![this.rows] = values[c]!;
    this.rows++;
  }

  /** The columns, as long as there are rows. */
  finished(): readonly Float64Array[] {
    return this.#columns.map((column) => (column.length === this.rows ? column : column.slice(0, this.rows)));
  }

  /** Room for as many rows as the rest of the text holds if they go on as they did. */
  makeRoom(at: number): void {
    const expected = (this.rows * (this.#bytes.length - this.#start)) / Math.max(1, at - this.#start);
    this.#room = Math.max(Math.ceil(1.02 * expected), this.rows + (this.rows >> 1));
    this.#columns = this.#columns.map((column) => {
      const larger = new Float64Array(this.#room);
      larger.set(column);
      return larger;
    });
  }
}
