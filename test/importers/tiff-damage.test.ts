import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { tiffMessages as say } from "../../src/core/messages/import-tiff.ts";
import { quantity } from "../../src/core/quantity.ts";
import { random } from "../../src/core/random.ts";
import type { Hints } from "../../src/importers/importer.ts";
import { failure, importContent, readOne, values } from "./import-text.ts";
import { pngFile } from "./png-writer.ts";
import { type TiffSpec, tiffFile } from "./tiff-writer.ts";

const hints: Hints = { kind: "field", map: { pixel: [1e-6, 1e-6], frame: 1e-3, count: quantity(1, "J/m^2") } };
const ramp = Array.from({ length: 12 * 10 }, (_, k) => (k * 31) % 251);
const stack: TiffSpec = { width: 12, height: 10, frames: [ramp, ramp], rowsPerStrip: 4 };
const firstDirectory = (bytes: Uint8Array) => view(bytes).getUint32(4, true);
const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
/** Where the value of a field of the first directory stands; `count` is 4 bytes before it. */
function valueAt(bytes: Uint8Array, tag: number): number {
  const first = firstDirectory(bytes);
  for (let entry = first + 2; ; entry += 12) if (view(bytes).getUint16(entry, true) === tag) return entry + 8;
}

describe("hostile TIFF files end in a sentence", () => {
  it("a chain of directories that leads back into itself", async () => {
    const bytes = tiffFile(stack).slice();
    const first = firstDirectory(bytes);
    const second = view(bytes).getUint32(first + 2 + 12 * view(bytes).getUint16(first, true), true);
    view(bytes).setUint32(second + 2 + 12 * view(bytes).getUint16(second, true), first, true);
    expect((await failure("a.tif", bytes, hints)).message).toBe(say.cycle(first));
  });

  it("a directory beyond the end of the file", async () => {
    const bytes = tiffFile(stack).slice();
    view(bytes).setUint32(4, 2 ** 31, true);
    expect((await failure("a.tif", bytes, hints)).message).toBe(say.beyondEnd("a directory", 2 ** 31, 2, bytes.length));
  });

  it("four thousand million strips", async () => {
    const bytes = tiffFile(stack).slice();
    const at = valueAt(bytes, 273);
    view(bytes).setUint32(at - 4, 2 ** 32 - 1, true);
    const { message } = await failure("a.tif", bytes, hints);
    expect(message).toBe(say.beyondEnd("field 273", view(bytes).getUint32(at, true), 4 * (2 ** 32 - 1), bytes.length));
  });

  it("a picture of more pixels than any camera has", async () => {
    const bytes = tiffFile({ ...stack, fields: { 256: 100_000, 257: 100_000 } });
    expect((await failure("a.tif", bytes, hints)).message).toBe(say.tooLarge(100_000, 100_000, 2 ** 25));
  });

  it("more or fewer strips than the size asks for", async () => {
    const bytes = tiffFile({ ...stack, fields: { 257: 40 } });
    expect((await failure("a.tif", bytes, hints)).message).toBe(say.pieces(3, 10, false));
  });

  it("pixels beyond the end of the file, and too few of them", async () => {
    const cut = tiffFile({ ...stack, frames: [ramp], rowsPerStrip: 10, fields: { 273: 10_000_000 } });
    expect((await failure("a.tif", cut, hints)).message).toBe(say.beyondEnd("the pixels", 10_000_000, 240, cut.length));
    const few = tiffFile({ ...stack, frames: [ramp], rowsPerStrip: 10, fields: { 279: 100 } });
    expect((await failure("a.tif", few, hints)).message).toBe(say.tooFewBytes(100, 240));
  });

  it("a strip that unpacks to more than its pixels: nothing beyond them is unpacked", async () => {
    const bomb = deflateSync(new Uint8Array(2 ** 21));
    const plain = tiffFile({ ...stack, frames: [ramp], rowsPerStrip: 10, compression: "deflate" });
    const bytes = new Uint8Array(plain.length + bomb.length);
    bytes.set(plain);
    bytes.set(bomb, plain.length);
    view(bytes).setUint32(valueAt(bytes, 273), plain.length, true);
    view(bytes).setUint32(valueAt(bytes, 279), bomb.length, true);
    expect((await failure("a.tif", bytes, hints)).message).toBe(say.cannotUnpack("deflate", "more than 240 bytes"));
  });

  it("a stack that claims more frames than memory holds, all of the same bytes", async () => {
    const bytes = tiffFile({
      width: 2048,
      height: 2048,
      type: "uint8",
      frames: [[]],
      fields: { 273: 8, 278: 2048, 279: 2 ** 22 },
      description: '{"shape": [4096, 2048, 2048]}',
    });
    const { message } = await failure("a.tif", bytes, hints);
    expect(message).toBe(say.tooManyBytes(4096 * 2 ** 22, 2 ** 30));
  });
});

describe("damaged pictures", () => {
  const pictures: Readonly<Record<string, Uint8Array>> = {
    "plain.tif": tiffFile(stack),
    "lzw.tif": tiffFile({ ...stack, compression: "lzw", predictor: 2 }),
    "deflate.tif": tiffFile({ ...stack, compression: "deflate", tile: [16, 16], bigTiff: true }),
    "packbits.tif": tiffFile({ ...stack, compression: "packbits", bigEndian: true, type: "float32" }),
    "gray.png": pngFile({ width: 12, height: 10, bits: 16, pixels: ramp }),
  };

  it.each(Object.entries(pictures))(
    "%s: cut anywhere or changed at some bytes, it is read or refused with a place and a sentence",
    async (name, whole) => {
      const { uniform } = random(7);
      for (let k = 0; k < 60; k++) {
        const bytes = whole.slice(0, k % 3 === 0 ? Math.floor(uniform() * whole.length) : whole.length);
        for (let c = 0; c < 3 && bytes.length > 0; c++) bytes[Math.floor(uniform() * bytes.length)] = Math.floor(uniform() * 256);
        const result = await importContent(name, bytes, hints);
        if (result.status === "failed")
          expect([result.place.startsWith(name), /bug of gammawatt|undefined|NaN/.test(result.message)]).toEqual([true, false]);
        else if (result.status === "imported") expect(new Set(result.datasets.map((d) => d.kind))).toEqual(new Set(["field"]));
        else expect(result.message).not.toBe("");
      }
    },
  );

  it("a PNG whose checksum does not fit gives no other numbers", async () => {
    const whole = pictures["gray.png"]!;
    const right = values(await readOne("gray.png", whole, hints), "u");
    for (let at = 8; at < whole.length; at += 3) {
      const bytes = whole.slice();
      bytes[at]! ^= 1;
      const result = await importContent("gray.png", bytes, hints);
      if (result.status === "imported") expect(values(await readOne("gray.png", bytes, hints), "u")).toEqual(right);
      else expect(result.status).toBe("failed");
    }
  });
});
