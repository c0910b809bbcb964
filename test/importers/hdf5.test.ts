import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { File } from "h5wasm/node";
import { afterAll, describe, expect, it } from "vitest";
import { ImportError } from "../../src/core/errors.ts";
import { formatBytes, hdf5Messages } from "../../src/core/messages/hdf5.ts";
import { closeHdf5, openHdf5 } from "../../src/importers/hdf5/open.ts";
import { temporaryPath, texts, writeHdf5 } from "./hdf5-file.ts";

afterAll(closeHdf5);

async function failureOf(work: Promise<unknown>): Promise<{ place: string; message: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ImportError) return { place: error.place, message: error.message };
    throw error;
  }
  throw new Error("this should have failed");
}

const sample = (file: File) => {
  file.create_attribute("name", "T1 of q0");
  file.create_attribute("count", 7);
  file.create_attribute("big", new BigInt64Array([2n ** 60n]), [1]);
  file.create_attribute("__proto__", "no harm");
  texts(file, "channels", [
    { name: "Ω delay", info: "" },
    { name: "V", info: "Real" },
  ]);
  file.create_dataset({ name: "f4", data: Float32Array.of(0.1, 2, 3, 4, 5, 6), shape: [3, 2] });
  file.create_dataset({ name: "i8", data: BigInt64Array.of(1n, -2n) });
  file.create_dataset({ name: "too big", data: BigInt64Array.of(1n, 2n ** 53n + 1n) });
  file.create_dataset({ name: "words", data: ["a", "bcd"] });
  file.create_dataset({ name: "packed", data: new Float64Array(10_000).fill(3), chunks: [10_000], compression: 9 });
  file
    .create_group("a")
    .create_group("b")
    .create_dataset({ name: "deep", data: Float64Array.of(1) });
};

describe("HDF5 reader", () => {
  it("lists groups, arrays and attributes", async () => {
    const { outline } = await openHdf5(await writeHdf5(sample));
    expect(outline.attributes.name).toBe("T1 of q0");
    expect(outline.attributes.count).toBe(7);
    expect(outline.attributes.big).toEqual(["1152921504606846976"]);
    expect(outline.damage).toBeUndefined();
    const node = (path: string) => outline.nodes.find((n) => n.path === path);
    expect(node("/f4")).toMatchObject({ type: "array", shape: [3, 2], dtype: "<f4" });
    expect(node("/channels")).toMatchObject({ dtype: "compound", shape: [2] });
    expect(node("/a/b")).toMatchObject({ type: "group" });
    expect(node("/a/b/deep")).toMatchObject({ shape: [1] });
  });

  it("reads numbers as float64 and records as texts", async () => {
    const reader = await openHdf5(await writeHdf5(sample));
    expect(await reader.numbers("/f4")).toEqual({ values: Float64Array.of(Math.fround(0.1), 2, 3, 4, 5, 6), shape: [3, 2] });
    expect((await reader.numbers("/i8")).values).toEqual(Float64Array.of(1, -2));
    expect((await reader.numbers("/packed")).values.every((x) => x === 3)).toBe(true);
    expect(await reader.records("/words")).toEqual(["a", "bcd"]);
    expect((await reader.records("/channels")).map((r) => ({ ...(r as object) }))).toEqual([
      { name: "Ω delay", info: "" },
      { name: "V", info: "Real" },
    ]);
  });

  it("names the array that cannot be read", async () => {
    const reader = await openHdf5(await writeHdf5(sample), { name: "cd1/x.hdf5" });
    expect(await failureOf(reader.numbers("/too big"))).toEqual({
      place: "cd1/x.hdf5:/too big",
      message: hdf5Messages.unsafeInteger(2n ** 53n + 1n),
    });
    expect(await failureOf(reader.numbers("/nowhere"))).toEqual({ place: "cd1/x.hdf5:/nowhere", message: hdf5Messages.missing() });
    expect(await failureOf(reader.numbers("/words"))).toEqual({ place: "cd1/x.hdf5:/words", message: hdf5Messages.notNumeric("str") });
    expect(await failureOf(reader.records("/f4"))).toEqual({ place: "cd1/x.hdf5:/f4", message: hdf5Messages.notRecords("<f4") });
  });

  it("refuses 10 GB claimed in the header of a small file, before anything is allocated", async () => {
    const path = await writeHdf5((file) => {
      const array = file.create_dataset({ name: "t", data: new Float64Array(10), shape: [10], maxshape: [null], chunks: [10] });
      array.resize([1_250_000_000]);
    });
    const bytes = readFileSync(path).byteLength;
    const reader = await openHdf5(path);
    const start = performance.now();
    expect(await failureOf(reader.numbers("/t"))).toEqual({ place: "/t", message: hdf5Messages.claims(1e10, bytes) });
    expect(performance.now() - start).toBeLessThan(2000);
    expect(formatBytes(1e10)).toBe("10 GB");
  });

  it("says that a file is truncated, empty of HDF5, or not a file", async () => {
    const whole = readFileSync(await writeHdf5(sample));
    const cut = temporaryPath("cut.hdf5");
    writeFileSync(cut, whole.subarray(0, whole.length - 100));
    expect((await failureOf(openHdf5(cut))).message).toBe(hdf5Messages.truncated(whole.length - 100, whole.length));
    const rubbish = temporaryPath("rubbish.hdf5");
    writeFileSync(rubbish, Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, ...new Array(500).fill(0x5a)));
    expect((await failureOf(openHdf5(rubbish))).message).toMatch(/^This HDF5 file cannot be opened: /);
    const folder = temporaryPath("folder.hdf5");
    mkdirSync(folder);
    expect((await failureOf(openHdf5(folder, { name: "f" }))).message).toBe(hdf5Messages.notAFile());
  });

  it("sees a file's new content after the old one could not be read", async () => {
    const path = temporaryPath("same.hdf5");
    await writeHdf5((f) => f.create_dataset({ name: "x", data: new Float64Array(50).fill(1) }), path);
    const first = readFileSync(path);
    const damaged = Uint8Array.from(first);
    // The object headers stand behind the superblock: 64 bytes of them are overwritten.
    damaged.fill(0xee, 200, 264);
    writeFileSync(path, damaged);
    const outcome = openHdf5(path).then(async (r) => (r.outline.damage ? "damaged" : String((await r.numbers("/x")).values[0])));
    expect(await outcome.catch(() => "failed")).not.toBe("1");
    writeFileSync(path, first);
    expect((await (await openHdf5(path)).numbers("/x")).values[49]).toBe(1);
  });

  it("stops waiting for an answer after the time limit", async () => {
    const path = await writeHdf5(sample);
    expect((await failureOf(openHdf5(path, { timeLimit: 0 }))).message).toMatch(
      /^Reading this file gave no answer within 0 s and was stopped\./,
    );
    expect((await openHdf5(path)).outline.nodes.length).toBeGreaterThan(5);
  });

  it("ends a file of many attributes and a deep tree within its limits", async () => {
    const path = await writeHdf5((file) => {
      const many = file.create_group("many");
      for (let k = 0; k < 300; k++) many.create_group(`g${k}`).create_attribute("v", k);
      let group = file.create_group("deep");
      for (let k = 0; k < 20; k++) group = group.create_group("d");
    });
    const start = performance.now();
    const { outline } = await openHdf5(path);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(outline.truncated).toBe(true);
    expect(outline.nodes.some((n) => n.path === join("/many", "g299"))).toBe(true);
  });
});
