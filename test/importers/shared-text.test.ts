import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as csv from "../../src/core/messages/csv.ts";
import { importFile } from "../../src/importers/import-file.ts";
import type { Hints } from "../../src/importers/importer.ts";
import { noteTexts, SHARED_DATA, values } from "./import-text.ts";

const present = existsSync(SHARED_DATA);
const open = (path: string, hints: Hints = {}) => importFile(join(SHARED_DATA, path), path, hints);
const files = present ? readdirSync(SHARED_DATA, { recursive: true, withFileTypes: true }) : [];
const texts = files
  .filter((f) => f.isFile() && !/\.(hdf5|ddh5|s\d+p|ts|sp)$/i.test(f.name))
  .map((f) => join(f.parentPath, f.name).slice(SHARED_DATA.length + 1));

describe.skipIf(!present)("text files measured elsewhere (../shared/data; skipped where absent)", () => {
  it("reads a resonator's headerless trace, as frequency, dB and degrees", async () => {
    const result = await open("scresonators/fit_resonator/Resources/sample_data.csv");
    if (result.status !== "imported") throw new Error(result.message);
    const dataset = result.datasets[0]!;
    expect(dataset.kind).toBe("scattering");
    expect(noteTexts(dataset)).toContain(csv.vnaInferred("deg"));
    // First line of the file: 4512381200.0,-3.75358462334,-59.9419326782
    expect(values(dataset, "frequency")[0]).toBe(4512381200);
    expect(20 * Math.log10(Math.hypot(values(dataset, "s_re")[0]!, values(dataset, "s_im")[0]!))).toBeCloseTo(-3.75358462334, 10);
    expect((Math.atan2(values(dataset, "s_im")[0]!, values(dataset, "s_re")[0]!) * 180) / Math.PI).toBeCloseTo(-59.9419326782, 10);
  });

  it("reads the finite-element map by its comment's units; its source needs units", async () => {
    const map = await open("field-fem/u_map.csv");
    if (map.status !== "imported") throw new Error(map.message);
    expect(map.datasets[0]).toMatchObject({ kind: "field", noise: { type: "sigma" } });
    // 24 x 24 cells at 26 times (data/README.md).
    expect(values(map.datasets[0]!, "u")).toHaveLength(24 * 24 * 26);
    expect(await open("field-fem/r_total.csv")).toMatchObject({ status: "failed", importer: "csv" });
    const source = await open("field-fem/r_total.csv", {
      kind: "field-source",
      columns: { x: "x [m]", y: "y [m]", r_total: "r_total [W/m^2]" },
    });
    expect(source.status === "imported" && values(source.datasets[0]!, "r_total")).toHaveLength(24 * 24);
  });

  it("reads decimal commas behind German headers where the lab file says what they are", async () => {
    const path = "philzghub-qint-power/csv_data/qint/100dBm.csv";
    expect(await open(path)).toEqual({
      status: "unrecognised",
      message: csv.meaningUnknown(["Temperatur (mK)", "Power (dBm)", "Qint"], false),
    });
    const result = await open(path, { kind: "other", columns: { condition: "Temperatur (mK)", power: "Power (dBm)", other: "Qint" } });
    if (result.status !== "imported") throw new Error(result.message);
    // Lines 2 and 3 of the file: 100;-100;9,19E+06 and 200;-100;9,53E+06
    expect(values(result.datasets[0]!, "condition").slice(0, 2)).toEqual([0.1, 0.2]);
    expect(values(result.datasets[0]!, "other").slice(0, 2)).toEqual([9.19e6, 9.53e6]);
  });

  it.each(texts)("%s is read, listed or refused for a reason", async (path) => {
    const result = await open(path);
    if (/\.(citi|cti|mdf)$|pna_csv|field-fem\/u_map|sample_data|temperature_data|RGREF\S*dB_17mK\.csv$/.test(path))
      expect(result.status).toBe("imported");
    else if (path === "field-fem/r_total.csv") expect(result.status).toBe("failed");
    else expect(result).toMatchObject({ status: "unrecognised" });
  });
});
