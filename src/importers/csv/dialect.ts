import { isGap, parseNumber } from "../text/numbers.ts";
import { isWrittenNumber } from "./cells.ts";
import { type Delimiter, type Line, splitCells } from "./lines.ts";
import { isGrouped } from "./thousands.ts";

/** How the rows of a table are written. */
export interface Dialect {
  readonly delimiter: Delimiter;
  /** Character code of the decimal mark: 46 point, 44 comma. */
  readonly decimalMark: 44 | 46;
  /** Cells of most rows; a trailing delimiter counts as one more, empty. */
  readonly width: number;
}

const DELIMITERS: readonly Delimiter[] = ["\t", ";", ",", "|", " "];
const SAMPLE = 50;

/**
 * The dialect under which most rows have equally many cells and most cells are numbers, or undefined when there is no table of numbers.
 * Judged by the last rows that are given, since prose stands at the top.
 */
export function detectDialect(content: readonly Line[]): Dialect | undefined {
  const sample = content.slice(-SAMPLE);
  let best: (Dialect & { score: number }) | undefined;
  for (const delimiter of DELIMITERS) {
    if (!sample.some(({ text }) => (delimiter === " " ? /\s/.test(text) : text.includes(delimiter)))) continue;
    const rows = sample.map((line) => splitCells(line.text, delimiter));
    const width = commonWidth(rows);
    if (width < 2) continue;
    const regular = rows.filter((row) => row.length === width);
    const withPoint = numericShare(regular, 46);
    const withComma = delimiter === "," ? 0 : numericShare(regular, 44);
    const decimalMark = withComma > withPoint ? 44 : 46;
    const score = (Math.max(withPoint, withComma) * regular.length) / rows.length;
    if (score > 0 && (best === undefined || score > best.score + 1e-9)) best = { delimiter, decimalMark, width, score };
  }
  return best;
}

function commonWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let [width, most] = [0, 0];
  for (const [w, count] of counts) if (count > most || (count === most && w > width)) [width, most] = [w, count];
  return width;
}

/** Share of numbers among the cells that are not empty. */
function numericShare(rows: readonly (readonly string[])[], decimalMark: 44 | 46): number {
  let [numbers, filled] = [0, 0];
  for (const row of rows)
    for (const cell of row) {
      if (cell === "") continue;
      filled++;
      if (parseNumber(cell, decimalMark) !== undefined || isGap(cell) || isWrittenNumber(cell, decimalMark)) numbers++;
      // A number only with marks between its thousands: better read with the other decimal mark.
      else if (isGrouped(cell, decimalMark)) numbers += 0.5;
    }
  return filled === 0 ? 0 : numbers / filled;
}
