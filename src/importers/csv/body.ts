import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/csv.ts";
import { isGap, NumberScanner, parseNumber } from "../numbers.ts";
import type { Layout } from "./layout.ts";
import { commentText, isComment, isMarker, splitCells } from "./lines.ts";

/** The numbers of a table. */
export interface Body {
  /** One per column of the layout, equally long; columns of text hold NaN. */
  readonly columns: readonly Float64Array[];
  readonly rows: number;
  /** Decimal exponents that were added to each column while reading. */
  readonly shifts: readonly number[];
  /** Row numbers at which a block begins after a blank line, a comment or a repeated header; the first is 0. */
  readonly blocks: readonly number[];
  /** Comments in front of each block. */
  readonly blockComments: readonly (readonly string[])[];
  /** The qubit that each row names, where a column of text does. */
  readonly qubits: readonly string[] | undefined;
  /** Cells without number, per column. */
  readonly gaps: readonly { readonly count: number; readonly firstLine: number }[];
}

/**
 * Reads all rows below the header.
 * @param shifts decimal exponents added to each column: -6 reads microseconds as seconds with one rounding
 * @throws ImportError with line and column at a cell that is no number, or at a row with too few or too many cells
 */
export function readBody(text: string, layout: Layout, shifts: readonly number[], path: string): Body {
  return new BodyReader(text, layout, shifts, path).read();
}

class BodyReader {
  readonly #text: string;
  readonly #layout: Layout;
  readonly #shifts: readonly number[];
  readonly #path: string;
  readonly #scanner = new NumberScanner();
  readonly #blocks: number[] = [0];
  readonly #blockComments: string[][] = [];
  readonly #gaps: { count: number; firstLine: number }[];
  #columns: Float64Array[];
  #capacity: number;
  readonly #qubitColumn: number;
  readonly #qubits: string[] = [];
  #rows = 0;
  #line: number;
  #at: number;

  constructor(text: string, layout: Layout, shifts: readonly number[], path: string) {
    this.#text = text;
    this.#layout = layout;
    this.#shifts = shifts;
    this.#path = path;
    this.#line = layout.firstLine;
    this.#at = layout.start;
    this.#capacity = 1024;
    this.#columns = layout.header.map(() => new Float64Array(this.#capacity));
    this.#qubitColumn = layout.header.findIndex((cell, c) => layout.text[c] && /^qubit(?:s|[\s_]?names?)?$/i.test(cell.name));
    this.#blockComments.push([...layout.prose]);
    this.#gaps = layout.header.map(() => ({ count: 0, firstLine: 0 }));
  }

  read(): Body {
    const text = this.#text;
    let broken = false;
    let comments: string[] = [];
    while (this.#at < text.length) {
      const start = this.#at;
      if (this.#rows === this.#capacity) this.#grow();
      if (broken && this.#rows > this.#blocks.at(-1)!) {
        this.#blocks.push(this.#rows);
        this.#blockComments.push([]);
      }
      if (this.#quickRow()) {
        if (broken) this.#blockComments.at(-1)!.push(...comments);
        broken = false;
        comments = [];
        continue;
      }
      const line = this.#takeLine(start);
      if (line.trim() === "" || line === this.#layout.headerText || isMarker(line)) broken = true;
      else if (isComment(line)) {
        broken = true;
        comments.push(commentText(line));
      } else {
        this.#slowRow(line);
        if (broken) this.#blockComments.at(-1)!.push(...comments);
        broken = false;
        comments = [];
      }
    }
    if (this.#blocks.at(-1) === this.#rows && this.#rows > 0) {
      this.#blocks.pop();
      this.#blockComments.pop();
    }
    return {
      columns: this.#columns.map((column) => column.slice(0, this.#rows)),
      shifts: this.#shifts,
      rows: this.#rows,
      blocks: this.#blocks,
      qubits: this.#qubitColumn < 0 ? undefined : this.#qubits,
      blockComments: this.#blockComments,
      gaps: this.#gaps,
    };
  }

  /** A row of plain numbers, read without cutting the text; false, with nothing consumed, for any other line. */
  #quickRow(): boolean {
    const text = this.#text;
    const { width, decimalMark } = this.#layout;
    const delimiter = this.#layout.delimiter.charCodeAt(0);
    const scanner = this.#scanner;
    let at = this.#at;
    for (let c = 0; c < width; c++) {
      let code = text.charCodeAt(at);
      while (code === 32 || (code === 9 && delimiter !== 9)) code = text.charCodeAt(++at);
      if (this.#layout.text[c]) return false;
      const value = scanner.scan(text, at, decimalMark, this.#shifts[c]);
      if (scanner.end === at || !Number.isFinite(value)) return false;
      at = scanner.end;
      code = text.charCodeAt(at);
      const separated = code === 32 || code === 9;
      while (code === 32 || (code === 9 && delimiter !== 9)) code = text.charCodeAt(++at);
      this.#columns[c]![this.#rows] = value;
      if (c === width - 1) {
        if (code === delimiter && delimiter !== 32) code = text.charCodeAt(++at);
        while (code === 32 || code === 9) code = text.charCodeAt(++at);
        if (at < text.length && code !== 10 && code !== 13) return false;
      } else if (delimiter === 32) {
        if (!separated) return false;
      } else if (code === delimiter) at++;
      else return false;
    }
    this.#rows++;
    this.#at = at;
    this.#endLine();
    return true;
  }

  /** A row with quotes, gaps or text columns, or a broken one. */
  #slowRow(line: string): void {
    const { width, delimiter, decimalMark, header, text } = this.#layout;
    const cells = splitCells(line, delimiter);
    const number = this.#line - 1;
    while (cells.length > width && cells.at(-1) === "") cells.pop();
    if (cells.length !== width) {
      const last = this.#text.slice(this.#at).trim() === "";
      const sentence =
        cells.length === 2 * width && delimiter === "," ? say.decimalCommaClash(number) : say.ragged(number, cells.length, width, last);
      throw new ImportError(sentence, `${this.#path}:${number}`);
    }
    if (this.#qubitColumn >= 0) this.#qubits.push(cells[this.#qubitColumn]!);
    for (let c = 0; c < width; c++) {
      const cell = cells[c]!;
      let value = text[c] ? Number.NaN : parseNumber(cell, decimalMark, this.#shifts[c]);
      if (value === undefined && isGap(cell)) value = Number.NaN;
      if (value === undefined || Math.abs(value) === Infinity)
        throw new ImportError(say.notANumber(number, c + 1, header[c]!.raw, cell), `${this.#path}:${number}:${c + 1}`);
      if (Number.isNaN(value) && !text[c]) {
        const gap = this.#gaps[c]!;
        if (gap.count++ === 0) gap.firstLine = number;
      }
      this.#columns[c]![this.#rows] = value;
    }
    this.#rows++;
  }

  #takeLine(start: number): string {
    const text = this.#text;
    let end = start;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === 10 || code === 13) break;
    }
    this.#at = end;
    this.#endLine();
    return text.slice(start, end);
  }

  #endLine(): void {
    if (this.#text.charCodeAt(this.#at) === 13 && this.#text.charCodeAt(this.#at + 1) === 10) this.#at++;
    this.#at++;
    this.#line++;
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#columns = this.#columns.map((column) => {
      const larger = new Float64Array(this.#capacity);
      larger.set(column);
      return larger;
    });
  }
}
