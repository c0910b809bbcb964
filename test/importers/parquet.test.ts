import { gzipSync } from "node:zlib";
import { Field, Float64, Schema, Table, tableToIPC } from "apache-arrow";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { tableFileMessages } from "../../src/core/messages/import-tables.ts";
import { random } from "../../src/core/random.ts";
import { makeDataset } from "../../src/tables/dataset.ts";
import { datasetToParquet } from "../../src/tables/parquet-file.ts";
import { failure, importContent, noteTexts, readOne, values } from "./import-text.ts";

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

  it("join their row groups", async () => {
    expect(values(await readOne("T1.parquet", T1({ rowGroupSize: 3 })), "delay")).toEqual([0, 1e-5, 2e-5, 4e-5]);
  });

  it("are refused when cut off, encrypted, or of another compression", async () => {
    const whole = T1();
    for (const length of [8, 100, whole.length >> 1, whole.length - 1])
      expect((await failure("x.parquet", whole.subarray(0, length))).message).toBe(tableFileMessages.cutOff("Parquet"));
    expect((await failure("x.parquet", new TextEncoder().encode("PARE....PARE"))).message).toBe(tableFileMessages.encrypted("Parquet"));
    const zstd = T1({ codec: "ZSTD", compressors: { ZSTD: (x) => x } });
    expect((await failure("x.parquet", zstd)).message).toBe(tableFileMessages.codec("ZSTD"));
    expect(await importContent("x.parquet", T1({ columnData: [{ name: "a", data: ["x"], type: "STRING" }] }))).toMatchObject({
      status: "unrecognised",
      message: tableFileMessages.noColumns(),
    });
  });
});
