import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { qcodesMessages, sweepMessages } from "../../src/core/messages/import-qcodes.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { type Hints, NO_HINTS } from "../../src/importers/importer.ts";
import { qcodesLegacy } from "../../src/importers/qcodes-legacy.ts";
import { noteTexts, values } from "./import-text.ts";

const root = mkdtempSync(join(tmpdir(), "gammawatt-qcodes-legacy-"));
let folders = 0;

const T1 = '# awg_delay_set\tq1_p1\n# "Delay"\t"Population"\n# 4\n0\t0.9\n1e-05\t0.5\n2e-05\tnan\n4e-05\t0.2\n';
const snapshot = (more: object = {}) => ({
  arrays: { awg_delay_set: { unit: "s", label: "Delay", is_setpoint: true }, q1_p1: { unit: "", label: "Population" } },
  location: "data/2017-08-03/#001_T1_15-30-11",
  loop: { ts_start: "2017-08-03 15:30:11" },
  station: { instruments: { sgs: { parameters: { power: { value: -20, unit: "dBm" } } } } },
  ...more,
});

/** Writes the text, and the snapshot beside it, into a folder of their own. */
async function imported(text: string, beside?: object | string, hints: Hints = NO_HINTS) {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  writeFileSync(join(folder, "awg_delay_set.dat"), text);
  if (beside !== undefined) writeFileSync(join(folder, "snapshot.json"), typeof beside === "string" ? beside : JSON.stringify(beside));
  return importFile(join(folder, "awg_delay_set.dat"), "cd1/awg_delay_set.dat", hints);
}

async function read(text: string, beside?: object | string, hints: Hints = NO_HINTS) {
  const result = await imported(text, beside, hints);
  if (result.status !== "imported") throw new Error(result.message);
  return result.datasets;
}

describe("QCoDeS' older text files", () => {
  it("take source powers from the snapshot, which is part of their identity", async () => {
    const [dataset] = await read(T1, snapshot());
    expect(noteTexts(dataset!)).toContain(qcodesMessages.snapshotPower("sgs.power", -20, "dBm"));
    expect(qcodesLegacy.companions?.("x.dat")?.test("snapshot.json")).toBe(true);
  });

  it("are not fitted without a unit until the lab file states it", async () => {
    const [dataset] = await read(T1);
    expect(dataset!.kind).toBe("other");
    expect(noteTexts(dataset!)).toEqual(
      expect.arrayContaining([qcodesMessages.legacyNoUnits(), sweepMessages.delayUnit("awg_delay_set", "")]),
    );
    const [stated] = await read(T1, undefined, { kind: "decay", columns: { delay: "Delay [us]", population: "q1_p1" } });
    expect(stated!.kind).toBe("decay");
    expect(values(stated!, "delay")).toEqual([0, 1e-5, 2e-5, 4e-5].map((x) => x / 1e6));
  });

  it("split at the outer setpoint, keep what an ended sweep wrote, and read CR LF", async () => {
    const text =
      '# flux_set\tawg_delay_set\tv\r\n# "Flux"\t"Delay"\t"V"\r\n# 2\t3\r\n0.1\t0\t3\r\n0.1\t1e-6\t2\r\n0.1\t2e-6\t1\r\n\r\n0.2\t0\t4\r\n';
    const arrays = { flux_set: { unit: "V" }, awg_delay_set: { units: "s" }, v: { unit: "mV" } };
    const datasets = await read(text, snapshot({ arrays }));
    expect(datasets.map((d) => [d.axis, d.conditions[0]?.value, values(d, "voltage")])).toEqual([
      ["swept", 0.1, [0.003, 0.002, 0.001]],
      ["swept", 0.2, [0.004]],
    ]);
    expect(noteTexts(datasets[0]!)).toContain(qcodesMessages.legacyShape([2, 3], 4));
  });

  it.each([
    ["a row that is cut off", T1.replace("4e-05\t0.2\n", "4e-05"), ":7", qcodesMessages.legacyRow(7, 1, 2)],
    ["a cell that is no number", T1.replace("0.5", "x"), ":5:2", qcodesMessages.legacyCell(5, 2, "x")],
    ["more rows than planned", `${T1}5e-05\t0.1\n`, "", qcodesMessages.legacyTooMany([4], 5)],
    ["no rows", T1.slice(0, T1.indexOf("0\t0.9")), "", qcodesMessages.legacyEmpty()],
    ["equal names", T1.replace("q1_p1", "awg_delay_set"), ":1", qcodesMessages.legacyHeader('two columns are named "awg_delay_set"')],
    ["setpoints only", T1.replace("# 4", "# 4\t4"), ":3", qcodesMessages.legacyHeader("2 columns, 2 of them setpoints")],
  ])("are refused with %s", async (_, text, place, message) => {
    expect(await imported(text, snapshot())).toEqual({
      status: "failed",
      importer: "qcodes-legacy",
      place: `cd1/awg_delay_set.dat${place}`,
      message,
    });
  });

  it("are refused with a broken snapshot", async () => {
    expect(await imported(T1, "[]")).toMatchObject({
      status: "failed",
      place: "cd1/snapshot.json",
      message: qcodesMessages.badSnapshot("it is no object"),
    });
  });

  it("are no tables of other programs", async () => {
    expect((await imported("# a\tb\n1\t2\n3\t4\n")).status).not.toBe("failed");
    expect((await imported("# a\tb\n1\t2\n3\t4\n")).status).toBe("unrecognised");
  });
});
