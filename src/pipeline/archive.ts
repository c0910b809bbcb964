import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import { manifestSetAside, segmentsLost, storeNotReadable, storeNotWritable, wouldSetAside } from "../core/messages/store.ts";
import { makeFolder, syncFolder, TEMPORARY, writeAtomic } from "./atomic.ts";
import { inSegments, segmentsToRewrite } from "./compaction.ts";
import { type Lock, takeLock } from "./lock.ts";
import {
  BadManifest,
  type Contents,
  emptyContents,
  type ListName,
  type Lists,
  MANIFEST,
  type Place,
  prepareManifest,
  readManifest,
} from "./manifest.ts";
import { encodeSegment, type SealedRecord, type StoredRecord, sizeOf } from "./segment.ts";
import { LostRecord, SegmentCache } from "./segments.ts";

/** Files that this room makes and may delete once no manifest names them. */
const OWN_FILES = /^(segment|records|slots|files)-[0-9a-f]{32}\.arrow$/;

/**
 * The store's files: immutable segments and the manifest that names them. Whatever is written goes under a temporary name first; the manifest comes
 * last; files that it no longer names are deleted after it. So at every instant the folder holds one whole state.
 */
export class Archive {
  readonly contents: Contents;
  readonly notes: string[];
  /** Why the manifest was set aside; undefined when there was a good one, or none. */
  readonly damage: string | undefined;
  private readonly dir: string;
  private readonly lock: Lock | undefined;
  private readonly cache: SegmentCache;
  private lists: Lists | undefined;
  private changed = new Set<ListName>();

  private constructor(
    dir: string,
    lock: Lock | undefined,
    read: { contents: Contents; lists?: Lists },
    damage: string | undefined,
    cacheBytes: number,
  ) {
    this.dir = dir;
    this.lock = lock;
    this.contents = read.contents;
    this.lists = read.lists;
    this.damage = damage;
    this.notes = [...(lock?.notes ?? [])];
    this.cache = new SegmentCache(dir, cacheBytes);
  }

  /** @param write takes the lock and may create and tidy the folder; otherwise nothing in it is touched. @throws UserError */
  static async open(dir: string, write: boolean, cacheBytes: number): Promise<Archive> {
    if (!write) return Archive.load(dir, undefined, cacheBytes);
    await makeFolder(dir).catch((error: Error) => {
      throw new UserError(storeNotWritable(dir, error.message), dir, { cause: error });
    });
    const lock = await takeLock(dir);
    try {
      return await Archive.load(dir, lock, cacheBytes);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  private static async load(dir: string, lock: Lock | undefined, cacheBytes: number): Promise<Archive> {
    try {
      const read = (await readManifest(dir)) ?? { contents: emptyContents() };
      const archive = new Archive(dir, lock, read, undefined, cacheBytes);
      if (lock) await archive.removeUnnamed();
      return archive;
    } catch (error) {
      if (!(error instanceof BadManifest)) throw new UserError(storeNotReadable(dir, (error as Error).message), dir, { cause: error });
      const archive = new Archive(dir, lock, { contents: emptyContents() }, error.message, cacheBytes);
      if (lock) archive.notes.push(manifestSetAside(error.message, await setAside(dir)));
      else archive.notes.push(wouldSetAside(error.message));
      return archive;
    }
  }

  /** @throws LostRecord; the record is then no longer named. */
  read(key: string, place: Place): StoredRecord {
    try {
      const info = this.contents.segments.get(place.segment);
      if (info === undefined) throw new LostRecord("missing-output", `${place.segment} is not listed`);
      return this.cache.read(info, place.row, place.checksum);
    } catch (error) {
      if (error instanceof LostRecord) this.remove(key);
      throw error;
    }
  }

  setSlot(slot: string, key: string): void {
    if (this.contents.slots.get(slot) === key) return;
    this.contents.slots.set(slot, key);
    this.changed.add("slots");
  }

  removeSlot(slot: string): void {
    if (this.contents.slots.delete(slot)) this.changed.add("slots");
  }

  remove(key: string): void {
    if (this.contents.records.delete(key)) this.changed.add("records");
  }

  /** True when what is in memory differs from what the manifest says. */
  get dirty(): boolean {
    return this.changed.size > 0 || this.contents.files.changed;
  }

  /** Writes new records and everything else that changed. All that is written is fixed before the first wait. @throws UserError */
  async commit(records: Iterable<SealedRecord>): Promise<void> {
    const segments = [...inSegments(records, sizeOf)].map((group) => this.enter(group));
    for (const { name } of segments) this.cache.forget(name);
    if (this.contents.files.changed) this.changed.add("files");
    const write = prepareManifest(this.dir, this.contents, this.lists, this.changed);
    this.changed = new Set();
    this.contents.files.changed = false;
    const before = this.lists;
    try {
      for (const { name, bytes } of segments) await writeAtomic(join(this.dir, name), bytes);
      this.lists = await write();
      const now = Object.values(this.lists);
      for (const name of Object.values(before ?? {})) if (!now.includes(name)) await rm(join(this.dir, name), { force: true });
    } catch (error) {
      throw new UserError(storeNotWritable(this.dir, (error as Error).message), this.dir, { cause: error });
    }
  }

  /** Puts a group of records into the lists as one segment; its bytes are still to be written. */
  private enter(group: readonly SealedRecord[]): { name: string; bytes: Uint8Array } {
    const { info, bytes } = encodeSegment(group);
    this.contents.segments.set(info.name, info);
    for (const [row, record] of group.entries())
      this.contents.records.set(record.key, { segment: info.name, row, checksum: record.checksum, bytes: sizeOf(record) });
    this.changed.add("records");
    return { name: info.name, bytes };
  }

  /** Moves living records out of mostly dead and of many small segments, then deletes those. */
  async compact(): Promise<void> {
    const old = segmentsToRewrite(this.contents);
    if (old.size === 0) return;
    const moving = [...this.contents.records].filter(([, place]) => old.has(place.segment));
    moving.sort(([, a], [, b]) => (a.segment === b.segment ? a.row - b.row : a.segment < b.segment ? -1 : 1));
    let lost = 0;
    try {
      for (const group of inSegments(moving, ([, place]) => place.bytes)) {
        const records: SealedRecord[] = [];
        for (const [key, place] of group) {
          try {
            records.push({ ...this.read(key, place), checksum: place.checksum });
          } catch (error) {
            if (!(error instanceof LostRecord)) throw error;
            lost++;
          }
        }
        if (records.length === 0) continue;
        const { name, bytes } = this.enter(records);
        // Equal contents have equal names: a segment that comes out as it was is kept.
        old.delete(name);
        await writeAtomic(join(this.dir, name), bytes);
      }
    } catch (error) {
      throw new UserError(storeNotWritable(this.dir, (error as Error).message), this.dir, { cause: error });
    }
    for (const name of old) this.contents.segments.delete(name);
    this.changed.add("records");
    await this.commit([]);
    for (const name of old) {
      this.cache.forget(name);
      await rm(join(this.dir, name), { force: true });
    }
    if (lost > 0) this.notes.push(segmentsLost(lost));
  }

  async close(): Promise<void> {
    await this.lock?.release();
  }

  /** Deletes what an ended run left behind: temporary files, and segments and lists that no manifest names. */
  private async removeUnnamed(): Promise<void> {
    const named = new Set([...this.contents.segments.keys(), ...Object.values(this.lists ?? {})]);
    for (const name of await readdir(this.dir))
      if (TEMPORARY.test(name) || (OWN_FILES.test(name) && !named.has(name))) await rm(join(this.dir, name), { force: true });
  }
}

async function setAside(dir: string): Promise<string> {
  const aside = `manifest-damaged-${new Date().toISOString().replace(/[:.]/g, "-")}.json`;
  try {
    await rename(join(dir, MANIFEST), join(dir, aside));
    await syncFolder(dir);
  } catch (error) {
    throw new UserError(storeNotWritable(dir, (error as Error).message), dir, { cause: error });
  }
  return aside;
}
