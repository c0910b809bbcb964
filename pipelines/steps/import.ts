import { resolve } from "node:path";
import type { Note } from "../../src/core/dataset.ts";
import { UserError } from "../../src/core/errors.ts";
import { unreadableFile } from "../../src/core/messages/cli.ts";
import { companionsOf } from "../../src/importers/companions.ts";
import { Folders } from "../../src/importers/folders.ts";
import { type ImportResult, importFile, withAbsentFiles } from "../../src/importers/import-file.ts";
import type { Hints } from "../../src/importers/importer.ts";
import { IMPORTERS } from "../../src/importers/registry.ts";
import { discover, type FoundFile } from "../../src/lab/discover.ts";
import type { Lab, Match } from "../../src/lab/load.ts";
import { withDatasetsCodec } from "../../src/pipeline/datasets-codec.ts";
import type { Store } from "../../src/pipeline/store.ts";
import type { RunOptions } from "./options.ts";

/** Raised when the way from a file to its stored import changes. */
const IMPORT_STAGE_VERSION = 3;

const codec = withDatasetsCodec<ImportResult>();

/** One scanned file and what became of it. */
export interface ImportedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly change: "new" | "changed" | "unchanged";
  readonly match: Match | undefined;
  readonly result: ImportResult;
  readonly notes: readonly Note[];
}

/** Imports every file below the folder that is new or changed; the others come from the store. Order: path by code point. `written`: folders that earlier runs wrote reports to; they hold no measurements. */
export async function importFolder(
  options: RunOptions,
  lab: Lab | undefined,
  store: Store,
  written: readonly string[] = [],
): Promise<ImportedFile[]> {
  // What the lab file reads itself is no measurement.
  const tables = (lab?.tables ?? []).map((path) => resolve(options.folder, path));
  const only = options.only === undefined ? {} : { only: options.only };
  const found = await discover(options.folder, { skip: [options.store, options.out, ...written, ...tables], ...only });
  const imported: ImportedFile[] = found.problems.map((p) => ({
    path: p.path,
    bytes: 0,
    sha256: "",
    change: "new",
    match: undefined,
    result: { status: "failed", importer: "", place: "", message: p.message },
    notes: [],
  }));
  let done = 0;
  const folders = new Folders();
  await inParallel(found.files, options.jobs, options.signal, async (file) => {
    imported.push(await importOne(file, lab, store, folders));
    options.onProgress(`reading ${++done} of ${found.files.length}: ${file.path}`);
  });
  options.signal.throwIfAborted();
  return imported.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

async function importOne(file: FoundFile, lab: Lab | undefined, store: Store, folders: Folders): Promise<ImportedFile> {
  let match: Match | undefined;
  let hash: { sha256: string; change: "new" | "changed" | "unchanged" };
  let beside: { path: string; sha256: string }[];
  try {
    match = lab?.entryFor(file.path);
    hash = await store.fileHash(file.absolute, file.path, file.bytes, file.mtimeMs);
    const companions = await companionsOf(file.absolute, file.path, folders);
    const hashed = async (c: (typeof companions)[number]) => (await store.fileHash(c.absolute, c.path, c.bytes, c.mtimeMs)).sha256;
    beside = await Promise.all(companions.map(async (c) => ({ path: c.path, sha256: await hashed(c) })));
  } catch (error) {
    // A file that cannot be read, or whose name holds no power where the lab file says it does: the others go on.
    const { place, message } = error instanceof UserError ? error : { place: file.path, message: unreadableFile((error as Error).message) };
    const result: ImportResult = { status: "failed", importer: "", place, message };
    return { path: file.path, bytes: file.bytes, sha256: "", change: "new", match, result, notes: [] };
  }
  // The path is an input because names tell kinds and traces apart (`..._T1_0.hdf5`); the hints are the lab file's statements about it.
  const hints = hintsOf(match);
  const { place: _place, ...statements } = hints;
  const key = {
    stage: "import",
    version: IMPORT_STAGE_VERSION,
    inputs: [hash.sha256, ...beside.map((c) => c.sha256)],
    // Sidecars are inputs too: when one changes, appears or goes, the file is read again.
    options: { name: file.path, hints: statements, ...(beside.length > 0 ? { beside: beside.map((c) => c.path) } : {}) },
    libraries: Object.fromEntries(IMPORTERS.map((i) => [i.name, String(i.version)])),
  };
  const slot = { stage: "import", name: file.path, file: file.path };
  const { value: stored, reason } = await store.compute(slot, key, codec, () => importFile(file.absolute, file.path, hints, folders));
  const value = await withAbsentFiles(stored, file.absolute, folders);
  // A sidecar that changed, came or went changes its measurement.
  const change = hash.change === "unchanged" && reason?.code === "input-changed" ? "changed" : hash.change;
  return { path: file.path, bytes: file.bytes, sha256: hash.sha256, change, match, result: value, notes: [] };
}

/** What the lab file states about a file, as the importers take it. */
export function hintsOf(match: Match | undefined): Hints {
  if (!match) return {};
  const { kind, columns, qubitColumn, shots, power, map, place } = match.entry;
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(columns === undefined ? {} : { columns }),
    ...(qubitColumn === undefined ? {} : { qubitColumn }),
    ...(shots === undefined ? {} : { shots }),
    ...(power === undefined ? {} : { power }),
    ...(map === undefined ? {} : { map }),
    place,
  };
}

/** Runs `work` over all items, `width` at a time, stopping between items when the signal is aborted. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length && !signal.aborted) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
}
