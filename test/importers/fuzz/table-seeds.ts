import { readFileSync } from "node:fs";
import { utils, write } from "@e965/xlsx";
import { unzipSync } from "fflate";
import { writeZip } from "../../../src/importers/zip/write.ts";
import { columnsOf, makeDataset } from "../../../src/tables/dataset.ts";
import { datasetToArrow } from "../../../src/tables/writers/arrow.ts";
import { datasetToParquet } from "../../../src/tables/writers/parquet.ts";
import { ARROW_LZ4, ARROW_ZSTD, PARQUET_BROTLI, PARQUET_LZ4, PARQUET_PLAIN, PARQUET_ZSTD } from "../pyarrow-files.ts";
import { writeQcodes } from "../qcodes-writer.ts";
import type { Seed } from "./seed.ts";

const DELAYS = Float64Array.from({ length: 30 }, (_, k) => k * 1e-6);
const P1 = DELAYS.map((t) => Math.exp(-t / 9e-6));
const DATASET = makeDataset({
  kind: "decay",
  kindInferred: false,
  labels: { cooldown: "cd1", device: "chipA", qubit: "q1", trace: "p1" },
  started: "",
  columns: [
    { name: "t", unit: "s", role: "delay", values: DELAYS },
    { name: "p1", unit: "1", role: "population", values: P1 },
  ],
  conditions: [],
  axis: "single",
  noise: { type: "unknown" },
  notes: [],
});

/** Arrow, Parquet, workbooks and QCoDeS' databases, each decoded in a thread. */
export function tableSeeds(): readonly Seed[] {
  const hints = { columns: { delay: "delay [us]", population: "p1" } };
  const table = { weight: 0.5 };
  return [
    { importer: "arrow", title: "file of this project", file: "x.arrow", bytes: datasetToArrow(DATASET, "file"), ...table },
    { importer: "arrow", title: "stream of this project", file: "x.arrow", bytes: datasetToArrow(DATASET, "stream"), ...table },
    { importer: "arrow", title: "LZ4 of pyarrow", file: "T1.feather", bytes: ARROW_LZ4, hints, ...table },
    { importer: "arrow", title: "ZSTD of pyarrow", file: "T1.feather", bytes: ARROW_ZSTD, hints, ...table },
    { importer: "parquet", title: "of this project", file: "x.parquet", bytes: datasetToParquet(DATASET), ...table },
    {
      importer: "parquet",
      title: "plain of pyarrow",
      file: "T1.parquet",
      bytes: PARQUET_PLAIN,
      hints,
      covered: pagesOf(PARQUET_PLAIN),
      ...table,
    },
    { importer: "parquet", title: "LZ4 of pyarrow", file: "T1.parquet", bytes: PARQUET_LZ4, hints, ...table },
    { importer: "parquet", title: "ZSTD of pyarrow", file: "T1.parquet", bytes: PARQUET_ZSTD, hints, ...table },
    { importer: "parquet", title: "Brotli of pyarrow", file: "T1.parquet", bytes: PARQUET_BROTLI, hints, ...table },
    workbookSeed(),
    { importer: "qcodes", title: "one run", file: "experiments.db", bytes: database(), weight: 0.2 },
  ];
}

/** The values of the two columns: what the pages' checksums cover. */
function pagesOf(bytes: Uint8Array): [number, number][] {
  const delays = Uint8Array.from({ length: 128 }, (_, k) => (k % 4 === 0 ? [0, 1, 2, 4][(k / 4) % 4]! : 0));
  const populations = new Uint8Array(Float32Array.from({ length: 32 }, (_, k) => 1 - (k % 2)).buffer);
  return [delays, populations].map((values) => {
    const at = Buffer.from(bytes).indexOf(values);
    return [at, at + values.length];
  });
}

function workbookSeed(): Seed {
  const book = utils.book_new();
  const rows = columnsOf(DATASET)[0]!.values.length;
  const cells = Array.from({ length: rows }, (_, k) => [DELAYS[k]!, P1[k]!]);
  utils.book_append_sheet(book, utils.aoa_to_sheet([["delay [s]", "p1"], ...cells]), "T1");
  const contents = unzipSync(new Uint8Array(write(book, { type: "array", bookType: "xlsx" }) as ArrayBuffer));
  return {
    importer: "xlsx",
    title: "one sheet",
    file: "T1.xlsx",
    bytes: writeZip(contents),
    covered: "whole",
    parts: { contents, pack: writeZip },
    weight: 0.5,
  };
}

function database(): Uint8Array {
  return readFileSync(
    writeQcodes([
      {
        name: "T1",
        parameters: [
          { name: "delay", unit: "s" },
          { name: "p1", over: ["delay"] },
        ],
        rows: [...DELAYS].map((delay, k) => ({ delay, p1: P1[k]! })),
      },
    ]),
  );
}
