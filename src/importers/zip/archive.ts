import { crc32 } from "node:zlib";
import { ImportError } from "../../core/errors.ts";
import { zipMessages } from "../../core/messages/import-numpy.ts";
import { BEST_DEFLATE, unpack } from "./deflate.ts";

/** A file inside a zip archive, as the archive's directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  /** Unpacks it. @throws ImportError naming the entry */
  read(): Uint8Array;
}

interface Record32 {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly bytes: number;
  readonly offset: number;
}

const MOST_ENTRIES = 10_000;
/** Most that packed entries may unpack to, together: some seconds of work. */
const MOST_UNPACKED = 2 ** 28;
const FULL = 0xffffffff;

/**
 * Lists a zip archive, with or without zip64 (PKWARE APPNOTE 6.3.10, sections 4.3.7 to 4.5.3). Nothing is unpacked before it is asked for.
 * @param file what the archive is called in messages; an entry's place is `<file>:<entry>`
 * @throws ImportError when the directory is missing or damaged, or claims more than the archive can hold
 */
export function zipEntries(bytes: Uint8Array, file: string): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, offset, size } = directoryOf(view, file);
  if (count > MOST_ENTRIES) throw new ImportError(zipMessages.manyEntries(count, MOST_ENTRIES), file);
  const records: Record32[] = [];
  let at = offset;
  for (let k = 0; k < count; k++) {
    const { record, next } = centralRecord(view, at, file);
    records.push(record);
    at = next;
  }
  if (at !== offset + size) throw new ImportError(zipMessages.directoryLength(count, size, at - offset), file);
  const seen = new Set<string>();
  for (const { name } of records) {
    if (seen.has(name)) throw new ImportError(zipMessages.duplicate(name), file);
    seen.add(name);
  }
  const total = records.reduce((sum, r) => sum + (r.method === 0 ? 0 : r.bytes), 0);
  for (const r of records) {
    if (r.bytes > BEST_DEFLATE * (r.packed + 1)) throw new ImportError(zipMessages.bomb(r.packed, r.bytes), `${file}:${r.name}`);
  }
  if (total > MOST_UNPACKED) throw new ImportError(zipMessages.tooLarge(total, MOST_UNPACKED), file);
  return records.map((r) => {
    const place = `${file}:${r.name}`;
    const start = contentStart(view, r, place);
    return { name: r.name, bytes: r.bytes, read: () => content(view, r, start, place) };
  });
}

interface Directory {
  readonly count: number;
  readonly offset: number;
  readonly size: number;
}

/** End of central directory (4.3.16), behind which a comment may stand, or its zip64 form (4.3.14). */
function directoryOf(view: DataView, file: string): Directory {
  for (let at = view.byteLength - 22; at >= 0 && at >= view.byteLength - 22 - 0xffff; at--) {
    if (view.getUint32(at, true) !== 0x06054b50 || at + 22 + view.getUint16(at + 20, true) > view.byteLength) continue;
    const count = view.getUint16(at + 10, true);
    const offset = view.getUint32(at + 16, true);
    if (at >= 20 && view.getUint32(at - 20, true) === 0x07064b50) return zip64Directory(view, at - 20, file);
    return { count, offset, size: view.getUint32(at + 12, true) };
  }
  throw new ImportError(zipMessages.noDirectory(), file);
}

function zip64Directory(view: DataView, locator: number, file: string): Directory {
  const at = safe(view, locator + 8);
  if (!(at + 56 <= view.byteLength)) throw new ImportError(zipMessages.cutOff("The zip64 directory", at, view.byteLength), file);
  if (view.getUint32(at, true) !== 0x06064b50) throw new ImportError(zipMessages.badRecord("the zip64 directory", at), file);
  return { count: safe(view, at + 32), size: safe(view, at + 40), offset: safe(view, at + 48) };
}

function centralRecord(view: DataView, at: number, file: string): { record: Record32; next: number } {
  if (!(at + 46 <= view.byteLength)) throw new ImportError(zipMessages.cutOff("A directory entry", at, view.byteLength), file);
  if (view.getUint32(at, true) !== 0x02014b50) throw new ImportError(zipMessages.badRecord("a directory entry", at), file);
  const nameBytes = view.getUint16(at + 28, true);
  const extraBytes = view.getUint16(at + 30, true);
  const next = at + 46 + nameBytes + extraBytes + view.getUint16(at + 32, true);
  if (next > view.byteLength) throw new ImportError(zipMessages.cutOff("A directory entry", at, view.byteLength), file);
  const raw = new Uint8Array(view.buffer, view.byteOffset + at + 46, nameBytes);
  const sizes = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  const [bytes, packed, offset] = zip64Sizes(view, at + 46 + nameBytes, extraBytes, sizes);
  const record = {
    name: new TextDecoder("utf-8", { ignoreBOM: true }).decode(raw),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packed: packed!,
    bytes: bytes!,
    offset: offset!,
  };
  return { record, next };
}

/** Zip64 extra field (4.5.3): only those of size, packed size and offset that are full in the record, in this order. */
function zip64Sizes(view: DataView, start: number, length: number, sizes: readonly number[]): number[] {
  for (let at = start; at + 4 <= start + length; ) {
    const id = view.getUint16(at, true);
    const end = Math.min(at + 4 + view.getUint16(at + 2, true), start + length);
    if (id === 0x0001) {
      let next = at + 4;
      return sizes.map((size) => {
        if (size !== FULL || next + 8 > end) return size;
        next += 8;
        return safe(view, next - 8);
      });
    }
    at = end;
  }
  return [...sizes];
}

const safe = (view: DataView, at: number) => Number(view.getBigUint64(at, true));

/** Where the packed bytes begin. @throws ImportError when the part's own header is not there or is called otherwise than in the directory */
function contentStart(view: DataView, r: Record32, place: string): number {
  if (!(r.offset + 30 <= view.byteLength)) throw new ImportError(zipMessages.cutOff("This part", r.offset, view.byteLength), place);
  if (view.getUint32(r.offset, true) !== 0x04034b50) throw new ImportError(zipMessages.badRecord("this part", r.offset), place);
  const nameBytes = view.getUint16(r.offset + 26, true);
  const start = r.offset + 30 + nameBytes + view.getUint16(r.offset + 28, true);
  if (!(start + r.packed <= view.byteLength))
    throw new ImportError(zipMessages.cutOff("Its end", start + r.packed, view.byteLength), place);
  // The name stands twice and no checksum covers it: a damaged one could turn delay_us into delay_ms.
  const own = new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array(view.buffer, view.byteOffset + r.offset + 30, nameBytes));
  if (own !== r.name) throw new ImportError(zipMessages.names(r.name, own), place);
  return start;
}

function content(view: DataView, r: Record32, start: number, place: string): Uint8Array {
  if ((r.flags & 1) !== 0) throw new ImportError(zipMessages.encrypted(), place);
  if (r.method !== 0 && r.method !== 8) throw new ImportError(zipMessages.method(r.method), place);
  const packed = new Uint8Array(view.buffer, view.byteOffset + start, r.packed);
  const bytes = r.method === 0 ? packed : inflated(packed, r.bytes, place);
  if (bytes.length !== r.bytes) throw new ImportError(zipMessages.wrongLength(r.bytes, String(bytes.length)), place);
  if (crc32(bytes) !== r.crc) throw new ImportError(zipMessages.checksum(), place);
  return bytes;
}

function inflated(packed: Uint8Array, claimed: number, place: string): Uint8Array {
  const result = unpack(packed, claimed, "raw");
  if ("cause" in result) throw new ImportError(zipMessages.cannotUnpack(result.cause), place);
  return result.bytes;
}
