import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ImportError } from "../../src/core/errors.ts";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { hdf5Messages } from "../../src/core/messages/hdf5.ts";
import { arrayMessages, numpyMessages, zipMessages } from "../../src/core/messages/import-numpy.ts";
import { numpyArrays } from "../../src/importers/npz.ts";
import { halfFloat } from "../../src/importers/numpy/elements.ts";
import { readNpy } from "../../src/importers/numpy/npy.ts";
import { npyFile, writeNpy, writeNpz } from "../../src/importers/numpy/write.ts";
import { Unrecognised } from "../../src/importers/unrecognised.ts";
import { writeZip } from "../../src/importers/zip/write.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";

const only = (bytes: Uint8Array) => readNpy(bytes, "a", "f.npy")[0]!;
const numbers = (bytes: Uint8Array) => [...only(bytes).values!];
const refusal = (bytes: Uint8Array): string => {
  try {
    readNpy(bytes, "a", "f.npy");
  } catch (error) {
    if (error instanceof ImportError) return error.message;
    throw error;
  }
  return "";
};
function packed(bytes: number, fill: (view: DataView) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(bytes));
  fill(view);
  return new Uint8Array(view.buffer);
}

describe("NPY arrays", () => {
  it("reads every number type in both byte orders", () => {
    for (const [order, little] of [
      ["<", true],
      [">", false],
    ] as const) {
      const two = (kind: string, set: (view: DataView, at: number, x: number) => void, size: number, xs: readonly [number, number]) =>
        expect(
          numbers(
            npyFile({
              descr: `${order}${kind}${size}`,
              shape: [2],
              data: packed(2 * size, (v) => {
                set(v, 0, xs[0]);
                set(v, size, xs[1]);
              }),
            }),
          ),
        ).toEqual(xs);
      two("f", (v, at, x) => v.setFloat64(at, x, little), 8, [0.1, -1e300]);
      two("f", (v, at, x) => v.setFloat32(at, x, little), 4, [0.5, -3]);
      two("i", (v, at, x) => v.setInt16(at, x, little), 2, [-2, 300]);
      two("i", (v, at, x) => v.setInt32(at, x, little), 4, [-70000, 5]);
      two("u", (v, at, x) => v.setUint32(at, x, little), 4, [4e9, 5]);
      two("i", (v, at, x) => v.setBigInt64(at, BigInt(x), little), 8, [-(2 ** 53 - 1), 7]);
    }
    expect(numbers(npyFile({ descr: "|b1", shape: [3], data: Uint8Array.from([0, 1, 2]) }))).toEqual([0, 1, 1]);
    expect(numbers(npyFile({ descr: "|i1", shape: [2], data: Uint8Array.from([255, 3]) }))).toEqual([-1, 3]);
    expect(numbers(npyFile({ descr: "|u1", shape: [2], data: Uint8Array.from([255, 3]) }))).toEqual([255, 3]);
  });

  it("reads half precision: values of IEEE 754-2019, table 3.5 (binary16)", () => {
    const known = [
      [0x3c00, 1],
      [0xc000, -2],
      [0x7bff, 65504],
      [0x0001, 2 ** -24],
      [0x0400, 2 ** -14],
      [0x7c00, Number.POSITIVE_INFINITY],
      [0x8000, -0],
    ] as const;
    for (const [bits, value] of known) expect(halfFloat(bits)).toBe(value);
    expect(halfFloat(0x7e00)).toBeNaN();
  });

  it("reads complex numbers, texts and time differences with their unit", () => {
    const complex = only(npyFile({ descr: "<c8", shape: [2], data: new Uint8Array(Float32Array.from([1, -2, 0.5, 4]).buffer) }));
    expect([[...complex.values!], [...complex.imaginary!]]).toEqual([
      [1, 0.5],
      [-2, 4],
    ]);
    expect(only(npyFile({ descr: "|S3", shape: [2], data: new TextEncoder().encode("q1\0q12") })).texts).toEqual(["q1", "q12"]);
    const wide = packed(16, (v) => [0x71, 0x31, 0x3a9, 0].forEach((c, k) => void v.setUint32(4 * k, c, false)));
    expect(only(npyFile({ descr: ">U2", shape: [2], data: wide })).texts).toEqual(["q1", "Ω"]);
    const times = packed(16, (v) => {
      v.setBigInt64(0, 3n, true);
      v.setBigInt64(8, -(2n ** 63n), true);
    });
    const waits = only(npyFile({ descr: "<m8[4ns]", shape: [2], data: times }));
    expect([waits.unit, ...waits.values!]).toEqual(["ns", 12, Number.NaN]);
  });

  it("reads Fortran order as the same array, in every version", () => {
    const data = new Uint8Array(Float64Array.from([1, 4, 2, 5, 3, 6]).buffer);
    for (const version of [1, 2, 3] as const)
      expect(numbers(npyFile({ descr: "<f8", shape: [2, 3], data, fortran: true, version }))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("reads fields of structured types, nested, with subarrays, titles and padding", () => {
    const data = packed(2 * 20, (v) => {
      for (const r of [0, 1]) {
        v.setInt16(20 * r, 10 + r, true);
        v.setFloat32(20 * r + 4, 0.5 + r, true);
        v.setFloat32(20 * r + 8, 7 + r, true);
        v.setFloat64(20 * r + 12, -1 - r, true);
      }
    });
    const descr = "[(('the wait', 'wait'), '<i2'), ('', '|V2'), ('iq', '<f4', (2,)), ('deep', [('x', '<f8')])]";
    const fields = readNpy(npyFile({ descr, shape: [2], data }), "a", "f.npy");
    expect(fields.map((f) => [f.path, f.shape, [...f.values!]])).toEqual([
      ["a/wait", [2], [10, 11]],
      ["a/iq", [2, 2], [0.5, 7, 1.5, 8]],
      ["a/deep/x", [2], [-1, -2]],
    ]);
  });

  it("refuses pickles, long writeNpy, integers beyond 2^53, and what the header does not keep", () => {
    const eight = new Uint8Array(8);
    expect(refusal(npyFile({ descr: "|O", shape: [1], data: eight }))).toBe(numpyMessages.pickle());
    expect(refusal(npyFile({ descr: "[('a', '<f8'), ('b', '|O')]", shape: [1], data: eight }))).toBe(numpyMessages.pickle());
    expect(refusal(npyFile({ descr: "<f16", shape: [1], data: new Uint8Array(16) }))).toBe(numpyMessages.dtype("<f16"));
    const large = packed(8, (v) => v.setBigInt64(0, 2n ** 60n, true));
    expect(refusal(npyFile({ descr: "<i8", shape: [1], data: large }))).toBe(hdf5Messages.unsafeInteger(2n ** 60n));
    expect(refusal(npyFile({ descr: "<f8", shape: [1_000_000_000], data: eight }))).toBe(numpyMessages.claims(8e9, 8));
    expect(refusal(npyFile({ descr: "<f8", shape: [1], data: new Uint8Array(16) }))).toBe(numpyMessages.trailing(8));
    const future = writeNpy([1]);
    future[6] = 4;
    expect(refusal(future)).toBe(numpyMessages.version(4, 0));
    expect(refusal(npyFile({ descr: "<f8", shape: [-1], data: eight }))).toBe(
      numpyMessages.headerSyntax("descr, fortran_order or shape is missing or wrong"),
    );
  });
});

const T = [0, 10, 20, 30];
const P = [0.98, 0.6, 0.37, 0.22];

describe("NPZ archives", () => {
  it("reads arrays by their names, stored or deflated, with zip64 and with a comment behind", async () => {
    for (const options of [{}, { deflate: true }, { zip64: true }, { zip64: true, deflate: true, comment: "by hand" }]) {
      const d = await readOne("q1_t1.npz", writeNpz({ delay_us: writeNpy(T), p1: writeNpy(P) }, options));
      expect([d.kind, d.kindInferred]).toEqual(["decay", false]);
      expect(values(d, "delay")).toEqual([0, 1e-5, 2e-5, 3e-5]);
      expect(values(d, "population")).toEqual(P);
    }
  });

  it("counts over shots become a population with binomial noise; a single power in a unit becomes a condition", async () => {
    const d = await readOne(
      "t1.npz",
      writeNpz({ delay_us: writeNpy(T), p1: writeNpy(P), shots: writeNpy([500], []), power_dBm: writeNpy([-90], []) }),
    );
    expect(d.noise).toEqual({ type: "binomial", shots: 500 });
    expect(d.conditions).toEqual([{ name: "power", value: expect.closeTo(1e-12, 24), unit: "W" }]);
    expect(noteTexts(d)).toContain(arrayMessages.constantShots(500));
  });

  it("a trace per row or per column of a map is one dataset; swept by the array of that length, repeated where there is none", async () => {
    const map = [...P, ...P.map((p) => p / 2), ...P.map((p) => p / 4)];
    const swept = await read("t1.npz", writeNpz({ delay_us: writeNpy(T), flux_mV: writeNpy([1, 2, 3]), p1: writeNpy(map, [3, 4]) }));
    expect(swept.map((d) => [d.axis, d.conditions[0]?.value])).toEqual([
      ["swept", 0.001],
      ["swept", 0.002],
      ["swept", 0.003],
    ]);
    expect(values(swept[2]!, "population")).toEqual(P.map((p) => p / 4));
    const columnwise = T.flatMap((_, k) => [P[k]!, P[k]! / 2, P[k]! / 4]);
    const repeats = await read("t1.npz", writeNpz({ delay_us: writeNpy(T), p1: writeNpy(columnwise, [4, 3]) }));
    expect(repeats.map((d) => [d.axis, d.labels.trace])).toEqual([
      ["repeat", "p1[0]"],
      ["repeat", "p1[1]"],
      ["repeat", "p1[2]"],
    ]);
    expect(values(repeats[1]!, "population")).toEqual(P.map((p) => p / 2));
    expect(noteTexts(repeats[0]!)).toContain(arrayMessages.outerRepeats("p1", 3));
    const square = await failure("t1.npz", writeNpz({ delay_us: writeNpy(T), p1: writeNpy([...P, ...P, ...P, ...P], [4, 4]) }));
    expect(square).toEqual({ place: "t1.npz:p1", message: arrayMessages.square("p1", 4) });
  });

  const halves = (more: Record<string, Uint8Array>, name = "t1.npz") =>
    read(name, writeNpz({ delay_us: writeNpy(T), p1: writeNpy([...P, ...P.map((p) => p / 2)], [2, 4]), ...more }));
  const texts = (...words: string[]) =>
    npyFile({
      descr: "<U2",
      shape: [words.length],
      data: packed(8 * words.length, (v) => {
        for (const [n, word] of words.entries()) for (const k of [0, 1]) v.setUint32(8 * n + 4 * k, word.charCodeAt(k), true);
      }),
    });

  it.each(["qubits", "labels"])("texts that name the qubits of the traces (%s) keep them apart by qubit", async (name) => {
    const all = await halves({ [name]: texts("q1", "q2") });
    expect(all.map((d) => [d.axis, d.labels.qubit, d.labels.trace, values(d, "population")])).toEqual([
      ["single", "q1", "p1", P],
      ["single", "q2", "p1", P.map((p) => p / 2)],
    ]);
    expect(noteTexts(all[0]!)).toContain(arrayMessages.outerQubits(name, "p1", ["q1", "q2"]));
  });

  it("one qubit named for every trace has repeats; other texts are settings, never averaged over", async () => {
    const repeats = await halves({ qubit: texts("q1", "q1") });
    expect(repeats.map((d) => [d.axis, d.labels.qubit, d.labels.trace])).toEqual([
      ["repeat", "q1", "p1[0]"],
      ["repeat", "q1", "p1[1]"],
    ]);
    const states = await halves({ bias: texts("on", "of") });
    expect(states.map((d) => [d.axis, d.conditions])).toEqual([
      ["swept", [{ name: "bias", value: 0, unit: "1" }]],
      ["swept", [{ name: "bias", value: 1, unit: "1" }]],
    ]);
    expect(noteTexts(states[0]!)).toContain(arrayMessages.outerLabels("bias", "p1", ["on", "of"]));
  });

  it("axes stored as grids are the vectors they are made of, also where the grid is a square", async () => {
    const rows = [1, 2, 3, 4];
    const grid = (f: (row: number, k: number) => number) =>
      writeNpy(
        rows.flatMap((r) => T.map((_, k) => f(r, k))),
        [4, 4],
      );
    const p1 = grid((r, k) => P[k]! / r);
    const all = await read("t1.npz", writeNpz({ delay_us: grid((_, k) => T[k]!), flux_mV: grid((r) => r), p1 }));
    expect(all.map((d) => [d.conditions[0]?.value, values(d, "delay")[1], values(d, "population")])).toEqual(
      rows.map((r) => [r / 1000, 1e-5, P.map((p) => p / r)]),
    );
    const turned = await read(
      "t1.npz",
      writeNpz({ flux_mV: grid((_, k) => k + 1), delay_us: grid((r) => T[r - 1]!), p1: grid((r, k) => P[r - 1]! / (k + 1)) }),
    );
    expect(turned.map((d) => [d.conditions[0]?.value, values(d, "population")])).toEqual(rows.map((r) => [r / 1000, P.map((p) => p / r)]));
  });

  it("beside a signal along the axis a map is something else: left out, and said so", async () => {
    const shots = writeNpy(
      Array.from({ length: 12 }, (_, k) => k % 2),
      [3, 4],
    );
    const cov = writeNpy(
      Array.from({ length: 16 }, () => 0),
      [4, 4],
    );
    const d = await readOne("t1.npz", writeNpz({ delay_us: writeNpy(T), p1: writeNpy(P), shots, cov }));
    expect([values(d, "population"), d.noise]).toEqual([P, { type: "unknown" }]);
    expect(noteTexts(d)).toContain(arrayMessages.left(["shots", "cov"]));
  });

  it("what is written is what is read: names, shapes, and every bit of real and complex numbers", () => {
    const array = fc.array(fc.nat(3), { maxLength: 3 }).chain((shape) => {
      const length = shape.reduce((total, n) => total * n, 1);
      const numbers = fc.array(fc.double(), { minLength: length, maxLength: length }).map((xs) => Float64Array.from(xs));
      return fc.record({ shape: fc.constant(shape), values: numbers, imaginary: fc.option(numbers, { nil: undefined }) });
    });
    // A name that begins with a byte-order mark, holds slashes or is empty is a name like any other.
    const name = fc.oneof(fc.string({ unit: "grapheme", maxLength: 8 }), fc.constantFrom("\ufeffx", "a/b", "", "__proto__", "x.npy"));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, array), { selector: (one) => one[0], maxLength: 4, minLength: 1 }),
        fc.boolean(),
        fc.boolean(),
        (all, deflate, zip64) => {
          const files = all.map(([key, { values: xs, shape, imaginary }]) => [key, writeNpy(xs, shape, imaginary)] as const);
          const found = numpyArrays(writeNpz(Object.fromEntries(files), { deflate, zip64 }), "f.npz");
          const byName = new Map(found.map(({ path, ...rest }) => [path, rest]));
          for (const [key, { values: xs, shape, imaginary }] of all)
            expect(byName.get(key)).toEqual({ shape, values: xs, ...(imaginary && { imaginary }) });
          expect(byName.size).toBe(all.length);
        },
      ),
      { numRuns: 100, seed: 4 },
    );
    expect(() => writeNpy([1, 2], [3])).toThrow("2 numbers do not fill the shape (3)");
  });

  it("complex arrays are I and Q against a delay, S against a frequency", async () => {
    const iq = npyFile({ descr: "<c16", shape: [4], data: new Uint8Array(Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8]).buffer) });
    const decay = await readOne("t1.npz", writeNpz({ delay_ns: writeNpy(T), readout: iq }));
    expect([values(decay, "i"), values(decay, "q")]).toEqual([
      [1, 3, 5, 7],
      [2, 4, 6, 8],
    ]);
    const trace = await readOne("vna.npz", writeNpz({ frequency_GHz: writeNpy([5, 5.1, 5.2, 5.3]), S21: iq }));
    expect([trace.kind, values(trace, "frequency")[0], values(trace, "s_im", "21")]).toEqual(["scattering", 5e9, [2, 4, 6, 8]]);
  });

  it("goes by the lab file's columns: paths with units, fields, parts of complex arrays, columns of a lone table", async () => {
    const file = writeNpz({ t: writeNpy(T), a: writeNpy(P), b: writeNpy([1, 2], [2]) });
    const d = await readOne("x.npz", file, { kind: "decay", columns: { delay: "/t [us]", population: "/a" } });
    expect([values(d, "delay")[1], values(d, "population")]).toEqual([1e-5, P]);
    expect(await failure("x.npz", file, { columns: { delay: "/t [us]", population: "/z" }, place: "gammawatt.yaml:3" })).toEqual({
      place: "gammawatt.yaml:3",
      message: formatMessages.noSuchPath("/z", ["/t", "/a", "/b"]),
    });
    expect((await failure("x.npz", file, { columns: { delay: "/t [us]", population: "/b" } })).message).toBe(
      arrayMessages.lengths("b", [2], "t", 4),
    );
    expect((await failure("x.npz", file, { columns: { delay: "/t", population: "/a" } })).message).toContain('delay: "t [us]"');
    const table = writeNpy(
      T.flatMap((t, k) => [P[k]!, t]),
      [4, 2],
    );
    const lone = await readOne("x.npy", table, { columns: { delay: "#2 [ms]", population: "#1" } });
    expect([values(lone, "delay")[3], values(lone, "population")]).toEqual([0.03, P]);
  });

  it("asks for the unit of a delay that has none; leaves names alone that it does not know", async () => {
    expect((await failure("t1.npz", writeNpz({ delay: writeNpy(T), p1: writeNpy(P) }))).message).toContain('delay: "delay [us]"');
    expect(await importContent("x.npz", writeNpz({ a: writeNpy(T), b: writeNpy(P) }))).toEqual({
      status: "unrecognised",
      message: arrayMessages.noAxis(["a", "b"]),
    });
    expect((await importContent("scope.npz", writeNpz({ t: writeNpy(T), v: writeNpy(P) }))).status).toBe("unrecognised");
    expect((await importContent("x.npz", writeZip({ "readme.txt": new TextEncoder().encode("hello") }))).status).toBe("unrecognised");
  });

  it("refuses damaged, encrypted and hostile archives", async () => {
    const good = writeNpz({ delay_us: writeNpy(T), p1: writeNpy(P) }, { deflate: true });
    expect((await failure("a.npz", good.subarray(0, good.length - 30))).message).toBe(zipMessages.noDirectory());
    const wrongSum = writeNpz({ delay_us: writeNpy(T), p1: writeNpy(P) });
    wrongSum[150] = wrongSum[150]! ^ 1;
    expect(await failure("a.npz", wrongSum)).toEqual({ place: "a.npz:delay_us.npy", message: zipMessages.checksum() });
    const claims = good.slice();
    const directory = claims.findIndex((_, k) => claims[k] === 0x50 && claims[k + 1] === 0x4b && claims[k + 2] === 1);
    new DataView(claims.buffer).setUint32(directory + 24, 4_000_000_000, true);
    expect((await failure("a.npz", claims)).message).toMatch(/^The archive claims 4 GB/);
    const less = good.slice();
    new DataView(less.buffer).setUint32(directory + 24, 20, true);
    expect((await failure("a.npz", less)).message).toBe(zipMessages.cannotUnpack("more than 20 bytes"));
    const locked = good.slice();
    locked[6] = 1;
    locked[directory + 8] = 1;
    expect((await failure("a.npz", locked)).message).toBe(zipMessages.encrypted());
    const pickled = writeNpz({
      delay_us: writeNpy(T),
      obj: npyFile({ descr: "|O", shape: [1], data: Uint8Array.from([0x80, 4, 0x4e, 0x2e]) }),
    });
    expect(await failure("a.npz", pickled)).toEqual({ place: "a.npz:obj.npy", message: numpyMessages.pickle() });
  });

  it("survives every cut and many changed bytes: read to equal lengths, left alone, or refused with a place", async () => {
    const good = writeNpz({ delay_us: writeNpy(T), p1: writeNpy(P) }, { deflate: true });
    const outcomes = new Set<string>();
    const attempt = async (bytes: Uint8Array) => {
      const result = await importContent("a.npz", bytes);
      outcomes.add(result.status);
      if (result.status === "failed") expect(result.message).not.toMatch(/bug of gammawatt|undefined/);
    };
    for (let end = 1; end < good.length; end += 17) await attempt(good.subarray(0, end));
    for (let at = 0; at < good.length; at += 11) {
      const changed = good.slice();
      changed[at] = changed[at]! ^ 0xff;
      await attempt(changed);
    }
    expect(outcomes.has("failed")).toBe(true);
  });

  it("a changed byte never gives other arrays: names, sizes, contents and the number of files are all checked", () => {
    const good = writeNpz({ delay_us: writeNpy(T), p1: writeNpy(P), sigma: writeNpy(P) }, { deflate: true });
    const whole = JSON.stringify(numpyArrays(good, "f.npz"));
    let refused = 0;
    for (let at = 0; at < good.length; at++)
      for (const bit of [0, 5]) {
        const changed = good.slice();
        changed[at] = changed[at]! ^ (1 << bit);
        let arrays = whole;
        try {
          arrays = JSON.stringify(numpyArrays(changed, "f.npz"));
        } catch (error) {
          if (!(error instanceof ImportError) && !(error instanceof Unrecognised)) throw error;
          refused++;
        }
        expect(arrays).toBe(whole);
      }
    expect(refused).toBeGreaterThan(good.length);
  });

  it("changed numbers change the id, repacking does not", async () => {
    const id = async (bytes: Uint8Array) => (await readOne("t1.npz", bytes)).id;
    const stored = await id(writeNpz({ delay_us: writeNpy(T), p1: writeNpy(P) }));
    expect(await id(writeNpz({ p1: writeNpy(P), delay_us: writeNpy(T) }, { deflate: true }))).toBe(stored);
    expect(await id(writeNpz({ delay_us: writeNpy(T), p1: writeNpy([0.97, 0.6, 0.37, 0.22]) }))).not.toBe(stored);
  });
});
