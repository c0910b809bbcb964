/** A cell: text as it is; a number in its shortest form that reads back equal; NaN and infinities (not known) are empty. */
export type Cell = string | number;

/**
 * RFC 4180 with `\n` line ends. Texts with quotes, commas, line breaks or outer blanks stand in quotes with quotes doubled; nothing is ever changed
 * inside. That includes texts that a spreadsheet would take for a formula (`=1+1`): a label is data, a changed one would no longer name its file,
 * and `-1` or `+flux` are ordinary labels. Import the tables as text where labels are not your own.
 * @throws RangeError when a row has another number of cells than the header.
 */
export function csvText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [header, ...rows].map((cells) => {
    if (cells.length !== header.length) throw new RangeError(`a row has ${cells.length} cells, the header ${header.length}`);
    return cells.map(cellText).join(",");
  });
  return `${lines.join("\n")}\n`;
}

function cellText(cell: Cell): string {
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
