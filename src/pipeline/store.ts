import { closedStore, namedLost, recordLost } from "../core/messages/store.ts";
import { Archive } from "./archive.ts";
import type { Codec } from "./codec.ts";
import { SEGMENT_BYTES } from "./compaction.ts";
import type { FileHash } from "./files.ts";
import { type KeyParts, keyHash, keyParts, type Slot, type StageKey, slotId } from "./key.ts";
import { changeOf, makeReason, type Reason } from "./reason.ts";
import { type SealedRecord, type StoredRecord, seal, sizeOf } from "./segment.ts";
import { LostRecord } from "./segments.ts";

export interface StoreOptions {
  /** Compute everything once more (default false). */
  readonly force?: boolean;
  /** Read only: no lock, nothing is written or kept, the folder need not exist (default false). */
  readonly dryRun?: boolean;
  /** Bytes of opened segments that are kept in memory (default 64 MiB). */
  readonly cacheBytes?: number;
}

export interface Computed<T> {
  readonly value: T;
  /** Computed now, not taken from the store. */
  readonly fresh: boolean;
  /** Why it was computed. */
  readonly reason?: Reason;
}

/** A kill loses at most this much finished work. */
const FLUSH_MS = 2000;
/** Writing may take at most this share of the time: long lists are written less often. */
const FLUSH_SHARE = 0.05;

const NAMED = "named";

/**
 * Results under the hash of what went into them. Knows no physics: a stage gives its key, a codec and a function.
 * Equal keys are computed once; each computation leaves its reason.
 */
export class Store {
  private readonly archive: Archive;
  private readonly force: boolean;
  private readonly dryRun: boolean;
  private readonly found: Reason[] = [];
  /** Computed by this run, not yet being written; then being written. */
  private pending = new Map<string, SealedRecord>();
  private flying = new Map<string, SealedRecord>();
  private pendingBytes = 0;
  private readonly made = new Set<string>();
  private readonly lost = new Map<string, LostRecord>();
  private readonly touched = new Set<string>();
  private readonly running = new Map<string, Promise<unknown>>();
  private writing: Promise<void> = Promise.resolve();
  private failed = false;
  private lastFlush = performance.now();
  private flushCost = 0;
  private closed = false;

  private constructor(archive: Archive, options: StoreOptions) {
    this.archive = archive;
    this.force = options.force ?? false;
    this.dryRun = options.dryRun ?? false;
  }

  /**
   * Opens or creates the store in a folder and takes its lock.
   * @throws UserError when another process uses it, or when it cannot be read or written; the sentence says what to type.
   */
  static async open(dir: string, options: StoreOptions = {}): Promise<Store> {
    return new Store(await Archive.open(dir, options.dryRun !== true, options.cacheBytes ?? 64 * 2 ** 20), options);
  }

  /**
   * The stored result of this key, or else that of `run`, which is then stored.
   * A result that cannot be read back is reported and computed again. Calls with equal keys at the same time compute once.
   * @throws whatever `run` and `codec.encode` throw (nothing is stored then); UserError when the store cannot be written.
   */
  async compute<T>(slot: Slot, key: StageKey, codec: Codec<T>, run: () => Promise<T> | T): Promise<Computed<T>> {
    if (this.closed) throw new Error(closedStore());
    const parts = keyParts(key);
    const hash = keyHash(parts);
    for (let other = this.running.get(hash); other; other = this.running.get(hash)) await Promise.allSettled([other]);
    const stored = this.reuse(slot, parts, hash, codec);
    if ("value" in stored) {
      this.enter(slot, hash);
      return { value: stored.value, fresh: false };
    }
    this.found.push(stored.reason);
    const work = this.runAndKeep(slot, parts, hash, codec, run);
    this.running.set(hash, work);
    try {
      return { value: await work, fresh: true, reason: stored.reason };
    } finally {
      this.running.delete(hash);
    }
  }

  private async runAndKeep<T>(slot: Slot, parts: KeyParts, hash: string, codec: Codec<T>, run: () => Promise<T> | T): Promise<T> {
    const value = await run();
    if (this.closed) throw new Error(closedStore());
    this.add({ key: hash, parts: JSON.stringify(parts), ...codec.encode(value) });
    this.enter(slot, hash);
    const now = performance.now();
    const due = now - this.lastFlush >= Math.max(FLUSH_MS, this.flushCost / FLUSH_SHARE);
    if (due || this.pendingBytes >= SEGMENT_BYTES) await this.flush();
    return value;
  }

  /** The stored value, or the reason why there is none to be used. */
  private reuse<T>(slot: Slot, parts: KeyParts, hash: string, codec: Codec<T>): { value: T } | { reason: Reason } {
    const reason = this.reasonFor(slot, parts, hash);
    if (reason !== undefined) return { reason };
    try {
      return { value: codec.decode(this.find(hash) as StoredRecord) };
    } catch (error) {
      // The bytes are what was written, but this program cannot read them: another program's way of writing. Told, and computed again.
      this.archive.remove(hash);
      return { reason: makeReason(slot, "corrupt-record", (error as Error).message) };
    }
  }

  /** Whether the slot would be computed under this key, and why; undefined: its result would be reused. Nothing is run or noted. */
  plan(slot: Slot, key: StageKey): Reason | undefined {
    const parts = keyParts(key);
    return this.reasonFor(slot, parts, keyHash(parts));
  }

  private reasonFor(slot: Slot, parts: KeyParts, hash: string): Reason | undefined {
    const found = this.find(hash);
    if (found instanceof LostRecord) return makeReason(slot, found.code, found.message);
    if (found !== undefined) return this.force && !this.made.has(hash) ? makeReason(slot, "forced") : undefined;
    const last = this.archive.contents.slots.get(slotId(slot));
    if (last === undefined) {
      const damage = this.archive.damage;
      return damage === undefined ? makeReason(slot, "new-input") : makeReason(slot, "corrupt-record", damage);
    }
    const before = last === hash ? undefined : this.find(last);
    if (before === undefined) return makeReason(slot, "missing-output");
    if (before instanceof LostRecord) return makeReason(slot, before.code, before.message);
    return changeOf(slot, JSON.parse(before.parts) as KeyParts, parts) ?? makeReason(slot, "new-input");
  }

  /** The value stored under a key, whatever slot it came from; undefined when there is none that can be read. */
  peek<T>(key: StageKey, codec: Codec<T>): T | undefined {
    return this.decoded(keyHash(keyParts(key)), codec).value;
  }

  /** The value stored last for a slot, whatever its key was. */
  latest<T>(slot: Slot, codec: Codec<T>): T | undefined {
    const key = this.archive.contents.slots.get(slotId(slot));
    return key === undefined ? undefined : this.decoded(key, codec).value;
  }

  /** Keeps a value under a plain name (what the last run said, say); it stays until it is replaced. Written at the next flush. */
  put<T>(name: string, codec: Codec<T>, value: T): void {
    if (this.closed) throw new Error(closedStore());
    const encoded = codec.encode(value);
    const options = [encoded.text, encoded.arrays];
    const parts = keyParts({ stage: NAMED, version: 1, inputs: [name], options });
    const key = keyHash(parts);
    this.archive.setSlot(namedSlot(name), key);
    const there = this.find(key);
    if (there === undefined || there instanceof LostRecord)
      this.add({ key, parts: JSON.stringify({ ...parts, options: "null" }), ...encoded });
  }

  /** The value kept under a name; undefined when there is none. A damaged one is noted and left out. */
  get<T>(name: string, codec: Codec<T>): T | undefined {
    const key = this.archive.contents.slots.get(namedSlot(name));
    const { value, damage } = key === undefined ? {} : this.decoded(key, codec);
    if (damage !== undefined) this.archive.notes.push(namedLost(name, damage));
    return value;
  }

  private decoded<T>(hash: string, codec: Codec<T>): { value?: T; damage?: string } {
    const found = this.find(hash);
    if (found === undefined) return {};
    if (found instanceof LostRecord) return { damage: found.message };
    try {
      return { value: codec.decode(found) };
    } catch (error) {
      return { damage: (error as Error).message };
    }
  }

  /**
   * Content hash of a file: by (path, size, mtime), and by reading it when those moved or the last reading was too close to the last change.
   * @param path name in the store, relative to the scanned folder.
   * @throws the operating system's error when the file cannot be read.
   */
  fileHash(absolute: string, path: string, bytes: number, mtimeMs: number): Promise<FileHash> {
    return this.archive.contents.files.hash(absolute, path, bytes, mtimeMs);
  }

  /** Why things were computed in this run: stages in the order in which they began, files and slots by code point. */
  get reasons(): readonly Reason[] {
    const stages = [...new Set(this.found.map((r) => r.stage))];
    const rank = (r: Reason) => stages.indexOf(r.stage);
    const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    return [...this.found].sort((a, b) => rank(a) - rank(b) || order(a.file, b.file) || order(a.name, b.name));
  }

  /** Sentences about what the store found and did: locks taken over, damaged records. */
  get notes(): readonly string[] {
    const damaged = this.found.filter(
      (r) => (r.code === "corrupt-record" || r.code === "missing-output") && this.archive.damage === undefined,
    );
    return [...this.archive.notes, ...damaged.map((r) => recordLost(r.stage, r.name, r.before))];
  }

  /** Writes what is not yet on disk; afterwards a kill loses none of it. @throws UserError */
  flush(): Promise<void> {
    this.writing = this.writing.then(() => this.write());
    // A later flush must not go on from a failed one.
    return this.writing;
  }

  private async write(): Promise<void> {
    if (this.dryRun || (this.pending.size === 0 && !this.archive.dirty)) return;
    const started = performance.now();
    this.flying = this.pending;
    this.pending = new Map();
    this.pendingBytes = 0;
    try {
      await this.archive.commit(this.flying.values());
    } catch (error) {
      this.failed = true;
      throw error;
    }
    this.flying = new Map();
    this.lastFlush = performance.now();
    this.flushCost = this.lastFlush - started;
  }

  /**
   * Writes what is left, tidies and gives the lock back; safe to call twice, and after an interruption.
   * @param options.complete everything that still exists was asked for through `compute` in this run: results of other slots are dropped.
   * Leave it out after a filtered, failed or interrupted run.
   * @throws UserError when the rest cannot be written (not again when a flush has already said so).
   */
  async close(options: { readonly complete?: boolean } = {}): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    try {
      if (this.failed || this.dryRun) return;
      if (options.complete) this.dropUnused();
      await this.flush();
      await this.archive.compact();
    } finally {
      await Promise.allSettled([this.writing]);
      await this.archive.close();
    }
  }

  private dropUnused(): void {
    const { records, slots, files } = this.archive.contents;
    for (const slot of slots.keys()) if (!this.touched.has(slot) && !isNamed(slot)) this.archive.removeSlot(slot);
    const live = new Set(slots.values());
    for (const key of records.keys()) if (!live.has(key)) this.archive.remove(key);
    files.keepAsked();
  }

  private add(record: StoredRecord): void {
    this.made.add(record.key);
    this.lost.delete(record.key);
    if (this.dryRun) return;
    this.pending.set(record.key, seal(record));
    this.pendingBytes += sizeOf(record);
  }

  private enter(slot: Slot, hash: string): void {
    this.touched.add(slotId(slot));
    this.archive.setSlot(slotId(slot), hash);
  }

  private find(hash: string): StoredRecord | LostRecord | undefined {
    const fresh = this.pending.get(hash) ?? this.flying.get(hash);
    if (fresh) return fresh;
    const place = this.archive.contents.records.get(hash);
    if (place === undefined) return this.lost.get(hash);
    try {
      return this.archive.read(hash, place);
    } catch (error) {
      if (!(error instanceof LostRecord)) throw error;
      this.lost.set(hash, error);
      return error;
    }
  }
}

function namedSlot(name: string): string {
  return slotId({ stage: NAMED, name, file: "" });
}

function isNamed(slot: string): boolean {
  return slot.startsWith(`["${NAMED}",`);
}

export type { FileHash, Reason, Slot, StageKey };
