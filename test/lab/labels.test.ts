import { describe, expect, it } from "vitest";
import { type Labels, NO_LABELS } from "../../src/core/dataset.ts";
import { sidecarMessages as say } from "../../src/core/messages/import-sidecars.ts";
import { labelDataset } from "../../src/lab/labels.ts";
import { type Lab, parseLab } from "../../src/lab/load.ts";
import { type Dataset, type DatasetDraft, makeDataset } from "../../src/tables/dataset.ts";

function trace(labels: Partial<Labels> = {}, more: Partial<DatasetDraft> = {}): Dataset {
  return makeDataset({
    ...{ kind: "decay", kindInferred: false, labels: { ...NO_LABELS, ...labels }, started: "", conditions: [], axis: "single", notes: [] },
    ...{ noise: { type: "unknown" }, columns: [{ name: "t", unit: "s", role: "delay", values: Float64Array.of(0, 1) }] },
    ...more,
  });
}
const noteTexts = (dataset: Dataset) => dataset.notes.map(({ text }) => text);
const label = (path: string, dataset = trace(), lab?: Lab, together?: readonly Dataset[]) =>
  labelDataset(dataset, lab?.entryFor(path), lab, path, together);

describe("labels without a lab file, to the letter of CONTRACT.md", () => {
  it.each([
    ["cd07/q1_t1_003.csv", "cd07", "q1"],
    ["cd07/2026/deep/q1_t1.csv", "cd07", "q1"], // first folder below the root, however deep the file
    ["q1_t1.csv", "", "q1"], // in the root itself
    ["cd07/qA12_t1.csv", "cd07", "qA12"],
    ["cd07/Q1_t1.csv", "cd07", "Q1"],
    ["cd07/q1.csv", "cd07", "q1"],
    ["cd07/q-1_t1.csv", "cd07", "q-1_t1"], // no leading q<digits or letters>_: the stem
    ["cd07/xq1_t1.csv", "cd07", "xq1_t1"],
    ["cd07/a.b.csv", "cd07", "a.b"],
    ["cd07/noending", "cd07", "noending"],
    ['a\n<b>"/q1_\n.csv', 'a\n<b>"', "q1"],
    ['cd/it\'s "1"\n.csv', "cd", 'it\'s "1"\n'],
  ])("%j: cooldown %j, qubit %j", (path, cooldown, qubit) => {
    expect(label(path).labels).toEqual({ cooldown, device: "", qubit, trace: "signal" });
  });
  it("what the file itself says comes before its path", () => {
    const d = label("cd07/q1_t1.csv", trace({ qubit: "QB5", device: "chipB", trace: "Voltage, QB5[3]" }));
    expect(d.labels).toEqual({ cooldown: "cd07", device: "chipB", qubit: "QB5", trace: "Voltage, QB5[3]" });
  });
});

describe("labels with a lab file", () => {
  const lab = parseLab(`
device: chipA
cooldowns: { cd07: { started: 2026-09-03 }, cd08: { device: chipC } }
files:
  - { match: "{cooldown}/{qubit}_T1_*.hdf5" }
  - { match: "run/**/{qubit}.csv", cooldown: cd08, trace: p1 }
  - { match: "flux/{qubit}_{flux}mA_{pulse}_{n}.csv" }
  - { match: "s/{qubit}_{power}dBm.s1p" }
`);
  it("it wins over the file and the path", () => {
    const d = label("cd07/left_T1_0.hdf5", trace({ qubit: "QB5", device: "chipB", trace: "Voltage[3]" }), lab);
    expect(d.labels).toEqual({ cooldown: "cd07", device: "chipA", qubit: "left", trace: "Voltage[3]" });
    expect(d.started).toBe("2026-09-03");
    expect(label("run/a/b/q1.csv", trace({ trace: "raw[mean]" }), lab).labels).toEqual({
      cooldown: "cd08",
      device: "chipC",
      qubit: "q1",
      trace: "p1[mean]",
    });
    expect(label("cd07/x.csv", trace({}, { started: "2026-09-04" }), lab)).toMatchObject({
      started: "2026-09-04",
      labels: { device: "chipA" },
    });
  });
  it("files of several qubits keep their own", () => {
    const together = ["QB1", "QB2"].map((qubit) => trace({ qubit, trace: qubit }));
    const qubits = together.map((d) => label("cd07/all_T1_0.hdf5", d, lab, together).labels.qubit);
    expect(qubits).toEqual(["QB1", "QB2"]);
    // Repeats of one qubit are no second qubit.
    const repeats = [0, 1].map((i) => trace({ qubit: "QB5", trace: `V[${i}]` }));
    expect(repeats.map((d) => label("cd07/left_T1_0.hdf5", d, lab, repeats).labels.qubit)).toEqual(["left", "left"]);
  });
  it("operating points in names are conditions, and such decays are never averaged over", () => {
    const d = label("flux/q1_0.5mA_x180_3.csv", trace({ trace: "p1[2]" }, { axis: "repeat" }), lab);
    expect(d.conditions).toEqual([{ name: "flux", value: 5e-4, unit: "A" }]);
    expect(d.axis).toBe("swept");
    expect(d.labels).toMatchObject({ qubit: "q1", trace: "p1 pulse=x180[2]" });
    expect(label("cd07/q1_T1_0.hdf5", trace({}, { axis: "repeat" }), lab).axis).toBe("repeat");
  });
  it("a power from the name is a condition in W; where the file states another, the lab file's counts and a note names both", () => {
    const s = trace({}, { kind: "scattering" });
    const stated = { name: "power", value: expect.closeTo(1e-9, 20), unit: "W" };
    expect(label("s/q1_-60dBm.s1p", s, lab).conditions).toEqual([stated]);
    const own = (value: number) => trace({}, { kind: "scattering", conditions: [{ name: "power", value, unit: "W" }] });
    const other = label("s/q1_-60dBm.s1p", own(2e-9), lab);
    expect(other.conditions).toEqual([stated]);
    const place = "gammawatt.yaml:8";
    expect(noteTexts(other)).toEqual([say.contradiction("power", "-60 dBm", place, "-56.9897 dBm", "s/q1_-60dBm.s1p")]);
    expect(label("s/q1_-60dBm.s1p", own(1.0004e-9), lab).notes).toEqual([]);
  });
  it("a power that was swept within the file is no contradiction to one for all", () => {
    const together = [1e-9, 2e-9].map((value) => trace({}, { kind: "scattering", conditions: [{ name: "power", value, unit: "W" }] }));
    const labelled = together.map((d) => label("s/q1_-60dBm.s1p", d, lab, together));
    expect(labelled.map((d) => [d.conditions[0]!.value, d.notes])).toEqual([
      [1e-9, []],
      [2e-9, []],
    ]);
  });
  it("a device or a number of a qubit that the file calls otherwise is a note; another spelling is none", () => {
    const s = label("cd07/left_T1_0.hdf5", trace({ device: "chipB", cooldown: "cd09" }), lab);
    expect(s.labels).toMatchObject({ cooldown: "cd07", device: "chipA" });
    expect(noteTexts(s)).toEqual([
      say.contradiction("cooldown", "cd07", "gammawatt.yaml:5", "cd09", say.fileOrSidecar("cd07/left_T1_0.hdf5")),
      say.contradiction("device", "chipA", "gammawatt.yaml:5", "chipB", say.fileOrSidecar("cd07/left_T1_0.hdf5")),
    ]);
    const named = (qubit: string) => noteTexts(label("cd07/q1_t1.csv", trace({ qubit, trace: "p1" }), undefined));
    expect(named("QB1")).toEqual([]);
    expect(named("q2")).toEqual([say.contradiction("qubit", "q2", say.fileOrSidecar("cd07/q1_t1.csv"), "q1", say.thePath())]);
  });
  it("the id stays that of the numbers", () => {
    const d = trace();
    expect(label("flux/q1_0.5mA_x180_3.csv", d, lab).id).toBe(d.id);
  });
});
