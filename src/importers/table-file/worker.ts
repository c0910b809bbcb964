/** The thread in which table files are decoded: damaged ones can keep a decoder busy for ever, or fill the memory. */
import { readFileSync } from "node:fs";
import { ImportError } from "../../core/errors.ts";
import { tableFileMessages } from "../../core/messages/import-tables.ts";
import { readArrow } from "../../tables/arrow-file.ts";
import { causeOf, ForeignFailure, type ForeignTable } from "../../tables/foreign.ts";
import { readParquet } from "../../tables/parquet-file.ts";
import { isResultTable } from "../../tables/result-columns.ts";
import { readDatasetWorkbook } from "../../tables/workbook-facts.ts";
import { readSheets, type Sheet } from "../../tables/xlsx-file.ts";
import { zipEntries } from "../zip/archive.ts";
import { tablesOfSheet } from "./sheet.ts";

export type TableFormat = "Arrow" | "Parquet" | "xlsx";

export interface TableTask {
  readonly file: string;
  readonly format: TableFormat;
}

export type TableAnswer =
  | { readonly ok: true; readonly tables: readonly ForeignTable[] }
  | { readonly ok: false; readonly inside: string; readonly message: string };

const READERS: Readonly<Record<TableFormat, (bytes: Uint8Array) => Promise<readonly ForeignTable[]>>> = {
  Arrow: async (bytes) => [await readArrow(bytes)],
  xlsx: async (bytes) => workbookTables(bytes),
  Parquet: async (bytes) => [await readParquet(bytes)],
};

/** The library trusts the archive: checksums and unpacked lengths are checked before it gets it. */
function workbookTables(bytes: Uint8Array): ForeignTable[] {
  for (const entry of zipEntries(bytes, "")) entry.read();
  const sheets = readSheets(bytes);
  const exported = readDatasetWorkbook(sheets);
  return exported === undefined ? sheets.flatMap((sheet) => resultsOf(sheet) ?? tablesOfSheet(sheet)) : [exported];
}

/** A sheet of results, whose cells are of no interest. */
function resultsOf({ name, rows }: Sheet): ForeignTable[] | undefined {
  const names = (rows[0] ?? []).map((cell) => (cell?.kind === "text" ? cell.value : ""));
  if (!isResultTable(names)) return undefined;
  return [{ name, columns: names.map((column) => ({ name: column, content: { texts: [] } })), rows: 0, comments: [], notes: [] }];
}

export default async function answer({ file, format }: TableTask): Promise<TableAnswer> {
  try {
    return { ok: true, tables: await READERS[format](readFileSync(file)) };
  } catch (error) {
    if (error instanceof ImportError) return { ok: false, inside: error.place.replace(/^:/, ""), message: error.message };
    if (error instanceof ForeignFailure) return { ok: false, inside: error.inside, message: error.message };
    if (error instanceof ReferenceError) throw error;
    // A decoder that stumbles over damaged bytes throws whatever its language throws.
    return { ok: false, inside: "", message: tableFileMessages.damaged(format, causeOf(error)) };
  }
}
