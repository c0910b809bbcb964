/** LZ4 as Arrow and Parquet use it: the frame format 1.6.4 with every checksum that a frame carries, and the block format. */
import { codecMessages } from "../core/messages/import-tables.ts";
import { xxh32 } from "./xxh32.ts";

/** A match of 255 bytes by one byte of length is the best that the format can do. */
export const BEST_LZ4 = 255;
const FRAME = 0x184d2204;
const SKIPPABLE = 0x184d2a50;

/**
 * Unpacks LZ4 frames that stand one behind the other.
 * @param size bytes that have to come out; no more memory than that is used
 * @throws Error when a frame is damaged, a checksum does not fit, or another number of bytes comes out
 */
export function unpackLz4Frames(packed: Uint8Array, size: number): Uint8Array {
  refuseGrowth(packed, size);
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const output = new Uint8Array(size);
  let at = 0;
  let length = 0;
  while (at < packed.length) {
    const magic = view.getUint32(at, true);
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) at += 8 + view.getUint32(at + 4, true);
    else if (magic === FRAME) ({ at, length } = frame(packed, view, at + 4, output, length));
    else throw new Error(codecMessages.notLz4Frame());
  }
  if (length !== size) throw new Error(codecMessages.size("LZ4", length, size));
  return output;
}

/**
 * Unpacks one LZ4 block.
 * @throws Error when it is damaged or another number of bytes than `size` comes out
 */
export function unpackLz4Block(packed: Uint8Array, size: number): Uint8Array {
  refuseGrowth(packed, size);
  const output = new Uint8Array(size);
  const length = block(packed, output, 0, 0);
  if (length !== size) throw new Error(codecMessages.size("LZ4", length, size));
  return output;
}

function refuseGrowth(packed: Uint8Array, size: number): void {
  if (!(size >= 0 && size <= BEST_LZ4 * packed.length)) throw new Error(codecMessages.growth("LZ4", packed.length, size));
}

interface Place {
  /** In the packed bytes. */
  readonly at: number;
  /** Bytes unpacked so far. */
  readonly length: number;
}

/** One frame from behind its magic number: descriptor, blocks, end mark, checksum of the content. */
function frame(packed: Uint8Array, view: DataView, start: number, output: Uint8Array, from: number): Place {
  const flags = view.getUint8(start);
  const [independent, blockChecksums, statedSize, contentChecksum, dictionary] = [0x20, 0x10, 0x08, 0x04, 0x01].map((bit) => flags & bit);
  if (flags >> 6 !== 1 || dictionary) throw new Error(codecMessages.lz4Variant());
  const descriptor = start + 2 + (statedSize ? 8 : 0);
  if (view.getUint8(descriptor) !== ((xxh32(packed.subarray(start, descriptor)) >>> 8) & 0xff))
    throw new Error(codecMessages.checksum("LZ4"));
  let at = descriptor + 1;
  let length = from;
  for (;;) {
    const stated = view.getUint32(at, true);
    at += 4;
    if (stated === 0) break;
    const end = at + (stated & 0x7fffffff);
    if (end > packed.length) throw new Error(codecMessages.ended("LZ4"));
    const content = packed.subarray(at, end);
    if (blockChecksums && view.getUint32(end, true) !== xxh32(content)) throw new Error(codecMessages.checksum("LZ4"));
    if (stated >>> 31) {
      if (length + content.length > output.length) throw new Error(codecMessages.size("LZ4", length + content.length, output.length));
      output.set(content, length);
      length += content.length;
    } else length = block(content, output, length, independent ? length : from);
    at = end + (blockChecksums ? 4 : 0);
  }
  const content = output.subarray(from, length);
  if (statedSize && Number(view.getBigUint64(start + 2, true)) !== content.length)
    throw new Error(codecMessages.size("LZ4", content.length, Number(view.getBigUint64(start + 2, true))));
  if (contentChecksum && view.getUint32(at, true) !== xxh32(content)) throw new Error(codecMessages.checksum("LZ4"));
  return { at: at + (contentChecksum ? 4 : 0), length };
}

/** Sequences of literals and matches; a match may reach back to `first`. @returns where the output ends */
function block(packed: Uint8Array, output: Uint8Array, start: number, first: number): number {
  let to = start;
  let at = 0;
  const more = (nibble: number): number => {
    if (nibble < 15) return nibble;
    let total = nibble;
    for (let byte = 255; byte === 255; total += byte) {
      if (at >= packed.length) throw new Error(codecMessages.ended("LZ4"));
      byte = packed[at++]!;
    }
    return total;
  };
  while (at < packed.length) {
    const token = packed[at++]!;
    const literals = more(token >> 4);
    if (at + literals > packed.length) throw new Error(codecMessages.ended("LZ4"));
    if (to + literals > output.length) throw new Error(codecMessages.size("LZ4", to + literals, output.length));
    for (let k = 0; k < literals; k++) output[to++] = packed[at++]!;
    // The last sequence has literals only.
    if (at === packed.length) return to;
    if (at + 2 > packed.length) throw new Error(codecMessages.ended("LZ4"));
    const offset = packed[at]! | (packed[at + 1]! << 8);
    at += 2;
    const length = 4 + more(token & 15);
    if (offset === 0 || to - offset < first) throw new Error(codecMessages.match("LZ4"));
    if (to + length > output.length) throw new Error(codecMessages.size("LZ4", to + length, output.length));
    // A match may overlap what it writes: byte by byte.
    for (let k = 0; k < length; k++, to++) output[to] = output[to - offset]!;
  }
  throw new Error(codecMessages.ended("LZ4"));
}
