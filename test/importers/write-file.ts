import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ImportResult, importFile } from "../../src/importers/import-file.ts";
import { type Hints, NO_HINTS } from "../../src/importers/importer.ts";
import type { Dataset } from "../../src/tables/dataset.ts";

const root = mkdtempSync(join(tmpdir(), "gammawatt-folders-"));
let folders = 0;

/** Writes a folder of files and imports the first of them under `cd1/<folder>/<its name>`. */
export async function importFrom(
  files: Readonly<Record<string, string | Uint8Array>>,
  hints: Hints = NO_HINTS,
  folder = "run",
): Promise<ImportResult> {
  const path = join(root, String(folders++), folder);
  mkdirSync(path, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  const [first = ""] = Object.keys(files);
  return importFile(join(path, first), `cd1/${folder}/${first}`, hints);
}

/** The datasets of a folder's first file, which that importer has to read. */
export async function datasetsFrom(
  importer: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  hints: Hints = NO_HINTS,
  folder = "run",
): Promise<readonly Dataset[]> {
  const result = await importFrom(files, hints, folder);
  if (result.status !== "imported") throw new Error(`${result.status}: ${result.message}`);
  if (result.importer !== importer) throw new Error(`read by ${result.importer}, not ${importer}`);
  return result.datasets;
}
