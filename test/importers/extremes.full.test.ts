import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, describe, expect, it } from "vitest";
import * as csvMessages from "../../src/core/messages/csv.ts";
import * as network from "../../src/core/messages/import-network.ts";
import { zipMessages } from "../../src/core/messages/import-numpy.ts";
import { qubitJsonMessages } from "../../src/core/messages/import-qubit-json.ts";
import { tableFileMessages } from "../../src/core/messages/import-tables.ts";
import * as importers from "../../src/core/messages/importers.ts";
import * as touchstone from "../../src/core/messages/touchstone.ts";
import type { Hints } from "../../src/importers/importer.ts";
import { npyFile, writeNpy, writeNpz } from "../../src/importers/numpy/write.ts";
import { IMPORTER_NAMES } from "../../src/importers/registry.ts";
import { writeZip } from "../../src/importers/zip/write.ts";
import { MOST_COLUMNS } from "../../src/tables/limits.ts";
import { ImportingProcess, type Outcome } from "./fuzz/importing-process.ts";
import { writeHdf5 } from "./hdf5-file.ts";

/** Far above what each takes: only a file that never ends reaches it. */
const LIMIT = 120_000;
const MOST_MEMORY = 2 ** 30;
const MEGABYTE = 2 ** 20;

const folder = mkdtempSync(join(tmpdir(), "gammawatt-extremes-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Part = string | Uint8Array;

function* repeated(text: string, bytes: number): Generator<string> {
  const block = text.repeat(Math.ceil(MEGABYTE / text.length));
  for (let written = 0; written < bytes; written += block.length) yield block;
}
const numbered = (count: number, entry: (k: number) => string) => Array.from({ length: count }, (_, k) => entry(k));

/** Imports the file in a process of its own, which may take no more than 1 GB, and starts anew for the next. */
async function imported(name: string, parts: Iterable<Part>, hints: Hints = {}): Promise<Outcome> {
  const absolute = join(folder, name);
  const file = openSync(absolute, "w");
  for (const part of parts) typeof part === "string" ? writeSync(file, part) : writeSync(file, part);
  closeSync(file);
  const process = new ImportingProcess();
  const outcome = await process.import({ absolute, path: name, hints }, LIMIT);
  process.end();
  rmSync(absolute);
  expect(outcome.peak).toBeLessThan(MOST_MEMORY);
  return outcome;
}
const refusal = async (name: string, parts: Iterable<Part>, hints?: Hints) => {
  const outcome = await imported(name, parts, hints);
  return "message" in outcome ? outcome.message : outcome;
};

describe("files at the limits", { timeout: LIMIT }, () => {
  const WINDOW = 256 * 1024;
  const unknown = importers.nobodyRecognises(IMPORTER_NAMES);

  it("100 MB without a line end are refused or left alone", async () => {
    expect(await refusal("a.txt", repeated("x", 1e8))).toBe(unknown);
    expect(await refusal("a.csv", repeated("1.25,", 1e8))).toBe(csvMessages.longLines(1, WINDOW));
    expect(await refusal("digits.csv", repeated("1", 1e8))).toBe(csvMessages.longLines(1, WINDOW));
    expect(await refusal("a.json", repeated("[", 1e8))).toBe(unknown);
    const rows = ["delay [us],p1\n0,1\n1,0.5\n2,0.3\n"];
    expect(await refusal("late.csv", [...rows, ...repeated("1.25,", 1e8)])).toBe(csvMessages.longLine(5, 4 * MEGABYTE));
    expect(await refusal("a.s2p", ["# GHz S RI R 50\n", ...repeated("1 ", 5e7)])).toMatch(/^Line 2 has \d{8} numbers/);
  });

  it("100 MB of line ends are refused or left alone", async () => {
    expect(await refusal("a.txt", repeated("\n", 1e8))).toBe(unknown);
    expect(await refusal("a.csv", repeated("\r\n", 1e8))).toBe(csvMessages.onlyComments());
    expect(await refusal("a.s2p", repeated("\n", 1e8))).toBe(touchstone.noData());
    expect(await refusal("a.citi", ["CITIFILE A.01.00\n", ...repeated("\n", 1e8)])).toBe(importers.noDatasets());
  });

  it("a million rows are read, 100000 columns are refused", async () => {
    const rows = ["delay [us],p1\n", ...numbered(1000, (k) => numbered(1000, (j) => `${1000 * k + j},0.5\n`).join(""))];
    expect(await imported("T1.csv", rows)).toMatchObject({ status: "imported", uneven: false });
    const column = (length: number) => Float64Array.from({ length }, (_, k) => k);
    const parquet = (names: readonly string[], length: number) => [
      new Uint8Array(parquetWriteBuffer({ columnData: names.map((name) => ({ name, data: column(length), type: "DOUBLE" })) })),
    ];
    expect(await imported("T1.parquet", parquet(["delay [us]", "p1"], 1e6))).toMatchObject({ status: "imported" });
    const wide = numbered(MOST_COLUMNS + 1, (k) => `c${k}`);
    expect(await refusal("T1.parquet", parquet(wide, 3))).toBe(tableFileMessages.tooManyColumns(wide.length, MOST_COLUMNS));
    const header = `delay [us],${numbered(1e5, (k) => `p${k}`).join()}\n`;
    const row = `${numbered(100_001, () => "0.5").join()}\n`;
    expect(await refusal("T1.csv", [header, row, row, row])).toBe(csvMessages.longLines(1, WINDOW));
    expect(await refusal("T1.csv", ["delay [us]\n", ...repeated("1.5\n", 4e6)])).toBe(csvMessages.noTable("delay [us]"));
  });

  it("empty and 0-dimensional arrays are named as what they are", async () => {
    expect(await imported("T1.npz", [writeNpz({ delay_us: writeNpy([]), p1: writeNpy([]) })])).toMatchObject({ status: "unrecognised" });
    const scalar = npyFile({ descr: "<f8", shape: [], data: new Uint8Array(8) });
    expect(await imported("T1.npy", [scalar])).toMatchObject({ status: "unrecognised" });
    const endless = npyFile({ descr: "<f8", shape: [0, 1e9, 1e9], data: new Uint8Array(0) });
    expect((await imported("T1.npy", [endless])).status).not.toBe("imported");
    const none = { columns: { delay: "/t [us]", population: "/p" }, kind: "decay" } as const;
    const empty = await writeHdf5((file) => {
      for (const name of ["t", "p"]) file.create_dataset({ name, data: new Float64Array(0), shape: [0] });
    });
    expect((await imported("a.h5", [readFileSync(empty)], none)).status).toMatch(/^(?:imported|failed)$/);
  });

  it("65536 arrays, groups in groups, brackets in brackets and 60000 files in an archive are left alone or refused", async () => {
    const many = await writeHdf5((file) => {
      for (let k = 0; k < 65_536; k++) file.create_dataset({ name: `d${k}`, data: Float64Array.of(k) });
    });
    expect(await refusal("many.h5", [readFileSync(many)])).toMatch(/"\/d0"/);
    const deep = await writeHdf5((file) => {
      let group = file.create_group("g");
      for (let k = 0; k < 500; k++) group = group.create_group("g");
      group.create_dataset({ name: "t", data: Float64Array.of(1) });
    });
    expect((await imported("deep.h5", [readFileSync(deep)])).status).toBe("unrecognised");
    const nested = `{"a":"./arrays.npz#a","b":${'{"x":'.repeat(1e5)}1${"}".repeat(1e5)}}`;
    expect(await refusal("data.json", [nested])).toBe(qubitJsonMessages.deep());
    expect(await refusal("a.json", ["[".repeat(1e6), "]".repeat(1e6)])).toBe(unknown);
    const archive = writeZip(Object.fromEntries(numbered(60_000, (k) => `a${k}.npy`).map((name) => [name, Uint8Array.of(0)])));
    expect(await refusal("a.npz", [archive])).toBe(zipMessages.manyEntries(60_000, 10_000));
  });

  it("names of a million characters are clipped in sentences", async () => {
    const long = "a".repeat(1e6);
    expect(await refusal("a.csv", [`delay ${long} [us],p1\n0,1\n1,0.5\n2,0.3\n`])).toBe(csvMessages.longLines(1, WINDOW));
    const shorter = "a".repeat(1e5);
    const message = await refusal("a.csv", [`${shorter} [us],p1\n0,1\n1,0.5\n2,0.3\n`]);
    expect(typeof message === "string" ? message.length : 0).toBeLessThan(1000);
    const citi = `CITIFILE A.01.00\nNAME ${long}\nVAR FREQ MAG 2\nDATA S[1,1] RI\nVAR_LIST_BEGIN\n1e9\n2e9\nVAR_LIST_END\nBEGIN\n1,2\n3,4\nEND\n`;
    expect(await imported("a.citi", [citi])).toMatchObject({ status: "imported" });
  });

  it("more measurements than a file may hold are refused", async () => {
    const block = "VAR a = 1\nBEGIN ACDATA\n# GHz S RI R 50\n% F n11x n11y\n1 1 0.1\nEND\n";
    expect(await refusal("a.mdf", repeated(block, 100_000 * block.length))).toMatch(manySweeps);
    const one = "CITIFILE A.01.00\nNAME x\nVAR FREQ MAG 1\nDATA S[1,1] RI\nVAR_LIST_BEGIN\n1\nVAR_LIST_END\nBEGIN\n1,2\nEND\n";
    expect(await refusal("a.citi", repeated(one, 100_000 * one.length))).toMatch(manySweeps);
  });
  const manySweeps = new RegExp(network.tooManySweeps(1, 2).replace(/1|2/g, "\\d+").replaceAll(".", "\\."));
});
