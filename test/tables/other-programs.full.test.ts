import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeDataset } from "../../src/tables/dataset.ts";
import { type RowTable, rowColumns } from "../../src/tables/row-table.ts";
import { EXPORT_FORMATS, tableWriter } from "../../src/tables/writers/registry.ts";

const PYTHON = "/usr/bin/python3";
const hasModules = (...names: string[]) => spawnSync(PYTHON, ["-c", `import ${names.join(", ")}`]).status === 0;

const DELAYS = [0, 1e-6, 1.1e-5, 5e-324];
const POPULATIONS = [0.1 + 0.2, Number.NaN, -0.25, 1e300];
const DATASET = makeDataset({
  kind: "decay",
  kindInferred: false,
  labels: { cooldown: "cd1", device: "", qubit: "q1", trace: 'p1, "#2"' },
  started: "",
  columns: [
    { name: "delay", unit: "s", role: "delay", values: Float64Array.from(DELAYS) },
    { name: 'p1, "#2"', unit: "1", role: "population", values: Float64Array.from(POPULATIONS) },
  ],
  conditions: [],
  axis: "single",
  noise: { type: "unknown" },
  notes: [{ code: "x", text: "a\nb, \u00b5" }],
});
const RESULTS: RowTable = {
  columns: rowColumns("qubit,value,unit", "value"),
  rows: [
    ["q1", 1.5, "1/s"],
    ["=1+1, #", Number.NaN, "s"],
  ],
};

/** What Python prints as JSON after reading the files of that name in every format; `None` for what is not known. */
async function inPython(script: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "gammawatt-python-"));
  for (const format of EXPORT_FORMATS) {
    const writer = await tableWriter(format);
    for (const [name, content] of [
      ["d", writer.dataset(DATASET)],
      ["r", writer.rows("results", RESULTS)],
    ] as const)
      writeFileSync(
        join(folder, `${name}.${format}`),
        typeof content === "string" || content instanceof Uint8Array ? content : [...content].join(""),
      );
  }
  const known = "known = lambda x: None if isinstance(x, float) and x != x else x\n";
  const run = spawnSync(PYTHON, ["-c", `import json, os\nos.chdir(${JSON.stringify(folder)})\n${known}${script}`], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

const VALUES = [DELAYS, POPULATIONS.map((x) => (Number.isNaN(x) ? null : x))];

describe.skipIf(!hasModules("pandas", "pyarrow", "openpyxl"))("pandas (skipped: not installed)", () => {
  it("reads every format: the same numbers, units in headers, nothing where a number is not known", async () => {
    const read = `
import pandas as pd
tables = lambda n: [pd.read_csv(n + ".csv", comment="#", float_precision="round_trip"), pd.read_feather(n + ".arrow"), pd.read_parquet(n + ".parquet"), pd.read_excel(n + ".xlsx")]
print(json.dumps([[list(t.columns), [[known(x) for x in t[c].tolist()] for c in t.columns]] for n in "dr" for t in tables(n)]))`;
    const plain = [["delay", 'p1, "#2"'], VALUES];
    const headed = [["delay [s]", 'p1, "#2" [1]'], VALUES];
    const results = [
      ["qubit", "value", "unit"],
      [
        ["q1", "=1+1, #"],
        [1.5, null],
        ["1/s", "s"],
      ],
    ];
    expect(await inPython(read)).toEqual([headed, plain, plain, headed, results, results, results, results]);
  });
});

describe.skipIf(!hasModules("pyarrow"))("pyarrow (skipped: not installed)", () => {
  it("finds units and roles in the metadata of the fields, and types in those of results", async () => {
    const read = `
import pyarrow.feather, pyarrow.parquet
text = lambda m: {k.decode(): v.decode() for k, v in m.items()}
d = [pyarrow.feather.read_table("d.arrow").schema, pyarrow.parquet.read_table("d.parquet").schema]
r = [pyarrow.feather.read_table("r.arrow"), pyarrow.parquet.read_table("r.parquet")]
print(json.dumps([[text(f.metadata) for f in s] for s in d] + [[str(t.schema.types), t["value"].null_count] for t in r]))`;
    const fields = [
      { unit: "s", role: "delay" },
      { unit: "1", role: "population" },
    ];
    const types = ["[DataType(string), DataType(double), DataType(string)]", 1];
    expect(await inPython(read)).toEqual([fields, fields, types, types]);
  });
});

describe.skipIf(!hasModules("duckdb", "pyarrow"))("DuckDB (skipped: not installed)", () => {
  it("reads CSV, Arrow and Parquet", async () => {
    const read = `
import duckdb, pyarrow.feather
arrow = pyarrow.feather.read_table("d.arrow")
sources = ["read_csv('d.csv', comment='#')", "arrow", "'d.parquet'"]
print(json.dumps([[list(map(known, row)) for row in duckdb.sql(f"select * from {s}").fetchall()] for s in sources]))`;
    const rows = DELAYS.map((delay, k) => [delay, VALUES[1]![k]]);
    const [text, arrow, parquet] = (await inPython(read)) as unknown[];
    expect(text).toEqual(rows);
    // NaN is a number to Arrow and Parquet; the dataset's own columns have no nulls.
    expect([arrow, parquet]).toEqual([rows, rows]);
  });
});
