import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Role } from "../../src/core/dataset.ts";
import { type ImportResult, importFile } from "../../src/importers/import-file.ts";
import { type Hints, NO_HINTS } from "../../src/importers/importer.ts";
import { columnOf, type Dataset } from "../../src/tables/dataset.ts";

/** Measured files of other groups; absent in a plain clone. */
export const SHARED_DATA = fileURLToPath(new URL("../../../shared/data", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "gammawatt-importers-"));
let files = 0;

/** Writes the content under that name (perhaps with folders, which only its path has) into a folder of its own and imports it. */
export async function importContent(name: string, content: string | Uint8Array, hints: Hints = NO_HINTS): Promise<ImportResult> {
  const path = join(folder, `${files++}-${basename(name)}`);
  writeFileSync(path, content);
  return importFile(path, name, hints);
}

/** The datasets of a file that has to be readable. */
export async function read(name: string, content: string | Uint8Array, hints: Hints = NO_HINTS): Promise<readonly Dataset[]> {
  const result = await importContent(name, content, hints);
  if (result.status !== "imported") throw new Error(`${name}: ${result.status}: ${result.message}`);
  return result.datasets;
}

export async function readOne(name: string, content: string | Uint8Array, hints: Hints = NO_HINTS): Promise<Dataset> {
  const datasets = await read(name, content, hints);
  if (datasets.length !== 1) throw new Error(`${name}: ${datasets.length} datasets`);
  return datasets[0]!;
}

export async function failure(
  name: string,
  content: string | Uint8Array,
  hints: Hints = NO_HINTS,
): Promise<{ place: string; message: string }> {
  const result = await importContent(name, content, hints);
  if (result.status !== "failed") throw new Error(`${name} should fail, but is ${result.status}`);
  return { place: result.place, message: result.message };
}

/** The numbers of the column with that role. */
export function values(dataset: Dataset, role: Role, port?: string): number[] {
  const column = columnOf(dataset, role, port);
  if (column === undefined) throw new Error(`no column with role ${role}`);
  return [...column.values];
}

export const noteTexts = (dataset: Dataset) => dataset.notes.map((note) => note.text);
