import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ImportError } from "../../src/core/errors.ts";
import { hdf5Messages, netcdfMessages } from "../../src/core/messages/hdf5.ts";
import { parseNetcdf3Header } from "../../src/importers/netcdf/header.ts";
import { type Netcdf3Array, type Netcdf3Content, writeNetcdf3 } from "../../src/importers/netcdf/write.ts";
import { openNetcdf3 } from "../../src/importers/netcdf3.ts";

const content = (version: 1 | 2 | 5): Netcdf3Content => ({
  version,
  dimensions: { x: 3, time: "unlimited", pair: 2 },
  attributes: { title: "Ω test", answer: 42 },
  variables: {
    a: { dimensions: ["x"], type: "f8", values: [1.5, -2, 1e300], attributes: { units: "s" } },
    b: { dimensions: ["pair", "x"], type: "i2", values: [1, 2, 3, 4, 5, -6] },
    t: { dimensions: ["time"], type: "i2", values: [7, 8, 9] },
    r: { dimensions: ["time", "pair"], type: "f4", values: [0.5, 1, 2, 3, 4, 5] },
    last: { dimensions: ["x"], type: "f8", values: [1, 2, 3] },
  },
});

function failureOf(work: () => unknown): { place: string; message: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof ImportError) return { place: error.place, message: error.message };
    throw error;
  }
  throw new Error("this should have failed");
}

describe("netCDF classic", () => {
  it.each([1, 2, 5] as const)("reads fixed and record variables and attributes of CDF-%i", (version) => {
    const file = openNetcdf3(writeNetcdf3(content(version)), "f.nc");
    expect(file.header.version).toBe(version);
    expect({ ...file.header.attributes }).toEqual({ title: "Ω test", answer: 42 });
    expect(file.numbers("a")).toEqual({ values: Float64Array.of(1.5, -2, 1e300), shape: [3] });
    expect(file.numbers("b")).toEqual({ values: Float64Array.of(1, 2, 3, 4, 5, -6), shape: [2, 3] });
    expect(file.numbers("t")).toEqual({ values: Float64Array.of(7, 8, 9), shape: [3] });
    expect(file.numbers("r")).toEqual({ values: Float64Array.of(0.5, 1, 2, 3, 4, 5), shape: [3, 2] });
    expect(file.numbers("last").values).toEqual(Float64Array.of(1, 2, 3));
    expect(file.header.variables.find((v) => v.name === "r")?.dimensions).toEqual(["time", "pair"]);
  });

  it("what is written is what is read: names, texts and every number of every type", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).map((text) => text.replace(/[\p{Cc}/]/gu, "_"));
    const attributes = fc.dictionary(name, fc.oneof(name, fc.double()), { maxKeys: 3, noNullPrototype: true });
    const numbersOf = {
      f8: fc.double(),
      f4: fc.float(),
      i1: fc.integer({ min: -128, max: 127 }),
      u1: fc.nat(255),
      i2: fc.integer({ min: -32768, max: 32767 }),
      u2: fc.nat(65535),
      i4: fc.integer(),
      u4: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      i8: fc.maxSafeInteger(),
      u8: fc.maxSafeNat(),
    };
    const type = fc.constantFrom(...(Object.keys(numbersOf) as (keyof typeof numbersOf)[]));
    const variable = fc.tuple(type, fc.boolean(), fc.boolean()).chain(([kind, inRecord, wide]) => {
      const length = (inRecord ? 2 : 1) * (wide ? 3 : 1);
      return fc.record({
        type: fc.constant(kind),
        dimensions: fc.constant([...(inRecord ? ["t"] : []), ...(wide ? ["x"] : [])]),
        // What stands for "never written" is another test.
        values: fc
          .array(numbersOf[kind], { minLength: length, maxLength: length })
          .filter((xs) => !xs.some((x) => x === -32767 || x === -2147483647)),
        attributes,
      });
    });
    const variables = fc.dictionary(name, variable, { maxKeys: 4, noNullPrototype: true });
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 5), attributes, variables, (version, own, all) => {
        const file = openNetcdf3(writeNetcdf3({ version, dimensions: { t: "unlimited", x: 3 }, attributes: own, variables: all }), "f.nc");
        expect(Object.entries(file.header.attributes)).toEqual(Object.entries(own));
        expect(file.header.variables.map((v) => v.name)).toEqual(Object.keys(all));
        for (const [key, { values: xs, dimensions, attributes: described }] of Object.entries(all)) {
          expect([...file.numbers(key).values]).toEqual(xs);
          const header = file.header.variables.find((v) => v.name === key)!;
          expect([header.dimensions, Object.entries(header.attributes)]).toEqual([dimensions, Object.entries(described)]);
        }
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it("is not written where it would not be read back", () => {
    const refused = (variable: Netcdf3Array, dimensions: Netcdf3Content["dimensions"] = { x: 2 }, name = "a") =>
      expect(() => writeNetcdf3({ dimensions, variables: { [name]: variable } }));
    const one: Netcdf3Array = { type: "f8", dimensions: ["x"], values: [1, 2] };
    refused({ ...one, values: [1] }).toThrow("variable a has 1 values, not 2");
    refused({ ...one, dimensions: ["y"] }).toThrow("variable a: a dimension is not declared");
    refused({ ...one, type: "i2", values: [1, 40000] }).toThrow("variable a: 40000 is no i2");
    refused({ ...one, type: "i4", values: [1, 0.5] }).toThrow("variable a: 0.5 is no i4");
    refused({ ...one, values: [1, 9.969209968386869e36] }).toThrow('stands for "never written"');
    refused(one, { x: 2 }, "a/b").toThrow('"a/b" is no name');
    refused({ ...one, attributes: { units: "s\0" } }).toThrow("a text ends in NUL");
    const two = { t: one, u: { ...one, values: [1, 2, 3] } };
    expect(() => writeNetcdf3({ dimensions: { x: "unlimited" }, variables: two })).toThrow("different numbers of records");
  });

  it("does not pad the records of a single record variable", () => {
    const bytes = writeNetcdf3({
      version: 1,
      dimensions: { time: "unlimited" },
      variables: { t: { dimensions: ["time"], type: "i2", values: [1, 2, 3, 4, 5] } },
    });
    expect(openNetcdf3(bytes, "f.nc").numbers("t").values).toEqual(Float64Array.of(1, 2, 3, 4, 5));
  });

  it("takes the fill value of a variable that states none for a number that was never written", () => {
    const bytes = writeNetcdf3({ dimensions: { x: 3 }, variables: { a: { dimensions: ["x"], type: "f8", values: [1, 2, 3] } } });
    new DataView(bytes.buffer, bytes.byteOffset).setFloat64(bytes.length - 16, 9.969209968386869e36);
    expect(openNetcdf3(bytes, "f.nc").numbers("a").values).toEqual(Float64Array.of(1, Number.NaN, 3));
  });

  it("counts the records of a file that was still being written from its length", () => {
    const bytes = writeNetcdf3(content(2));
    bytes.fill(0xff, 4, 8);
    expect(openNetcdf3(bytes, "f.nc").numbers("t").values).toEqual(Float64Array.of(7, 8, 9));
  });

  it("refuses integers that float64 cannot hold", () => {
    const variables = { n: { dimensions: ["x"], type: "i8", values: [2 ** 60] } } as const;
    const file = openNetcdf3(writeNetcdf3({ version: 5, dimensions: { x: 1 }, variables }), "f.nc");
    expect(failureOf(() => file.numbers("n"))).toEqual({ place: "f.nc:n", message: hdf5Messages.unsafeInteger(2n ** 60n) });
  });

  it("names the variable whose numbers the file does not hold", () => {
    const bytes = writeNetcdf3(content(1));
    const header = parseNetcdf3Header(bytes, "f.nc");
    const last = header.variables.find((v) => v.name === "last")!;
    const cut = bytes.subarray(0, last.begin + 10);
    expect(failureOf(() => openNetcdf3(cut, "f.nc"))).toEqual({
      place: "f.nc:t",
      message: netcdfMessages.claims(last.begin + 24, last.begin + 24 + 2 * header.recordBytes + 2, cut.length),
    });
  });

  it("refuses a dimension of 4e9 without allocating it", () => {
    const bytes = writeNetcdf3(content(2));
    // The length of the first dimension: magic 4, records 4, tag and count 8, name 4 + 4.
    new DataView(bytes.buffer).setUint32(24, 4_000_000_000);
    const { place, message } = failureOf(() => openNetcdf3(bytes, "f.nc"));
    expect(place).toBe("f.nc:a");
    expect(message).toMatch(/^The header says that the numbers stand at bytes \d+ to 32\d{9}, /);
  });

  it("survives every cut and every changed header byte with an ImportError or a result", () => {
    const bytes = writeNetcdf3(content(5));
    const outcomes = new Set<string>();
    const attempt = (changed: Uint8Array) => {
      try {
        const file = openNetcdf3(changed, "f.nc");
        for (const v of file.header.variables) file.numbers(v.name);
        outcomes.add("read");
      } catch (error) {
        if (!(error instanceof ImportError)) throw error;
        expect(error.place).toMatch(/^f\.nc/);
        outcomes.add("refused");
      }
    };
    for (let end = 0; end < bytes.length; end++) attempt(bytes.slice(0, end));
    for (let at = 0; at < bytes.length; at++)
      for (const value of [0x00, 0x01, 0x7f, 0x80, 0xff]) {
        const changed = bytes.slice();
        changed[at] = value;
        attempt(changed);
      }
    expect([...outcomes].sort()).toEqual(["read", "refused"]);
  });
});
