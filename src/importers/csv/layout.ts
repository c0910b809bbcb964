import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/csv.ts";
import { isGap, parseNumber } from "../text/numbers.ts";
import type { EncodedText } from "../text/text.ts";
import { Unrecognised } from "../unrecognised.ts";
import { type CellReader, cellReaders, isWrittenNumber } from "./cells.ts";
import { commentCells, headerInComments } from "./comment-header.ts";
import { type Dialect, detectDialect } from "./dialect.ts";
import { addUnit, type HeaderCell, isUnitCell, parseHeaderCell, statesOtherUnit } from "./header.ts";
import { commentText, isComment, isMarker, type Line, linesOf, splitCells, splitNames } from "./lines.ts";
import { meaningOf } from "./names.ts";
import { ambiguousThousand, isGrouped } from "./thousands.ts";

/** Prose, header and the first rows are looked for in so many characters. */
const WINDOW = 256 * 1024;
/** A header and two rows: with less, nothing can be told. */
const FEWEST_LINES = 3;

/** Where the table of a file is and how its columns are called. */
export interface Layout extends Dialect {
  /** One per column; `column 3` where there is no header. */
  readonly header: readonly HeaderCell[];
  readonly headerless: boolean;
  /** Header line as it stands, to know its repetitions again. */
  readonly headerText: string;
  /** Columns of text (sample names): not read. */
  readonly text: readonly boolean[];
  /** Columns whose cells are no plain numbers, but read all the same. */
  readonly readers: readonly (CellReader | undefined)[];
  /** Number of the line with the first row of numbers. */
  readonly firstLine: number;
  /** Comments and prose before the table. */
  readonly prose: readonly string[];
  /** What was concluded, in words. */
  readonly notes: readonly string[];
}

/** `TEMP: 16.553 mK`, `span = 0.2 MHz`. */
const SETTING = /^\s*[\p{L}_][^,;\t]{0,60}?\s*[:=]\s*\S/u;

interface Table extends Dialect {
  /** All rows end in the delimiter. */
  readonly trailing: boolean;
}

interface Row {
  readonly line: Line;
  readonly cells: readonly string[];
}

/**
 * Finds the table: delimiter, decimal mark, header (a row, or the comment above the numbers), units (header, row below it, or a comment that
 * repeats the header with units), first row of numbers.
 * @throws ImportError when the file begins a table and then contradicts it
 * @throws Unrecognised when it holds no table of numbers but is tidy text
 */
export function detectLayout(text: EncodedText, path: string): Layout {
  // A character has at most four bytes.
  const head = text.slice(0, 4 * WINDOW);
  const lines = linesOf(head, WINDOW);
  if (head.length > WINDOW && lines.length < FEWEST_LINES) throw new ImportError(say.longLines(lines.length, WINDOW), path);
  const content = lines.filter((line) => line.text.trim() !== "" && !isComment(line.text) && !isMarker(line.text));
  if (content.length === 0) throw new ImportError(say.onlyComments(), path);
  if (content.length > 1 && content.every((line) => SETTING.test(line.text)))
    throw new Unrecognised(say.settingsNotTable(content[0]!.text.trim()));
  const detected = detectDialect(content);
  if (detected === undefined) throw withoutTable(content, path);
  const { delimiter } = detected;
  const rows = content.filter((line) => !isComment(line.text, delimiter)).map((line) => ({ line, cells: cellsOf(line.text, detected) }));
  const full = rows.slice(-50).filter((row) => row.cells.length === detected.width);
  const dialect: Table = { ...detected, trailing: full.every((row) => row.cells.at(-1) === "") };
  const contents = contentsOf(rows, dialect);
  const isData = (row: Row) => fits(row, dialect) && contents.every((content, c) => content.holds(row.cells[c] ?? ""));
  const firstData = rows.findIndex((row) => isData(row) && row.cells.some((cell, c) => contents[c]?.numbers && !isGap(cell)));
  refuseThousands(rows.slice(Math.max(0, firstData)), dialect, path);
  if (firstData < 0) throw withoutTable(content, path);

  const before = rows.slice(0, firstData);
  const headerAt = chooseHeader(before, dialect);
  const comments = lines.filter((line) => isComment(line.text, delimiter) && line.start < rows[firstData]!.line.start);
  const notes: string[] = [];
  if (dialect.decimalMark === 44) notes.push(say.decimalComma(dialect.delimiter === "\t" ? "tab" : `"${dialect.delimiter}"`));
  const header = headerAt >= 0 ? headerFromRow(before, headerAt, dialect, isData, path) : headerFromComment(comments, dialect);
  if (header.note !== undefined) notes.push(header.note);
  const cells = headerAt >= 0 ? unitsFromComments(header.cells, comments, dialect, notes) : header.cells;
  const prose = before.slice(0, Math.max(0, headerAt < 0 ? firstData : headerAt)).map((row) => row.line.text.trim());
  if (prose.length > 0) notes.push(say.preamble(prose.length));

  const first = headerAt >= 0 ? (before.slice(headerAt + 1).find((row) => isData(row)) ?? rows[firstData]!) : rows[firstData]!;
  const unnamed = cells.length < dialect.width || cells[dialect.width - 1]?.raw === "";
  const width = dialect.trailing && unnamed ? dialect.width - 1 : dialect.width;
  const named = Array.from({ length: width }, (_, c) => nonEmpty(cells[c], c));
  const samples = named.map((_, c) => rows.slice(firstData).map((row) => row.cells[c] ?? ""));
  const isText = named.map((_, c) => !contents[c]!.plain && samples[c]!.some((cell) => !isGap(cell)));
  const written = cellReaders(named, samples, isText, dialect.decimalMark);
  return {
    ...dialect,
    width,
    header: written.header,
    readers: written.readers,
    headerless: header.cells.length === 0,
    headerText: headerAt >= 0 ? before[headerAt]!.line.text : "",
    text: written.readers.map((reader, c) => reader === undefined && isText[written.cellOf[c]!]!),
    firstLine: first.line.number,
    prose: [
      ...prose,
      ...before
        .slice(headerAt + 1)
        .filter(isRemark)
        .map((row) => row.cells.slice(1).join(" ").trim()),
      ...comments.map((line) => commentText(line.text)),
    ],
    notes: [...notes, ...written.notes],
  };
}

/** Cells of a line. */
function cellsOf(line: string, { delimiter, width }: Dialect): readonly string[] {
  const cells = splitCells(line, delimiter);
  return delimiter !== " " || cells.length === width ? cells : (splitNames(line, width) ?? cells);
}

function nonEmpty(cell: HeaderCell | undefined, column: number): HeaderCell {
  return cell === undefined || cell.name === ""
    ? { raw: "", name: `column ${column + 1}`, ...(cell?.conversion ? { conversion: cell.conversion } : {}) }
    : cell;
}

const isNumberOrGap = (cell: string, mark: 44 | 46) => parseNumber(cell, mark) !== undefined || isGap(cell);
/** Rows of the common width; one empty cell more at the end is a trailing delimiter, and so is the last one where it is always empty. */
const fits = (row: Row, { width, trailing }: Table) =>
  row.cells.length === width || (row.cells.length === width + 1 && row.cells[width] === "") || (trailing && row.cells.length === width - 1);

/** @throws ImportError at a cell with marks between its thousands, and at one that may have them */
function refuseThousands(rows: readonly Row[], { width, decimalMark }: Dialect, path: string): void {
  const regular = rows.filter((row) => row.cells.length >= width);
  const refuse = (row: Row, c: number, sentence: typeof say.thousands): Error => {
    const { number } = row.line;
    return new ImportError(sentence(number, c + 1, row.cells[c]!), `${path}:${number}:${c + 1}`);
  };
  for (const row of regular) {
    const grouped = row.cells.findIndex((cell) => isGrouped(cell, decimalMark));
    if (grouped >= 0) throw refuse(row, grouped, say.thousands);
  }
  const columns = Array.from({ length: width }, (_, c) => regular.map((row) => row.cells[c]!));
  const open = ambiguousThousand(columns, decimalMark);
  if (open !== undefined) throw refuse(regular[open.row]!, open.column, say.thousandOrDecimal);
}

/** What the last rows hold in a column. */
interface Content {
  /** Numbers, plain ones or written in another way. */
  readonly numbers: boolean;
  readonly plain: boolean;
  /** Whether a cell fits the others. */
  holds(cell: string): boolean;
}

function contentsOf(rows: readonly Row[], { width, decimalMark }: Dialect): Content[] {
  const sample = rows.slice(-50).filter((row) => row.cells.length === width);
  return Array.from({ length: width }, (_, c): Content => {
    const filled = sample.map((row) => row.cells[c]!).filter((cell) => !isGap(cell));
    const most = (is: (cell: string) => boolean) => {
      const count = filled.filter(is).length;
      return count > 0 && 3 * count >= filled.length;
    };
    if (most((cell) => parseNumber(cell, decimalMark) !== undefined))
      return { numbers: true, plain: true, holds: (cell) => isNumberOrGap(cell, decimalMark) };
    const written = (cell: string) => isWrittenNumber(cell, decimalMark);
    if (most(written)) return { numbers: true, plain: false, holds: (cell) => isGap(cell) || written(cell) };
    return { numbers: false, plain: false, holds: () => true };
  });
}

/** The row above the numbers whose cells name the most known columns; else the last one that is not a row of units; -1 for none. */
function chooseHeader(before: readonly Row[], table: Table): number {
  let best = -1;
  let most = 0;
  before.forEach((row, i) => {
    if (!fits(row, table)) return;
    const known = row.cells.filter((cell) => meaningOf(parseHeaderCell(cell)) !== undefined).length;
    if (known > most) [best, most] = [i, known];
  });
  if (best >= 0) return best;
  for (let i = before.length - 1; i >= 0; i--) {
    const row = before[i]!;
    if (fits(row, table) && row.cells.some((cell) => /\p{L}/u.test(cell)) && !(i > 0 && row.cells.every(isUnitCell))) return i;
  }
  return -1;
}

/** Origin writes a row of remarks below names and units. */
const isRemark = ({ cells }: Row) => /^comments?:?$/i.test(cells[0]!) && cells.slice(1).every((cell) => parseNumber(cell) === undefined);

interface Header {
  readonly cells: readonly HeaderCell[];
  readonly note?: string;
}

function headerFromRow(before: readonly Row[], at: number, dialect: Table, isData: (row: Row) => boolean, path: string): Header {
  const cells = before[at]!.cells.map(parseHeaderCell);
  const under = before[at + 1];
  const units = under !== undefined && fits(under, dialect) && under.cells.every(isUnitCell) && under.cells.some((cell) => cell !== "");
  // Everything between header and first whole row is a row that is broken.
  for (const row of before.slice(at + (units ? 2 : 1))) {
    if (isData(row) || isRemark(row)) continue;
    const { number } = row.line;
    if (!fits(row, dialect)) throw new ImportError(say.ragged(number, row.cells.length, dialect.width, false), `${path}:${number}`);
    const bad = row.cells.findIndex((cell) => !isNumberOrGap(cell, dialect.decimalMark));
    throw new ImportError(say.notANumber(number, bad + 1, cells[bad]?.raw ?? "", row.cells[bad]!), `${path}:${number}:${bad + 1}`);
  }
  if (!units) return { cells };
  const clash = cells.findIndex((cell, c) => statesOtherUnit(cell, under.cells[c] ?? ""));
  if (clash >= 0) {
    const sentence = say.unitsClash(cells[clash]!.name, cells[clash]!.unitText!, under.line.number, under.cells[clash]!);
    throw new ImportError(sentence, `${path}:${under.line.number}:${clash + 1}`);
  }
  return { cells: cells.map((cell, c) => addUnit(cell, under.cells[c] ?? "")), note: say.unitsFromRow(under.line.number) };
}

function headerFromComment(comments: readonly Line[], dialect: Dialect): Header {
  const found = headerInComments(comments, dialect);
  return found === undefined ? { cells: [] } : { cells: found.cells, note: say.headerFromComment(found.line) };
}

/** A comment that repeats the header with units: `# t[s],x[m]` above `t,x`. */
function unitsFromComments(
  header: readonly HeaderCell[],
  comments: readonly Line[],
  dialect: Dialect,
  notes: string[],
): readonly HeaderCell[] {
  for (const line of comments.toReversed()) {
    const cells = commentCells(line, dialect);
    if (cells === undefined || !cells.every((cell, c) => cell.name === header[c]?.name)) continue;
    if (!cells.some((cell, c) => cell.unitText !== undefined && header[c]!.unitText === undefined)) continue;
    notes.push(say.unitsFromComment(line.number));
    return header.map((cell, c) => addUnit(cell, cells[c]!.unitText ?? ""));
  }
  return header;
}

/** Tidy text (settings, a table of words) is not ours; anything else in a table's place is a broken file. */
function withoutTable(content: readonly Line[], path: string): Error {
  const first = content[0]!.text.trim();
  for (const delimiter of [",", ";", "\t"] as const) {
    const rows = content.map((line) => splitCells(line.text, delimiter));
    const width = rows[0]!.length;
    if (width < 2 || !rows.every((row) => row.length === width)) continue;
    const isHeader = rows[0]!.some((cell) => meaningOf(parseHeaderCell(cell)) !== undefined);
    if (isHeader && content.length === 1) return new ImportError(say.noRows(), `${path}:${content[0]!.number}`);
    if (content.length > 1 && !isHeader) return new Unrecognised(say.textTable(rows[0]!));
  }
  return new ImportError(say.noTable(first), `${path}:${content[0]!.number}`);
}
