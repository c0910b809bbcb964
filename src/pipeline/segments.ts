import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { type SegmentInfo, SegmentReader, type StoredRecord } from "./segment.ts";

/** Why a stored record cannot be used. */
export class LostRecord extends Error {
  readonly code: "missing-output" | "corrupt-record";
  constructor(code: "missing-output" | "corrupt-record", why: string) {
    super(why);
    this.code = code;
  }
}

/** Opened segments, read on demand; the least recently used ones are let go beyond a limit of bytes. */
export class SegmentCache {
  private readonly dir: string;
  private readonly limit: number;
  private readonly opened = new Map<string, { reader: SegmentReader; bytes: number }>();
  private readonly damaged = new Map<string, LostRecord>();
  private held = 0;

  constructor(dir: string, limit: number) {
    this.dir = dir;
    this.limit = limit;
  }

  /** @throws LostRecord */
  read(info: SegmentInfo, row: number, checksum: string): StoredRecord {
    const reader = this.reader(info);
    try {
      return reader.record(row, checksum);
    } catch (error) {
      throw new LostRecord("corrupt-record", `${info.name}, row ${row}: ${(error as Error).message}`);
    }
  }

  /** Called when a segment was deleted, or written anew. */
  forget(name: string): void {
    this.damaged.delete(name);
    const entry = this.opened.get(name);
    if (entry === undefined) return;
    this.opened.delete(name);
    this.held -= entry.bytes;
  }

  private reader(info: SegmentInfo): SegmentReader {
    const known = this.opened.get(info.name);
    if (known) {
      this.opened.delete(info.name);
      this.opened.set(info.name, known);
      return known.reader;
    }
    const lost = this.damaged.get(info.name);
    if (lost) throw lost;
    try {
      const reader = new SegmentReader(readWhole(join(this.dir, info.name), info.bytes), info);
      this.keep(info, reader);
      return reader;
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
      const failure = new LostRecord(missing ? "missing-output" : "corrupt-record", `${info.name}: ${(error as Error).message}`);
      this.damaged.set(info.name, failure);
      throw failure;
    }
  }

  private keep(info: SegmentInfo, reader: SegmentReader): void {
    this.opened.set(info.name, { reader, bytes: info.bytes });
    this.held += info.bytes;
    for (const name of this.opened.keys()) {
      if (this.held <= this.limit || name === info.name) break;
      this.forget(name);
    }
  }
}

const CHUNK = 2 ** 30;

/** The whole file in memory of its own (8-byte aligned, so that Arrow need not copy). One read call stops at 2 GiB. */
function readWhole(path: string, expected: number): Uint8Array {
  const file = openSync(path, "r");
  try {
    const size = fstatSync(file).size;
    if (size !== expected) throw new Error(`${size} bytes instead of ${expected}`);
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const count = readSync(file, bytes, at, Math.min(CHUNK, size - at), at);
      if (count === 0) throw new Error(`ends at byte ${at} of ${size}`);
      at += count;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
