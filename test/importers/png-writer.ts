import { crc32, deflateSync } from "node:zlib";

export interface PngSpec {
  readonly width: number;
  readonly height: number;
  readonly bits?: number;
  /** 0 gray, 2 colours, 3 palette, 4 gray with transparency. */
  readonly colour?: number;
  readonly interlace?: number;
  /** Row by row from the top. */
  readonly pixels: readonly number[];
  /** Filter of every row, 0 to 4; else each row has another one. */
  readonly filter?: number;
  /** Chunks between header and pixels. */
  readonly chunks?: Readonly<Record<string, Uint8Array>>;
}

/** A PNG file (W3C PNG, third edition). */
export function pngFile({ width, height, bits = 8, colour = 0, interlace = 0, pixels, filter, chunks = {} }: PngSpec): Uint8Array {
  const size = bits / 8;
  const row = width * size;
  const plain = Uint8Array.from({ length: row * height }, (_, k) => {
    const pixel = pixels[Math.floor(k / size)] ?? 0;
    return size === 2 && k % 2 === 0 ? pixel >> 8 : pixel & 255;
  });
  const filtered = new Uint8Array((row + 1) * height);
  for (let r = 0; r < height; r++) {
    const method = filter ?? r % 5;
    filtered[r * (row + 1)] = method;
    for (let k = 0; k < row; k++) {
      const at = (dr: number, dk: number) => (r - dr >= 0 && k - dk >= 0 ? plain[(r - dr) * row + k - dk]! : 0);
      const [left, above, corner] = [at(0, size), at(1, 0), at(1, size)];
      filtered[r * (row + 1) + 1 + k] = plain[r * row + k]! - [0, left, above, (left + above) >> 1, paeth(left, above, corner)][method]!;
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([bits, colour, 0, 0, interlace], 8);
  const packed = deflateSync(filtered);
  const half = packed.length >> 1;
  const parts = [
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...Object.entries(chunks).map(([type, data]) => chunk(type, data)),
    chunk("IDAT", packed.subarray(0, half)),
    chunk("IDAT", packed.subarray(half)),
    chunk("IEND", new Uint8Array()),
  ];
  // A Buffer shares its memory with its slices.
  return new Uint8Array(Buffer.concat(parts));
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([new TextEncoder().encode(type), data]);
  const bytes = new Uint8Array(named.length + 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(named, 4);
  view.setUint32(named.length + 4, crc32(named));
  return bytes;
}

/** The neighbour that lies nearest to left + above - corner. */
function paeth(left: number, above: number, corner: number): number {
  const wanted = left + above - corner;
  return [left, above, corner].reduce((best, x) => (Math.abs(wanted - x) < Math.abs(wanted - best) ? x : best));
}
