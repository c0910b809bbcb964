import { crc32, deflateSync } from "node:zlib";
import { quantity } from "../../../src/core/quantity.ts";
import type { Hints } from "../../../src/importers/importer.ts";
import type { Seed } from "./seed.ts";

/** A gray TIFF of one strip (TIFF 6.0, section 3): 16 bits, 6 x 4 pixels, little-endian. */
function tiffFile(): Uint8Array {
  const [width, height] = [6, 4];
  const fields: readonly (readonly [tag: number, type: number, value: number])[] = [
    [256, 3, width],
    [257, 3, height],
    [258, 3, 16],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8 + 2 + 9 * 12 + 4],
    [277, 3, 1],
    [278, 3, height],
    [279, 4, 2 * width * height],
  ];
  const start = 8 + 2 + fields.length * 12 + 4;
  const view = new DataView(new ArrayBuffer(start + 2 * width * height));
  view.setUint32(0, 0x002a4949, true);
  view.setUint32(4, 8, true);
  view.setUint16(8, fields.length, true);
  for (const [k, [tag, type, value]] of fields.entries()) {
    view.setUint16(10 + 12 * k, tag, true);
    view.setUint16(12 + 12 * k, type, true);
    view.setUint32(14 + 12 * k, 1, true);
    view.setUint32(18 + 12 * k, value, true);
  }
  for (let k = 0; k < width * height; k++) view.setUint16(start + 2 * k, 100 + 7 * k, true);
  return new Uint8Array(view.buffer);
}

/** A gray PNG of 16 bits, 6 x 4 pixels, each row with filter 0; every chunk behind its signature ends in a checksum. */
function pngFile(): Uint8Array {
  const [width, height] = [6, 4];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([16, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + 2 * width));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.writeUInt16BE(100 + 7 * (x + width * y), y * (1 + 2 * width) + 1 + 2 * x);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from("89504e470d0a1a0a", "hex"),
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(rows)),
      chunk("IEND", new Uint8Array()),
    ]),
  );
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const covered = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(covered), 4);
  return Buffer.concat([ends.subarray(0, 4), covered, ends.subarray(4)]);
}

const hints: Hints = { kind: "field", map: { pixel: [1e-6, 1e-6], frame: 1, count: quantity(1, "J/m^2") } };

export const pictureSeeds = (): readonly Seed[] => [
  { importer: "tiff", title: "one strip of 16 bits", file: "map.tif", bytes: tiffFile(), hints },
  { importer: "image", title: "PNG of 16 bits", file: "map.png", bytes: pngFile(), hints, covered: "whole" },
];
