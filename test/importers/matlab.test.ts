import { readFileSync } from "node:fs";
import type { Group } from "h5wasm/node";
import { afterAll, describe, expect, it } from "vitest";
import { ImportError } from "../../src/core/errors.ts";
import { hdf5Messages } from "../../src/core/messages/hdf5.ts";
import { matlabMessages as say } from "../../src/core/messages/import-matlab.ts";
import { arrayMessages } from "../../src/core/messages/import-numpy.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { joined } from "../../src/importers/joined.ts";
import { matArrays } from "../../src/importers/matlab/v5.ts";
import { writeHdf5 } from "./hdf5-file.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";
import { type MatValue, matFile, row } from "./matlab-writer.ts";

afterAll(closeHdf5);

const T = [0, 10, 20, 30];
const P = [0.98, 0.6, 0.37, 0.22];
const text = (...rows: readonly string[]): MatValue => ({ class: "char", rows });
const refusal = (bytes: Uint8Array): string => {
  try {
    matArrays(bytes, "f.mat");
  } catch (error) {
    if (error instanceof ImportError) return error.message;
    throw error;
  }
  return "";
};

describe("MAT-files, version 5", () => {
  it("reads numbers, texts, cells and structures in both byte orders, plain and compressed", () => {
    const variables = {
      a: { class: "double", shape: [2, 3], re: [1.5, 4, 2, 5, 3, 6] },
      z: { class: "single", shape: [1, 2], re: [1, 2], im: [-1, 0.5] },
      flag: { class: "int8", shape: [1, 3], re: [1, 0, -1], logical: true },
      big: { class: "int64", shape: [2, 1], re: [2 ** 40, -3] },
      word: text("ab", "cd"),
      s: { class: "struct", elements: [{ t: row(1, 2, 300), in: { class: "struct", elements: [{ x: row(7) }] } }] },
      many: { class: "struct", elements: [{ v: row(1) }, { v: row(2) }] },
      c: { class: "cell", shape: [1, 2], members: [row(9), text("q1")] },
      f: { class: "function" },
      none: { class: "double", shape: [0, 0], re: [] },
    } as const satisfies Record<string, MatValue>;
    const expected = [
      ["a", [2, 3], [1.5, 2, 3, 4, 5, 6]],
      ["z", [1, 2], [1, 2]],
      ["flag", [1, 3], [1, 0, -1]],
      ["big", [2, 1], [2 ** 40, -3]],
      ["word", [2], ["ab", "cd"]],
      ["s/t", [1, 3], [1, 2, 300]],
      ["s/in/x", [1, 1], [7]],
      ["many(1)/v", [1, 1], [1]],
      ["many(2)/v", [1, 1], [2]],
      ["c{1}", [1, 1], [9]],
      ["c{2}", [1], ["q1"]],
      ["none", [0, 0], []],
    ];
    for (const little of [true, false])
      for (const compress of [true, false]) {
        const arrays = matArrays(matFile(variables, { little, compress }), "f.mat");
        expect(arrays.map((a) => [a.path, a.shape, a.texts ?? [...a.values!]])).toEqual(expected);
        expect([...arrays[1]!.imaginary!]).toEqual([-1, 0.5]);
      }
  });

  it("reads a T1 by names, from structures with their qubits, with a unit that stands beside", async () => {
    const d = await readOne("t1.mat", matFile({ delay_us: row(...T), p1: row(...P), shots: row(500) }, { compress: true }));
    expect([d.kind, values(d, "delay"), values(d, "population"), d.noise]).toEqual([
      "decay",
      [0, 1e-5, 2e-5, 3e-5],
      P,
      { type: "binomial", shots: 500 },
    ]);
    const qubit = (p: readonly number[]): MatValue => ({
      class: "struct",
      elements: [{ delay: row(...T), delay_unit: text("ns"), p1: row(...p) }],
    });
    const both = await read("t1.mat", matFile({ q1: qubit(P), q2: qubit(P.map((p) => p / 2)) }));
    expect(both.map((one) => [one.labels.qubit, values(one, "delay")[1], values(one, "population")[0]])).toEqual([
      ["q1", 1e-8, 0.98],
      ["q2", 1e-8, 0.49],
    ]);
  });

  it("members without an axis of their own are measured along that of the structure around them, with the shots stated outside", async () => {
    const data: MatValue = { class: "struct", elements: [{ delay_us: row(...T), q3: { class: "struct", elements: [{ p1: row(...P) }] } }] };
    const d = await readOne("t1.mat", matFile({ data, shots: row(500) }));
    expect([d.labels.qubit, values(d, "delay")[1], values(d, "population")]).toEqual(["q3", 1e-5, P]);
    expect(d.noise).toEqual({ type: "binomial", shots: 500 });
  });

  it("goes by the lab file's paths; asks for a unit; names what was not read", async () => {
    const data: MatValue = { class: "struct", elements: [{ tau: row(...T), m: row(...P) }] };
    const file = matFile({ data, f: { class: "cell", shape: [1, 1], members: [{ class: "function" }] } });
    const d = await readOne("x.mat", file, { kind: "decay", columns: { delay: "/data/tau [us]", population: "/data/m" } });
    expect([values(d, "delay")[1], values(d, "population")]).toEqual([1e-5, P]);
    expect(noteTexts(d)).toContain(arrayMessages.left(["f{1}"]));
    const unitless = await failure("x.mat", file, { columns: { delay: "/data/tau", population: "/data/m" } });
    expect(unitless.message).toContain('delay: "data/tau [us]"');
    expect((await importContent("x.mat", matFile({ a: row(...T), b: row(...P) }))).status).toBe("unrecognised");
  });

  it("refuses what is cut off, damaged or claims more than is there", () => {
    const good = matFile({ a: row(1.5, 2, 3), s: { class: "struct", elements: [{ t: row(1.5, 2) }] } });
    expect(refusal(good.subarray(0, 100))).toBe(say.headerCut(100));
    expect(refusal(good.subarray(0, 160))).toMatch(/^The element at byte 128 claims/);
    const order = good.slice();
    order[126] = 0;
    expect(refusal(order)).toBe(say.byteOrder());
    const version = good.slice();
    version[125] = 3;
    expect(refusal(version)).toBe(say.version(0x0300));
    expect(refusal(matFile({ a: { class: "double", shape: [1, 4], re: [1.5, 2] } }))).toBe(say.count("a", 4, 2));
    expect(refusal(matFile({ a: { class: "double", shape: [1, -4], re: [1.5, 2] } }))).toBe(say.dimensions("a"));
    expect(refusal(matFile({ a: { class: "int64", shape: [1, 1], re: [2 ** 60] } }))).toBe(hdf5Messages.unsafeInteger(2n ** 60n));
    expect(refusal(matFile({ a: { class: "cell", shape: [60000, 60000], members: [] } }))).toMatch(/claims 28.8 GB/);
    const packed = matFile({ a: row(1.5, 2, 3) }, { compress: true });
    packed[packed.length - 1] = packed[packed.length - 1]! ^ 1;
    expect(refusal(packed)).toBe(say.cannotUnpack("checksum"));
    let nested: MatValue = row(1);
    for (let k = 0; k < 40; k++) nested = { class: "cell", shape: [1, 1], members: [nested] };
    expect(refusal(matFile({ a: nested }))).toBe(say.deep());
  });

  it("a changed byte of a compressed file never gives other numbers", async () => {
    const good = matFile({ delay_us: row(...T), p1: row(...P) }, { compress: true });
    const id = (await readOne("t1.mat", good)).id;
    const ids = new Set<string>();
    for (let at = 0; at < good.length; at++) {
      const changed = good.slice();
      changed[at] = changed[at]! ^ (1 << (at % 8));
      const result = await importContent("t1.mat", changed);
      if (result.status === "imported") for (const d of result.datasets) ids.add(d.id);
    }
    expect([...ids]).toEqual([id]);
  });

  it("survives every cut and every changed byte with an ImportError or a result", () => {
    for (const compress of [false, true]) {
      const good = matFile({ a: row(1.5, 2), s: { class: "struct", elements: [{ t: row(1, 2), n: text("ab") }] } }, { compress });
      const outcomes = new Set<string>();
      const attempt = (bytes: Uint8Array) => outcomes.add(refusal(bytes) === "" ? "read" : "refused");
      for (let end = 0; end < good.length; end++) attempt(good.subarray(0, end));
      for (let at = 116; at < good.length; at++)
        for (const value of [0, 1, 0x7f, 0xff]) {
          const changed = good.slice();
          changed[at] = value;
          attempt(changed);
        }
      expect([...outcomes].sort()).toEqual(["read", "refused"]);
    }
  });
});

describe("MAT-files, version 7.3", () => {
  /** HDF5 behind the 512 bytes of header that MATLAB puts in front. */
  async function mat73(build: (group: Group) => void): Promise<Uint8Array> {
    const hdf5 = readFileSync(await writeHdf5((file) => build(file as unknown as Group)));
    const block = new Uint8Array(512).fill(0x20, 0, 116);
    block.set(new TextEncoder().encode("MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Tue Jun  7 11:55:33 2016 HDF5 schema 1.00 ."));
    block.set([0, 2, 0x49, 0x4d], 124);
    return joined([block, hdf5]);
  }
  /** Dimensions in reverse, the numbers column by column: MATLAB's 2 x 3 stands as 3 x 2. */
  function array(group: Group, name: string, shape: readonly number[], data: readonly number[], kind = "double"): void {
    const stored = kind === "char" ? Uint16Array.from(data) : Float64Array.from(data);
    const dataset = group.create_dataset({ name, data: stored, shape: [...shape].reverse() });
    dataset.create_attribute("MATLAB_class", kind);
  }

  it("reads arrays, structures and texts behind the user block", async () => {
    const bytes = await mat73((file) => {
      const data = file.create_group("data");
      data.create_attribute("MATLAB_class", "struct");
      array(data, "delay", [1, 4], T);
      array(data, "delay_unit", [1, 2], [0x6d, 0x73], "char");
      array(data, "p1", [2, 4], [0.98, 0.5, 0.6, 0.4, 0.37, 0.3, 0.22, 0.2]);
    });
    const [first, second] = await read("t1.mat", bytes);
    expect([first!.kind, values(first!, "delay")[1], values(first!, "population"), first!.axis]).toEqual(["decay", 0.01, P, "repeat"]);
    expect(values(second!, "population")).toEqual([0.5, 0.4, 0.3, 0.2]);
  });

  it("goes by the lab file's paths, and leaves alone what it does not know", async () => {
    const bytes = await mat73((file) => {
      array(file, "x", [4, 1], T);
      array(file, "y", [4, 1], P);
    });
    const d = await readOne("a.mat", bytes, { kind: "decay", columns: { delay: "/x [us]", population: "/y" } });
    expect([values(d, "delay")[3], values(d, "population")]).toEqual([3e-5, P]);
    expect((await importContent("a.mat", bytes)).status).toBe("unrecognised");
  });

  it("a cell array of texts names the qubits of a matrix's rows", async () => {
    const p1 = { class: "double", shape: [2, 3], re: [0.9, 0.8, 0.5, 0.4, 0.2, 0.1] } as const;
    const qubit = { class: "cell", shape: [1, 2], members: [text("q1"), text("q2")] } as const;
    const all = await read("t1.mat", matFile({ delay_us: row(0, 10, 20), p1, qubit }));
    expect(all.map((d) => [d.axis, d.labels.qubit, values(d, "population")])).toEqual([
      ["single", "q1", [0.9, 0.5, 0.2]],
      ["single", "q2", [0.8, 0.4, 0.1]],
    ]);
  });
});
