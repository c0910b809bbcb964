import { ImportError } from "../../core/errors.ts";
import { tiffMessages as say } from "../../core/messages/import-tiff.ts";
import { unpack } from "../deflate.ts";
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
    const read = reader(page, piece, littleEndian);
    const columns = Math.min(tile.width, width - left);
    for (let r = 0; r < rows; r++) {
      const to = (top + r) * width + left;
      for (let c = 0; c < columns; c++) numbers[to + c] = read(r * tile.width + c);
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

function reader({ bits, format, predictor }: Page, piece: Uint8Array, littleEndian: boolean): (index: number) => number {
  const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
  // Predictor 3 leaves the most significant byte first, whatever the file's order.
  const little = littleEndian && predictor !== 3;
  switch (`${format} ${bits}` as const) {
    case "unsigned 8":
      return (k) => piece[k]!;
    case "signed 8":
      return (k) => view.getInt8(k);
    case "unsigned 16":
      return (k) => view.getUint16(2 * k, little);
    case "signed 16":
      return (k) => view.getInt16(2 * k, little);
    case "unsigned 32":
      return (k) => view.getUint32(4 * k, little);
    case "signed 32":
      return (k) => view.getInt32(4 * k, little);
    case "float 32":
      return (k) => view.getFloat32(4 * k, little);
    default:
      return (k) => view.getFloat64(8 * k, little);
  }
}
