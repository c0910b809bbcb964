/** The thread in which table files are decoded: damaged ones can keep a decoder busy for ever, or fill the memory. */
import { readFileSync } from "node:fs";
import { tableFileMessages } from "../../core/messages/import-tables.ts";
import { readArrow } from "../../tables/arrow-file.ts";
import { ForeignFailure, type ForeignTable } from "../../tables/foreign.ts";
import { readParquet } from "../../tables/parquet-file.ts";

export type TableFormat = "Arrow" | "Parquet";

export interface TableTask {
  readonly file: string;
  readonly format: TableFormat;
}

export type TableAnswer =
  | { readonly ok: true; readonly tables: readonly ForeignTable[] }
  | { readonly ok: false; readonly inside: string; readonly message: string };

const READERS: Readonly<Record<TableFormat, (bytes: Uint8Array) => Promise<readonly ForeignTable[]>>> = {
  Arrow: async (bytes) => [readArrow(bytes)],
  Parquet: async (bytes) => [await readParquet(bytes)],
};

export default async function answer({ file, format }: TableTask): Promise<TableAnswer> {
  try {
    return { ok: true, tables: await READERS[format](readFileSync(file)) };
  } catch (error) {
    if (error instanceof ForeignFailure) return { ok: false, inside: error.inside, message: error.message };
    if (error instanceof ReferenceError) throw error;
    // A decoder that stumbles over damaged bytes throws whatever its language throws.
    return { ok: false, inside: "", message: tableFileMessages.damaged(format, error instanceof Error ? error.message : String(error)) };
  }
}
