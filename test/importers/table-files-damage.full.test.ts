import { readFileSync } from "node:fs";
import { utils, write } from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { columnsOf, makeDataset } from "../../src/tables/dataset.ts";
import { datasetToArrow } from "../../src/tables/writers/arrow.ts";
import { datasetToParquet } from "../../src/tables/writers/parquet.ts";
import { importContent } from "./import-text.ts";
import { writeQcodes } from "./qcodes-writer.ts";

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

function workbook(): Uint8Array {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([["delay [s]", "p1"], ...[...DELAYS].map((t, k) => [t, P1[k]!])]), "T1");
  return new Uint8Array(write(book, { type: "array", bookType: "xlsx" }) as ArrayBuffer);
}

const database = () =>
  readFileSync(
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

describe("damaged table files and databases end in datasets or a sentence, whatever bytes are changed", () => {
  it.each([
    ["x.arrow", () => datasetToArrow(DATASET, "file")],
    ["y.arrow", () => datasetToArrow(DATASET, "stream")],
    ["x.parquet", () => datasetToParquet(DATASET)],
    ["x.xlsx", workbook],
    ["x.db", database],
  ] as const)("%s", { timeout: 120_000 }, async (name, make) => {
    const { uniform } = random(5);
    const whole = make();
    const ends: Record<string, number> = {};
    for (let k = 0; k < 40; k++) {
      const bytes = Uint8Array.from(whole);
      for (let c = 0; c < 3; c++) bytes[Math.floor(uniform() * bytes.length)] = Math.floor(uniform() * 256);
      const result = await importContent(name, uniform() < 0.2 ? bytes.subarray(0, Math.floor(uniform() * bytes.length)) : bytes);
      ends[result.status] = (ends[result.status] ?? 0) + 1;
      if (result.status === "failed") expect(result.message).not.toMatch(/bug of gammawatt/);
      if (result.status === "imported")
        for (const dataset of result.datasets) expect(new Set(columnsOf(dataset).map((c) => c.values.length)).size).toBe(1);
    }
    expect(ends.failed).toBeGreaterThan(0);
  });
});
