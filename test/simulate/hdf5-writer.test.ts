import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Dataset, withFile } from "../../src/importers/hdf5/h5.ts";
import { lookup3 } from "../../src/simulate/writers/hdf5/checksum.ts";
import { type Hdf5Group, hdf5File, row, single } from "../../src/simulate/writers/hdf5/file.ts";
import { BOOL, F32, F64, type Hdf5Type, I32, REFERENCE, TEXT } from "../../src/simulate/writers/hdf5/types.ts";

const RECORD: Hdf5Type = {
  class: "record",
  members: [
    ["name", TEXT],
    ["choice", { class: "enum", bytes: 2, names: ["A", "B"] }],
    ["value", F64],
  ],
};
const SCALE_USES: Hdf5Type = {
  class: "record",
  members: [
    ["dataset", REFERENCE],
    ["dimension", I32],
  ],
};
const TREE: Hdf5Group = {
  attributes: {
    name: single(TEXT, "T1 – q3"),
    yes: single(BOOL, 1),
    empty: single(TEXT, ""),
    counts: row(I32, [3, -2]),
    fixed: single({ class: "chars", bytes: 8 }, "abc"),
  },
  children: {
    group: { attributes: { x: single(F64, 1.5) }, children: { d: { type: F32, shape: [2, 3], items: [1, 2, 3, 4, 5, 6.5] } } },
    nothing: { type: F64, shape: [0], items: [] },
    table: row(RECORD, [
      ["first", 1, 2.5],
      ["", 0, -1],
    ]),
    axis: {
      type: F32,
      shape: [3],
      items: [0, 0, 0],
      attributes: {
        CLASS: single({ class: "chars", bytes: 16 }, "DIMENSION_SCALE"),
        NAME: single({ class: "chars", bytes: 16 }, "axis"),
        REFERENCE_LIST: row(SCALE_USES, [["/y", 0]]),
      },
    },
    y: { type: F64, shape: [3], items: [1, 2, 3], attributes: { DIMENSION_LIST: row({ class: "list", of: REFERENCE }, [["/axis"]]) } },
  },
};

describe("lookup3", () => {
  it("gives the values that its author prints (lookup3.c, driver5)", () => {
    expect(lookup3(new Uint8Array(0))).toBe(0xdeadbeef);
    expect(lookup3(new TextEncoder().encode("Four score and seven years ago"))).toBe(0x17770551);
  });
});

describe("HDF5 files, read back by the HDF5 library", () => {
  let folder = "";
  const path = () => join(folder, "tree.h5");
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "gammawatt-hdf5-"));
    await writeFile(path(), hdf5File(TREE));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const read = <T>(use: (get: (name: string) => Dataset, attribute: (name: string) => unknown) => T) =>
    withFile(path(), (file) =>
      use(
        (name) => {
          const found = file.get(name);
          if (!(found instanceof Dataset)) throw new Error(`${name} is no array`);
          return found;
        },
        (name) => file.attrs[name]?.value,
      ),
    );

  it("attributes: texts, booleans, numbers, fixed text", async () => {
    const seen = await read((_, attribute) => ["name", "yes", "empty", "counts", "fixed"].map(attribute));
    expect(seen).toEqual(["T1 – q3", 1, "", Int32Array.of(3, -2), "abc"]);
  });
  it("arrays: row-major float32, and one without elements", async () => {
    expect(await read((get) => [get("group/d").shape, get("group/d").value])).toEqual([[2, 3], Float32Array.of(1, 2, 3, 4, 5, 6.5)]);
    expect(await read((get) => get("nothing").shape)).toEqual([0]);
  });
  it("records with texts of variable length and enumerations", async () => {
    expect(await read((get) => get("table").value)).toEqual([
      ["first", 1, 2.5],
      ["", 0, -1],
    ]);
  });
  it("dimension scales that the library follows", async () => {
    expect(await read((get) => get("y").get_attached_scales(0))).toEqual(["/axis"]);
  });
  it("the same tree gives the same bytes, another tree others", () => {
    expect(hdf5File(TREE)).toEqual(hdf5File(structuredClone(TREE)));
    expect(hdf5File({ ...TREE, attributes: {} })).not.toEqual(hdf5File(TREE));
  });
  it("refuses numbers that do not fill the shape", () => {
    expect(() => hdf5File({ children: { a: { type: F64, shape: [2], items: [1] } } })).toThrow(RangeError);
  });
});
