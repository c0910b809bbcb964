import { closeSync, openSync, readSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ImportError } from "../core/errors.ts";
import * as say from "../core/messages/importers.ts";
import { Folders } from "./folders.ts";
import { openHdf5 } from "./hdf5/open.ts";
import type { FileContent, Probe } from "./importer.ts";
import { columnsBeside } from "./sidecar/beside.ts";
import { decodeText, type EncodedText, encodedText } from "./text/text.ts";

const HEAD_BYTES = 64 * 1024;
/** A JavaScript string holds about 2^29 characters. */
export const TEXT_LIMIT = 500_000_000;
/** `fs.readFile` stops at 2 GiB. */
export const LOAD_LIMIT = 2 ** 31 - 1;

/**
 * Opens a file for recognition and import: reads its first 64 KiB, and its outline if it is HDF5; everything else when asked.
 * @param absolutePath where the file is
 * @param relativePath its name in every message and label, relative to the scanned folder, with `/`
 * @param folders what is known about folders, where many files are opened
 * @throws ImportError when it is not a regular file, cannot be read, or is HDF5 that cannot be opened
 */
export async function openFile(absolutePath: string, relativePath: string, folders: Folders = new Folders()): Promise<FileContent> {
  const bytes = await sizeOf(absolutePath, relativePath);
  const head = await guard(relativePath, async () => readHead(absolutePath, bytes));
  const decoded = decodeText(head, bytes > head.length);
  const hdf5 = once(() => openHdf5(absolutePath, { name: relativePath }));
  const outline = isHdf5(head) ? (await hdf5()).outline : undefined;
  const probe: Probe = {
    path: relativePath,
    name: relativePath.slice(relativePath.lastIndexOf("/") + 1),
    bytes,
    head,
    ...("text" in decoded ? { text: decoded.text } : {}),
    ...(outline === undefined ? {} : { outline }),
  };
  const load = once(async () => (bytes <= head.length ? head : loadAll(absolutePath, relativePath, bytes)));
  const siblings = once(async () => [...(await guard(relativePath, () => folders.names(dirname(absolutePath))))]);
  const sibling = async (name: string) => {
    // A name, never a way out of the folder; a stated name may come from a hostile file.
    if (name !== basename(name) || !(await siblings()).includes(name)) return undefined;
    const path = join(dirname(absolutePath), name);
    const place = relativePath.slice(0, relativePath.lastIndexOf("/") + 1) + name;
    return loadAll(path, place, await sizeOf(path, place));
  };
  const beside = () => columnsBeside(absolutePath, folders);
  const encoded = once(() => loadText(load, relativePath, bytes));
  const text = once(async () => {
    if (bytes > TEXT_LIMIT) throw new ImportError(say.tooLargeForText(bytes, TEXT_LIMIT), relativePath);
    return (await encoded()).slice(0);
  });
  return { probe, location: absolutePath, bytes: load, encoded, text, hdf5, columnsBeside: beside, siblings, sibling };
}

/** Whether HDF5's signature stands at 0 or, behind a user block, at 512, 1024, 2048, ... */
function isHdf5(head: Uint8Array): boolean {
  const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
  for (let at = 0; at + 8 <= head.length; at = at === 0 ? 512 : 2 * at)
    if (signature.every((byte, i) => head[at + i] === byte)) return true;
  return false;
}

// Sizes and heads are asked for at once: for thousands of small files the way through the thread pool costs more than all the rest.

async function sizeOf(path: string, place: string): Promise<number> {
  const info = await guard(place, async () => statSync(path));
  if (info.isDirectory()) throw new ImportError(say.isDirectory(), place);
  // Opening a pipe would wait for a writer for ever.
  if (!info.isFile()) throw new ImportError(say.notRegular(), place);
  return info.size;
}

function readHead(path: string, bytes: number): Uint8Array {
  const file = openSync(path, "r");
  try {
    const head = new Uint8Array(Math.min(bytes, HEAD_BYTES));
    return head.subarray(0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}

async function loadAll(path: string, place: string, bytes: number): Promise<Uint8Array> {
  if (bytes > LOAD_LIMIT) throw new ImportError(say.tooLargeToLoad(bytes, LOAD_LIMIT), place);
  return guard(place, () => readFile(path));
}

async function loadText(load: () => Promise<Uint8Array>, place: string, bytes: number): Promise<EncodedText> {
  if (bytes === 0) throw new ImportError(say.emptyFile(), place);
  const found = encodedText(await load());
  if ("binaryAt" in found) throw new ImportError(say.notText(found.binaryAt), place);
  return found;
}

/** Turns what the operating system says into a sentence; other errors pass. */
async function guard<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") throw error;
    throw new ImportError(error.code === "ENOENT" ? say.notFound() : say.unreadable(error.code), place, { cause: error });
  }
}

/** The same promise at every call. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
