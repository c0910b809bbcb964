import { ImportError } from "../../core/errors.ts";
import { matrixMessages as say } from "../../core/messages/import-maps.ts";
import { detectDialect } from "../csv/dialect.ts";
import { commentText, isComment, linesOf, splitCells } from "../csv/lines.ts";
import { isGap, parseNumber } from "../text/numbers.ts";

const SAMPLE = 50;

/** A rectangle of numbers in a text. */
export interface NumberBlock {
  readonly width: number;
  readonly rows: number;
  /** Row by row; NaN for a gap, and for words in the upper left corner. */
  readonly values: Float64Array;
  /** Number of its first line in the file. */
  readonly line: number;
  /** Comments in front of it. */
  readonly comments: readonly string[];
}

/**
 * The rectangles of numbers in a text, separated by blank lines or comments; all of one size.
 * @throws ImportError with line and column where a cell is no number or a row has another width
 */
export function numberBlocks(text: string, place: string): NumberBlock[] {
  const lines = linesOf(text);
  const content = lines.filter((line) => line.text.trim() !== "" && !isComment(line.text));
  // With one column there is no delimiter to find.
  const { delimiter, decimalMark } = detectDialect(content) ?? { delimiter: ",", decimalMark: 46 };
  // Rows that all end in the delimiter have no cell behind it.
  const trailing = content.slice(0, SAMPLE).every((line) => splitCells(line.text, delimiter).at(-1) === "");
  const blocks: NumberBlock[] = [];
  let numbers: number[] = [];
  let comments: string[] = [];
  let width = 0;
  let rows = 0;
  let first = 0;
  const finish = () => {
    if (rows > 0) blocks.push({ width, rows, values: Float64Array.from(numbers), line: first, comments });
    if (rows > 0) comments = [];
    [numbers, rows] = [[], 0];
  };
  for (const { text: line, number } of lines) {
    const comment = isComment(line);
    if (comment || line.trim() === "") {
      finish();
      if (comment) comments.push(commentText(line));
      continue;
    }
    const cells = splitCells(line, delimiter);
    if (trailing && cells.length > 1 && cells.at(-1) === "") cells.pop();
    if (rows === 0 && blocks.length === 0) width = cells.length;
    if (rows === 0) first = number;
    if (cells.length !== width) throw new ImportError(say.ragged(cells.length, width), `${place}:${number}`);
    cells.forEach((cell, c) => {
      const value = parseNumber(cell, decimalMark) ?? (isGap(cell) || (rows === 0 && c === 0) ? Number.NaN : undefined);
      if (value === undefined || Math.abs(value) === Number.POSITIVE_INFINITY)
        throw new ImportError(say.notANumber(cell), `${place}:${number}:${c + 1}`);
      numbers.push(value);
    });
    rows++;
  }
  finish();
  const [head] = blocks;
  if (head === undefined || blocks.every(({ values }) => values.every(Number.isNaN))) throw new ImportError(say.noNumbers(), place);
  for (const block of blocks)
    if (block.rows !== head.rows) throw new ImportError(say.unequalBlocks(block.rows, head.rows), `${place}:${block.line}`);
  return blocks;
}
