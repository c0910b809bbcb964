import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Encoded, jsonCodec } from "../../src/pipeline/codec.ts";
import { datasetsCodec, withDatasetsCodec } from "../../src/pipeline/datasets-codec.ts";
import { Store } from "../../src/pipeline/store.ts";
import { columnsOf, type Dataset, makeDataset } from "../../src/tables/dataset.ts";
import { keyOf, slotOf, temporaryFolder } from "./lab.ts";

const json = jsonCodec<unknown>();
const roundTrip = (value: unknown) => json.decode(json.encode(value));

describe("plain data as JSON", () => {
  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
    0,
    5e-324,
    Number.MAX_VALUE,
    undefined,
    null,
    true,
    "",
    "ÿ\u2028\ud800 <x>",
  ])("keeps %s exactly", (value) => {
    expect(Object.is(roundTrip(value), value)).toBe(true);
    expect(roundTrip({ a: [value], b: value })).toStrictEqual({ a: [value], b: value });
  });

  it("keeps whatever plain data there are", () => {
    const leaf = fc.oneof(fc.double(), fc.string({ unit: "binary" }), fc.boolean(), fc.constant(null), fc.constant(undefined));
    const name = fc.oneof(fc.string(), fc.constantFrom("$", "__proto__", "constructor", "toString"));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.array(tie("value"), { maxLength: 12 }),
        fc.dictionary(name, tie("value"), { noNullPrototype: true }),
        fc.array(fc.double(), { maxLength: 30 }),
      ),
    }));
    fc.assert(
      fc.property(value, (v) => {
        // Not toStrictEqual: it takes a member named "constructor" for the object's class.
        expect(isDeepStrictEqual(roundTrip(v), v)).toBe(true);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it("does not take data for marks", () => {
    for (const value of [
      { $: "NaN" },
      { $: ["f", 0] },
      { $: ["n", 0] },
      { $: ["o", { a: 1 }] },
      { $: { $: { $: "undefined" } } },
      { $: 1, b: Number.NaN },
    ])
      expect(roundTrip(value)).toStrictEqual(value);
  });

  it("keeps long lists of numbers and typed arrays bit by bit, and the difference between the two", () => {
    const list = [Number.NaN, -0, 1 / 3, Number.POSITIVE_INFINITY, 5e-324, -1, 2, 3, 4];
    const shared = Float64Array.from(list);
    const value = { list, shared, again: shared };
    expect(json.encode(value).arrays).toHaveLength(2);
    const back = roundTrip(value) as typeof value;
    expect(back).toStrictEqual(value);
    expect(back.shared).toBe(back.again);
  });

  it("throws rather than lose something, naming the place", () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    class Kelvin {
      readonly value = 1;
    }
    const lossy: [unknown, string][] = [
      [{ a: [() => 1] }, "value.a[0] is a function"],
      [{ a: new Date() }, "value.a is a Date"],
      [new Map(), "value is a Map"],
      [[1n], "value[0] is a bigint"],
      [Float32Array.of(1), "value is a Float32Array"],
      [new Kelvin(), "value is a Kelvin"],
      [loop, "value.self contains itself"],
    ];
    for (const [value, message] of lossy) expect(() => json.encode(value)).toThrow(message);
  });

  it("refuses marks that it does not know", () => {
    for (const text of ['{"$":"future"}', '{"$":["f",0]}', '{"$":["o",1]}', "{"]) expect(() => json.decode({ text, arrays: [] })).toThrow();
  });
});

/** Traces of one file: they share their delays. */
function traces(count: number): Dataset[] {
  const delays = Float64Array.from({ length: 50 }, (_, i) => i * 1e-6);
  return Array.from({ length: count }, (_, i) =>
    makeDataset({
      kind: "decay",
      kindInferred: i === 0,
      labels: { cooldown: "cd07", device: "", qubit: "q1", trace: `q1[${i}]` },
      started: "",
      conditions: [{ name: "flux", value: i === 1 ? Number.NaN : -0, unit: "T" }],
      axis: "repeat",
      calibration: { zero: [48], one: [49], origin: "layout", note: "last two points" },
      noise: { type: "binomial", shots: 1000 },
      notes: [{ code: "unit_inferred", text: "seconds" }],
      sources: [{ path: 'cd07/"q1",\n.csv', bytes: 10, sha256: "ab", importer: "csv", importerVersion: 1 }],
      columns: [
        { name: "delay", unit: "s", role: "delay", inferred: "seconds, from the header", values: delays.slice() },
        { name: "p1", unit: "1", role: "population", values: delays.map((t) => Math.exp(-t * 1e5) + i) },
        { name: "S21", unit: "1", role: "s_re", port: "21", values: delays.map(() => Number.NaN) },
      ],
    }),
  );
}

describe("datasets", () => {
  it("come back equal, with their ids, units, roles and inferences", () => {
    const before = traces(3);
    const after = datasetsCodec.decode(datasetsCodec.encode(before));
    expect(after.map(({ table: _, ...rest }) => rest)).toStrictEqual(before.map(({ table: _, ...rest }) => rest));
    expect(after.map(columnsOf)).toStrictEqual(before.map(columnsOf));
    // The stored id is the one that the numbers read back give again.
    expect(after.map((d) => makeDataset({ ...d, columns: columnsOf(d) }).id)).toEqual(before.map((d) => d.id));
  });

  it("store equal columns once and share them when read back", () => {
    const encoded = datasetsCodec.encode(traces(40));
    // One array of delays, one of NaN, forty of populations.
    expect(encoded.arrays).toHaveLength(42);
    const [a, b] = datasetsCodec.decode(encoded).map((d) => columnsOf(d)[0]!.values);
    expect(a!.buffer).toBe(b!.buffer);
    expect(a!.byteOffset).toBe(b!.byteOffset);
  });

  it("tell -0 from 0 when sharing columns", () => {
    const [d] = traces(1);
    const columns = [0, -0].map((zero, i) => ({
      name: `c${i}`,
      unit: "1" as const,
      role: "other" as const,
      values: Float64Array.of(zero, 1, 2),
    }));
    const after = datasetsCodec.decode(datasetsCodec.encode([makeDataset({ ...d!, columns })]));
    expect(columnsOf(after[0]!).map((c) => Object.is(c.values[0], -0))).toEqual([false, true]);
  });

  it("come back from the store as views of its bytes, also when empty", async () => {
    const dir = temporaryFolder();
    const empty = makeDataset({ ...traces(1)[0]!, columns: [{ name: "delay", unit: "s", role: "delay", values: new Float64Array(0) }] });
    const before = [...traces(5), empty];
    for (const expected of [true, false]) {
      const store = await Store.open(dir);
      const { value, fresh } = await store.compute(slotOf(0), keyOf(0), datasetsCodec, () => before);
      await store.close();
      expect(fresh).toBe(expected);
      expect(value.map(columnsOf)).toStrictEqual(before.map(columnsOf));
      if (!fresh) expect(new Set(value.slice(0, 5).flatMap((d) => columnsOf(d).map((c) => c.values.buffer))).size).toBe(1);
    }
  });

  it("may stand inside an import result, which may also be a failure", () => {
    const codec = withDatasetsCodec<{ status: string; datasets?: readonly Dataset[]; message?: string }>();
    const back = (value: Parameters<typeof codec.encode>[0]) => codec.decode(codec.encode(value) as Encoded);
    expect(back({ status: "failed", message: "line 3" })).toEqual({ status: "failed", message: "line 3" });
    const imported = back({ status: "imported", datasets: traces(2) });
    expect(imported.datasets?.map((d) => d.id)).toEqual(traces(2).map((d) => d.id));
    expect(imported.datasets?.map(columnsOf)).toStrictEqual(traces(2).map(columnsOf));
  });
});
