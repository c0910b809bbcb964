import { tableFileMessages } from "../../core/messages/import-tables.ts";
import { type ForeignColumn, ForeignFailure, type ForeignTable } from "../../tables/foreign.ts";
import { cellName, type Sheet, type SheetCell } from "../../tables/xlsx-file.ts";
import { addUnit, isUnitCell, parseHeaderCell } from "../csv/header.ts";
import { columnOfCells, decimalMark, isNumberText } from "./cells.ts";

type Row = readonly (SheetCell | undefined)[];

/** Rows `first` to `last` (included) without an empty one between. */
interface Block {
  readonly first: number;
  readonly last: number;
}

/**
 * The tables of a sheet: blocks of rows between empty ones whose first rows of texts stand above numbers. The last row of texts before the numbers is
 * the header, or the one above it when it holds units only; what stands higher, or in blocks without numbers, are comments.
 * @throws ForeignFailure naming the cell where numbers and texts mix, cells are merged, or a formula failed
 */
export function tablesOfSheet(sheet: Sheet): ForeignTable[] {
  const found = blocksOf(sheet).map((block) => ({ block, header: headerRow(sheet, block) }));
  const comments = found.flatMap(({ block, header }) => textsOf(sheet, block.first, header === undefined ? block.last : header - 1));
  return found.flatMap(({ block, header }) => (header === undefined ? [] : [tableOf(sheet, block, header, comments)]));
}

function blocksOf({ rows }: Sheet): Block[] {
  const blocks: Block[] = [];
  let first: number | undefined;
  for (let r = 0; r <= rows.length; r++) {
    const filled = rows[r]?.some((cell) => cell !== undefined) ?? false;
    if (filled) first ??= r;
    else if (first !== undefined) {
      blocks.push({ first, last: r - 1 });
      first = undefined;
    }
  }
  return blocks;
}

const cellsOf = (row: Row | undefined): SheetCell[] => (row ?? []).filter((cell) => cell !== undefined);

/** The row of names above the first row of numbers; undefined for a block that is no table. */
function headerRow({ rows }: Sheet, { first, last }: Block): number | undefined {
  for (let r = first; r < last; r++) {
    const texts = cellsOf(rows[r]);
    if (texts.length < 2 || texts.some((cell) => cell.kind !== "text")) continue;
    const below = isUnitRow(rows[r + 1]) && r + 2 <= last ? r + 2 : r + 1;
    const numbers = cellsOf(rows[below]);
    if (numbers.some((cell) => cell.kind === "number")) return r;
    // Numbers may be stored as texts; a list of names with one number each may be no table.
    if (numbers.filter(isNumberText).length >= 2 && !texts.some(isNumberText)) return r;
  }
  return undefined;
}

function isUnitRow(row: Row | undefined): boolean {
  const cells = cellsOf(row);
  return cells.length > 0 && cells.every((cell) => cell.kind === "text" && isUnitCell(cell.value));
}

function textsOf({ rows }: Sheet, first: number, last: number): string[] {
  const lines: string[] = [];
  for (let r = first; r <= last; r++) {
    const words = cellsOf(rows[r]).map((cell) => (cell.kind === "text" || cell.kind === "number" ? String(cell.value) : ""));
    // `power`, `-30 dBm` side by side are a setting as `power = -30 dBm` in one cell is.
    lines.push(words.length === 2 ? `${words[0]!.replace(/\s*[:=]\s*$/, "")} = ${words[1]}` : words.join(" "));
  }
  return lines;
}

function tableOf(sheet: Sheet, block: Block, header: number, comments: readonly string[]): ForeignTable {
  const names = sheet.rows[header]!;
  const merged = sheet.merges.find(({ top, bottom }) => bottom >= header && top <= block.last);
  if (merged !== undefined) {
    const range = `${cellName(merged.top, merged.left)}:${cellName(merged.bottom, merged.right)}`;
    throw new ForeignFailure(tableFileMessages.mergedCells(range), `${sheet.name}!${range}`);
  }
  const units = isUnitRow(sheet.rows[header + 1]) ? sheet.rows[header + 1]! : undefined;
  const start = units === undefined ? header + 1 : header + 2;
  const body = Array.from({ length: block.last - start + 1 }, (_, k) => sheet.rows[start + k] ?? []);
  const width = body.reduce((most, row) => Math.max(most, row.length), names.length);
  const columns: ForeignColumn[] = [];
  const remarks: string[] = [];
  const mark = decimalMark(body, (row, column) => `${sheet.name}!${cellName(start + row, column)}`);
  for (let c = 0; c < width; c++) {
    const cells = body.map((row) => row[c]);
    const [name, unit] = [names[c], units?.[c]];
    if (name === undefined && cells.every((cell) => cell === undefined)) continue;
    const header = parseHeaderCell(name?.kind === "text" ? name.value : `column ${c + 1}`);
    const stated = unit?.kind === "text" ? addUnit(header, unit.value).unitText : undefined;
    const read = columnOfCells(header, stated, cells, mark, (k) => `${sheet.name}!${cellName(start + k, c)}`);
    columns.push(read.column);
    remarks.push(...read.notes);
  }
  const notes = [
    ...(header > block.first ? [tableFileMessages.aboveTable(header - block.first)] : []),
    ...(units === undefined ? [] : [tableFileMessages.unitsFromRow(header + 2)]),
    ...remarks,
  ];
  return { name: sheet.name, columns, rows: body.length, comments, notes };
}
