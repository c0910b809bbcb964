import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/csv.ts";
import { behindLineEnd, endOfLine } from "../lines.ts";
import { NumberRows, type RowStyle } from "../number-rows.ts";
import { isGap, parseNumber } from "../numbers.ts";
import type { EncodedText } from "../text.ts";
import type { Layout } from "./layout.ts";
import { commentText, isComment, isMarker, splitCells } from "./lines.ts";
import { settingIn } from "./setting.ts";

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
export function readBody(text: EncodedText, layout: Layout, shifts: readonly number[], path: string): Body {
  return new BodyReader(text, layout, shifts, path).read();
}

class BodyReader {
  readonly #text: EncodedText;
  readonly #bytes: Uint8Array;
  readonly #layout: Layout;
  readonly #shifts: readonly number[];
  readonly #path: string;
  readonly #numbers: NumberRows;
  /** Undefined where a column holds something else than plain numbers. */
  readonly #style: RowStyle | undefined;
  readonly #blocks: number[] = [0];
  readonly #blockComments: string[][] = [];
  readonly #gaps: { count: number; firstLine: number }[];
  readonly #qubitColumn: number;
  readonly #qubits: string[] = [];
  #line: number;
  #at: number;

  constructor(text: EncodedText, layout: Layout, shifts: readonly number[], path: string) {
    this.#text = text;
    this.#bytes = text.bytes;
    this.#layout = layout;
    this.#shifts = shifts;
    this.#path = path;
    this.#line = layout.firstLine;
    this.#at = startOfLine(text.bytes, layout.firstLine);
    this.#numbers = new NumberRows(text.bytes);
    const plain = !layout.text.includes(true) && layout.readers.every((reader) => reader === undefined);
    this.#style = plain ? { delimiter: layout.delimiter.charCodeAt(0), decimalMark: layout.decimalMark, shifts } : undefined;
    this.#qubitColumn = layout.header.findIndex((cell, c) => layout.text[c] && /^qubit(?:s|[\s_]?names?)?$/i.test(cell.name));
    this.#blockComments.push([...layout.prose]);
    this.#gaps = layout.header.map(() => ({ count: 0, firstLine: 0 }));
  }

  read(): Body {
    let broken = false;
    let comments: string[] = [];
    while (this.#at < this.#bytes.length) {
      const before = this.#rows;
      if (broken && before > this.#blocks.at(-1)!) {
        this.#blocks.push(before);
        this.#blockComments.push([]);
      }
      if (this.#style !== undefined) this.#at = this.#numbers.read(this.#at, this.#style);
      this.#line += this.#rows - before;
      if (this.#rows === before) {
        const line = this.#takeLine();
        if (line.trim() === "" || line === this.#layout.headerText || isMarker(line)) broken = true;
        else if (this.#isAside(line)) {
          broken = true;
          comments.push(commentText(line));
        } else this.#slowRow(line);
      }
      if (this.#rows > before) {
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
      columns: this.#numbers.columns(this.#layout.header.length),
      shifts: this.#shifts,
      rows: this.#rows,
      blocks: this.#blocks,
      qubits: this.#qubitColumn < 0 ? undefined : this.#qubits,
      blockComments: this.#blockComments,
      gaps: this.#gaps,
    };
  }

  get #rows(): number {
    return this.#numbers.count / this.#layout.header.length;
  }

  /** A comment, or between blocks a line that only states a setting: `Power: -50 dBm`. */
  #isAside(line: string): boolean {
    const { delimiter, width } = this.#layout;
    return isComment(line, delimiter) || (splitCells(line, delimiter).length !== width && settingIn(line).length > 0);
  }

  /** A row with quotes, gaps or text columns, or a broken one. */
  #slowRow(line: string): void {
    const { width, delimiter, decimalMark, header, text, readers } = this.#layout;
    const cells = splitCells(line, delimiter);
    const number = this.#line - 1;
    while (cells.length > width && cells.at(-1) === "") cells.pop();
    if (cells.length !== width) {
      const last = this.#bytes.subarray(this.#at).every(isBlank);
      const sentence =
        cells.length === 2 * width && delimiter === "," ? say.decimalCommaClash(number) : say.ragged(number, cells.length, width, last);
      throw new ImportError(sentence, `${this.#path}:${number}`);
    }
    if (this.#qubitColumn >= 0) this.#qubits.push(cells[this.#qubitColumn]!);
    header.forEach((_, c) => {
      const reader = readers[c];
      const cell = cells[reader?.cell ?? c]!;
      let value = text[c] ? Number.NaN : reader === undefined ? parseNumber(cell, decimalMark, this.#shifts[c]) : reader.read(cell);
      if (value === undefined && isGap(cell)) value = Number.NaN;
      if (value === undefined || Math.abs(value) === Infinity)
        throw new ImportError(say.notANumber(number, c + 1, header[c]!.raw, cell), `${this.#path}:${number}:${c + 1}`);
      if (Number.isNaN(value) && !text[c]) {
        const gap = this.#gaps[c]!;
        if (gap.count++ === 0) gap.firstLine = number;
      }
      this.#numbers.push(value, this.#at);
    });
  }

  #takeLine(): string {
    const bytes = this.#bytes;
    const start = this.#at;
    const end = endOfLine(bytes, start);
    this.#at = behindLineEnd(bytes, end);
    this.#line++;
    return this.#text.slice(start, end);
  }
}

/** Offset of a line, counted from 1. */
function startOfLine(bytes: Uint8Array, line: number): number {
  let at = 0;
  for (; line > 1; line--) at = behindLineEnd(bytes, endOfLine(bytes, at));
  return at;
}

const isBlank = (code: number) => code === 32 || (code >= 9 && code <= 13);
