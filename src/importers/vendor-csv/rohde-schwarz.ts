import { type Line, splitCells } from "../csv/lines.ts";
import { delimiterOf, readRows } from "./rows.ts";
import { partOf, type VendorColumn, type VendorTable } from "./table.ts";
import { vendorImporter } from "./vendor.ts";

const HEADER = /^"?(?:freq|power|pow|time)\s*\[[^\]]*\]"?\s*[;,\t].*?\b(?:re|im|mag|lin|ang|db|phase)\s*:/i;

/** Rohde & Schwarz ZVA, ZNB, ZNA: `freq[Hz];re:Trc1_S21;im:Trc1_S21;`, decimal point or comma. */
export const rohdeSchwarz = vendorImporter({
  name: "rohde-schwarz",
  version: 3,
  title: "Rohde & Schwarz",
  reference: "R&S ZNB User Manual, Trace > Trace Data > Export (ASCII *.csv, *.dat); FORMATS.md",
  recognise: (lines) => (lines.some((line) => HEADER.test(line)) ? 0.92 : 0),
  tables,
});

/** One table per header: a file of several channels repeats it. */
function tables(lines: readonly Line[], path: string): VendorTable[] {
  const content = lines.filter((line) => line.text.trim() !== "" && !/^\s*[#%!]/.test(line.text));
  const headers = content.flatMap((line, i) => (HEADER.test(line.text.trim()) ? [i] : []));
  return headers.map((at, k) => {
    const header = content[at]!.text;
    const delimiter = delimiterOf(header);
    const cells = splitCells(header, delimiter);
    while (cells.at(-1) === "") cells.pop();
    const { columns, notes } = readRows(content.slice(at + 1, headers[k + 1] ?? content.length), delimiter, cells.length, path);
    return { columns: cells.map(column), numbers: columns, notes };
  });
}

/** `re:Trc1_S21`, `db:Trc2_S11`, `freq[Hz]`. */
function column(cell: string): VendorColumn {
  const axis = /^(\w+)\s*\[([^\]]*)\]$/.exec(cell);
  if (axis !== null) return { is: "axis", name: axis[1]!, unit: axis[2]! };
  const [, prefix = "", name = cell] = /^(\w+)\s*:\s*(.*)$/.exec(cell) ?? [];
  const measured = /_(S\d{2}|S\d+_\d+|S\d{4})$/i.exec(name)?.[1];
  return { is: "part", name: measured === undefined ? name : fourDigits(measured), label: cell, part: partOf(prefix) };
}

/** From ten ports on R&S writes S0201 for S2,1. */
const fourDigits = (name: string) => name.replace(/^S(\d\d)(\d\d)$/i, (_, a: string, b: string) => `S${Number(a)}_${Number(b)}`);
