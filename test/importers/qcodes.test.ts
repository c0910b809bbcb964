import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { numpyMessages } from "../../src/core/messages/import-numpy.ts";
import { qcodesMessages, sweepMessages } from "../../src/core/messages/import-qcodes.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { type Hints, NO_HINTS } from "../../src/importers/importer.ts";
import { qcodes } from "../../src/importers/qcodes.ts";
import type { Dataset } from "../../src/tables/dataset.ts";
import { columnOf } from "../../src/tables/dataset.ts";
import { importContent, noteTexts, values } from "./import-text.ts";
import { asLog, databasePath, npyBlob, type ParameterSpec, type RunSpec, writeQcodes } from "./qcodes-writer.ts";

const NAME = "cd1/experiments.db";
const T1: readonly ParameterSpec[] = [
  { name: "delay", unit: "us", label: "Delay" },
  { name: "q1_p1", unit: "", over: ["delay"] },
];
const DELAYS = [0, 10, 20, 40];
const P1 = [0.95, 0.6, 0.4, 0.15];
const t1Run = (more: Partial<RunSpec> = {}): RunSpec => ({
  name: "T1",
  parameters: T1,
  rows: DELAYS.map((delay, k) => ({ delay, q1_p1: P1[k]! })),
  ...more,
});

async function imported(runs: readonly RunSpec[], hints: Hints = NO_HINTS): Promise<readonly Dataset[]> {
  const result = await importFile(writeQcodes(runs), NAME, hints);
  if (result.status !== "imported") throw new Error(`${result.status}: ${result.message}`);
  return result.datasets;
}

async function failed(runs: readonly RunSpec[], hints: Hints = NO_HINTS) {
  const result = await importFile(writeQcodes(runs), NAME, hints);
  return result.status === "imported"
    ? result
    : { status: result.status, place: "place" in result ? result.place : "", message: result.message };
}

describe("QCoDeS databases", () => {
  it.each([0, 1, 2, 3, "layouts"] as const)("read a T1 with a description of version %s", async (description) => {
    const [dataset, ...others] = await imported([t1Run({ description })]);
    expect(others).toEqual([]);
    expect(dataset).toMatchObject({
      kind: "decay",
      kindInferred: false,
      labels: { cooldown: "", device: "chipA", qubit: "q1", trace: "q1_p1" },
      started: "2023-11-14T22:13:20.250Z",
      axis: "single",
    });
    expect(values(dataset!, "delay")).toEqual([0, 1e-5, 2e-5, 4e-5]);
    expect(values(dataset!, "population")).toEqual(P1);
    expect(columnOf(dataset!, "delay")).toMatchObject({ name: "delay", unit: "s" });
    expect(noteTexts(dataset!)).toContain(qcodesMessages.fromRun(1, "T1", "cooldown", "chipA"));
  });

  it("take magnitude and phase beside I and Q, and all of them beside a population, for no further trace", async () => {
    const parameters = ["I", "Q", "mag", "phase"].map((name, k): ParameterSpec => {
      return { name: `q1_${name}`, unit: ["V", "V", "V", "deg"][k]!, over: ["delay"] };
    });
    const rows = DELAYS.map((delay, k) => ({ delay, q1_I: k, q1_Q: 1, q1_mag: k + 1, q1_phase: 10 * k }));
    const traces = async (run: Partial<RunSpec>, hints: Hints = NO_HINTS) =>
      (await imported([t1Run(run)], hints)).map((d) => [d.labels.trace, d.notes.find((n) => n.code === "same_trace")?.text]);
    expect(await traces({ parameters: [T1[0]!, ...parameters], rows })).toEqual([
      ["q1_I,q1_Q", formatMessages.sameTrace(["q1_mag", "q1_phase"], "q1_I,q1_Q")],
    ]);
    const counted = { parameters: [...T1, ...parameters], rows: rows.map((row, k) => ({ ...row, q1_p1: P1[k]! })) };
    expect(await traces(counted)).toEqual([["q1_p1", formatMessages.sameTrace(["q1_I", "q1_Q", "q1_mag", "q1_phase"], "q1_p1")]]);
    // What the lab file names is never left out.
    expect((await traces(counted, { columns: { i: "q1_I", q: "q1_Q" } })).map(([trace]) => trace)).toContain("q1_I,q1_Q");
  });

  it("take I and Q that stand in rows of their own together", async () => {
    const parameters: ParameterSpec[] = [
      { name: "delay", unit: "ns" },
      { name: "dig_I", unit: "mV", over: ["delay"] },
      { name: "dig_Q", unit: "mV", over: ["delay"] },
    ];
    const rows = DELAYS.flatMap((delay, k) => [
      { delay, dig_I: 10 * k },
      { delay, dig_Q: -k - 1 },
    ]);
    const [dataset, ...others] = await imported([{ name: "q3 relaxation", parameters, rows }]);
    expect(others).toEqual([]);
    expect(dataset!.labels).toMatchObject({ qubit: "q3", trace: "dig_I,dig_Q" });
    expect(values(dataset!, "i")).toEqual([0, 0.01, 0.02, 0.03]);
    expect(values(dataset!, "q")).toEqual([-0.001, -0.002, -0.003, -0.004]);
  });

  it("read arrays with a number for the outer setpoint, and split at it", async () => {
    const parameters: ParameterSpec[] = [
      { name: "flux", unit: "V" },
      { name: "delay", unit: "s", type: "array" },
      { name: "voltage", unit: "V", type: "array", over: ["flux", "delay"] },
    ];
    const rows = [0.1, 0.2].map((flux, k) => ({ flux, delay: npyBlob([0, 1e-6, 2e-6]), voltage: npyBlob([3 + k, 2, 1]) }));
    const datasets = await imported([{ name: "T1 against flux", parameters, rows }]);
    expect(datasets.map((d) => [d.labels.trace, d.axis, d.conditions])).toEqual([
      ["voltage[0]", "swept", [{ name: "flux", value: 0.1, unit: "V" }]],
      ["voltage[1]", "swept", [{ name: "flux", value: 0.2, unit: "V" }]],
    ]);
    expect(values(datasets[1]!, "voltage")).toEqual([4, 2, 1]);
  });

  it("call an outer counter a repetition", async () => {
    const parameters: ParameterSpec[] = [
      { name: "repetition" },
      { name: "delay", unit: "us" },
      { name: "p1", over: ["repetition", "delay"] },
    ];
    const rows = [0, 1].flatMap((repetition) => DELAYS.map((delay, k) => ({ repetition, delay, p1: P1[k]! })));
    expect((await imported([{ name: "T1", parameters, rows }])).map((d) => [d.labels.trace, d.axis])).toEqual([
      ["p1[0]", "repeat"],
      ["p1[1]", "repeat"],
    ]);
  });

  it("read complex numbers point by point and big-endian arrays", async () => {
    const parameters: ParameterSpec[] = [
      { name: "frequency", unit: "GHz", type: "array" },
      { name: "vna_S21", unit: "", type: "complex", over: ["frequency"] },
    ];
    const rows = [
      { frequency: 5, vna_S21: npyBlob([0.5], [-0.25]) },
      { frequency: npyBlob([5.5, 6], undefined, ">f8"), vna_S21: npyBlob([1, 2], [3, 4]) },
    ];
    const [spectrum] = await imported([{ parameters, rows }]);
    expect(spectrum!.kind).toBe("scattering");
    expect(values(spectrum!, "frequency")).toEqual([5e9, 5.5e9, 6e9]);
    expect(values(spectrum!, "s_re")).toEqual([0.5, 1, 2]);
    expect(values(spectrum!, "s_im")).toEqual([-0.25, 3, 4]);
    expect(columnOf(spectrum!, "s_re")!.inferred).toContain(sweepMessages.besideFrequency("vna_S21"));
  });

  it("turn decibels and degrees beside a frequency into S", async () => {
    const parameters: ParameterSpec[] = [
      { name: "vna_frequency", unit: "Hz" },
      { name: "vna_S21_magnitude", unit: "dB", over: ["vna_frequency"] },
      { name: "vna_S21_phase", unit: "deg", over: ["vna_frequency"] },
    ];
    const rows = [5e9, 6e9].flatMap((f) => [
      { vna_frequency: f, vna_S21_magnitude: -20 },
      { vna_frequency: f, vna_S21_phase: 90 },
    ]);
    const [dataset] = await imported([{ parameters, rows }]);
    expect(dataset!.kind).toBe("scattering");
    expect(values(dataset!, "s_im", "21")).toEqual([0.1, 0.1]);
  });

  it("keep runs apart, leave out empty ones and text, and say so", async () => {
    const parameters: ParameterSpec[] = [...T1, { name: "comment", type: "text", over: ["delay"] }];
    const snapshot = {
      station: { instruments: { sgs: { parameters: { power: { value: -30, unit: "dBm" }, status: { value: "on", unit: "" } } } } },
    };
    const datasets = await imported([t1Run({ parameters, snapshot }), t1Run({ rows: [] }), t1Run({ name: "echo", completed: false })]);
    expect(datasets.map((d) => d.kind)).toEqual(["decay", "other"]);
    expect(noteTexts(datasets[0]!)).toEqual(
      expect.arrayContaining([
        qcodesMessages.emptyRuns([2]),
        qcodesMessages.textParameter("comment"),
        qcodesMessages.snapshotPower("sgs.power", -30, "dBm"),
      ]),
    );
    expect(noteTexts(datasets[1]!)).toContain(qcodesMessages.incompleteRun(3));
    expect(noteTexts(datasets[1]!).join()).not.toContain("sgs.power");
  });

  it("do not fit a delay without unit until the lab file states it", async () => {
    const parameters = T1.map((p) => ({ ...p, unit: "" }));
    const [dataset] = await imported([t1Run({ parameters })]);
    expect(dataset!.kind).toBe("other");
    expect(noteTexts(dataset!)).toContain(sweepMessages.delayUnit("delay", ""));
    const [stated] = await imported([t1Run({ parameters })], { columns: { delay: "delay [us]", population: "q1_p1" } });
    expect(stated!.kind).toBe("decay");
    expect(values(stated!, "delay")).toEqual([0, 1e-5, 2e-5, 4e-5]);
  });

  it("have the same id in every file and another one for other numbers", async () => {
    const [a] = await imported([t1Run()]);
    const [b] = await imported([t1Run({ experiment: "another", sample: "chipB" })]);
    const [c] = await imported([t1Run({ rows: DELAYS.map((delay) => ({ delay, q1_p1: 0.5 })) })]);
    expect(b!.id).toBe(a!.id);
    expect(c!.id).not.toBe(a!.id);
  });
});

describe("broken QCoDeS databases are refused with the place", () => {
  it.each<[string, Partial<RunSpec>, string, string]>([
    ["text among numbers", { rows: [{ delay: 0, q1_p1: "abc" }] }, ":run 1:results-1-1:row 1", qcodesMessages.notNumeric("q1_p1", "abc")],
    ["an unknown version", { description: { text: '{"version":7}' } }, ":run 1", qcodesMessages.descriptionVersion("7")],
    ["no object", { description: { text: "[]" } }, ":run 1", qcodesMessages.badDescription("it is no object")],
    [
      "a missing setpoint",
      {
        parameters: [{ name: "p1" }],
        rows: [],
        description: { text: '{"version":1,"interdependencies":{"parameters":{"p1":{}},"dependencies":{"p1":["gone"]}}}' },
      },
      ":run 1",
      qcodesMessages.unknownParameter("p1", "gone"),
    ],
    [
      "arrays of other lengths",
      { rows: [{ delay: npyBlob([1, 2, 3]), q1_p1: npyBlob([1, 2]) }] },
      ":run 1:results-1-1:row 1",
      qcodesMessages.arrayLengths("delay", 3, 2),
    ],
    [
      "a cut array",
      { rows: [{ delay: 1, q1_p1: npyBlob([1, 2]).subarray(0, 100) }] },
      ":run 1:results-1-1:row 1:q1_p1",
      numpyMessages.headerCut(116, 88),
    ],
  ])("%s", async (_, more, place, message) => {
    const result = await failed([t1Run(more)]);
    expect(result).toMatchObject({ status: "failed", place: NAME + place, message });
  });

  it("whole databases that are cut off", async () => {
    const path = writeQcodes([t1Run()]);
    const whole = readFileSync(path);
    for (const length of [16, 100, 2000, 4096, whole.length - 4096, whole.length - 1])
      expect(await importContent("cut.db", whole.subarray(0, length))).toMatchObject({
        status: "failed",
        importer: "qcodes",
        place: "cut.db",
      });
  });

  it("but a database of something else is left alone", async () => {
    const path = writeQcodes([]);
    expect(await importFile(path, NAME, NO_HINTS)).toEqual({ status: "unrecognised", message: qcodesMessages.noRuns() });
  });
});

describe("a write-ahead log beside a QCoDeS database", () => {
  const first = readFileSync(writeQcodes([t1Run()]));
  const both = readFileSync(writeQcodes([t1Run(), t1Run({ name: "T1 again" })]));
  const { database, log } = asLog(first, both);

  function place(logBytes: Uint8Array | undefined, more: Readonly<Record<string, Uint8Array>> = {}): string {
    const path = databasePath();
    writeFileSync(path, database);
    if (logBytes !== undefined) writeFileSync(`${path}-wal`, logBytes);
    for (const [suffix, bytes] of Object.entries(more)) writeFileSync(path + suffix, bytes);
    return path;
  }
  const outcome = async (path: string) => {
    const result = await importFile(path, NAME, NO_HINTS);
    return result.status === "imported" ? result.datasets.length : result.message;
  };

  it("is merged, and neither file is touched", async () => {
    const path = place(log);
    const result = await importFile(path, NAME, NO_HINTS);
    if (result.status !== "imported") throw new Error(result.message);
    expect(result.datasets).toHaveLength(2);
    expect(noteTexts(result.datasets[1]!)).toContain(qcodesMessages.logMerged((log.length - 32) / (24 + 4096)));
    expect(Buffer.compare(readFileSync(path), database)).toBe(0);
    expect(Buffer.compare(readFileSync(`${path}-wal`), log)).toBe(0);
    expect(readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)))).toEqual([basename(path), `${basename(path)}-wal`]);
  });

  it("may be absent, empty, zeroed, from an earlier round, or end before its commit", async () => {
    expect(await outcome(place(undefined))).toBe(1);
    expect(await outcome(place(new Uint8Array()))).toBe(1);
    expect(await outcome(place(new Uint8Array(log.length)))).toBe(1);
    expect(await outcome(place(log.subarray(0, 32 + 24 + 4096)))).toBe(1);
    const earlier = Uint8Array.from([...log, ...log.subarray(32, 32 + 24 + 4096)]);
    earlier[log.length + 8] = 99;
    expect(await outcome(place(earlier))).toBe(2);
  });

  it("is refused when a byte is wrong, the end is cut, the page size is another, or a transaction was left open", async () => {
    const damaged = Uint8Array.from(log);
    damaged[32 + 24 + 100]! ^= 1;
    expect(await outcome(place(damaged))).toBe(qcodesMessages.logDamaged("checksum of frame 1"));
    expect(await outcome(place(log.subarray(0, log.length - 1)))).toBe(
      qcodesMessages.logDamaged(`frame ${(log.length - 32) / (24 + 4096)} is cut off`),
    );
    expect(await outcome(place(Uint8Array.from(log, (x, k) => (k === 5 ? x ^ 1 : x))))).toBe(qcodesMessages.logDamaged("its header"));
    const journal = Uint8Array.of(0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7);
    expect(await outcome(place(log, { "-journal": journal }))).toBe(qcodesMessages.rollbackJournal());
  });

  it("belongs to the file's identity", () => {
    expect(qcodes.companions?.("experiments.db")?.test("experiments.db-wal")).toBe(true);
    expect(qcodes.companions?.("experiments.db")?.test("other.db-wal")).toBe(false);
    expect(qcodes.companions?.("experiments.csv")).toBeUndefined();
  });
});
