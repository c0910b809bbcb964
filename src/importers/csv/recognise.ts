import type { Probe } from "../importer.ts";
import { isGap, parseNumber } from "../text/numbers.ts";
import { isWrittenNumber } from "./cells.ts";
import { headerInComments } from "./comment-header.ts";
import { type Dialect, detectDialect } from "./dialect.ts";
import { parseHeaderCell } from "./header.ts";
import { frequencyUnit } from "./headerless.ts";
import { isComment, isMarker, linesOf, splitCells } from "./lines.ts";
import { meaningOf } from "./names.ts";
import { isDelay, isPopulation } from "./suggest.ts";

/** Text that is never a table of measurements, whatever it looks like. */
const NEVER = /\.(?:md|rst|py|ipynb|js|mjs|json|ya?ml|toml|ini|cfg|html?|xml|svg|tex|bib|m|c|h|cpp|sh|bat|log|citi?|cti|mdf|mdif|s\d+p)$/i;

/** A `.csv` or `.tsv` is ours unless something else is surer; any other text only when it is tabular from its first line on. */
export function recogniseTable(probe: Probe): number {
  if (/\.(?:csv|tsv)$/i.test(probe.name)) return 0.5;
  if (probe.text === undefined || NEVER.test(probe.name) || !/\.|\d/.test(probe.name)) return 0;
  return isTabular(probe.text) ? 0.3 : 0;
}

/** Hz: three columns behind such numbers may be a network analyser's trace, and little else. */
const isMicrowave = (x: number) => x >= 1e8 && x <= 1e12;

/** At most one line that is not numbers before the numbers, and known names in it. */
function isTabular(text: string): boolean {
  const content = linesOf(text, 64 * 1024).filter((line) => line.text.trim() !== "" && !isComment(line.text) && !isMarker(line.text));
  if (content.length < 3) return false;
  const dialect = detectDialect(content);
  if (dialect === undefined) return false;
  const rows = content.map((line) => splitCells(line.text, dialect.delimiter));
  const isNumeric = (row: readonly string[]) =>
    row.length === dialect.width &&
    row.every((cell) => isGap(cell) || parseNumber(cell, dialect.decimalMark) !== undefined || isWrittenNumber(cell, dialect.decimalMark));
  const header = isNumeric(rows[0]!) ? undefined : rows[0]!;
  const comments = linesOf(text, 16 * 1024).filter((line) => isComment(line.text));
  const commented = comments.flatMap((line) => line.text.split(/[,;\t#%!]|\s{2,}/));
  const named =
    (header ?? commented).some((cell) => meaningOf(parseHeaderCell(cell.trim())) !== undefined) ||
    (header === undefined && headerInComments(comments, dialect) !== undefined);
  const numeric = rows.slice(header === undefined ? 0 : 1).filter(isNumeric).length;
  if (numeric < 0.9 * (rows.length - 1)) return false;
  return named || (header === undefined && rows.length >= 10 && isUnnamedTrace(rows, dialect));
}

/** Three columns behind microwave frequencies; or two that may be a decay, which the importer refuses with the line to write. */
function isUnnamedTrace(rows: readonly (readonly string[])[], { width, decimalMark }: Dialect): boolean {
  const column = (c: number) => Float64Array.from(rows, (row) => parseNumber(row[c] ?? "", decimalMark) ?? Number.NaN);
  const first = column(0);
  if (width === 3) return first.every(isMicrowave) || frequencyUnit(first, { blocks: [0], rows: first.length }) !== undefined;
  return width === 2 && isDelay(first) && isPopulation(column(1));
}
