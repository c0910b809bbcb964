import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportNames, isExportName } from "../../pipelines/steps/export-names.ts";
import { makeDataset } from "../../src/tables/dataset.ts";
import { unicode } from "../tables/random-dataset.ts";

const dataset = (cooldown: string, qubit: string, trace: string, first = 0) =>
  makeDataset({
    kind: "decay",
    kindInferred: false,
    labels: { cooldown, device: "", qubit, trace },
    started: "",
    columns: [{ name: "t", unit: "s", role: "delay", values: Float64Array.of(first) }],
    conditions: [],
    axis: "single",
    noise: { type: "unknown" },
    notes: [],
  });
const id = dataset("", "", "").id;

describe("names of exported datasets", () => {
  it.each([
    ["cd07", "q1", "p1", `cd07_q1_decay_p1_${id}`],
    ["", "", "", `decay_${id}`],
    ["../..", "a/b\\c:d", "..", `a-b-c-d_decay_${id}`],
    ["CON", "nul.", "MQ PulseGen - Voltage, q4[0]", `CON_nul_decay_MQ-PulseGen-Voltage-q4-0_${id}`],
    ["\u00e9t\u00e9 2026", "\u91cf\u5b50", "-rf *", `\u00e9t\u00e9-2026_\u91cf\u5b50_decay_rf_${id}`],
  ])("show the labels %j, %j, %j", (cooldown, qubit, trace, expected) => {
    expect(exportNames([dataset(cooldown, qubit, trace)])).toEqual([expected]);
  });

  it("tell equal numbers under labels that look alike apart", () => {
    const names = exportNames([dataset("cd", "q1", "p 1"), dataset("cd", "Q1", "p-1"), dataset("cd", "q1", "p/1")]);
    expect(names).toEqual([`cd_q1_decay_p-1_${id}`, `cd_Q1_decay_p-1_${id}_2`, `cd_q1_decay_p-1_${id}_3`]);
  });

  it("are names on every file system, whatever the labels (property)", () => {
    const label = fc.oneof(
      unicode(60),
      fc.constantFrom("CON", "aux", "..", "", "\u{1F600}".repeat(300), "\u00e9".repeat(300), "e\u0301", "a".repeat(300)),
    );
    const any = fc.tuple(label, label, label, fc.nat(3)).map(([cooldown, qubit, trace, first]) => dataset(cooldown, qubit, trace, first));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), (datasets) => {
        const names = exportNames(datasets);
        expect(new Set(names.map((name) => name.normalize("NFD").toLowerCase())).size).toBe(datasets.length);
        for (const name of names) {
          expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.+-]*_[0-9a-f]{16}(?:_\d+)?$/u);
          expect(Buffer.byteLength(name)).toBeLessThan(200);
          expect(isExportName(`${name}.csv`, "csv")).toBe(true);
        }
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});
