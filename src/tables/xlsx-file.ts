/** The only file that names @e965/xlsx (SheetJS). */
import { type CellObject, read, SSF, utils, type WorkSheet, write } from "@e965/xlsx";

/** What a cell shows. `date` and `error` keep no number: a date is no measured value. */
export type SheetCell =
  /** `percent`: 0.95 is shown as 95 %. `duration`: in seconds, shown as hours, minutes and seconds that have passed. */
  | { readonly kind: "number"; readonly value: number; readonly shown?: "percent" | "duration" }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "date" }
  /** A formula whose result was not stored. */
  | { readonly kind: "formula" }
  | { readonly kind: "error"; readonly value: string };

/** A sheet row by row; undefined cells are empty. Rows and columns are counted from 0. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly (SheetCell | undefined)[] | undefined)[];
  readonly merges: readonly { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }[];
}

/** All visible sheets of a workbook. @throws Error of the library when it is no workbook */
export function readSheets(bytes: Uint8Array): Sheet[] {
  // Stubs keep the formulas of cells without a result, as openpyxl writes them.
  const plain = { cellHTML: false, cellText: false, cellStyles: false } as const;
  // A date made of a time of microseconds would be rounded to milliseconds: numbers stay what they are, and their formats tell what they mean.
  const workbook = read(bytes, { type: "array", dense: true, cellDates: false, cellNF: true, sheetStubs: true, ...plain });
  const shown = formats();
  const hidden = new Set((workbook.Workbook?.Sheets ?? []).flatMap((sheet, k) => (sheet.Hidden ? [workbook.SheetNames[k]] : [])));
  return workbook.SheetNames.filter((name) => !hidden.has(name)).flatMap((name) => {
    const sheet = workbook.Sheets[name];
    // A chart has no cells.
    const rows = sheet?.["!data"];
    if (sheet === undefined || rows === undefined) return [];
    const merges = (sheet["!merges"] ?? []).map(({ s, e }) => ({ top: s.r, bottom: e.r, left: s.c, right: e.c }));
    return [{ name, rows: rows.map((row) => row?.map((cell) => cellOf(cell, shown))), merges }];
  });
}

/** `B7` of row 6, column 1. */
export function cellName(row: number, column: number): string {
  return utils.encode_cell({ r: row, c: column });
}

type Shown = "number" | "percent" | "duration" | "date";

/** What a number format makes of numbers; each format is looked at once. */
function formats(): (format: unknown) => Shown {
  const known = new Map<string, Shown>();
  return (format) => {
    if (typeof format !== "string" || format === "General") return "number";
    const found = known.get(format) ?? shownBy(format);
    known.set(format, found);
    return found;
  };
}

/** ECMA-376 part 1, 18.8.31: brackets make hours, minutes and seconds go on counting where a time of day would begin again. */
function shownBy(format: string): Shown {
  const [positive = ""] = format.replace(/"[^"]*"|\\./g, "").split(";");
  if (/\[(?:h+|m+|s+)\]/i.test(positive)) return "duration";
  if (positive.includes("%")) return "percent";
  return SSF.is_date(format) === true ? "date" : "number";
}

const SECONDS_PER_DAY = 86400;

function numberOf(value: number, shown: Shown): SheetCell {
  if (shown === "date") return { kind: "date" };
  if (shown === "duration") return { kind: "number", value: value * SECONDS_PER_DAY, shown };
  return shown === "percent" ? { kind: "number", value, shown } : { kind: "number", value };
}

function cellOf(cell: CellObject | undefined, shown: (format: unknown) => Shown): SheetCell | undefined {
  if (cell?.f !== undefined && (cell.v === undefined || cell.t === "z")) return { kind: "formula" };
  switch (cell?.t) {
    case "n":
      return numberOf(Number(cell.v), shown(cell.z));
    case "b":
      return { kind: "number", value: cell.v ? 1 : 0 };
    case "s":
      return String(cell.v ?? "").trim() === "" ? undefined : { kind: "text", value: String(cell.v).trim() };
    case "d":
      return { kind: "date" };
    case "e":
      return { kind: "error", value: ERRORS.get(Number(cell.v)) ?? String(cell.v) };
    default:
      return undefined;
  }
}

/** [MS-XLS] 2.5.10, Berr. */
const ERRORS: ReadonlyMap<number, string> = new Map([
  [0x00, "#NULL!"],
  [0x07, "#DIV/0!"],
  [0x0f, "#VALUE!"],
  [0x17, "#REF!"],
  [0x1d, "#NAME?"],
  [0x24, "#NUM!"],
  [0x2a, "#N/A"],
]);

/** A cell to write. Texts stay texts, whatever they look like; undefined and NaN are empty cells. */
export type WrittenCell = string | number | undefined;

/** A sheet to write. */
export interface WrittenSheet {
  readonly name: string;
  /** Of the longest row. */
  readonly columns: number;
  readonly rows: readonly (readonly WrittenCell[])[];
}

/** The bytes of a workbook. @throws Error of the library for a text above 32767 characters */
export function writeSheets(sheets: readonly WrittenSheet[]): Uint8Array {
  const workbook = utils.book_new();
  for (const { name, columns, rows } of sheets) {
    const end = { r: Math.max(0, rows.length - 1), c: Math.max(0, columns - 1) };
    const sheet: WorkSheet = { "!data": rows.map((row) => row.map(cellToWrite)), "!ref": utils.encode_range({ r: 0, c: 0 }, end) };
    utils.book_append_sheet(workbook, sheet, name);
  }
  const written: Buffer = write(workbook, { type: "buffer", bookType: "xlsx", bookSST: true, compression: true });
  return new Uint8Array(written.buffer, written.byteOffset, written.byteLength);
}

function cellToWrite(cell: WrittenCell): CellObject {
  if (typeof cell === "number" && Number.isFinite(cell)) return { t: "n", v: cell };
  // `_x0041_` in a workbook means "A": an underscore that begins such a text is written as `_x005F_`.
  if (typeof cell === "string" && cell !== "") return { t: "s", v: cell.replace(/_(?=x[\da-f]{4}_)/gi, "_x005F_") };
  return { t: "z" };
}
