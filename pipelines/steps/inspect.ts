import { stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import { noSuchPath } from "../../src/core/messages/cli.ts";
import { Folders } from "../../src/importers/folders.ts";
import { importFile, withAbsentFiles } from "../../src/importers/import-file.ts";
import { discover } from "../../src/lab/discover.ts";
import { labelDataset } from "../../src/lab/labels.ts";
import { type Lab, loadLab } from "../../src/lab/load.ts";
import type { Dataset } from "../../src/tables/dataset.ts";
import { hintsOf, inParallel } from "./import.ts";

export interface InspectedFile {
  readonly path: string;
  /** Empty when nobody recognises the file. */
  readonly importer: string;
  readonly datasets: readonly Dataset[];
  /** Why there is no dataset; empty when there is one. */
  readonly error: string;
  /** Where the error stands: the path, perhaps with a line or a place inside the file. */
  readonly place: string;
  readonly status: "imported" | "unrecognised" | "failed";
}

/** While one file's bytes or another thread are waited for, the next one is read. */
const AT_ONCE = 4;

/** What each file below the folder is (or the one file), without a store and without fitting. Labels are final. */
export async function inspectFolder(
  path: string,
  onProgress: (text: string) => void = () => undefined,
): Promise<{ files: InspectedFile[]; lab: Lab | undefined }> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(noSuchPath(path), "", { cause: error });
  });
  const folder = info.isDirectory() ? path : dirname(resolve(path));
  const lab = await loadLab(folder);
  if (!info.isDirectory()) return { files: [await inspectOne(resolve(path), basename(path), lab, new Folders())], lab };
  const found = await discover(folder, { skip: [join(folder, ".gammawatt"), ...(lab?.tables ?? []).map((path) => resolve(folder, path))] });
  const files: InspectedFile[] = found.problems.map((p) => ({
    path: p.path,
    importer: "",
    datasets: [],
    error: p.message,
    place: p.path,
    status: "failed",
  }));
  const folders = new Folders();
  let done = 0;
  await inParallel(found.files, AT_ONCE, new AbortController().signal, async (file) => {
    files.push(await inspectOne(file.absolute, file.path, lab, folders));
    onProgress(`reading ${++done} of ${found.files.length}: ${file.path}`);
  });
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), lab };
}

async function inspectOne(absolute: string, path: string, lab: Lab | undefined, folders: Folders): Promise<InspectedFile> {
  const match = lab?.entryFor(path);
  const result = await withAbsentFiles(await importFile(absolute, path, hintsOf(match), folders), absolute, folders);
  if (result.status === "imported") {
    const datasets = result.datasets.map((d) => labelDataset(d, match, lab, path, result.datasets));
    return { path, importer: result.importer, datasets, error: "", place: path, status: "imported" };
  }
  const { status, message } = result;
  const failed = status === "failed" ? { importer: result.importer, place: result.place } : { importer: "", place: path };
  return { path, ...failed, datasets: [], error: message, status };
}
