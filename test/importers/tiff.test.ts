import { describe, expect, it } from "vitest";
import { gridMessages, matrixMessages, pictureMessages as say, unusedMapKey } from "../../src/core/messages/import-maps.ts";
import { tiffMessages } from "../../src/core/messages/import-tiff.ts";
import { quantity } from "../../src/core/quantity.ts";
import type { Hints } from "../../src/importers/importer.ts";
import type { MapStatement } from "../../src/importers/maps/statement.ts";
import { columnOf, columnsOf } from "../../src/tables/dataset.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";
import { type TiffSpec, tiffFile } from "./tiff-writer.ts";

const worth = quantity(2, "J/m^2");
const stated = (map: MapStatement = {}): Hints => ({
  kind: "field",
  map: { pixel: [2e-6, 2e-6], frame: 1e-3, count: worth, dark: 0, ...map },
});
const MATRIX = { across: { role: "x", unit: "um" }, down: { role: "y", unit: "um" }, values: { role: "u", unit: "J/m^2" } } as const;
const ramp = (count: number, of: (k: number) => number = (k) => k) => Array.from({ length: count }, (_, k) => of(k));
const small = { width: 3, height: 2, frames: [[1, 2, 3, 4, 5, 6]] };

/** Numbers that reach both ends of a type; floating-point ones are exact in float32. */
const CONTENT: Readonly<Record<NonNullable<TiffSpec["type"]>, (k: number) => number>> = {
  uint8: (k) => (k * 37) % 256,
  int8: (k) => ((k * 37) % 256) - 128,
  uint16: (k) => (k * 7919) % 65536,
  int16: (k) => ((k * 7919) % 65536) - 32768,
  uint32: (k) => (k * 104_729_000) % 2 ** 32,
  int32: (k) => ((k * 104_729_000) % 2 ** 32) - 2 ** 31,
  float32: (k) => (k % 11 === 3 ? Number.NaN : (k - 50) / 8),
  float64: (k) => (k - 50) / 3,
};

describe("TIFF pixels", () => {
  const types = Object.keys(CONTENT) as (keyof typeof CONTENT)[];
  it.each(types)("of type %s come back exactly: byte orders, strips, tiles, compressions, predictors, BigTIFF", async (type) => {
    const [width, height] = [19, 9];
    const frames = [0, 1].map((f) => ramp(width * height, (k) => CONTENT[type](k + 5 * f)));
    const predictors = type === "float64" ? ([1, 3] as const) : type === "float32" ? ([1, 2, 3] as const) : ([1, 2] as const);
    for (const compression of ["none", "packbits", "lzw", "deflate"] as const)
      for (const predictor of compression === "none" ? ([1] as const) : predictors)
        for (const layout of [{ rowsPerStrip: 4 }, { tile: [16, 16] as const }])
          for (const bigEndian of [false, true]) {
            const bytes = tiffFile({ width, height, frames, type, compression, predictor, ...layout, bigEndian, bigTiff: bigEndian });
            const d = await readOne("map.tif", bytes, stated({ count: quantity(1, "J/m^2") }));
            expect(values(d, "u")).toEqual(frames.flat());
          }
  });

  it("unpacks LZW through every width of its codes", async () => {
    const frames = [ramp(200 * 120, (k) => (k * k * 31 + (k >> 5)) % 65536)];
    const d = await readOne(
      "map.tif",
      tiffFile({ width: 200, height: 120, frames, compression: "lzw" }),
      stated({ count: quantity(1, "J/m^2") }),
    );
    expect(values(d, "u")).toEqual(frames[0]);
  });
});

describe("a TIFF stack as a map", () => {
  it("has pixel centres, times and what counts are worth", async () => {
    const frames = [small.frames[0]!, [7, 8, 9, 10, 11, 12]];
    const d = await readOne(
      "map.tif",
      tiffFile({ ...small, frames }),
      stated({ origin: [1e-3, 0], pixel: [2e-6, -4e-6], start: 5e-3, dark: 1 }),
    );
    expect([d.kind, d.kindInferred, d.noise]).toEqual(["field", false, { type: "unknown" }]);
    expect(columnsOf(d).map((c) => [c.role, c.unit])).toEqual([
      ["time", "s"],
      ["x", "m"],
      ["y", "m"],
      ["u", "J/m^2"],
    ]);
    expect(values(d, "x").slice(0, 4)).toEqual([1, 3, 5, 1].map((half) => 1e-3 + half * 1e-6));
    expect(values(d, "y").slice(2, 4)).toEqual([-2e-6, -6e-6]);
    expect(values(d, "time").slice(5, 7)).toEqual([5e-3, 6e-3]);
    expect(values(d, "u")).toEqual(ramp(12, (k) => 2 * k));
    expect(noteTexts(d)).toEqual([
      say.worth("2 J/m^2", 1),
      gridMessages.summary([
        gridMessages.grid([3, 2], [gridMessages.spacing(2e-6), gridMessages.spacing(4e-6)]),
        gridMessages.times(2, 5e-3, 6e-3),
      ]),
    ]);
    expect(columnOf(d, "y")?.inferred).toBe(say.rowsDown());
  });

  it("gives every pixel the error that gain and read noise make", async () => {
    const d = await readOne(
      "map.tif",
      tiffFile({ ...small, frames: [[10, 11, 14, 26, 9, 10]] }),
      stated({ dark: 10, gain: 4, readNoise: 0.5 }),
    );
    // Variance in counts: (N - dark)/gain, that of one electron at least, and 0.25 of the read noise.
    const variance = [1 / 16, 1 / 4, 1, 4, 1 / 16, 1 / 16].map((v) => v + 0.25);
    expect(d.noise).toEqual({ type: "sigma" });
    for (const [k, sigma] of values(d, "sigma").entries()) expect(sigma).toBeCloseTo(2 * Math.sqrt(variance[k]!), 12);
    expect(noteTexts(d)).toContain(say.noise(4, 0.5));
  });

  it("averages pixels by bins, leaves masked ones out of the mean and says what is cut off", async () => {
    const frames = [[1, 3, 9, 5, 99, 9, 99, 99, 9, 99, 99, 9, 7, 7, 7]];
    const spec: TiffSpec = { width: 3, height: 5, frames };
    const d = await readOne("map.tif", tiffFile(spec), stated({ bin: 2, mask: [99], count: quantity(1, "J/m^2"), readNoise: 3 }));
    expect(values(d, "u")).toEqual([3, Number.NaN]);
    expect(values(d, "sigma")[0]).toBeCloseTo(3 / Math.sqrt(3), 12);
    expect([values(d, "x")[0], values(d, "y")[1]]).toEqual([2e-6, 6e-6]);
    expect(noteTexts(d)).toEqual(expect.arrayContaining([say.binned(2), say.binRest(1, 1), say.masked(5)]));
  });

  it("says how many pixels are saturated", async () => {
    const full = await readOne("map.tif", tiffFile({ ...small, frames: [[1, 65535, 65535, 4, 5, 6]] }), stated());
    expect(noteTexts(full)).toContain(say.saturated(2, 6, 65535));
    const camera = await readOne("map.tif", tiffFile({ width: 20, height: 1, frames: [ramp(20, (k) => (k < 12 ? 4095 : k))] }), stated());
    expect(noteTexts(camera)).toContain(say.saturated(12, 20, 4095));
    const clean = await readOne("map.tif", tiffFile(small), stated());
    expect(clean.notes.some((note) => note.code === "saturated")).toBe(false);
  });

  it("states a count with its error, which is common to all points", async () => {
    const d = await readOne("map.tif", tiffFile(small), stated({ count: quantity(2, "J/m^2", 0.1) }));
    expect(noteTexts(d)).toContain(say.worthSigma(0.05));
  });

  it("is a source where counts are powers", async () => {
    const d = await readOne("r.tif", tiffFile(small), {
      kind: "field-source",
      map: { pixel: [1e-6, 1e-6], count: quantity(0.5, "W/m^2") },
    });
    expect([d.kind, columnOf(d, "time")]).toEqual(["field-source", undefined]);
    expect(values(d, "r_total")).toEqual([0.5, 1, 1.5, 2, 2.5, 3]);
  });

  it("changes its id with its numbers only", async () => {
    const idOf = async (spec: TiffSpec, hints = stated()) => (await readOne("map.tif", tiffFile(spec), hints)).id;
    const id = await idOf(small);
    expect(await idOf({ ...small, description: "a comment", compression: "lzw", bigEndian: true })).toBe(id);
    expect(await idOf({ ...small, frames: [[1, 2, 3, 4, 5, 7]] })).not.toBe(id);
    expect(await idOf(small, stated({ pixel: [3e-6, 2e-6] }))).not.toBe(id);
  });
});

describe("scales that programs write", () => {
  const stack = { ...small, frames: [small.frames[0]!, small.frames[0]!] };
  const imageJ = ["ImageJ=1.53t", "images=2", "frames=2", "unit=micron", "finterval=0.5", ""].join("\n");
  const resolution = { 282: [4, 2] as const, 283: [4, 1] as const, 296: 1 };
  const only: Hints = { kind: "field", map: { count: worth } };

  it("of ImageJ count as stated by the file and are marked", async () => {
    const d = await readOne("map.tif", tiffFile({ ...stack, description: imageJ, fields: resolution }), only);
    expect([values(d, "x")[0], values(d, "y")[0], values(d, "time")[6]]).toEqual([0.25e-6, 0.125e-6, 0.5]);
    expect(columnOf(d, "x")?.inferred).toBe(say.pixelFrom("ImageJ"));
    expect(columnOf(d, "time")?.inferred).toBe(say.frameFrom("ImageJ"));
  });

  it("of ImageJ yield to the lab file, and a contradiction is said", async () => {
    const d = await readOne("map.tif", tiffFile({ ...stack, description: imageJ, fields: resolution }), stated());
    expect(values(d, "x")[0]).toBe(1e-6);
    expect(noteTexts(d)).toEqual(
      expect.arrayContaining([say.pixelConflict("ImageJ", 0.5e-6, 2e-6), say.frameConflict("ImageJ", 0.5, 1e-3)]),
    );
  });

  it("of ImageJ's calibrated counts (signed 16-bit pictures are stored with an offset)", async () => {
    const description = ["ImageJ=1.53t", "cf=0", "c0=-32768.0", "c1=1.0", "vunit=gray value", ""].join("\n");
    const d = await readOne("map.tif", tiffFile({ ...small, frames: [ramp(6, (k) => 32768 + k)], description }), stated());
    expect(values(d, "u")).toEqual([0, 2, 4, 6, 8, 10]);
    const curved = description.replace("cf=0", "cf=3");
    expect((await failure("map.tif", tiffFile({ ...small, description: curved }), stated())).message).toBe(
      tiffMessages.curvedCalibration("3"),
    );
  });

  it("of OME-XML", async () => {
    const attributes =
      'SizeC="1" SizeZ="1" SizeT="2" PhysicalSizeX="0.5" PhysicalSizeY="600" PhysicalSizeYUnit="nm" TimeIncrement="20" TimeIncrementUnit="ms"';
    const description = `<?xml version="1.0"?><OME xmlns="x"><Image><Pixels ${attributes}/></Image></OME>`;
    const d = await readOne("map.ome.tif", tiffFile({ ...stack, description }), only);
    expect([values(d, "x")[0], values(d, "y")[0], values(d, "time")[6]]).toEqual([0.25e-6, 0.3e-6, 0.02]);
    const two = description.replace("</OME>", "<Image><Pixels/></Image></OME>");
    expect((await failure("map.ome.tif", tiffFile({ ...stack, description: two }), only)).message).toBe(tiffMessages.severalSeries(2));
  });

  it("of stacks whose frames have no directories of their own (ImageJ, tifffile)", async () => {
    for (const description of [imageJ, '{"shape": [2, 2, 3]}']) {
      const bytes = tiffFile({ ...small, frames: [small.frames[0]!, [7, 8, 9, 10, 11, 12]], unlisted: true, description });
      expect(values(await readOne("map.tif", bytes, stated()), "u")).toEqual(ramp(12, (k) => 2 * (k + 1)));
    }
    const lost = await failure("map.tif", tiffFile({ ...small, compression: "lzw", description: imageJ }), stated());
    expect(lost.message).toBe(tiffMessages.frameCount("ImageJ", 2, 1));
  });

  it("of depths and channels are not taken for times", async () => {
    const slices = tiffFile({ ...stack, description: "ImageJ=1.53t\nimages=2\nslices=2\n" });
    expect((await failure("map.tif", slices, { kind: "field", map: { pixel: [1e-6, 1e-6], count: worth } })).message).toBe(
      tiffMessages.slices("ImageJ", 2),
    );
    expect(noteTexts(await readOne("map.tif", slices, stated()))).toContain(tiffMessages.slicesAsTimes("ImageJ", 2));
    const both = tiffFile({
      ...small,
      frames: [1, 2, 3, 4].map(() => small.frames[0]!),
      description: "ImageJ=1.53t\nimages=4\nslices=2\nframes=2\n",
    });
    expect((await failure("map.tif", both, stated())).message).toBe(tiffMessages.slicesAndTimes("ImageJ", 2, 2));
    const channels = tiffFile({ ...stack, description: "ImageJ=1.53t\nimages=2\nchannels=2\n" });
    expect((await failure("map.tif", channels, stated())).message).toBe(tiffMessages.channels("ImageJ", 2));
  });
});

describe("a TIFF without a stated scale", () => {
  it("is left alone where the lab file says nothing of it, with the lines to write", async () => {
    const result = await importContent("cd07/map.tif".slice(5), tiffFile({ ...small, frames: [...small.frames, ...small.frames] }));
    const what = say.picture("TIFF", 3, 2, 2, "16-bit unsigned");
    const keys = ["kind: field", "pixel: 2 um", 'count: "3.2e-9 J/m^2"', "frame: 1 ms"];
    expect(result).toEqual({ status: "unrecognised", message: say.notStated(what, "map.tif", keys) });
  });

  it("is refused where it is said to be a map, naming what is missing, although resolution tags are there", async () => {
    const bytes = tiffFile({ ...small, fields: { 282: [300, 1], 283: [300, 1], 296: 2 } });
    const what = say.picture("TIFF", 3, 2, 1, "16-bit unsigned");
    expect(await failure("map.tif", bytes, { kind: "field" })).toEqual({
      place: "map.tif",
      message: say.missing(what, [say.pixelSizeBut("300 pixels per inch", 0.0254 / 300), say.countWorth()], "map.tif", [
        "kind: field",
        "pixel: 2 um",
        'count: "3.2e-9 J/m^2"',
      ]),
    });
    expect(noteTexts(await readOne("map.tif", bytes, stated()))).toContain(
      say.resolution("300 pixels per inch", 0.0254 / 300, stated().map!.pixel![0]),
    );
    const fine = tiffFile({ ...small, fields: { 282: [8000, 1], 283: [8000, 1], 296: 3 } });
    const shaped = tiffFile({ ...small, description: '{"shape": [2, 3]}', fields: { 282: [8000, 1], 283: [8000, 1], 296: 3 } });
    expect((await failure("map.tif", shaped, { kind: "field" })).message).toContain(say.pixelSizeBut("8000 pixels per cm", 1.25e-6));
    const same: Hints = { ...stated(), map: { ...stated().map, pixel: [1.25e-6, 1.25e-6] } };
    expect(noteTexts(await readOne("map.tif", fine, same))).toContain(say.resolution("8000 pixels per cm", 1.25e-6, undefined));
  });

  it("is refused with statements that a picture has no use for", async () => {
    expect((await failure("map.tif", tiffFile(small), stated({ axes: ["y", "x"] }))).message).toBe(unusedMapKey("axes", say.aPicture()));
    const columns: Hints = { ...stated(), columns: { u: "u" } };
    expect((await failure("map.tif", tiffFile(small), columns)).message).toBe(unusedMapKey("columns", say.aPicture()));
    const { place, message } = await failure("map.tif", tiffFile(small), { kind: "field", map: { matrix: MATRIX } });
    expect([place, message]).toEqual(["map.tif", matrixMessages.notText()]);
  });

  it("is refused with the wrong number of times", async () => {
    const { frame: _, ...rest } = stated().map!;
    const hints: Hints = { kind: "field", map: { ...rest, times: [0, 1] } };
    expect((await failure("map.tif", tiffFile(small), hints)).message).toBe(say.frameCount(2, 1));
  });
});

describe("what is no gray picture of numbers", () => {
  const cases: [what: string, fields: Record<number, number>, message: string][] = [
    ["RGB colours", { 262: 2 }, tiffMessages.colours(2)],
    ["a palette", { 262: 3 }, tiffMessages.colours(3)],
    ["several samples", { 277: 2 }, tiffMessages.samples(2)],
    ["JPEG compression", { 259: 7 }, tiffMessages.compression(7)],
    ["an unknown compression", { 259: 999 }, tiffMessages.compression(999)],
    ["one bit per pixel", { 258: 1 }, tiffMessages.numberType(1, 1)],
    ["complex numbers", { 339: 6 }, tiffMessages.numberType(16, 6)],
    ["a mirrored picture", { 274: 2 }, tiffMessages.orientation(2)],
    ["reversed bits", { 266: 2 }, tiffMessages.fillOrder()],
    ["an unknown predictor", { 317: 7 }, tiffMessages.predictor(7)],
  ];
  it.each(cases)("%s: refused as a map, left alone otherwise", async (_, fields, message) => {
    const bytes = tiffFile({ ...small, fields });
    expect((await failure("map.tif", bytes, stated())).message).toBe(message);
    expect(await importContent("map.tif", bytes)).toEqual({ status: "unrecognised", message });
  });

  it("frames of different size, and smaller copies of the pictures", async () => {
    const twice = tiffFile({ ...small, frames: [...small.frames, ...small.frames] });
    const reduced = tiffFile({ ...small, frames: [...small.frames, ...small.frames], fields: { 254: 1 } });
    expect((await read("map.tif", reduced, stated())).length).toBe(1);
    // The second directory claims half the width.
    const width = twice.slice();
    new DataView(width.buffer, width.byteOffset).setUint32(indexOfWidth(width), 2, true);
    expect((await failure("map.tif", width, stated())).message).toBe(tiffMessages.sizes(2, 2, 2, [3, 2]));
  });
});

/** Where the second directory holds the width of its picture. */
function indexOfWidth(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint32(4, true);
  const second = view.getUint32(first + 2 + 12 * view.getUint16(first, true), true);
  return second + 2 + 8;
}
