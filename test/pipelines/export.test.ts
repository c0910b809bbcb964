import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { cooldown } from "../../pipelines/cooldown.ts";
import { decay } from "../../pipelines/decay.ts";
import { type ExportResult, exportFolder } from "../../pipelines/steps/export.ts";
import { labFileExists } from "../../src/core/messages/cli.ts";
import { exportMessages } from "../../src/core/messages/export.ts";
import { contents, labFolder, optionsFor } from "./lab.ts";

const lines = (path: string) => readFileSync(path, "utf8").trim().split("\n");
/** Rows of the decay route that rest on no fact of the lab file. */
const decayRows = (folder: string) =>
  lines(join(folder, "estimates.csv")).filter((row) => row.includes(",decay,gamma1_total,") || row.includes(",t1_"));

describe("an export of a lab", () => {
  const folder = labFolder("small");
  const raw = contents(folder);
  const options = optionsFor(folder);
  let first: ExportResult;
  beforeAll(async () => {
    first = await exportFolder(options, decay.routes, "csv");
  });

  it("fits first, and writes estimates, fits, an index and a file per dataset", () => {
    expect(first.summary.counts.fits.run).toBeGreaterThan(40);
    const index = lines(join(options.out, "index.csv"));
    const files = readdirSync(join(options.out, "datasets"));
    expect(first.summary.exported).toMatchObject({ format: "csv", datasets: 50 });
    expect(files).toHaveLength(50);
    expect(
      index
        .slice(1)
        .map((row) => row.split(",")[0])
        .sort(),
    ).toEqual(files.map((name) => `datasets/${name}`).sort());
    expect(index.find((row) => row.includes("q1_t1_007.csv"))).toMatch(/,all$/);
    expect(new Set(first.summary.outputs)).toEqual(new Set([...contents(options.out).keys()].map((path) => join(options.out, path))));
    expect(contents(folder)).toEqual(raw);
  });

  it("writes what run writes", async () => {
    const out = `${folder}-report`;
    const run = await decay.run({ ...options, out });
    expect(run.summary.counts.fits.run).toBe(0);
    for (const name of ["estimates.csv", "fits.csv"]) expect(lines(join(out, name))).toEqual(lines(join(options.out, name)));
  });

  it("fits nothing and changes no file a second time", async () => {
    const before = contents(options.out);
    const second = await exportFolder(options, decay.routes, "csv");
    expect(second.summary.counts.fits.run).toBe(0);
    expect(second.summary.reasons).toEqual([]);
    expect(contents(options.out)).toEqual(before);
  });

  it("is a lab itself, with the same fits and T1s", async () => {
    const again = optionsFor(options.out);
    const run = await decay.run(again);
    expect(run.summary.failures).toEqual([]);
    expect(run.summary.counts.files).toMatchObject({ new: 50, unrecognised: 3 });
    expect(lines(join(again.out, "fits.csv"))).toEqual(lines(join(options.out, "fits.csv")));
    expect(decayRows(again.out)).toEqual(decayRows(options.out));
    expect(decayRows(again.out).length).toBeGreaterThan(8);
  });

  it("imports and fits what changed, says so, and leaves no dataset of before", async () => {
    const file = join(folder, "cd07/q1_t1_000.csv");
    writeFileSync(file, raw.get("cd07/q1_t1_000.csv")!.replace("0.824", "0.826"));
    const before = readdirSync(join(options.out, "datasets"));
    const changed = await exportFolder(options, decay.routes, "csv");
    expect(changed.summary.reasons).toMatchObject([{ stage: "import" }, { stage: "fit" }, { stage: "fit" }]);
    const after = readdirSync(join(options.out, "datasets"));
    expect(after.filter((name) => !before.includes(name))).toHaveLength(1);
    expect(before.filter((name) => !after.includes(name))).toHaveLength(1);
  });

  it("takes a part, in another format, and leaves the files of the first", async () => {
    const part = await exportFolder({ ...options, qubit: "q2" }, decay.routes, "parquet");
    expect(part.summary.exported).toMatchObject({ format: "parquet", datasets: 20 });
    const files = readdirSync(join(options.out, "datasets"));
    expect(files.filter((name) => name.endsWith(".parquet"))).toHaveLength(20);
    expect(files.filter((name) => name.endsWith(".csv"))).toHaveLength(50);
  });

  it("is never scanned, and never lies among measurements", async () => {
    const inside = { ...options, out: join(folder, "exported") };
    await exportFolder(inside, decay.routes, "arrow");
    const run = await cooldown.run({ ...options, out: `${folder}-report` });
    expect(run.summary.counts.files.new).toBe(0);
    await exportFolder(inside, decay.routes, "arrow");
    rmSync(inside.out, { recursive: true });
    const raws = { ...options, out: join(folder, "cd07") };
    await expect(exportFolder(raws, decay.routes, "csv")).rejects.toThrow(exportMessages.amongMeasurements(raws.out));
  });

  it("overwrites nobody's lab file", async () => {
    const out = `${folder}-other`;
    mkdirSync(out);
    writeFileSync(join(out, "gammawatt.yaml"), "device: mine\n");
    await expect(exportFolder({ ...options, out }, decay.routes, "csv")).rejects.toThrow(labFileExists(join(out, "gammawatt.yaml")));
    expect([...contents(out)]).toEqual([["gammawatt.yaml", "device: mine\n"]]);
  });

  it("can be looked at as the README shows", async () => {
    const out = `${folder}-arrow`;
    await exportFolder({ ...options, out }, decay.routes, "arrow");
    const root = fileURLToPath(new URL("../../", import.meta.url));
    const code = readFileSync(`${root}README.md`, "utf8").split("<!-- example:arquero -->\n```js\n")[1]!.split("\n```")[0]!;
    const run = spawnSync(process.execPath, ["--input-type=module", "--eval", code.replace("reports/lab/export", out)], {
      ...{ cwd: root, encoding: "utf8" },
    });
    expect(run.stderr).toBe("");
    expect(run.stdout).toContain("t1_us");
    expect(run.stdout.match(/'cd07'/g)).toHaveLength(2);
  });

  it("ends between two files when it is interrupted", async () => {
    const stop = new AbortController();
    const out = `${folder}-stopped`;
    const onProgress = (text: string) => (text.startsWith("writing") ? stop.abort() : undefined);
    await expect(exportFolder({ ...options, out, signal: stop.signal, onProgress }, decay.routes, "csv")).rejects.toThrow();
    expect(readdirSync(out)).toEqual(["datasets"]);
    expect(readdirSync(join(out, "datasets")).every((name) => name.endsWith(".csv"))).toBe(true);
  });
});
