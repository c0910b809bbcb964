import { parseNumber } from "../text/numbers.ts";
import type { Dialect } from "./dialect.ts";
import { type HeaderCell, parseHeaderCell } from "./header.ts";
import { commentText, type Delimiter, type Line, splitCells, splitNames } from "./lines.ts";
import { meaningOf } from "./names.ts";

/** Names for all columns in a comment above the numbers. */
export interface CommentHeader {
  readonly cells: readonly HeaderCell[];
  readonly line: number;
}

/**
 * The last of these comments that names the columns of the table, as numpy.savetxt writes them: `# delay (us) p1`. Undefined when none has as many
 * cells as the table and a known name among them.
 */
export function headerInComments(comments: readonly Line[], dialect: Dialect): CommentHeader | undefined {
  for (const line of comments.toReversed()) {
    const cells = commentCells(line, dialect);
    if (cells !== undefined && known(cells) > 0) return { cells, line: line.number };
  }
  return undefined;
}

/** The comment cut where most of its names are known: its columns need not be apart by what separates the numbers. */
export function commentCells(line: Line, dialect: Dialect): readonly HeaderCell[] | undefined {
  const whole = commentText(line.text);
  const delimiters: readonly Delimiter[] = [dialect.delimiter, ",", ";", "\t", " "];
  // `columns: delay (us) p1`
  const ways = [whole, whole.replace(/^[^,;\t]*:\s+/, "")].flatMap((text) => [
    ...delimiters.map((delimiter) => splitCells(text, delimiter)),
    splitNames(text, dialect.width) ?? [],
  ]);
  const fitting = ways
    .filter((cells) => cells.length === dialect.width && cells.every((cell) => parseNumber(cell) === undefined))
    .map((cells) => cells.map(parseHeaderCell));
  return fitting.sort((a, b) => known(b) - known(a))[0];
}

const known = (cells: readonly HeaderCell[]) => cells.filter((cell) => meaningOf(cell) !== undefined).length;
