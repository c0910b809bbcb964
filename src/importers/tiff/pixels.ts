import { endianness } from "node:os";
import { ImportError } from "../../core/errors.ts";
import { tiffMessages as say } from "../../core/messages/import-tiff.ts";
import { unpack } from "../zip/deflate.ts";
import type { Page } from "./page.ts";
import { undoPredictor } from "./predictor.ts";
import { unpackBits, unpackLzw } from "./unpack-bytes.ts";

/**
 * The numbers of a page, row by row from the top.
 * @param shift bytes by which the frame stands behind the page's own: frames that follow each other without directories of their own
 * @throws ImportError when a strip or tile reaches beyond the file, or unpacks to too few or too many bytes
 */
export function pixelsOf(page: Page, bytes: DataView, littleEndian: boolean, place: string, shift = 0): Float64Array {
  const { width, height, tile } = page;
  const numbers = new Float64Array(width * height);
  const across = Math.ceil(width / tile.width);
  page.offsets.forEach((offset, k) => {
    const [left, top] = [(k % across) * tile.width, Math.floor(k / across) * tile.height];
    const whole = (tile.width * tile.height * page.bits) / 8;
    const rows = Math.min(tile.height, height - top);
    // The last strip holds the rows that are left; a tile is always whole.
    const needed = tile.width === width ? (tile.width * rows * page.bits) / 8 : whole;
    const piece = unpacked(page, packedAt(bytes, offset + shift, page.byteCounts[k] ?? needed, needed, page, place), needed, whole, place);
    if (page.predictor !== 1) undoPredictor(piece, tile.width, page, littleEndian);
    const stored = numbersIn(page, piece, littleEndian);
    const columns = Math.min(tile.width, width - left);
    for (let r = 0; r < rows; r++) {
      const from = r * tile.width;
      numbers.set(stored.subarray(from, from + columns), (top + r) * width + left);
    }
  });
  return numbers;
}

function packedAt(bytes: DataView, at: number, stated: number, needed: number, page: Page, place: string): Uint8Array {
  const length = page.compression === "none" ? needed : stated;
  if (page.compression === "none" && stated < needed) throw new ImportError(say.tooFewBytes(stated, needed), place);
  if (!(at + length <= bytes.byteLength)) throw new ImportError(say.beyondEnd("the pixels", at, length, bytes.byteLength), place);
  return new Uint8Array(bytes.buffer, bytes.byteOffset + at, length);
}

function unpacked(page: Page, packed: Uint8Array, needed: number, whole: number, place: string): Uint8Array {
  if (page.compression === "none") return page.predictor === 1 ? packed : packed.slice();
  if (page.compression === "deflate") {
    // Some programs fill the last strip up to the others' length.
    const result = unpack(packed, whole, "zlib");
    if (!("bytes" in result)) throw new ImportError(say.cannotUnpack("deflate", result.cause), place);
    if (result.bytes.length < needed) throw new ImportError(say.tooFewBytes(result.bytes.length, needed), place);
    return result.bytes.subarray(0, needed);
  }
  const bytes = page.compression === "lzw" ? unpackLzw(packed, needed) : unpackBits(packed, needed);
  if (bytes === undefined) throw new ImportError(say.cannotUnpack(page.compression, `it ends before ${needed} bytes`), place);
  return bytes;
}

/** The bytes as numbers of their type, in the byte order of this machine. */
function numbersIn({ bits, format, predictor }: Page, piece: Uint8Array, littleEndian: boolean): TypedNumbers {
  // Predictor 3 leaves the most significant byte first, whatever the file's order.
  const ordered = (littleEndian && predictor !== 3) === (endianness() === "LE");
  const size = bits / 8;
  const bytes = ordered && piece.byteOffset % size === 0 ? piece : piece.slice();
  if (!ordered && size > 1) {
    const swapped = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (size === 2) swapped.swap16();
    else if (size === 4) swapped.swap32();
    else swapped.swap64();
  }
  return new TYPES[`${format} ${bits}`]!(bytes.buffer, bytes.byteOffset, bytes.byteLength / size);
}

type TypedNumbers = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;
const TYPES: Readonly<Record<string, new (buffer: ArrayBufferLike, at: number, length: number) => TypedNumbers>> = {
  "unsigned 8": Uint8Array,
  "signed 8": Int8Array,
  "unsigned 16": Uint16Array,
  "signed 16": Int16Array,
  "unsigned 32": Uint32Array,
  "signed 32": Int32Array,
  "float 32": Float32Array,
  "float 64": Float64Array,
};
