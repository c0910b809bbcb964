import { gzipSync } from "node:zlib";
import { Field, Float64, Schema, Table, tableToIPC } from "apache-arrow";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { codecMessages, tableFileMessages } from "../../src/core/messages/import-tables.ts";
import { random } from "../../src/core/random.ts";
import type { Hints } from "../../src/importers/importer.ts";
import { makeDataset } from "../../src/tables/dataset.ts";
import { datasetToParquet } from "../../src/tables/writers/parquet.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";
import { DELAYS_US, P1, PARQUET_BROTLI, PARQUET_LZ4, PARQUET_PLAIN, PARQUET_ZSTD } from "./pyarrow-files.ts";

type Options = Parameters<typeof parquetWriteBuffer>[0];

const T1 = (more: Partial<Options> = {}) =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: "delay [us]", data: [0, 10, 20, 40], type: "FLOAT" },
        { name: "p1", data: [0.9, null, 0.4, 0.2], type: "DOUBLE" },
        { name: "shots", data: [100n, 100n, 100n, 100n], type: "INT64" },
        { name: "note", data: ["a", "b", "c", "d"], type: "STRING" },
        { name: "at", data: [1, 2, 3, 4].map((x) => new Date(x)), type: "TIMESTAMP" },
      ],
      ...more,
    }),
  );

const NESTED: Options["schema"] = [
  { name: "root", num_children: 2 },
  { name: "delay_us", type: "DOUBLE", repetition_type: "REQUIRED" },
  { name: "iq", converted_type: "LIST", repetition_type: "OPTIONAL", num_children: 1 },
  { name: "list", repetition_type: "REPEATED", num_children: 1 },
  { name: "element", type: "DOUBLE", repetition_type: "OPTIONAL" },
];

describe("Parquet files", () => {
  it("that this project wrote come back exactly (property)", async () => {
    const { uniform } = random(3);
    for (let k = 0; k < 20; k++) {
      const length = 1 + Math.floor(uniform() * 60);
      const column = () =>
        Float64Array.from({ length }, () => (uniform() < 0.1 ? Number.NaN : (uniform() - 0.5) * 10 ** (600 * uniform() - 300)));
      const dataset = makeDataset({
        kind: "scattering",
        kindInferred: false,
        labels: { cooldown: "cd1", device: "", qubit: "q\u{1F600}", trace: "S21" },
        started: "",
        columns: [
          { name: "f", unit: "Hz", role: "frequency", values: column() },
          { name: "re", unit: "1", role: "s_re", port: "21", values: column() },
          { name: "im", unit: "1", role: "s_im", port: "21", values: column(), inferred: "why" },
        ],
        conditions: [{ name: "power", value: 1e-15, unit: "W" }],
        axis: "single",
        noise: { type: "unknown" },
        notes: [],
      });
      const { table: _a, sources: _b, ...facts } = await readOne("x.parquet", datasetToParquet(dataset));
      const { table: _c, sources: _d, ...wanted } = dataset;
      expect(facts).toEqual(wanted);
    }
  });

  it("of other programs are read by names and units, with gaps, texts and dates left out and said so", async () => {
    for (const file of [
      T1(),
      T1({ codec: "UNCOMPRESSED" }),
      T1({ codec: "GZIP", compressors: { GZIP: (x) => new Uint8Array(gzipSync(x)) } }),
    ]) {
      const dataset = await readOne("q1_T1.parquet", file);
      expect(dataset).toMatchObject({ kind: "decay", kindInferred: false, noise: { type: "binomial", shots: "column" } });
      expect(values(dataset, "delay")).toEqual([0, 1e-5, 2e-5, 4e-5]);
      expect(values(dataset, "population")).toEqual([0.9, Number.NaN, 0.4, 0.2]);
      expect(noteTexts(dataset)).toEqual(
        expect.arrayContaining([
          tableFileMessages.gaps("p1", 1),
          tableFileMessages.textColumn("note"),
          tableFileMessages.unreadableColumn("at", "dates"),
        ]),
      );
    }
  });

  it("with decimal numbers are read to the last bit; nested columns are named", async () => {
    const decimal = { converted_type: "DECIMAL", precision: 12, scale: 5 } as const;
    const written = [94_548n, null, 30_001n, -7n];
    for (const kind of [{ type: "INT32" }, { type: "INT64" }, { type: "FIXED_LEN_BYTE_ARRAY", type_length: 6 }] as const) {
      const columnData = [
        { name: "delay_us", data: [0, 10, 20, 40] },
        { name: "p1", data: written },
      ];
      const schema: Options["schema"] = [
        { name: "root", num_children: 2 },
        { name: "delay_us", type: "DOUBLE", repetition_type: "REQUIRED" },
        { name: "p1", repetition_type: "OPTIONAL", ...decimal, ...kind },
      ];
      const dataset = await readOne("q1_T1.parquet", new Uint8Array(parquetWriteBuffer({ columnData, schema })));
      expect(values(dataset, "population")).toEqual([0.94548, Number.NaN, 0.30001, -0.00007]);
    }
    const nested = {
      columnData: [
        { name: "delay_us", data: [0, 1] },
        {
          name: "iq",
          data: [
            [1, 2],
            [3, 4],
          ],
        },
      ],
    };
    const refused = await importContent("q1_T1.parquet", new Uint8Array(parquetWriteBuffer({ ...nested, schema: NESTED })));
    if (refused.status !== "unrecognised") throw new Error(refused.status);
    expect(refused.message).toContain(tableFileMessages.unreadableColumn("iq", "nested values"));
  });

  it("take units from the Arrow schema that pyarrow keeps in the file, and say so when they cannot", async () => {
    const fields = [new Field("delay", new Float64(), true, new Map([["unit", "us"]])), new Field("p1", new Float64())];
    const stream = tableToIPC(new Table(new Schema(fields)), "stream");
    // pyarrow writes the schema's message alone, without the stream's end.
    const schema = Buffer.from(stream.subarray(0, -8)).toString("base64");
    const columnData: Options["columnData"] = [
      { name: "delay", data: Float64Array.of(0, 10), type: "DOUBLE" },
      { name: "p1", data: Float64Array.of(1, 0.5), type: "DOUBLE" },
    ];
    const dataset = await readOne("T1.parquet", T1({ columnData, kvMetadata: [{ key: "ARROW:schema", value: schema }] }));
    expect(values(dataset, "delay")).toEqual([0, 1e-5]);
    const stated = columnData.map((c) => (c.name === "delay" ? { ...c, name: "delay_us" } : c));
    const unread = await readOne("T1.parquet", T1({ columnData: stated, kvMetadata: [{ key: "ARROW:schema", value: "/////wAB" }] }));
    expect(values(unread, "delay")).toEqual([0, 1e-5]);
    expect(noteTexts(unread)).toContain(tableFileMessages.arrowSchemaUnread());
  });

  it.each([
    ["LZ4", PARQUET_LZ4],
    ["ZSTD", PARQUET_ZSTD],
    ["Brotli", PARQUET_BROTLI],
    ["nothing", PARQUET_PLAIN],
  ])("of pyarrow are read with pages compressed by %s, and refused when a checksum of a page does not fit", async (_, bytes) => {
    // As a decay its zeros and ones would be single shots, and counted.
    const hints: Hints = { kind: "population", columns: { delay: "delay [us]", population: "p1" } };
    const datasets = await read("q1_T1.parquet", bytes, hints);
    expect(datasets.flatMap((d) => values(d, "delay"))).toEqual(DELAYS_US.map((t) => t * 1e-6));
    expect(datasets.flatMap((d) => values(d, "population"))).toEqual(P1);
    const damaged = bytes.map((byte, k) => (k === 40 ? byte ^ 1 : byte));
    expect((await failure("x.parquet", damaged, hints)).message).toBe(tableFileMessages.pageChecksum("delay [us]"));
  });

  it("read LZ4 pages as Hadoop frames them, in one block or several, and as a bare block", async () => {
    // A block of literals alone: 15 and more by further bytes of length.
    const literals = (x: Uint8Array) => [
      0xf0,
      ...Array.from({ length: Math.floor((x.length - 15) / 255) }, () => 255),
      (x.length - 15) % 255,
      ...x,
    ];
    const big = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
    const framed = (x: Uint8Array) => [...big(x.length), ...big(literals(x).length), ...literals(x)];
    const columnData: Options["columnData"] = [
      { name: "t [s]", data: Float64Array.from({ length: 50 }, (_, k) => k), type: "DOUBLE" },
      { name: "p1", data: Float64Array.from({ length: 50 }, (_, k) => Math.exp(-k / 7)), type: "DOUBLE" },
    ];
    for (const pack of [
      (x: Uint8Array) => Uint8Array.from(literals(x)),
      (x: Uint8Array) => Uint8Array.from(framed(x)),
      (x: Uint8Array) => Uint8Array.from([...framed(x.subarray(0, 100)), ...framed(x.subarray(100))]),
    ]) {
      const dataset = await readOne("T1.parquet", T1({ columnData, codec: "LZ4", compressors: { LZ4: pack } }));
      expect(values(dataset, "delay")).toEqual([...columnData[0]!.data]);
    }
  });

  it("are refused when two columns have one name", async () => {
    const columnData: Options["columnData"] = [
      { name: "a [s]", data: ["x"], type: "STRING" },
      { name: "a [s]", data: ["x"], type: "STRING" },
    ];
    expect((await failure("x.parquet", T1({ columnData }))).message).toBe(tableFileMessages.nameTwice("a [s]"));
  });

  it("join their row groups", async () => {
    expect(values(await readOne("T1.parquet", T1({ rowGroupSize: 3 })), "delay")).toEqual([0, 1e-5, 2e-5, 4e-5]);
  });

  it("are refused when cut off, encrypted, or of another compression", async () => {
    const whole = T1();
    for (const length of [8, 100, whole.length >> 1, whole.length - 1])
      expect((await failure("x.parquet", whole.subarray(0, length))).message).toBe(tableFileMessages.cutOff("Parquet"));
    expect((await failure("x.parquet", new TextEncoder().encode("PARE....PARE"))).message).toBe(tableFileMessages.encrypted("Parquet"));
    const lzo = T1({ codec: "LZO", compressors: { LZO: (x) => x } });
    expect((await failure("x.parquet", lzo)).message).toBe(tableFileMessages.codec("LZO"));
    const bomb = T1({ codec: "ZSTD", compressors: { ZSTD: (x) => x } });
    expect((await failure("x.parquet", bomb)).message).toBe(tableFileMessages.damaged("Parquet", codecMessages.zstd()));
    expect(await importContent("x.parquet", T1({ columnData: [{ name: "a", data: ["x"], type: "STRING" }] }))).toMatchObject({
      status: "unrecognised",
      message: tableFileMessages.noColumns(),
    });
  });
});
