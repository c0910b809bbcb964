import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_LABELS } from "../../src/core/dataset.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { NO_HINTS } from "../../src/importers/importer.ts";
import { type ColumnData, columnsOf, type Dataset, type DatasetDraft, makeDataset } from "../../src/tables/dataset.ts";
import { EXPORT_FORMATS, type ExportFormat, tableWriter } from "../../src/tables/writers/registry.ts";
import { anyDataset, everything } from "./random-dataset.ts";

const folder = mkdtempSync(join(tmpdir(), "gammawatt-round-trip-"));

const PLAIN: Omit<DatasetDraft, "columns"> = {
  kind: "other",
  kindInferred: false,
  labels: NO_LABELS,
  started: "",
  conditions: [],
  axis: "single",
  noise: { type: "unknown" },
  notes: [],
};

async function throughFile(dataset: Dataset, format: ExportFormat): Promise<Dataset> {
  const content = (await tableWriter(format)).dataset(dataset);
  const path = join(folder, `x.${format}`);
  writeFileSync(path, typeof content === "string" || content instanceof Uint8Array ? content : [...content].join(""));
  const result = await importFile(path, `cd/x.${format}`, NO_HINTS);
  if (result.status !== "imported") throw new Error(`${result.status}: ${result.message}`);
  expect(result.datasets).toHaveLength(1);
  return result.datasets[0]!;
}

describe.each(EXPORT_FORMATS)("a dataset written as %s", (format) => {
  it("may have columns in one memory, as the store gives them back", async () => {
    const numbers = Float64Array.from({ length: 24 }, (_, i) => i);
    const views = [numbers.subarray(0, 8), numbers.subarray(0, 8), numbers.subarray(4, 12), numbers.subarray(12, 20)];
    const columns = views.map((values, k) => ({ name: `c${k}`, unit: "1", role: "other", values }) as const);
    const dataset = makeDataset({ ...PLAIN, columns });
    expect(everything(await throughFile(dataset, format), "signed")).toMatchObject({
      id: dataset.id,
      columns: everything(dataset, "signed").columns,
    });
  });

  it("is read back as it was, with the files in which it was measured (property)", async () => {
    await fc.assert(
      fc.asyncProperty(anyDataset, async (dataset) => {
        // To the libraries of Arrow and Parquet an empty name is none, and a byte-order mark at the beginning of a text is no part of it.
        const lost = ({ name, inferred = "" }: ColumnData) => name === "" || name.startsWith("\ufeff") || inferred.startsWith("\ufeff");
        fc.pre(format === "csv" || format === "xlsx" || !columnsOf(dataset).some(lost));
        const back = await throughFile(dataset, format);
        const measured = back.sources.flatMap((source) => source.exportedFrom ?? []);
        // A spreadsheet has no -0.
        const zeros = format === "xlsx" ? "unsigned" : "signed";
        expect({ ...everything(back, zeros), sources: measured }).toEqual(everything(dataset, zeros));
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});
