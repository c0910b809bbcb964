import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exportMessages } from "../../src/core/messages/export.ts";
import { tableFileMessages } from "../../src/core/messages/import-tables.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { type Hints, NO_HINTS } from "../../src/importers/importer.ts";
import { columnOf, makeDataset } from "../../src/tables/dataset.ts";
import { datasetCsv } from "../../src/tables/dataset-csv.ts";
import { rowColumns } from "../../src/tables/row-table.ts";
import { Unwritable } from "../../src/tables/writers/writer.ts";
import { xlsx } from "../../src/tables/writers/xlsx.ts";
import { readSheets } from "../../src/tables/xlsx-file.ts";

const folder = mkdtempSync(join(tmpdir(), "gammawatt-changed-"));
const DATASET = makeDataset({
  kind: "decay",
  kindInferred: false,
  labels: { cooldown: "cd1", device: "", qubit: "q1", trace: "p1" },
  started: "",
  columns: [
    { name: "delay", unit: "s", role: "delay", values: Float64Array.of(0, 1e-5, 2e-5, 3e-5) },
    { name: "p1", unit: "1", role: "population", values: Float64Array.of(0.9, 0.5, 0.25, 0.125) },
  ],
  conditions: [],
  axis: "single",
  noise: { type: "unknown" },
  notes: [],
});
const TEXT = [...datasetCsv(DATASET)].join("");

async function read(content: string | Uint8Array, name = "q1.csv", hints: Hints = NO_HINTS) {
  writeFileSync(join(folder, name), content);
  return importFile(join(folder, name), name, hints);
}
const failure = async (content: string) => {
  const result = await read(content);
  return result.status === "failed" ? [result.place, result.message] : [result.status];
};

describe("an exported CSV that was changed", () => {
  it("has an id of its own and says so when a number is another", async () => {
    const result = await read(TEXT.replace("0.25", "0.26"));
    expect(result).toMatchObject({ datasets: [{ notes: [{ text: tableFileMessages.changedSinceExport(DATASET.id) }] }] });
    expect(result.status === "imported" && result.datasets[0]!.id).not.toBe(DATASET.id);
  });
  it("is the same with other line ends, and without the comments an ordinary table", async () => {
    expect(await read(TEXT.replaceAll("\n", "\r\n"))).toMatchObject({ datasets: [{ id: DATASET.id, notes: [] }] });
    const plain = await read(TEXT.replace(/^# .*\n/gm, ""), "q1_T1.csv");
    expect(plain).toMatchObject({ datasets: [{ kind: "decay" }] });
    expect(plain.status === "imported" && [...columnOf(plain.datasets[0]!, "delay")!.values]).toEqual([0, 1e-5, 2e-5, 3e-5]);
  });
  it("is read by the lab file's word where it has one", async () => {
    const hints = { kind: "decay", columns: { delay: "delay [s]", voltage: "p1 [1]" } } as const;
    const result = await read(TEXT, "q1.csv", hints);
    expect(result.status === "imported" && columnOf(result.datasets[0]!, "voltage")).toMatchObject({ name: "p1" });
  });
  it("is refused wherever it is cut off", async () => {
    for (let length = "# gammawatt dataset\n".length; length < TEXT.length; length += 31)
      expect((await read(TEXT.slice(0, length))).status, `${length} characters`).toBe("failed");
    expect(await failure(TEXT.slice(0, -1))).toEqual(["q1.csv", exportMessages.csvCutOff()]);
    expect(await failure(TEXT.replace(/0\.00003,.*\n$/, ""))).toEqual(["q1.csv", exportMessages.rowsMissing(4, 3)]);
  });
  it("is refused when columns moved, cells are missing or are no numbers", async () => {
    const lines = TEXT.split("\n");
    const header = lines.indexOf("delay [s],p1 [1]") + 1;
    const swapped = TEXT.replace("delay [s],p1 [1]", "p1 [1],delay [s]");
    expect(await failure(swapped)).toEqual([`q1.csv:${header}`, exportMessages.headerChanged("delay [s],p1 [1]")]);
    expect(await failure(TEXT.replace("0.00001,0.5", "0.00001"))).toEqual([`q1.csv:${header + 2}`, exportMessages.cells(1, 2)]);
    expect(await failure(TEXT.replace(",0.5", ",half"))).toEqual([`q1.csv:${header + 2}:2`, exportMessages.notANumber("half")]);
    const axis = lines.findIndex((line) => line.startsWith("# axis: ")) + 1;
    expect(await failure(TEXT.replace("# axis: ", "# axis: ~"))).toEqual([
      `q1.csv:${axis}`,
      exportMessages.brokenFact('# axis: ~"single"'),
    ]);
  });
  it("is refused when a spreadsheet program saved it again", async () => {
    const saved = TEXT.replace(/^(# .*)$/gm, (line) => (line.includes('"') ? `"${line.replaceAll('"', '""')}",` : `${line},`));
    expect(await failure(saved)).toEqual(["q1.csv:1", exportMessages.savedElsewhere()]);
  });
});

describe("a workbook", () => {
  const big = (rows: number, value = 0) =>
    makeDataset({ ...DATASET, columns: [{ name: "t", unit: "s", role: "other", values: new Float64Array(rows).fill(value) }] });

  it("is refused where a sheet cannot hold the dataset", () => {
    expect(() => xlsx.dataset(big(1_048_576))).toThrow(new Unwritable(exportMessages.xlsxRows(1_048_576, 1_048_576)));
    expect(() => xlsx.dataset(big(1, Number.POSITIVE_INFINITY))).toThrow(new Unwritable(exportMessages.xlsxInfinity()));
  });
  it("keeps facts that are longer than a cell, and says what of a text it leaves out", async () => {
    const notes = [{ code: "x", text: '\u{1F600} "\u00b5\n '.repeat(20_000) }];
    const result = await read(xlsx.dataset({ ...DATASET, notes }) as Uint8Array, "x.xlsx");
    expect(result).toMatchObject({ datasets: [{ id: DATASET.id, notes }] });
    const table = { columns: rowColumns("a", ""), rows: [["=1+1"], ["_x0041_"], ["y".repeat(40_000)]] };
    const cells = readSheets(xlsx.rows("r", table) as Uint8Array)[0]!.rows.map((row) => row![0]);
    expect(cells.slice(0, 3)).toEqual(["a", "=1+1", "_x0041_"].map((value) => ({ kind: "text", value })));
    expect(cells[3]).toMatchObject({ value: expect.stringMatching(/^y+ \.\.\. and \d+ characters more/) });
  });
});
