import { describe, expect, it } from "vitest";
import { ROLES } from "../../src/core/dataset.ts";
import { UNITS } from "../../src/core/units.ts";
import { type ColumnData, columnsToTable, tableColumns, tableFromIPC, tableToIPC } from "../../src/tables/arrow.ts";
import { columnsFromIpc, columnsToIpc } from "../../src/tables/columnar.ts";
import { columnOf, type DatasetDraft, makeDataset } from "../../src/tables/dataset.ts";

const column = (name: string, values: readonly number[], more: Partial<ColumnData> = {}): ColumnData => ({
  name,
  unit: "s",
  role: "delay",
  values: Float64Array.from(values),
  ...more,
});
const throughIpc = (columns: readonly ColumnData[], format: "stream" | "file") =>
  tableColumns(tableFromIPC(tableToIPC(columnsToTable(columns), format)));

describe.each(["stream", "file"] as const)("a table through the Arrow IPC %s", (format) => {
  it("keeps every unit, role, port and inference", () => {
    const units = UNITS.map((unit, i) => column(`unit ${unit}`, [i], { unit, inferred: `as the header "${unit}" says` }));
    const roles = ROLES.map((role, i) => column(`role ${role}`, [i], { role, port: "21" }));
    expect(throughIpc([...units, ...roles], format)).toStrictEqual([...units, ...roles]);
  });
  it("keeps NaN, infinities, -0 and the smallest numbers", () => {
    const columns = [
      column("hostile \n\"'<script> ÿ\u2028", [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324, 0.1]),
    ];
    expect(throughIpc(columns, format)).toStrictEqual(columns);
  });
  it("keeps tables without rows and without columns", () => {
    expect(throughIpc([column("delay", []), column("p", [])], format)).toStrictEqual([column("delay", []), column("p", [])]);
    expect(throughIpc([], format)).toEqual([]);
  });
  it("keeps a million rows, without copying them on the way back", () => {
    const values = Float64Array.from({ length: 1e6 }, (_, i) => i / 3);
    const bytes = tableToIPC(columnsToTable([{ ...column("delay", []), values }]), format);
    const back = tableColumns(tableFromIPC(bytes))[0]!.values;
    expect(Buffer.compare(Buffer.from(back.buffer, back.byteOffset, back.byteLength), Buffer.from(values.buffer))).toBe(0);
    expect(back.buffer).toBe(bytes.buffer);
  });
});

describe("a table", () => {
  it("shares the numbers it is made from", () => {
    const c = column("delay", [1, 2, 3]);
    expect(tableColumns(columnsToTable([c]))[0]!.values.buffer).toBe(c.values.buffer);
    const part = new Float64Array(c.values.buffer, 8, 2);
    expect([...tableColumns(columnsToTable([{ ...c, values: part }]))[0]!.values]).toEqual([2, 3]);
  });
  it("refuses columns of unequal length and repeated names", () => {
    expect(() => columnsToTable([column("a", [1]), column("b", [1, 2])])).toThrow('column "b" has 2 values, "a" has 1');
    expect(() => columnsToTable([column("a", [1]), column("a", [2])])).toThrow('two columns are named "a"');
  });
});

const DRAFT: DatasetDraft = {
  kind: "decay",
  kindInferred: false,
  labels: { cooldown: "cd07", device: "chipA", qubit: "q1", trace: "q1" },
  started: "",
  conditions: [{ name: "flux", value: 0.31, unit: "1" }],
  axis: "single",
  noise: { type: "binomial", shots: 1000 },
  notes: [],
  columns: [column("delay", [0, 1e-6]), column("p1", [0.9, 0.5], { unit: "1", role: "population" })],
};

describe("the id of a dataset", () => {
  const idWith = (change: Partial<DatasetDraft>) => makeDataset({ ...DRAFT, ...change }).id;
  it("does not depend on names, labels, times, sources and notes", () => {
    const renamed = DRAFT.columns.map((c) => ({ ...c, name: `${c.name}!`, inferred: "said otherwise" }));
    const labels = { cooldown: "", device: "", qubit: "", trace: "" };
    expect(idWith({ columns: renamed, labels, started: "2026-09-03T10:00:00Z", notes: [{ code: "a", text: "b" }] })).toBe(idWith({}));
  });
  it.each<[string, Partial<DatasetDraft>]>([
    [
      "a number in the last place",
      { columns: [DRAFT.columns[0]!, column("p1", [0.9, 0.5 + 2 ** -53], { unit: "1", role: "population" })] },
    ],
    ["the sign of a zero", { columns: [column("delay", [-0, 1e-6]), DRAFT.columns[1]!] }],
    ["a role", { columns: [DRAFT.columns[0]!, { ...DRAFT.columns[1]!, role: "voltage" }] }],
    ["a unit", { columns: [DRAFT.columns[0]!, { ...DRAFT.columns[1]!, unit: "V" }] }],
    ["the order of columns", { columns: [...DRAFT.columns].reverse() }],
    ["the kind", { kind: "coherence" }],
    ["a condition", { conditions: [{ name: "flux", value: 0.32, unit: "1" }] }],
    ["the noise", { noise: { type: "binomial", shots: 1001 } }],
    ["calibration points", { calibration: { zero: [0], one: [1], origin: "marked", note: "" } }],
  ])("changes with %s", (_, change) => {
    expect(idWith(change)).not.toBe(idWith({}));
  });
  it("is no guide to columns: they are found by role and port", () => {
    const ports = ["11", "21"].map((port) => column(`s${port}`, [1, 2], { role: "s_re", port }));
    const d = makeDataset({ ...DRAFT, columns: [...DRAFT.columns, ...ports] });
    expect(columnOf(d, "s_re", "21")?.name).toBe("s21");
    expect(columnOf(d, "s_re")?.name).toBe("s11");
    expect(columnOf(d, "q")).toBeUndefined();
  });
});

describe("plain columns", () => {
  it("come back from their bytes", () => {
    const texts = ["", "ÿ", "a\0b", '"', "\u{1F9CA}"];
    const lists = [[], [Float64Array.of(1, 2), new Float64Array(0)], [Float64Array.of(Number.NaN)], [], [Float64Array.of(-0)]];
    const table = columnsFromIpc(
      columnsToIpc([
        { name: "t", texts },
        { name: "i", integers: Int32Array.of(1, -2, 3, 4, 2 ** 31 - 1) },
        { name: "n", numbers: Float64Array.of(1.5, Number.NaN, -0, 1e300, 5) },
        { name: "l", lists },
      ]),
    );
    expect(table.rows).toBe(5);
    expect(table.texts("t")).toEqual(texts);
    expect(texts.map((_, i) => table.text("t", i))).toEqual(texts);
    expect([...table.integers("i")]).toEqual([1, -2, 3, 4, 2147483647]);
    expect([...table.numbers("n")]).toEqual([1.5, Number.NaN, -0, 1e300, 5]);
    expect(lists.map((_, i) => table.arrays("l", i))).toStrictEqual(lists);
  });
  it("come back without rows", () => {
    const table = columnsFromIpc(
      columnsToIpc([
        { name: "t", texts: [] },
        { name: "l", lists: [] },
        { name: "n", numbers: new Float64Array(0) },
      ]),
    );
    expect([table.rows, table.texts("t"), table.numbers("n").length]).toEqual([0, [], 0]);
    expect(() => table.arrays("l", 0)).toThrow(RangeError);
  });
  it("keep halves of a surrogate pair apart", () => {
    const table = columnsFromIpc(columnsToIpc([{ name: "t", texts: ["a\ud83e", "\uddcab"] }]));
    expect(table.texts("t")).toEqual(["a\ufffd", "\ufffdb"]);
  });
  it("refuse unequal lengths and columns that are not there", () => {
    expect(() =>
      columnsToIpc([
        { name: "a", texts: ["x"] },
        { name: "b", texts: [] },
      ]),
    ).toThrow('"b" has 0 rows');
    expect(() => columnsFromIpc(columnsToIpc([{ name: "a", texts: ["x"] }])).text("b", 0)).toThrow('no column "b"');
    expect(() => columnsFromIpc(Uint8Array.of(1, 2, 3)).texts("a")).toThrow('no column "a"');
  });
});
