import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importFile } from "../../src/importers/import-file.ts";
import type { Dataset } from "../../src/tables/dataset.ts";
import { SHARED_DATA, values } from "./import-text.ts";

const present = existsSync(join(SHARED_DATA, "touchstone-citi"));
async function datasetsOf(path: string): Promise<readonly Dataset[]> {
  const result = await importFile(join(SHARED_DATA, path), path, {});
  if (result.status !== "imported") throw new Error(`${path}: ${result.message}`);
  return result.datasets;
}

describe.skipIf(!present)("CITI files by the format's manual (../shared/data; skipped where absent)", () => {
  it("reads the HP manual's example without values as numbered points", async () => {
    const [dataset] = await datasetsOf("touchstone-citi/handmade_citi/hp_example2_memory_novarlist.cti");
    expect(dataset!.kind).toBe("other");
    // expected_handmade_citi.json
    expect(values(dataset!, "s_re")).toEqual([-1.31189e-3, -3.67867e-3, -3.4399e-3, -2.70664e-4, 0.65892e-4]);
    expect(values(dataset!, "s_im")).toEqual([-1.4798e-3, -0.67782e-3, 0.58746e-3, -9.76175e-4, -9.61571e-4]);
  });

  it("reads the HP manual's example with a segment", async () => {
    const [dataset] = await datasetsOf("touchstone-citi/handmade_citi/hp_example3_seglist.cti");
    const frequency = values(dataset!, "frequency");
    expect([frequency.length, frequency[0], frequency.at(-1)]).toEqual([10, 1e9, 4e9]);
    expect(frequency[3]).toBeCloseTo(2e9, 5);
    expect([values(dataset!, "s_re", "11")[0], values(dataset!, "s_im", "11")[0]]).toEqual([0.086303, -0.898651]);
  });

  it("reads two packages with a power loop inside the frequency", async () => {
    const datasets = await datasetsOf("touchstone-citi/handmade_citi/two_packages_constant_comment.cti");
    expect(datasets.map((d) => d.labels.trace)).toEqual(["S21[0]", "S21[1]", "S21[2]", "S"]);
    expect(datasets[0]!.started).toBe("1990-02-26T17:53:33");
    expect(datasets.slice(0, 3).map((d) => [values(d, "frequency"), values(d, "s_re", "21")[0]])).toEqual(
      [1, 2, 3].map((s) => [[1e9, 2e9], s]),
    );
    const watts = [1e-6, 1e-5, 1e-4];
    datasets.slice(0, 3).forEach((d, i) => {
      expect(d.conditions).toEqual([{ name: "power", value: expect.closeTo(watts[i]!, 18), unit: "W" }]);
    });
    expect(values(datasets[3]!, "s_im", "11")[0]).toBeCloseTo(0.5, 10);
    expect(values(datasets[3]!, "s_mag", "21")[0]).toBeCloseTo(10 ** (-3 / 20), 15);
  });

  it("reads three nested VARs", async () => {
    const both = await datasetsOf("titorx-citi/tests/data.citi");
    // A second package holds the stability factor Mu1 over the same VARs.
    expect(both.map((d) => d.kind)).toEqual([...Array(18).fill("scattering"), ...Array(18).fill("other")]);
    const datasets = both.slice(0, 18);
    // data/README.md: L_load 6, C_d2 3, freq 6.
    expect(new Set(datasets.map((d) => values(d, "frequency").length))).toEqual(new Set([6]));
    expect(datasets.map((d) => d.conditions.map((c) => c.value)).slice(0, 4)).toEqual([
      [20, 1],
      [20, 1.5],
      [20, 2],
      [21, 1],
    ]);
  });
});
