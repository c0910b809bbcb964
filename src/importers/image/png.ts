import { crc32 } from "node:zlib";
import { ImportError } from "../../core/errors.ts";
import { pictureMessages as say } from "../../core/messages/import-maps.ts";
import { MOST_FRAME_PIXELS, type Picture, type Resolution } from "../maps/picture.ts";
import { unpack } from "../zip/deflate.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const GRAY = 0;
const GRAY_WITH_ALPHA = 4;

export const isPng = (head: Uint8Array) => SIGNATURE.every((byte, k) => head[k] === byte);

/**
 * A gray PNG of 8 or 16 bits (W3C PNG, third edition).
 * @throws ImportError for colours, transparency, other depths and interlacing, and where a chunk is damaged or the pixels do not unpack to their size
 */
export function readPng(bytes: Uint8Array, place: string): Picture {
  const chunks = chunksOf(bytes, place);
  const header = chunks.find((chunk) => chunk.type === "IHDR")?.data;
  if (header === undefined || header.length !== 13 || chunks[0]?.type !== "IHDR")
    throw new ImportError(say.pngDamaged("its header is missing"), place);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [bits, colour, method, filter, interlace] = [header[8]!, header[9]!, header[10]!, header[11]!, header[12]!];
  const unfit = unfitReason(bits, colour, interlace);
  if (unfit !== undefined) throw new ImportError(unfit, place);
  if (width === 0 || height === 0 || method !== 0 || filter !== 0)
    throw new ImportError(say.pngDamaged("its header cannot be right"), place);
  if (width * height > MOST_FRAME_PIXELS) throw new ImportError(say.tooManyPixels(width * height, MOST_FRAME_PIXELS), place);
  const size = bits / 8;
  const encoded = chunks.some((chunk) => chunk.type === "sRGB" || (chunk.type === "gAMA" && !isLinear(chunk.data)));
  return {
    format: "PNG",
    ...{ width, height },
    frames: 1,
    numbers: `${bits}-bit unsigned`,
    fullScale: 2 ** bits - 1,
    ...resolutionOf(chunks.find((chunk) => chunk.type === "pHYs")?.data),
    notes: encoded ? [say.pngGamma()] : [],
    counts: () => {
      const rows = unfilteredRows(joined(chunks), width * size, height, size, place);
      return Float64Array.from({ length: width * height }, (_, k) => (size === 1 ? rows[k]! : rows[2 * k]! * 256 + rows[2 * k + 1]!));
    },
  };
}

function unfitReason(bits: number, colour: number, interlace: number): string | undefined {
  if (colour === GRAY_WITH_ALPHA) return say.pngAlpha();
  if (colour !== GRAY) return say.pngColours();
  if (bits !== 8 && bits !== 16) return say.pngBits(bits);
  return interlace === 0 ? undefined : say.pngInterlaced();
}

/** gAMA holds 100000 times the exponent between light and stored number. */
const isLinear = (data: Uint8Array) => data.length === 4 && new DataView(data.buffer, data.byteOffset, 4).getUint32(0) === 100_000;

/** pHYs: pixels per unit across and down, and 1 where the unit is the metre (section 11.3.4.3). */
function resolutionOf(data: Uint8Array | undefined): { readonly resolution?: Resolution } {
  if (data?.length !== 9 || data[8] !== 1) return {};
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [x, y] = [view.getUint32(0), view.getUint32(4)];
  return x > 0 && y > 0 ? { resolution: { pixel: [1 / x, 1 / y], written: say.perLength(x, y, "m") } } : {};
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

function chunksOf(bytes: Uint8Array, place: string): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; ; ) {
    if (at + 12 > bytes.length) throw new ImportError(say.pngDamaged("it ends before its last chunk"), place);
    const length = view.getUint32(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) throw new ImportError(say.pngDamaged("a chunk reaches beyond its end"), place);
    const type = new TextDecoder("latin1").decode(bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) throw new ImportError(say.pngDamaged("a checksum does not fit"), place);
    if (type === "IEND") return chunks;
    chunks.push({ type, data: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
}

function joined(chunks: readonly Chunk[]): Uint8Array {
  return Buffer.concat(chunks.filter((chunk) => chunk.type === "IDAT").map((chunk) => chunk.data));
}

/** Every row is preceded by the number of the filter that its bytes were sent through (section 9). */
function unfilteredRows(packed: Uint8Array, rowBytes: number, height: number, size: number, place: string): Uint8Array {
  const unpacked = unpack(packed, height * (rowBytes + 1), "zlib");
  if (!("bytes" in unpacked)) throw new ImportError(say.pngDamaged(`its pixels cannot be unpacked (${unpacked.cause})`), place);
  const { bytes } = unpacked;
  if (bytes.length !== height * (rowBytes + 1))
    throw new ImportError(say.pngDamaged(`it holds ${bytes.length} bytes of pixels, not ${height * (rowBytes + 1)}`), place);
  const rows = new Uint8Array(rowBytes * height);
  for (let r = 0; r < height; r++) {
    const filter = bytes[r * (rowBytes + 1)]!;
    if (filter > 4) throw new ImportError(say.pngDamaged(`row ${r + 1} names the filter ${filter}`), place);
    const from = r * (rowBytes + 1) + 1;
    const to = r * rowBytes;
    for (let k = 0; k < rowBytes; k++) {
      const left = k >= size ? rows[to + k - size]! : 0;
      const above = r > 0 ? rows[to + k - rowBytes]! : 0;
      const corner = k >= size && r > 0 ? rows[to + k - rowBytes - size]! : 0;
      rows[to + k] = bytes[from + k]! + predicted(filter, left, above, corner);
    }
  }
  return rows;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}
