import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspectFolder } from "../../pipelines/steps/inspect.ts";
import { type Kind, NO_LABELS } from "../../src/core/dataset.ts";
import { draftLab } from "../../src/lab/draft.ts";
import { labelDataset } from "../../src/lab/labels.ts";
import { parseLab } from "../../src/lab/load.ts";
import { type DatasetDraft, makeDataset } from "../../src/tables/dataset.ts";

function file(path: string, kind: Kind = "decay", qubits: readonly string[] = [""], more: Partial<DatasetDraft> = {}) {
  const raw = qubits.map((qubit) =>
    makeDataset({
      ...{ kind, kindInferred: false, labels: { ...NO_LABELS, qubit }, started: "", conditions: [], axis: "single", notes: [] },
      ...{ noise: { type: "unknown" }, columns: [{ name: "t", unit: "s", role: "delay", values: Float64Array.of(0, 1) }] },
      ...more,
    }),
  );
  return { path, raw, datasets: raw.map((d) => labelDataset(d, undefined, undefined, path, raw)) };
}
type File = ReturnType<typeof file>;

/** Labels and kinds as they are with the draft in place. */
function kept(files: readonly File[], draft: string): void {
  const lab = parseLab(draft);
  for (const { path, raw, datasets } of files) {
    const match = lab.entryFor(path);
    const now = raw.map((d) => labelDataset(d, match, lab, path, raw));
    expect(now.map((d) => [d.labels, match?.entry.kind ?? d.kind])).toEqual(datasets.map((d) => [d.labels, d.kind]));
  }
}
const entries = (draft: string) => draft.split("\n").filter((line) => line.includes("match:"));

describe("the draft of a lab file", () => {
  it("proposes patterns for what is there", () => {
    const files = [
      ...[0, 1, 2].map((i) => file(`cd07/q1_t1_00${i}.csv`)),
      file("cd08/q2_t1_000.csv"),
      file("cd07/q1_s11_-64dBm.s1p", "scattering"),
      file("cd07/q1_s11_-62dBm.s1p", "scattering", [""], { conditions: [{ name: "power", value: 1e-3 * 10 ** -6.2, unit: "W" }] }),
      file("cd07/q1_s11_off.s1p", "scattering"),
      file("cd07/T1_all_0.hdf5", "decay", ["QB1", "QB2"]),
    ];
    const draft = draftLab(files);
    expect(entries(draft)).toEqual([
      '  - { match: "{cooldown}/{qubit}_t1_*.csv", kind: decay }',
      '  - { match: "{cooldown}/{qubit}_s11_{power}dBm.s1p", kind: scattering }',
      '  - { match: "{cooldown}/{qubit}_s11_off.s1p", kind: scattering }   # with the qubit off? then: kind: reference, off: detuned',
      '  - { match: "{cooldown}/T1_all_*.hdf5", kind: decay }',
    ]);
    kept(files, draft);
  });
  it("a map is no qubit; what it is fitted with stands as a comment that loads", () => {
    const files = [file("cd07/map_u.csv", "field"), file("cd07/map_r.csv", "field-source")];
    const draft = draftLab(files);
    expect(draft).not.toContain("qubits:\n");
    expect(entries(draft)).toEqual([
      '  - { match: "{cooldown}/map_u.csv", kind: field }',
      '  - { match: "{cooldown}/map_r.csv", kind: field-source }   # when is it on, how well is it known? then: on: [0 s, 1.0 ms], uncertainty: 5 %',
    ]);
    kept(files, draft);
    expect(parseLab(draft.replace(/^# ?(?=( *)(?:field|boundary|domain)\b)/gm, "")).field("cd07")).toMatchObject({ boundary: "no-flux" });
  });
  it("also loads with every # before a key removed", () => {
    const draft = draftLab([file("cd07/q1_t1_0.csv"), file("cd08/q2_t1_0.csv")]);
    const filled = draft.replace(
      /^( *)# ?(?=( *)(?:device|readout|lines|drive1|frequency|anharmonicity|geometry|temperature|started|note)\b)/gm,
      "$1",
    );
    const facts = parseLab(filled).facts({ cooldown: "cd08", device: "", qubit: "q2" });
    expect(facts.device).toBe("chipA");
    expect(facts.qubit.frequency?.quantity.value).toBe(5.0123e9);
    expect(facts.line?.name).toBe("drive1");
    expect(facts.readout.prepared).toBe("heralded");
    expect(parseLab(filled).cooldowns.cd07?.started).toBe("2026-09-03");
  });
  it("leaves out a pattern that would change a file, and a power that the file contradicts", () => {
    const files = [
      file("cd07/q1_scan_1.csv", "decay"),
      file("cd07/q1_scan_2.csv", "population"),
      file("cd07/q1_s11_-60dBm.s1p", "scattering", [""], { conditions: [{ name: "power", value: 5e-9, unit: "W" }] }),
    ];
    const draft = draftLab(files);
    expect(entries(draft)).toEqual(['  - { match: "{cooldown}/{qubit}_s11_-60dBm.s1p", kind: scattering }']);
    kept(files, draft);
  });
  it("leaves an inferred kind to a person", () => {
    const files = [file("cd07/q1_x_1.csv", "decay", [""], { kindInferred: true })];
    const draft = draftLab(files);
    expect(entries(draft)[0]).toMatch(/^ {2}# - \{ match: "\{cooldown\}\/\{qubit\}_x_\*\.csv", kind: decay \} {3}#/);
    expect(parseLab(draft).entryFor("cd07/q1_x_1.csv")).toBeUndefined();
  });
  it("of an empty folder, and of one with nothing recognised, loads", () => {
    for (const draft of [draftLab([]), draftLab([{ path: "a.png", datasets: [] }])]) expect(entries(draft)).toEqual([]);
    expect(parseLab(draftLab([])).device).toBe("");
  });
  it("loads and changes nothing, whatever the files are called", () => {
    const name = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 8 }),
      fc.constantFrom(
        "q1_t1_0.csv",
        "null",
        "~",
        "- a",
        "a: b",
        "#",
        "{q}",
        "*",
        "q1_{x}_*.csv",
        "'",
        '"',
        "true",
        "7",
        "\u2028",
        "\ufeff",
        "__proto__",
      ),
    );
    const path = fc.array(
      name.filter((n) => !/[/]|^\.{1,2}$/.test(n) && !n.includes("\0")),
      { minLength: 1, maxLength: 3 },
    );
    const one = fc.tuple(path, fc.constantFrom<Kind[]>("decay", "scattering", "other"), fc.constantFrom([""], ["QB1"], ["QB1", "QB2"]));
    fc.assert(
      fc.property(fc.uniqueArray(one, { maxLength: 12, selector: ([p]) => p.join("/") }), (drawn) => {
        const files = drawn.map(([p, kind, qubits]) => file(p.join("/"), kind, qubits));
        kept(files, draftLab(files));
      }),
      { numRuns: 400 },
    );
  });
  it("stays short where no two names are alike, and takes no time", () => {
    const files = Array.from({ length: 3000 }, (_, i) => file(`cd/q1_${i}x.csv`));
    const start = performance.now();
    const draft = draftLab(files);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(entries(draft).length).toBeLessThanOrEqual(60);
  });
});

describe.each([
  "../fixtures/lab",
  "../../shared/data/labber-mit-equs",
  "../../shared/data/tergite-chalmers",
  "../../shared/data/quantify-core",
])("a draft for a copy of %s", (place) => {
  const folder = fileURLToPath(new URL(`../${place}`, import.meta.url));
  it.runIf(existsSync(folder))(
    "loads, and leaves labels, kinds and numbers of every file as they are",
    async () => {
      const copy = mkdtempSync(join(tmpdir(), "gammawatt-draft-"));
      cpSync(folder, copy, { recursive: true });
      rmSync(join(copy, "gammawatt.yaml"), { force: true });
      rmSync(join(copy, ".gammawatt"), { force: true, recursive: true });
      const seen = async () =>
        (await inspectFolder(copy)).files.map((f) => [
          f.path,
          f.importer,
          f.error,
          f.datasets.map((d) => [d.id, d.kind, d.kindInferred, d.labels]),
        ]);
      const before = await seen();
      const { files } = await inspectFolder(copy);
      writeFileSync(join(copy, "gammawatt.yaml"), draftLab(files));
      expect(await seen()).toEqual(before);
      expect(before.length).toBeGreaterThan(3);
      rmSync(copy, { recursive: true });
    },
    120_000,
  );
});
