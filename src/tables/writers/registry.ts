import type { TableWriter } from "./writer.ts";

/** Every format that tables are written in. A new one is a file beside this one and a line here; its library is loaded when it is asked for. */
const WRITERS = {
  csv: async () => (await import("./csv.ts")).csv,
  arrow: async () => (await import("./arrow.ts")).arrow,
  parquet: async () => (await import("./parquet.ts")).parquet,
  xlsx: async () => (await import("./xlsx.ts")).xlsx,
} as const satisfies Readonly<Record<string, () => Promise<TableWriter>>>;

/** A format's name is also the extension of its files. */
export type ExportFormat = keyof typeof WRITERS;
export const EXPORT_FORMATS = Object.keys(WRITERS) as readonly ExportFormat[];

export function tableWriter(format: ExportFormat): Promise<TableWriter> {
  return WRITERS[format]();
}
