import { describe, expect, it } from "vitest";
import { pictureMessages as say } from "../../src/core/messages/import-maps.ts";
import { quantity } from "../../src/core/quantity.ts";
import type { Hints } from "../../src/importers/importer.ts";
import { failure, importContent, noteTexts, readOne, values } from "./import-text.ts";
import { pngFile } from "./png-writer.ts";

const hints: Hints = { kind: "field", map: { pixel: [1e-6, 1e-6], count: quantity(1, "J/m^2"), at: 2e-3 } };
const pixels = Array.from({ length: 9 * 11 }, (_, k) => (k * 7919) % 65536);

describe("gray PNG pictures", () => {
  it.each([8, 16])("of %i bits come back exactly, whichever way their rows are filtered", async (bits) => {
    const counts = pixels.map((n) => n % 2 ** bits);
    for (const filter of [0, 1, 2, 3, 4, undefined]) {
      const d = await readOne(
        "map.png",
        pngFile({ width: 9, height: 11, bits, pixels: counts, ...(filter === undefined ? {} : { filter }) }),
        hints,
      );
      expect(values(d, "u")).toEqual(counts);
      expect(values(d, "time")[0]).toBe(2e-3);
    }
  });

  it("say when their gray levels are encoded for display", async () => {
    const gamma = (value: number) =>
      pngFile({ width: 9, height: 11, bits: 16, pixels, chunks: { gAMA: Uint8Array.from([0, value >> 16, value >> 8, value]) } });
    expect(noteTexts(await readOne("map.png", gamma(45_455), hints))).toContain(say.pngGamma());
    expect(noteTexts(await readOne("map.png", gamma(100_000), hints))).not.toContain(say.pngGamma());
  });

  it("say what their own resolution is where the lab file states another", async () => {
    const pHYs = new Uint8Array(9);
    new DataView(pHYs.buffer).setUint32(0, 800_000);
    new DataView(pHYs.buffer).setUint32(4, 800_000);
    pHYs[8] = 1;
    const file = pngFile({ width: 9, height: 11, bits: 16, pixels, chunks: { pHYs } });
    expect(noteTexts(await readOne("map.png", file, hints))).toContain(say.resolution("800000 pixels per m", 1.25e-6, 1e-6));
  });

  it("without a stated scale are left alone, with the lines to write", async () => {
    const what = say.picture("PNG", 9, 11, 1, "16-bit unsigned");
    const message = say.notStated(what, "map.png", ["kind: field", "pixel: 2 um", 'count: "3.2e-9 J/m^2"']);
    expect(await importContent("map.png", pngFile({ width: 9, height: 11, bits: 16, pixels }))).toEqual({
      status: "unrecognised",
      message,
    });
  });
});

describe("pictures that are no measurements", () => {
  const gray = { width: 9, height: 11, bits: 8, pixels };
  const cases: [name: string, bytes: Uint8Array, message: string][] = [
    ["colours.png", pngFile({ ...gray, colour: 2 }), say.pngColours()],
    ["palette.png", pngFile({ ...gray, colour: 3 }), say.pngColours()],
    ["transparent.png", pngFile({ ...gray, colour: 4 }), say.pngAlpha()],
    ["bits.png", pngFile({ ...gray, bits: 4 }), say.pngBits(4)],
    ["interlaced.png", pngFile({ ...gray, interlace: 1 }), say.pngInterlaced()],
    ["photo.jpg", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 1]), say.lossy("JPEG")],
    ["photo.webp", new TextEncoder().encode("RIFF\0\0\0\x01WEBPVP8 "), say.lossy("WebP")],
    ["logo.gif", new TextEncoder().encode("GIF89a\x01\0\x01\0"), say.otherPicture("GIF")],
  ];
  it.each(cases)("%s: refused as a map, left alone otherwise", async (name, bytes, message) => {
    expect(await failure(name, bytes, hints)).toEqual({ place: name, message });
    expect(await importContent(name, bytes)).toEqual({ status: "unrecognised", message });
  });
});
