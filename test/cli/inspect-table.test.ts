import { describe, expect, it } from "vitest";
import type { InspectedFile } from "../../pipelines/steps/inspect.ts";
import { inspectTable, inspectTotal } from "../../src/cli/inspect-table.ts";
import { columns } from "../../src/cli/print.ts";
import { inspectMessages as say } from "../../src/core/messages/inspect.ts";
import { makeDataset } from "../../src/tables/dataset.ts";

function file(path: string, points: number, power: number, note?: string): InspectedFile {
  const [cooldown = "", name = ""] = path.split("/");
  const values = Float64Array.from({ length: points }, (_, i) => i);
  const dataset = makeDataset({
    kind: "decay",
    kindInferred: false,
    labels: { cooldown, device: "", qubit: name.split("_")[0]!, trace: "p1" },
    started: "",
    columns: [
      { name: "delay", unit: "s", role: "delay", values, inferred: "the usual meaning of the name" },
      { name: "p1", unit: "1", role: "population", values },
    ],
    conditions: [{ name: "power", value: power, unit: "W" }],
    axis: "single",
    noise: { type: "unknown" },
    notes: note === undefined ? [] : [{ code: "unit_inferred", text: note }],
  });
  return { path, importer: "csv", datasets: [dataset], error: "", place: path, status: "imported" };
}

const lab = (count: number) =>
  ["cd07", "cd08"].flatMap((cooldown) =>
    Array.from({ length: count }, (_, i) =>
      file(`${cooldown}/q1_t1_${String(i).padStart(3, "0")}.csv`, 41 + (i % 2), 1e-9 * (1 + i), "assumed"),
    ),
  );

describe("the table of inspect", () => {
  it("has a row per file while a person can read it", () => {
    const lines = inspectTable(lab(40), { all: false, width: undefined });
    expect(lines[1]).toBe("cd07/q1_t1_000.csv  csv       decay  cd07      q1     1       41 x delay [s]*, p1 [1], power=1e-9 W");
    expect(lines.filter((line) => line.includes(".csv  csv"))).toHaveLength(80);
    expect(lines).not.toContain(say.likeFilesShareRows());
  });

  it("tells notes that differ only in their numbers once, and each with --all", () => {
    const files = [12, 14, 30].map((mK, i) => file(`cd07/q1_t1_${i}.csv`, 41, 1e-9, `temperature ${mK} mK taken from the path`));
    const notes = (all: boolean) => inspectTable(files, { all, width: undefined }).slice(6);
    expect(notes(false)).toEqual([`  ${say.moreFiles("cd07/q1_t1_0.csv", 2)}: ${say.likeNotes("temperature 12 mK taken from the path")}`]);
    expect(notes(true)).toHaveLength(3);
    const [two] = [inspectTable(files.slice(1), { all: false, width: undefined }).slice(5)];
    expect(two).toEqual([
      "  cd07/q1_t1_1.csv: temperature 14 mK taken from the path",
      "  cd07/q1_t1_2.csv: temperature 30 mK taken from the path",
    ]);
  });

  it("puts files that are alike in one row where there are many, and each in its own with --all", () => {
    const lines = inspectTable(lab(60), { all: false, width: undefined });
    expect(lines.slice(1, 4)).toEqual([
      "cd07/q1_t1_*.csv (60 files)  csv       decay  cd07      q1     60      41..42 x delay [s]*, p1 [1], power=1e-9..6e-8 W",
      "cd08/q1_t1_*.csv (60 files)  csv       decay  cd08      q1     60      41..42 x delay [s]*, p1 [1], power=1e-9..6e-8 W",
      say.likeFilesShareRows(),
    ]);
    expect(lines.slice(4)).toEqual(["", say.sections.notes, `  ${say.moreFiles("cd07/q1_t1_000.csv", 119)}: assumed`]);
    expect(inspectTable(lab(60), { all: true, width: undefined }).filter((line) => line.includes(".csv  csv"))).toHaveLength(120);
  });

  it("never joins what differs in kind, labels, columns or folder", () => {
    const other = lab(60).map((f) => ({
      ...f,
      path: f.path.replace("t1", "echo"),
      datasets: f.datasets.map((d) => ({ ...d, kind: "coherence" as const })),
    }));
    const lines = inspectTable([...lab(60), ...other], { all: false, width: undefined });
    expect(lines.filter((line) => line.includes("(60 files)"))).toHaveLength(4);
  });

  it("fits a terminal: folders are headings, the widest columns are cut, no line is longer", () => {
    const long = file("cd07/q1_a_very_long_name_of_a_file_that_somebody_gave_t1.csv", 41, 1e-9);
    const lines = inspectTable([long, ...lab(20)], { all: false, width: 70 }).slice(0, 43);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(70);
    expect(lines.filter((line) => !line.startsWith("  "))).toEqual(["cd07/", "cd08/"]);
    expect(lines[2]).toMatch(/^ {2}q1_.*\u2026.*_t1\.csv {2}csv/);
    expect(lines.join("\n")).not.toContain("cooldown");
  });

  it("names what failed and what is not recognised below, once per sentence, with the totals", () => {
    const files: InspectedFile[] = [
      { path: "a.csv", importer: "csv", datasets: [], error: "broken", place: "a.csv:3", status: "failed" },
      ...["b.txt", "c.txt", "d.txt"].map(
        (path): InspectedFile => ({ path, importer: "", datasets: [], error: "nobody", place: path, status: "unrecognised" }),
      ),
      file("cd07/q1_t1.csv", 41, 1),
    ];
    const lines = inspectTable(files, { all: false, width: undefined });
    expect(lines[1]).toBe(`a.csv           ${say.failed}`);
    expect(lines.slice(6)).toEqual([
      "",
      say.sections.unrecognised,
      `  ${say.moreFiles("b.txt", 2)}: nobody`,
      "",
      say.sections.failed,
      "  a.csv:3: broken",
    ]);
    expect(inspectTotal(files)).toBe(say.total(1, 3, 1, new Map([["decay", 1]])));
  });
});

describe("columns", () => {
  it("cut nothing where there is no terminal", () => {
    const long = "x".repeat(500);
    expect(
      columns([
        [long, long],
        ["a", "b"],
      ]),
    ).toEqual([`${long}  ${long}`, `${"a".padEnd(500)}  b`]);
  });
});
