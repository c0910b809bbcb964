import {
  Bool,
  Decimal,
  DurationMillisecond,
  Field,
  Float32,
  Float64,
  Int64,
  List,
  Null,
  type Schema,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import { codecMessages, tableFileMessages } from "../../src/core/messages/import-tables.ts";
import { random } from "../../src/core/random.ts";
import { columnOf, type Dataset, makeDataset } from "../../src/tables/dataset.ts";
import { mostUnpacked } from "../../src/tables/limits.ts";
import { datasetToArrow } from "../../src/tables/writers/arrow.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";
import { ARROW_LZ4, ARROW_ZSTD, DELAYS_US, P1 } from "./pyarrow-files.ts";

const DATASET = makeDataset({
  kind: "decay",
  kindInferred: false,
  labels: { cooldown: "cd1", device: "chipA", qubit: "q1", trace: "p1[0]" },
  started: "2026-09-03T10:00:00Z",
  columns: [
    { name: "t", unit: "s", role: "delay", values: Float64Array.of(0, 1e-6, 2e-6) },
    { name: "p1", unit: "1", role: "population", values: Float64Array.of(0.9, Number.NaN, -0), inferred: "by its name" },
    { name: "n", unit: "1", role: "shots", values: Float64Array.of(1000, 1000, 1000) },
  ],
  conditions: [{ name: "flux", value: 0.25, unit: "V" }],
  axis: "swept",
  noise: { type: "binomial", shots: "column" },
  calibration: { zero: [1], one: [2], origin: "marked", note: "marked" },
  notes: [{ code: "x", text: "a note with \u00b5 and \u2028" }],
});

/** The library's own columns, with the unit in the field's metadata as Python's users write it. */
function foreign(
  columns: Readonly<Record<string, { values: unknown[]; type: ConstructorParameters<typeof Field>[1]; unit?: string }>>,
): Table {
  const table = new Table(
    Object.fromEntries(Object.entries(columns).map(([name, { values: v, type }]) => [name, vectorFromArray(v, type as Float64)])),
  );
  const fields = Object.entries(columns).map(
    ([name, { type, unit }]) => new Field(name, type, true, unit === undefined ? new Map() : new Map([["unit", unit]])),
  );
  Object.assign(table.schema, { fields } satisfies Partial<Schema>);
  for (const batch of table.batches) Object.assign(batch.schema, { fields });
  return table;
}

const T1 = () =>
  foreign({
    delay: { values: [0, 10, 20, 40], type: new Float32(), unit: "us" },
    p1: { values: [0.9, null, 0.4, 0.2], type: new Float64() },
    shots: { values: [100n, 100n, 100n, 100n], type: new Int64() },
    note: { values: ["a", "b", "c", "d"], type: new Utf8() },
  });

describe("Arrow files", () => {
  it("with decimal numbers are read", async () => {
    const words = (n: bigint) => Uint32Array.from({ length: 4 }, (_, k) => Number(BigInt.asUintN(32, n >> BigInt(32 * k))));
    const cells = [94_548n, null, 30_001n, -7n].map((n) => (n === null ? null : words(n)));
    const table = foreign({
      delay_us: { values: [0, 10, 20, 40], type: new Float64() },
      p1: { values: cells, type: new Decimal(5, 12) },
    });
    expect(values(await readOne("q1_T1.arrow", tableToIPC(table, "file")), "population")).toEqual([0.94548, Number.NaN, 0.30001, -0.00007]);
  });

  it.each(["file", "stream"] as const)("that this project wrote come back exactly (%s)", async (format) => {
    const back = await readOne("x.arrow", datasetToArrow(DATASET, format));
    const { table: _a, sources: _b, ...facts } = back;
    const { table: _c, sources: _d, ...wanted } = DATASET;
    expect(facts).toEqual(wanted);
    expect(values(back, "population").map((x) => Object.is(x, -0))).toEqual([false, false, true]);
    expect(columnOf(back, "population")!.inferred).toBe("by its name");
  });

  it("keep any numbers, names and labels (property)", async () => {
    const { uniform } = random(11);
    const any = () => (uniform() < 0.1 ? Number.NaN : (uniform() - 0.5) * 10 ** (600 * uniform() - 300));
    for (let k = 0; k < 20; k++) {
      const length = Math.floor(uniform() * 50);
      const { calibration: _c, table: _t, id: _i, ...facts } = DATASET;
      const dataset = makeDataset({
        ...facts,
        noise: { type: "relative", relative: uniform() },
        labels: { cooldown: "\u{1F600}", device: '"', qubit: "", trace: "<b>" },
        columns: ["a", "b\u0000", ""].map((name) => ({ name, unit: "V", role: "other", values: Float64Array.from({ length }, any) })),
      });
      expect((await readOne("x.arrow", datasetToArrow(dataset, k % 2 ? "file" : "stream"))).id).toBe(dataset.id);
    }
  });

  it.each(["file", "stream"] as const)("of other programs are read by names and units (%s)", async (format) => {
    const dataset = await readOne("q1_T1.feather", tableToIPC(T1(), format));
    expect(dataset).toMatchObject({ kind: "decay", kindInferred: false, noise: { type: "binomial", shots: "column" } });
    expect(values(dataset, "delay")).toEqual([0, 1e-5, 2e-5, 4e-5]);
    expect(values(dataset, "population")).toEqual([0.9, Number.NaN, 0.4, 0.2]);
    expect(noteTexts(dataset)).toEqual(expect.arrayContaining([tableFileMessages.gaps("p1", 1), tableFileMessages.textColumn("note")]));
  });

  it("state units by type or name, and take the lab file's word", async () => {
    const durations = foreign({
      delay: { values: [0n, 1n, 2n], type: new DurationMillisecond() },
      p1: { values: [true, false, false], type: new Bool() },
    });
    expect(values(await readOne("T1.arrow", tableToIPC(durations, "file")), "delay")).toEqual([0, 1e-3, 2e-3]);
    const plain = foreign({ a: { values: [0, 1], type: new Float64() }, b: { values: [1, 0.5], type: new Float64() } });
    expect(await importContent("x.arrow", tableToIPC(plain, "file"))).toMatchObject({ status: "unrecognised" });
    const hinted = await readOne("x.arrow", tableToIPC(plain, "file"), { kind: "decay", columns: { delay: "a [us]", population: "b" } });
    expect(values(hinted, "delay")).toEqual([0, 1e-6]);
    const lists = foreign({
      "t [s]": { values: [0], type: new Float64() },
      p1: { values: [[1, 2]], type: new List(new Field("item", new Float64())) },
    });
    expect((await importContent("x.arrow", tableToIPC(lists, "file"))).status).not.toBe("imported");
  });

  it.each([
    ["LZ4", ARROW_LZ4],
    ["ZSTD", ARROW_ZSTD],
  ])("of pyarrow are read with buffers compressed by %s", async (_, bytes) => {
    // As a decay its zeros and ones would be single shots, and counted.
    const datasets = await read("q1_T1.feather", bytes, { kind: "population", columns: { delay: "delay [us]", population: "p1" } });
    expect(datasets.flatMap((d) => values(d, "delay"))).toEqual(DELAYS_US.map((t) => t * 1e-6));
    expect(datasets.flatMap((d) => values(d, "population"))).toEqual(P1);
  });

  it("are refused when a compressed buffer claims more than it can hold, or than the file may", async () => {
    /** The first frame's eight bytes of unpacked length stand before its magic number. */
    const claiming = (file: Uint8Array, magic: string, length: number) => {
      const copy = Uint8Array.from(file);
      new DataView(copy.buffer).setBigInt64(Buffer.from(copy).indexOf(Buffer.from(magic, "hex")) - 8, BigInt(length), true);
      return copy;
    };
    expect((await failure("x.arrow", claiming(ARROW_ZSTD, "28b52ffd", 2 ** 40))).message).toBe(
      tableFileMessages.unpacksTooFar(2 ** 40, mostUnpacked(ARROW_ZSTD.length)),
    );
    expect((await failure("x.arrow", claiming(ARROW_ZSTD, "28b52ffd", 33))).message).toBe(
      tableFileMessages.damaged("Arrow", codecMessages.size("ZSTD", 32, 33)),
    );
    expect((await failure("x.arrow", claiming(ARROW_LZ4, "04224d18", 2 ** 26))).message).toMatch(/ of LZ4 cannot unpack to 67108864/);
  });

  it("with a column of nothing but missing values say so", async () => {
    const empty = foreign({
      "t [s]": { values: [0, 1], type: new Float64() },
      p1: { values: [1, 0], type: new Float64() },
      x: { values: [null, null], type: new Null() },
    });
    expect(noteTexts(await readOne("T1.arrow", tableToIPC(empty, "file")))).toContain(
      tableFileMessages.unreadableColumn("x", tableFileMessages.onlyMissing()),
    );
  });

  it("are refused with a sentence when of version 1, cut off, or holding integers beyond 2^53", async () => {
    expect((await failure("x.feather", new TextEncoder().encode("FEA1........FEA1"))).message).toBe(tableFileMessages.featherOne());
    for (const format of ["file", "stream"] as const) {
      const whole = tableToIPC(T1(), format);
      for (const length of [17, 100, whole.length >> 1, whole.length - 9, whole.length - 1])
        expect(await importContent("x.arrow", whole.subarray(0, length))).toMatchObject({
          status: "failed",
          message: tableFileMessages.cutOff("Arrow"),
        });
    }
    const large = foreign({ "t [s]": { values: [2n ** 53n + 1n], type: new Int64() }, p1: { values: [1], type: new Float64() } });
    expect(await failure("x.arrow", tableToIPC(large, "file"))).toEqual({
      place: "x.arrow:t [s]",
      message: tableFileMessages.unsafeInteger("t [s]", "9007199254740993"),
    });
    const facts = Buffer.from(datasetToArrow(DATASET, "file"));
    const broken = Buffer.from(facts.toString("latin1").replaceAll('"kind":"decay"', '"kind":"decxy"'), "latin1");
    expect((await failure("x.arrow", broken)).message).toBe(tableFileMessages.badDatasetMetadata("kind"));
  });

  it("change their id with their numbers only", async () => {
    const [a] = await read("x.arrow", tableToIPC(T1(), "file"));
    const [b] = await read("y.arrow", tableToIPC(T1(), "stream"));
    expect((b as Dataset).id).toBe((a as Dataset).id);
  });
});
