import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/csv.ts";
import { LineCursor } from "../text/line-cursor.ts";
import { NumberRows, type RowStyle } from "../text/number-rows.ts";
import { isGap, parseNumber } from "../text/numbers.ts";
import type { EncodedText } from "../text/text.ts";
import type { Layout } from "./layout.ts";
import { commentText, isComment, isMarker, splitCells } from "./lines.ts";
import { settingsIn } from "./setting.ts";

/** Bytes of a line that is cut into cells; far more than any row of a measurement has. */
const LONGEST_LINE = 2 ** 22;

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
 * @param qubitColumn number of the column that names the qubit of each row
 * @param shifts decimal exponents added to each column: -6 reads microseconds as seconds with one rounding
 * @throws ImportError with line and column at a cell that is no number, or at a row with too few or too many cells
 */
export function readBody(text: EncodedText, layout: Layout, shifts: readonly number[], path: string, qubitColumn = -1): Body {
  return new BodyReader(text, layout, shifts, path, qubitColumn).read();
}

class BodyReader {
  readonly #text: EncodedText;
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
  readonly #lines: LineCursor;

  constructor(text: EncodedText, layout: Layout, shifts: readonly number[], path: string, qubitColumn: number) {
    this.#text = text;
    this.#layout = layout;
    this.#shifts = shifts;
    this.#path = path;
    this.#lines = new LineCursor(text.bytes);
    while (this.#lines.number < layout.firstLine - 1 && this.#lines.next());
    this.#numbers = new NumberRows(text.bytes);
    const plain = !layout.text.includes(true) && layout.readers.every((reader) => reader === undefined);
    this.#style = plain ? { delimiter: layout.delimiter.charCodeAt(0), decimalMark: layout.decimalMark, shifts } : undefined;
    this.#qubitColumn = qubitColumn;
    this.#blockComments.push([...layout.prose]);
    this.#gaps = layout.header.map(() => ({ count: 0, firstLine: 0 }));
  }

  read(): Body {
    let broken = false;
    let comments: string[] = [];
    const lines = this.#lines;
    while (!lines.done) {
      const before = this.#rows;
      if (broken && before > this.#blocks.at(-1)!) {
        this.#blocks.push(before);
        this.#blockComments.push([]);
      }
      this.#plainRows();
      if (this.#rows === before && lines.next()) {
        if (lines.end - lines.start > LONGEST_LINE)
          throw new ImportError(say.longLine(lines.number, LONGEST_LINE), `${this.#path}:${lines.number}`);
        const line = this.#text.slice(lines.start, lines.end);
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

  #plainRows(): void {
    if (this.#style === undefined) return;
    const before = this.#rows;
    const following = this.#numbers.read(this.#lines.following, this.#style);
    this.#lines.pass(this.#rows - before, following);
  }

  get #rows(): number {
    return this.#numbers.count / this.#layout.header.length;
  }

  /** A comment, or between blocks a line that only states a setting: `Power: -50 dBm`. */
  #isAside(line: string): boolean {
    const { delimiter, width } = this.#layout;
    return (
      isComment(line, delimiter) || (splitCells(line, delimiter).length !== width && settingsIn(line).some(({ unit }) => unit !== "1"))
    );
  }

  /** A row with quotes, gaps or text columns, or a broken one. */
  #slowRow(line: string): void {
    const { width, delimiter, decimalMark, header, text, readers } = this.#layout;
    const cells = splitCells(line, delimiter);
    const { number, following } = this.#lines;
    while (cells.length > width && cells.at(-1) === "") cells.pop();
    if (cells.length !== width) {
      const last = this.#text.isBlankFrom(following);
      const sentence =
        cells.length === 2 * width && delimiter === "," ? say.decimalCommaClash(number) : say.ragged(number, cells.length, width, last);
      throw new ImportError(sentence, `${this.#path}:${number}`);
    }
    if (this.#qubitColumn >= 0) this.#qubits.push(cells[this.#qubitColumn]!);
    header.forEach((_, c) => {
      const reader = readers[c];
      const cell = cells[reader?.cell ?? c]!;
      let value = text[c] ? Number.NaN : reader === undefined ? parseNumber(cell, decimalMark, this.#shifts[c]) : reader.read(cell, cells);
      if (value === undefined && isGap(cell)) value = Number.NaN;
      if (value === undefined || Math.abs(value) === Infinity)
        throw new ImportError(say.notANumber(number, c + 1, header[c]!.raw, cell), `${this.#path}:${number}:${c + 1}`);
      if (Number.isNaN(value) && !text[c]) {
        const gap = this.#gaps[c]!;
        if (gap.count++ === 0) gap.firstLine = number;
      }
      this.#numbers.push(value, following);
    });
  }
}
