import type { Cell, RowTable } from "./row-table.ts";

/**
 * RFC 4180 with `\n` line ends. Texts with quotes, commas, line breaks, outer blanks or `#` (a comment to pandas) stand in quotes with quotes doubled; nothing is ever changed
 * inside. That includes texts that a spreadsheet would take for a formula (`=1+1`): a label is data, a changed one would no longer name its file,
 * and `-1` or `+flux` are ordinary labels. Import the tables as text where labels are not your own.
 * @throws RangeError when a row has another number of cells than the header.
 */
export function csvText({ columns, rows }: RowTable): string {
  const lines = rows.map((cells) => {
    if (cells.length !== columns.length) throw new RangeError(`a row has ${cells.length} cells, the header ${columns.length}`);
    return csvLine(cells);
  });
  return `${[csvLine(columns.map((column) => column.name)), ...lines].join("\n")}\n`;
}

/** One line without its end. */
export function csvLine(cells: readonly Cell[]): string {
  return cells.map(cellText).join(",");
}

function cellText(cell: Cell): string {
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  return /[",#\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
