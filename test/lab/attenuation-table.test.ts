import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LabFileError } from "../../src/core/errors.ts";
import * as say from "../../src/core/messages/attenuation.ts";
import { attenuationAt } from "../../src/lab/attenuation-table.ts";
import { loadLab } from "../../src/lab/load.ts";

const COLUMNS = '{ frequency: "f [GHz]", attenuation: "loss [dB]" }';
const GROUP = { cooldown: "cd07", device: "", qubit: "q1" };

function folder(table: string, more = "", columns = COLUMNS, frequency = "5.25 GHz"): string {
  const path = mkdtempSync(join(tmpdir(), "gw-attenuation-"));
  writeFileSync(join(path, "line.csv"), table);
  writeFileSync(
    join(path, "gammawatt.yaml"),
    `qubits: { q1: { frequency: ${frequency} } }\nlines:\n  d: { qubits: [q1], attenuation_from: warm, attenuation: { file: line.csv, columns: ${columns}${more} } }\n`,
  );
  return path;
}
const lineOf = async (...parts: Parameters<typeof folder>) => (await loadLab(folder(...parts)))!.facts(GROUP).line!;
const refusal = async (...parts: Parameters<typeof folder>) => {
  const error = await loadLab(folder(...parts)).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(LabFileError);
  return error as LabFileError;
};
// Half way between 5 GHz (70 dB) and 5.5 GHz (71 dB); rows in any order.
const TABLE = "f [GHz],loss [dB]\n5.5,71\n5.0,70\n6.0,74\n";

describe("attenuation against frequency", () => {
  it("linear in dB at the qubit's frequency, its uncertainty stated for all", async () => {
    const line = await lineOf(TABLE, ", uncertainty: 0.4 dB");
    expect(line.attenuation).toEqual({ quantity: { value: 70.5, sigma: 0.4, unit: "dB" }, entry: "lines.d.attenuation" });
    expect(line.attenuation_table?.table.frequency).toEqual([5e9, 5.5e9, 6e9]);
  });
  it("uncertainty from a column, interpolated too; none: not known, never 0", async () => {
    const sigma = '{ frequency: "f [GHz]", attenuation: "loss [dB]", sigma: "err [dB]" }';
    const with2 = await lineOf("f [GHz];loss [dB];err [dB]\n5,5;71;0,6\n5,0;70;0,2\n", "", sigma);
    expect(with2.attenuation?.quantity.sigma).toBeCloseTo(0.4, 12);
    expect((await lineOf(TABLE)).attenuation?.quantity.sigma).toBeNaN();
  });
  it("exact at its rows and its ends, nothing beyond", async () => {
    const { table } = (await lineOf(TABLE)).attenuation_table!;
    expect([5e9, 5.5e9, 6e9].map((f) => attenuationAt(table, f)?.value)).toEqual([70, 71, 74]);
    expect(attenuationAt(table, 5.75e9)?.value).toBeCloseTo(72.5, 12);
    for (const f of [4.999e9, 6.001e9, Number.NaN]) expect(attenuationAt(table, f)).toBeUndefined();
    expect((await lineOf(TABLE, "", COLUMNS, "6.2 GHz")).attenuation).toBeUndefined();
  });
  it("is no measurement: the scan passes it over", async () => {
    expect((await loadLab(folder(TABLE)))!.tables).toEqual(["line.csv"]);
  });
  it.each([
    [
      "without unit",
      "f [GHz],loss [dB]\n5,70\n6,71\n",
      '{ frequency: "f [GHz]", attenuation: "f [GHz]" }',
      say.tableUnit("line.csv", "attenuation", "Hz"),
    ],
    ["as a gain", "f [GHz],loss [dB]\n5,-70\n6,-71\n", COLUMNS, say.tableNegative("line.csv", 1, -70)],
    ["of one row", "f [GHz],loss [dB]\n5,70\n6,\n", COLUMNS, say.tableShort("line.csv", 1)],
    ["with a frequency twice", "f [GHz],loss [dB]\n5,70\n5,71\n6,71\n", COLUMNS, say.tableTwice("line.csv", 5e9)],
  ])("a table %s is refused with what to type", async (_what, table, columns, sentence) => {
    const error = await refusal(table, "", columns);
    expect(error.message).toBe(sentence);
    expect(error.place).toMatch(/^gammawatt\.yaml:3:\d+$/);
  });
  it("a table that is not there, and a header that is not in it, are named", async () => {
    const absent = folder(TABLE);
    writeFileSync(join(absent, "gammawatt.yaml"), `lines: { d: { qubits: [q1], attenuation: { file: lost.csv, columns: ${COLUMNS} } } }`);
    await expect(loadLab(absent)).rejects.toThrow(/lost\.csv/);
    expect((await refusal(TABLE, "", '{ frequency: "freq [GHz]", attenuation: "loss [dB]" }')).message).toContain("freq [GHz]");
  });
});
