import { crc32, deflateRawSync } from "node:zlib";
import { joined } from "../joined.ts";

export interface ZipOptions {
  /** Packed instead of stored. */
  readonly deflate?: boolean;
  /** Sizes in a zip64 extra field, and a zip64 directory: for archives above 4 GB. */
  readonly zip64?: boolean;
  readonly comment?: string;
}

const FULL = 0xffffffff;
/** Names are UTF-8. */
const UTF8_NAMES = 0x800;
/** 1 January 1980, the earliest date that the format has. */
const NO_DATE = 0x21;

/** A zip archive: local headers, directory, end record (PKWARE APPNOTE 6.3.10, sections 4.3.7 to 4.3.16). */
export function writeZip(
  entries: Readonly<Record<string, Uint8Array>>,
  { deflate = false, zip64 = false, comment = "" }: ZipOptions = {},
): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  const utf8 = new TextEncoder();
  for (const [path, content] of Object.entries(entries)) {
    const name = utf8.encode(path);
    const packed = deflate ? deflateRawSync(content) : content;
    const sizes = zip64 ? [u32(FULL), u32(FULL)] : [u32(packed.length), u32(content.length)];
    const shared = [u16(UTF8_NAMES), u16(deflate ? 8 : 0), u16(0), u16(NO_DATE), u32(crc32(content)), ...sizes, u16(name.length)];
    const sizes64 = [u64(content.length), u64(packed.length)];
    const localExtra = zip64 ? record(u16(1), u16(16), ...sizes64) : new Uint8Array();
    const centralExtra = zip64 ? record(u16(1), u16(24), ...sizes64, u64(offset)) : new Uint8Array();
    const local = record(u32(0x04034b50), u16(20), ...shared, u16(localExtra.length));
    const central = record(
      ...[u32(0x02014b50), u16(45), u16(20), ...shared, u16(centralExtra.length)],
      ...[u16(0), u16(0), u16(0), u32(0), u32(zip64 ? FULL : offset)],
    );
    directory.push(central, name, centralExtra);
    parts.push(local, name, localExtra, packed);
    offset += local.length + name.length + localExtra.length + packed.length;
  }
  const central = joined(directory);
  const count = directory.length / 3;
  const text = utf8.encode(comment);
  const end = record(
    ...[u32(0x06054b50), u16(0), u16(0), u16(zip64 ? 0xffff : count), u16(zip64 ? 0xffff : count)],
    ...[u32(zip64 ? FULL : central.length), u32(zip64 ? FULL : offset), u16(text.length)],
  );
  return joined([...parts, central, ...(zip64 ? [zip64End(count, central.length, offset)] : []), end, text]);
}

/** The zip64 end record and its locator. */
function zip64End(count: number, size: number, offset: number): Uint8Array {
  return record(
    ...[u32(0x06064b50), u64(44), u16(45), u16(45), u32(0), u32(0), u64(count), u64(count), u64(size), u64(offset)],
    ...[u32(0x07064b50), u32(0), u64(offset + size), u32(1)],
  );
}

type Cell = readonly [bytes: 2 | 4 | 8, value: number];
const u16 = (value: number): Cell => [2, value];
const u32 = (value: number): Cell => [4, value];
const u64 = (value: number): Cell => [8, value];

/** Little-endian. */
function record(...cells: readonly Cell[]): Uint8Array {
  const bytes = Buffer.alloc(cells.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of cells) {
    if (width === 2) bytes.writeUInt16LE(value, at);
    else if (width === 4) bytes.writeUInt32LE(value, at);
    else bytes.writeBigUInt64LE(BigInt(value), at);
    at += width;
  }
  return bytes;
}
