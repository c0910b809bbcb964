import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/core/dataset.ts";
import { openHdf5 } from "../../src/importers/hdf5/open.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { type Hints, NO_HINTS } from "../../src/importers/importer.ts";
import { badInput, hostileNames } from "../../src/simulate/bad-input.ts";
import { DEFAULT_LAB, labOfSize } from "../../src/simulate/default-lab.ts";
import { experimentFiles } from "../../src/simulate/experiment-files.ts";
import { recordLab, writeFiles } from "../../src/simulate/lab-folder.ts";
import { datasetOf } from "../../src/simulate/recording-datasets.ts";
import { columnsOf, type Dataset } from "../../src/tables/dataset.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gammawatt-imports-"));
});
afterAll(() => rm(folder, { recursive: true }));

const EQUILIBRIUM: Hints = { kind: "equilibrium", columns: { population: "p1", shots: "shots" } };
/** What the formats keep of a number: texts 10 to 12 digits, powers in dBm 5 decimals, Labber single precision. */
const KEPT = { csv: 2e-6, touchstone: 1e-9, labber: 1e-7, tergite: 0, quantify: 0 } as const;

function values(dataset: Dataset, role: Role, port?: string): Float64Array {
  const found = columnsOf(dataset).find((c) => c.role === role && (port === undefined || c.port === port));
  if (found === undefined) throw new Error(`no column ${role}`);
  return found.values;
}

describe("every simulated file imports to the numbers that were measured", () => {
  const spec = labOfSize(DEFAULT_LAB, 2, 2);
  const labels = { cooldown: "", device: "", qubit: "" };
  for (const [k, { name, recorded }] of recordLab(spec, 5).cooldowns.entries()) {
    for (const [e, recordings] of recorded) {
      if (e.what === "other-file") continue;
      it(`${name}, ${e.what} of ${e.qubit}`, async () => {
        const digitiser = () => ({ zero: { re: 0, im: 0 }, one: { re: 1, im: 0 }, noise: 1e-3 });
        const files = experimentFiles(e, recordings, { cooldown: spec.cooldowns[k]!, seed: 5, digitiser });
        await writeFiles(folder, files);
        const seen: Dataset[] = [];
        let importer: keyof typeof KEPT = "csv";
        for (const { path } of files) {
          const result = await importFile(join(folder, path), path, e.what === "equilibrium" ? EQUILIBRIUM : NO_HINTS);
          if (result.status !== "imported") throw new Error(`${path}: ${result.message}`);
          importer = result.importer as keyof typeof KEPT;
          seen.push(...result.datasets.filter((d) => d.labels.qubit === "" || d.labels.qubit === e.qubit));
        }
        expect(seen).toHaveLength(recordings.length);
        recordings.forEach((recording, i) => {
          const made = datasetOf(recording, labels);
          const read = seen[i]!;
          // Only the lab file says that a trace is the reference.
          expect(read.kind).toBe(made.kind === "reference" ? "scattering" : made.kind);
          expect(read.calibration?.one).toEqual(made.calibration?.one);
          for (const { role, port, values: written } of columnsOf(made)) {
            const back = values(read, role, port);
            expect(back.length).toBe(written.length);
            const scale = Math.max(...written.map(Math.abs));
            const worst = Math.max(
              ...written.map((x, j) => Math.abs(x - back[j]!) / (role === "reflected" || role === "reflected_off" ? x : scale)),
            );
            expect(worst, role).toBeLessThanOrEqual(KEPT[importer]);
          }
          expect(read.conditions.filter((c) => c.name === "power").map((c) => Number(c.value.toPrecision(12)))).toEqual(
            made.conditions.map((c) => Number(c.value.toPrecision(12))),
          );
        });
      });
    }
  }
});

describe("Labber logs", () => {
  it("an interrupted sweep says so, an idle channel is listed beside the qubit", async () => {
    const spec = labOfSize(DEFAULT_LAB, 2);
    const { cooldowns } = recordLab(spec, 6);
    const logs = cooldowns.flatMap(({ recorded }, k) =>
      recorded
        .filter(([e]) => e.what === "t1-labber")
        .flatMap(([e, r]) =>
          experimentFiles(e, r, {
            cooldown: spec.cooldowns[k]!,
            seed: 6,
            digitiser: () => ({ zero: { re: 0, im: 0 }, one: { re: 1, im: 0 }, noise: 1 }),
          }),
        ),
    );
    await writeFiles(join(folder, "logs"), logs);
    const read = await Promise.all(logs.map(({ path }) => importFile(join(folder, "logs", path), path, NO_HINTS)));
    const datasets = read.map((r) => (r.status === "imported" ? r.datasets : []));
    expect(datasets.map((d) => d.length)).toEqual([40, 14]);
    expect(new Set(datasets[0]!.map((d) => d.labels.qubit))).toEqual(new Set(["q4", "q2"]));
    expect(datasets[1]!.every((d) => d.axis === "repeat")).toBe(true);
    const outline = (await openHdf5(join(folder, "logs", logs[1]!.path))).outline;
    const completed = outline.nodes.find((n) => n.path === "/Data")?.attributes.Completed;
    expect(Boolean(completed)).toBe(false);
  });
});

describe("damaged files fail by name, the sound ones beside them are read", () => {
  const files = badInput();
  beforeAll(() => writeFiles(join(folder, "bad"), [...files, ...hostileNames()]));
  it.each(files.map((f) => [basename(f.path), f] as const))("%s", async (_, f) => {
    const result = await importFile(join(folder, "bad", f.path), f.path, NO_HINTS);
    const expected = { failed: "failed", unrecognised: "unrecognised", good: "imported", checked: "imported", refused: "imported" }[
      f.expect
    ];
    expect(result.status, JSON.stringify(result).slice(0, 300)).toBe(expected);
    if (result.status === "failed") expect(result.message.length).toBeGreaterThan(20);
  });
  it("a folder named like a file is a named failure", async () => {
    const result = await importFile(join(folder, "bad", "cd01", "q9_t1_folder.csv"), "cd01/q9_t1_folder.csv", NO_HINTS);
    expect(result.status).not.toBe("imported");
  });
  it.each(hostileNames().map((f) => [JSON.stringify(f.path), f] as const))("%s", async (_, f) => {
    const result = await importFile(join(folder, "bad", f.path), f.path, NO_HINTS);
    expect(result.status).toBe("imported");
    if (result.status === "imported") expect(result.datasets[0]!.sources[0]!.path).toBe(f.path);
  });
});
