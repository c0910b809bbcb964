import { parseNumber } from "../text/numbers.ts";

const GROUPED = /^[-+]?\d{1,3}(?:[.,'\u2019\u00a0\u202f ]\d{3})+(?:[.,]\d+)?$/;
/** May be thousands or a number with three decimals. */
const EITHER = /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/;

/** Whether a cell is a number only if marks between its thousands are taken out: `12,500` where points are decimal, `1.234,5`, `12 500`. */
export function isGrouped(cell: string, mark: 44 | 46): boolean {
  return GROUPED.test(cell) && parseNumber(cell, mark) === undefined;
}

/**
 * The first cell that may be a thousand and not a decimal: `5,000` in a column that also holds whole numbers below a thousand, in a table
 * without any number whose mark can only be decimal (`0,95`, `12,5`).
 * @param columns cells of each column
 * @returns its column and row, or undefined
 */
export function ambiguousThousand(columns: readonly (readonly string[])[], mark: 44 | 46): { column: number; row: number } | undefined {
  const marked = (cell: string) => cell.includes(mark === 44 ? "," : ".");
  if (columns.some((cells) => cells.some((cell) => marked(cell) && !EITHER.test(cell) && parseNumber(cell, mark) !== undefined)))
    return undefined;
  const column = columns.findIndex((cells) => cells.some((cell) => EITHER.test(cell)) && cells.some((cell) => /^\d{1,3}$/.test(cell)));
  return column < 0 ? undefined : { column, row: columns[column]!.findIndex((cell) => EITHER.test(cell)) };
}
