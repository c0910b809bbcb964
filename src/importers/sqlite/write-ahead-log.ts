import { fstatSync, ftruncateSync, readSync, writeSync } from "node:fs";
import { qcodesMessages } from "../../core/messages/import-qcodes.ts";

/** https://www.sqlite.org/fileformat2.html, chapter 4: a header of 32 bytes, then frames of 24 bytes and one page each; all numbers big-endian. */
const MAGIC = 0x377f0682;
const VERSION = 3007000;
const HEADER = 32;
const FRAME_HEADER = 24;

/** A log that cannot be trusted. The message is a whole sentence. */
export class LogFailure extends Error {
  override readonly name = "LogFailure";
}

/**
 * Writes what a write-ahead log commits into a copy of its database, as SQLite's own checkpoint would: of every page the newest version that a
 * commit covers; frames behind the last commit and frames of earlier rounds (other salts) are left out.
 * @param log file descriptor, opened for reading; @param logBytes its length
 * @param copy file descriptor of the database's copy, opened for reading and writing
 * @param pageSize of the database, bytes
 * @returns number of pages written
 * @throws LogFailure when a frame of this round does not fit its checksum, or is cut off: SQLite would leave out what follows without a word
 */
export function mergeLog(log: number, logBytes: number, copy: number, pageSize: number): number {
  const { frames, pages } = committedFrames(log, logBytes, pageSize);
  if (frames.size === 0) return 0;
  // A commit cannot make the database longer than its pages and the log's together.
  if (pages * pageSize > fstatSync(copy).size + frames.size * pageSize) throw damaged("the length it gives the database");
  const page = new Uint8Array(pageSize);
  for (const [number, at] of frames) {
    if (number > pages) continue;
    readSync(log, page, 0, pageSize, at);
    writeSync(copy, page, 0, pageSize, (number - 1) * pageSize);
  }
  ftruncateSync(copy, pages * pageSize);
  return frames.size;
}

interface Committed {
  /** Page number -> where its newest committed content stands in the log. */
  readonly frames: ReadonlyMap<number, number>;
  /** Length of the database after the last commit, in pages. */
  readonly pages: number;
}

function committedFrames(log: number, logBytes: number, pageSize: number): Committed {
  const committed = new Map<number, number>();
  let pages = 0;
  if (logBytes < HEADER) return { frames: committed, pages };
  const header = new Uint8Array(HEADER);
  readSync(log, header, 0, HEADER, 0);
  const view = new DataView(header.buffer);
  // A log that was reset is full of zeros.
  if (header.every((byte) => byte === 0)) return { frames: committed, pages };
  const sum = new Checksum((view.getUint32(0) & 1) === 0);
  if ((view.getUint32(0) & ~1) !== MAGIC || view.getUint32(4) !== VERSION) throw damaged("its header");
  sum.add(header, 24);
  if (!sum.equals(view, 24)) throw damaged("its header");
  if (view.getUint32(8) !== pageSize) throw new LogFailure(qcodesMessages.logPageSize(view.getUint32(8), pageSize));
  const frame = new Uint8Array(FRAME_HEADER + pageSize);
  const fields = new DataView(frame.buffer);
  let pending = new Map<number, number>();
  for (let at = HEADER, number = 1; at < logBytes; at += frame.length, number++) {
    const length = readSync(log, frame, 0, frame.length, at);
    if (length < 16 || fields.getUint32(8) !== view.getUint32(16) || fields.getUint32(12) !== view.getUint32(20)) break;
    if (length < frame.length) throw damaged(`frame ${number} is cut off`);
    sum.add(frame, 8);
    sum.add(frame.subarray(FRAME_HEADER), pageSize);
    const page = fields.getUint32(0);
    if (!sum.equals(fields, 16) || page === 0) throw damaged(`checksum of frame ${number}`);
    pending.set(page, at + FRAME_HEADER);
    const size = fields.getUint32(4);
    if (size === 0) continue;
    pages = size;
    for (const [p, place] of pending) committed.set(p, place);
    pending = new Map();
  }
  return { frames: committed, pages };
}

const damaged = (what: string) => new LogFailure(qcodesMessages.logDamaged(what));

/** SQLite's running checksum over pairs of 32-bit words; the words' byte order is the one of the machine that began the log. */
class Checksum {
  readonly #littleEndian: boolean;
  #first = 0;
  #second = 0;

  constructor(littleEndian: boolean) {
    this.#littleEndian = littleEndian;
  }

  /** @param length a multiple of 8 */
  add(bytes: Uint8Array, length: number): void {
    const words = new DataView(bytes.buffer, bytes.byteOffset, length);
    for (let i = 0; i < length; i += 8) {
      this.#first = (this.#first + words.getUint32(i, this.#littleEndian) + this.#second) >>> 0;
      this.#second = (this.#second + words.getUint32(i + 4, this.#littleEndian) + this.#first) >>> 0;
    }
  }

  equals(stored: DataView, at: number): boolean {
    return stored.getUint32(at) === this.#first && stored.getUint32(at + 4) === this.#second;
  }
}
