import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { averageTraces } from "../../src/fit/average.ts";
import { fitDecay } from "../../src/fit/decay-fit.ts";
import type { FitOutcome } from "../../src/fit/outcome.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { NO_HINTS } from "../../src/importers/importer.ts";
import type { Dataset } from "../../src/tables/dataset.ts";
import { noteTexts, SHARED_DATA } from "./import-text.ts";

const FOLDERS = ["pycqed-dicarlo", "labcore-ddh5", "labber-mit-equs", "quantify-core", "tergite-chalmers"];
const present = FOLDERS.every((folder) => existsSync(join(SHARED_DATA, folder)));

afterAll(closeHdf5);

interface Row {
  readonly file: string;
  readonly datasets: readonly Dataset[];
}

/** Every file whose path says T1. */
async function readAll(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const folder of FOLDERS)
    for (const name of readdirSync(join(SHARED_DATA, folder), { recursive: true, encoding: "utf8" }).sort()) {
      const file = `${folder}/${name}`;
      if (!/T1.*\.(?:hdf5|ddh5)$/.test(file)) continue;
      const result = await importFile(join(SHARED_DATA, file), file, NO_HINTS);
      if (result.status !== "imported") throw new Error(`${file}: ${result.message}`);
      rows.push({ file, datasets: result.datasets });
    }
  return rows;
}

/** T1 and its sigma, us. */
function t1Of(outcome: FitOutcome | undefined): readonly [number, number] {
  const found = outcome !== undefined && "parameters" in outcome ? outcome.parameters.find((p) => p.name === "t1") : undefined;
  return [1e6 * (found?.value ?? Number.NaN), 1e6 * (found?.sigma ?? Number.NaN)];
}

const rows = present ? await readAll() : [];
const at = (part: string) => rows.find((r) => r.file.includes(part))?.datasets ?? [];
const channel = (part: string, qubit: string) => at(part).filter((d) => d.labels.qubit === qubit);
const averaged = (datasets: readonly Dataset[]) => t1Of(fitDecay(averageTraces(datasets)!).outcome);

// T1 and sigma in us as shared/data/README.md states them, and how the file was fitted there.
describe.skipIf(!present)("T1 of files measured elsewhere (../shared/data; skipped where absent)", () => {
  it("a file that stands in two places is one dataset", () => {
    const decays = rows.flatMap((r) => r.datasets.filter((d) => d.kind === "decay").slice(0, 1));
    expect([decays.length, new Set(decays.map((d) => d.id)).size]).toEqual([14, 12]);
  });

  // Offset fixed as in the files' own fits, and free; the last four of 65 points are calibration points.
  it.each([
    ["152324_T1_QL", 35.079, 36.17, 1.29],
    ["210448_T1_QR", 18.051, 19.13, 0.71],
  ])("PycQED: %s %f us with the offset fixed, %f(%f) us with it free", (name, fixed, free, sigma) => {
    const [dataset] = at(name);
    expect(dataset!.calibration).toMatchObject({ zero: [61, 62], one: [63, 64] });
    const { alternatives } = fitDecay(dataset!);
    expect(t1Of(alternatives.offset_fixed)[0]).toBeCloseTo(fixed, 3);
    expect(t1Of(alternatives.offset_free)).toEqual([expect.closeTo(free, 2), expect.closeTo(sigma, 2)]);
    expect(noteTexts(dataset!).some((text) => text.includes(`T1 = ${fixed} ±`))).toBe(true);
  });

  it("labcore: 43.65(2.21) us", () => {
    const [t1, sigma] = t1Of(fitDecay(at("qA_T1")[0]!).outcome);
    expect([t1, sigma]).toEqual([expect.closeTo(43.65, 1), expect.closeTo(2.21, 2)]);
  });

  it("quantify: 12.89(45) us; 7.716 us on the calibration points' scale, 7.59(9) us with amplitude and offset free", () => {
    const [old, oldSigma] = t1Of(fitDecay(at("20210322-205253-758-6689ca-T1")[0]!).outcome);
    expect([old, oldSigma]).toEqual([expect.closeTo(12.89, 1), expect.closeTo(0.45, 1)]);
    const record = fitDecay(at("20210827-174946-357-70a986-T1")[0]!);
    expect(at("20210827-174946-357-70a986-T1")[0]!.calibration).toMatchObject({ zero: [123], one: [124] });
    expect(t1Of(record.outcome)[0]).toBeCloseTo(7.716, 2);
    expect(t1Of(record.alternatives.offset_free)).toEqual([expect.closeTo(7.59, 1), expect.closeTo(0.09, 1)]);
  });

  it("Labber: 27.52(55) us of QB5's average over 43 repeats, 4.66(14) us of QB1's over 24", () => {
    const five = channel("BFC3-16-Qu5_T1_repeat_2", "QB5");
    expect([five.length, five[0]?.table.numRows, new Set(five.map((d) => d.axis))]).toEqual([43, 76, new Set(["repeat"])]);
    expect(averaged(five)).toEqual([expect.closeTo(27.52, 1), expect.closeTo(0.55, 1)]);
    const one = channel("OTL2-A20-T1_q1_repeat", "QB1");
    expect([one.length, one[0]?.table.numRows]).toEqual([24, 70]);
    expect(averaged(one)).toEqual([expect.closeTo(4.66, 1), expect.closeTo(0.14, 1)]);
  });

  // Mean T1 and its scatter (n - 1) over the five files, us.
  it.each([
    ["q16", 87.0, 7.7],
    ["q17", 76.3, 3.4],
    ["q18", 81.2, 2.5],
    ["q19", 83.7, 2.5],
    ["q20", 66.7, 9.0],
    ["q21", 66.2, 5.9],
    ["q22", 87.2, 1.6],
    ["q23", 29.9, 2.8],
    ["q24", 63.6, 6.9],
    ["q25", 76.6, 2.8],
  ])("tergite: %s %f us, scatter %f us", (qubit, mean, scatter) => {
    const five = rows.filter((r) => r.file.startsWith("tergite")).flatMap((r) => r.datasets.filter((d) => d.labels.qubit === qubit));
    expect(five.length).toBe(5);
    const all = five.map((d) => t1Of(fitDecay(d).outcome)[0]);
    const found = all.reduce((s, x) => s + x, 0) / all.length;
    expect(Math.abs(found - mean)).toBeLessThan(0.06);
    expect(Math.abs(Math.sqrt(all.reduce((s, x) => s + (x - found) ** 2, 0) / (all.length - 1)) - scatter)).toBeLessThan(0.06);
  });
});
