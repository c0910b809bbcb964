import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../core/hash.ts";
import { otherFormat } from "../core/messages/store.ts";
import { columnsFromIpc, columnsToIpc } from "../tables/columnar.ts";
import { writeAtomic } from "./atomic.ts";
import { FileTable } from "./files.ts";
import type { SegmentInfo } from "./segment.ts";

export const MANIFEST = "manifest.json";
const FORMAT = 1;

/** Where a record stands. */
export interface Place {
  readonly segment: string;
  readonly row: number;
  readonly checksum: string;
  /** About how many bytes it takes in its segment. */
  readonly bytes: number;
}

/** Everything that the store names. Small facts stand in manifest.json, long lists in Arrow files whose names are their own checksums. */
export interface Contents {
  readonly segments: Map<string, SegmentInfo>;
  /** Key hash -> place. */
  readonly records: Map<string, Place>;
  /** Slot id -> key hash of its latest result. */
  readonly slots: Map<string, string>;
  readonly files: FileTable;
}

export function emptyContents(): Contents {
  return { segments: new Map(), records: new Map(), slots: new Map(), files: new FileTable() };
}

export interface Lists {
  readonly records: string;
  readonly slots: string;
  readonly files: string;
}
const LISTS = ["records", "slots", "files"] as const;

/** A manifest that cannot be used, with its reason. */
export class BadManifest extends Error {}

/** The manifest's contents and the names of its lists; undefined when there is none. @throws BadManifest */
export async function readManifest(dir: string): Promise<{ contents: Contents; lists: Lists } | undefined> {
  let text: string;
  try {
    text = await readFile(join(dir, MANIFEST), "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return undefined;
    if (code === "EISDIR") throw new BadManifest(`${MANIFEST} is a directory`, { cause: error });
    throw error;
  }
  const { segments, lists } = parseManifest(text);
  const [records, slots, files] = await Promise.all(LISTS.map((list) => readList(dir, lists[list])));
  try {
    const contents: Contents = {
      segments: new Map(segments.map((s) => [s.name, s])),
      records: decodeRecords(records!, segments),
      slots: decodeSlots(slots!),
      files: FileTable.fromIpc(files!),
    };
    return { contents, lists };
  } catch (error) {
    throw new BadManifest((error as Error).message, { cause: error });
  }
}

function parseManifest(text: string): { segments: SegmentInfo[]; lists: Lists } {
  let read: { format?: unknown; checksum?: unknown; content?: unknown };
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new BadManifest(`${MANIFEST}: ${(error as Error).message}`, { cause: error });
  }
  if (typeof read !== "object" || read === null || typeof read.content !== "object" || read.content === null)
    throw new BadManifest(`${MANIFEST} has no content`);
  if (sha256(JSON.stringify([read.format, read.content])) !== read.checksum)
    throw new BadManifest(`${MANIFEST} does not match its checksum`);
  if (read.format !== FORMAT) throw new BadManifest(otherFormat(String(read.format)));
  return read.content as { segments: SegmentInfo[]; lists: Lists };
}

async function readList(dir: string, name: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    // A copy: Node hands out small files inside a shared pool, which need not be aligned for Arrow.
    bytes = new Uint8Array(await readFile(join(dir, name)));
  } catch (error) {
    throw new BadManifest(`${name}: ${(error as Error).message}`, { cause: error });
  }
  if (!name.endsWith(`-${sha256(bytes).slice(0, 32)}.arrow`)) throw new BadManifest(`${name} does not match its checksum`);
  return bytes;
}

export type ListName = (typeof LISTS)[number];

/**
 * Makes the bytes of the changed lists at once, so that what is written belongs to one instant whatever happens to `contents` meanwhile.
 * Calling the result writes them, then the manifest, and gives the names of the lists, for the next time.
 */
export function prepareManifest(
  dir: string,
  contents: Contents,
  before: Lists | undefined,
  changed: ReadonlySet<ListName>,
): () => Promise<Lists> {
  const lists = { records: "", slots: "", files: "", ...before };
  const written: [string, Uint8Array][] = [];
  for (const list of LISTS) {
    if (before && !changed.has(list)) continue;
    const bytes = encodeList(list, contents);
    lists[list] = `${list}-${sha256(bytes).slice(0, 32)}.arrow`;
    written.push([lists[list], bytes]);
  }
  const content = { segments: [...contents.segments.values()], lists };
  const checksum = sha256(JSON.stringify([FORMAT, content]));
  const manifest = `${JSON.stringify({ format: FORMAT, checksum, content })}\n`;
  return async () => {
    for (const [name, bytes] of written) await writeAtomic(join(dir, name), bytes);
    await writeAtomic(join(dir, MANIFEST), manifest);
    return lists;
  };
}

function encodeList(list: ListName, contents: Contents): Uint8Array {
  if (list === "files") return contents.files.toIpc();
  if (list === "slots") {
    const rows = [...contents.slots];
    return columnsToIpc([
      { name: "slot", texts: rows.map(([slot]) => slot) },
      { name: "key", texts: rows.map(([, key]) => key) },
    ]);
  }
  const numbers = new Map([...contents.segments.keys()].map((name, i) => [name, i]));
  const rows = [...contents.records];
  return columnsToIpc([
    { name: "key", texts: rows.map(([key]) => key) },
    { name: "segment", integers: Int32Array.from(rows, ([, p]) => numbers.get(p.segment) ?? -1) },
    { name: "row", integers: Int32Array.from(rows, ([, p]) => p.row) },
    { name: "checksum", texts: rows.map(([, p]) => p.checksum) },
    { name: "bytes", numbers: Float64Array.from(rows, ([, p]) => p.bytes) },
  ]);
}

function decodeRecords(ipc: Uint8Array, segments: readonly SegmentInfo[]): Map<string, Place> {
  const table = columnsFromIpc(ipc);
  const [keys, checksums] = [table.texts("key"), table.texts("checksum")];
  const [segment, row, bytes] = [table.integers("segment"), table.integers("row"), table.numbers("bytes")];
  const records = new Map<string, Place>();
  for (const [i, key] of keys.entries()) {
    const name = segments[segment[i]!]?.name;
    if (name === undefined) throw new BadManifest("a record stands in a segment that is not listed");
    records.set(key, { segment: name, row: row[i]!, checksum: checksums[i]!, bytes: bytes[i]! });
  }
  return records;
}

function decodeSlots(ipc: Uint8Array): Map<string, string> {
  const table = columnsFromIpc(ipc);
  const keys = table.texts("key");
  return new Map(table.texts("slot").map((slot, i) => [slot, keys[i]!]));
}
