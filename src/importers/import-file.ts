import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename, dirname } from "node:path";
import type { Source } from "../core/dataset.ts";
import { ImportError, UserError } from "../core/errors.ts";
import { sha256 } from "../core/hash.ts";
import { conditionsOfOthers } from "../core/messages/csv.ts";
import { matrixMessages } from "../core/messages/import-maps.ts";
import { sidecarMessages } from "../core/messages/import-sidecars.ts";
import * as say from "../core/messages/importers.ts";
import type { Dataset } from "../tables/dataset.ts";
import { withCompanionsOf } from "./companions.ts";
import { csv } from "./csv.ts";
import { Folders } from "./folders.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { matrix } from "./matrix.ts";
import { openFile } from "./open.ts";
import { IMPORTER_NAMES, recognise } from "./registry.ts";
import { absentFiles } from "./sidecar/beside.ts";
import { isSharedSidecar, spokenOf } from "./sidecar/names.ts";
import { withSurroundings } from "./sidecar/surroundings.ts";
import { unreadFormat } from "./unread-formats.ts";
import { Unrecognised } from "./unrecognised.ts";

/** What became of one file. `unrecognised` is not a failure: a picture, a licence, a note. */
export type ImportResult =
  | { readonly status: "imported"; readonly importer: string; readonly version: number; readonly datasets: readonly Dataset[] }
  | { readonly status: "unrecognised"; readonly message: string }
  | { readonly status: "failed"; readonly importer: string; readonly place: string; readonly message: string };

/** Files that are loaded for reading anyway are hashed from memory, larger ones as a stream. */
const HASH_IN_MEMORY = 64 * 2 ** 20;
/** The stream's default of 64 KiB hashes at half the speed. */
const HASHED_AT_ONCE = 2 ** 20;
const BINARY_FORMATS = /\.(?:hdf5|h5|nc|nc4|ddh5)$/i;
/** Files of these names hold a measurement or are damaged; others may be empty for some reason of their own. */
const MEASUREMENTS = /\.(?:hdf5|h5|nc|nc4|ddh5|cti|citi?|mdif|mdf|parquet|feather|arrow|xlsx|np[yz]|mat|db)$/i;

/**
 * Recognises and reads one file. Never throws for what is in the file: every failure is a value with its place and sentence.
 * @param absolutePath where the file is
 * @param relativePath its name in labels and messages, relative to the scanned folder, with `/`
 * @param hints what the lab file states about it
 * @param folders what is known about folders, where many files are imported
 * @returns datasets with their `sources` filled in
 */
export async function importFile(
  absolutePath: string,
  relativePath: string,
  hints: Hints,
  folders: Folders = new Folders(),
): Promise<ImportResult> {
  let importer = BINARY_FORMATS.test(relativePath) ? "hdf5" : "open";
  try {
    const file = await openFile(absolutePath, relativePath, folders);
    let message: string | undefined;
    for (const candidate of candidates(file.probe, hints)) {
      importer = candidate.name;
      try {
        return await readWith(candidate, file, absolutePath, hints, folders);
      } catch (error) {
        if (!(error instanceof Unrecognised)) throw error;
        // The surest importer knows best why it is none of its business.
        message ??= error.message;
      }
    }
    message = (await sidecarMessage(file.probe, absolutePath, folders)) ?? message ?? notRecognised(file.probe);
    return { status: "unrecognised", message };
  } catch (error) {
    return failure(importer, error, relativePath);
  }
}

/** What is said of a file that was read with measurements and is none. */
async function sidecarMessage({ name, bytes }: Probe, absolutePath: string, folders: Folders): Promise<string | undefined> {
  if (bytes === 0) return undefined;
  if (isSharedSidecar(name)) return conditionsOfOthers();
  const measurement = spokenOf(name, await folders.names(dirname(absolutePath)));
  return measurement === undefined ? undefined : say.factsAbout(measurement);
}

/** The result with the names of measurements that a sidecar speaks of and that do not stand beside it: they may come without the sidecar's changing. */
export async function withAbsentFiles(result: ImportResult, absolutePath: string, folders: Folders): Promise<ImportResult> {
  if (result.status !== "unrecognised" || !isSharedSidecar(basename(absolutePath))) return result;
  const absent = await absentFiles(absolutePath, folders);
  if (absent.length === 0) return result;
  return { ...result, message: `${result.message} ${sidecarMessages.notThere(absent)}` };
}

function candidates(probe: Probe, hints: Hints): readonly Importer[] {
  // Of any text of numbers, only the lab file knows that it is a rectangle of positions or pixels.
  if (probe.text !== undefined && (hints.map?.matrix ?? hints.map?.pixel) !== undefined) return [matrix];
  if (hints.map?.matrix !== undefined) throw new ImportError(matrixMessages.notText(), probe.path);
  const found = recognise(probe);
  // A text that the lab file describes by its columns is a table, whatever it is called.
  return found.length === 0 && hints.columns !== undefined && probe.text !== undefined ? [csv] : found;
}

async function readWith(
  importer: Importer,
  file: FileContent,
  absolutePath: string,
  hints: Hints,
  folders: Folders,
): Promise<ImportResult> {
  const read = await importer.read(withCompanionsOf(importer, file), hints);
  if (read.length === 0) throw new ImportError(say.noDatasets(), file.probe.path);
  // What this project exported knows where it was measured, and what stood around it there.
  const exported = read.some((dataset) => dataset.sources.length > 0);
  const datasets = exported ? read : await withSurroundings(read, absolutePath, file.probe, hints, folders);
  const source: Source = {
    path: file.probe.path,
    bytes: file.probe.bytes,
    sha256: await hashOf(file, absolutePath),
    importer: importer.name,
    importerVersion: importer.version,
  };
  const { name, version } = importer;
  const sourceOf = ({ sources }: Dataset): Source => (sources.length === 0 ? source : { ...source, exportedFrom: sources });
  return { status: "imported", importer: name, version, datasets: datasets.map((d) => ({ ...d, sources: [sourceOf(d)] })) };
}

async function hashOf(file: FileContent, absolutePath: string): Promise<string> {
  if (file.probe.bytes <= HASH_IN_MEMORY) return sha256(await file.bytes());
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(absolutePath, { highWaterMark: HASHED_AT_ONCE })) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

/** @throws ImportError for a file whose name promises a format that its content is not */
function notRecognised(probe: Probe): string {
  if (probe.outline !== undefined) {
    const arrays = probe.outline.nodes.filter((node) => node.type === "array").map((node) => node.path);
    return say.unknownHdf5Layout(Object.keys(probe.outline.attributes), arrays);
  }
  if (probe.bytes === 0) {
    if (MEASUREMENTS.test(probe.name)) throw new ImportError(say.emptyFile(), probe.path);
    return say.emptyAndLeft();
  }
  const promised = BINARY_FORMATS.exec(probe.name);
  if (promised === null || recognise(probe).length > 0) return unreadFormat(probe) ?? say.nobodyRecognises(IMPORTER_NAMES);
  throw new ImportError(say.notNamedFormat(promised[0]), probe.path);
}

function failure(importer: string, error: unknown, path: string): ImportResult {
  if (error instanceof UserError) return { status: "failed", importer, place: error.place || path, message: error.message };
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { status: "failed", importer, place: path, message: say.importerBug(importer, say.clip(detail, 300)) };
}
