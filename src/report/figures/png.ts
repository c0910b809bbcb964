import { crc32, deflateSync } from "node:zlib";

/** Index of a pixel that shows what lies below it. */
export const CLEAR = 255;

/**
 * A picture of at most 255 colours as PNG (ISO/IEC 15948): one byte per pixel, row by row from the top, indices into `palette` (red, green, blue, 256
 * times); {@link CLEAR} is transparent. The same pixels give the same bytes.
 */
export function png(width: number, height: number, pixels: Uint8Array, palette: Uint8Array): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  // Each row begins with the number of its filter: 0, none.
  for (let j = 0; j < height; j++) rows.set(pixels.subarray(j * width, (j + 1) * width), j * (width + 1) + 1);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 3], 8);
  const opacity = new Uint8Array(256).fill(255);
  opacity[CLEAR] = 0;
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("tRNS", opacity),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(Buffer.from(type, "latin1"), 4);
  out.set(data, 8);
  view.setUint32(data.length + 8, crc32(out.subarray(4, data.length + 8)));
  return out;
}
