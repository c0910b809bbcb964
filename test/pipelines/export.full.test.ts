import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cooldown } from "../../pipelines/cooldown.ts";
import { exportFolder } from "../../pipelines/steps/export.ts";
import { sha256 } from "../../src/core/hash.ts";
import { EXPORT_FORMATS } from "../../src/tables/writers/registry.ts";
import { contents, labFolder, optionsFor } from "./lab.ts";

const lines = (path: string) => readFileSync(path, "utf8").trim().split("\n");
/** What rests on stated levels or temperatures needs the lab file. */
const ofDataAlone = (row: string) => row.includes(",decay,") && !/,offset_fixed,|,gamma1,|,gamma_down,|,gamma_up,/.test(row);

/** The bytes of every dataset of an export. */
const datasetsIn = (out: string) => [...contents(join(out, "datasets"))].map(([name, bytes]) => [name, sha256(bytes)]);

describe("the fixture lab", () => {
  const folder = labFolder("whole");
  const raw = contents(folder);
  const report = optionsFor(folder);

  it.each(EXPORT_FORMATS)("exported as %s is a lab with the same fits and T1s, with nothing fitted twice", async (format) => {
    await cooldown.run(report);
    const options = { ...report, out: `${folder}-${format}` };
    const exported = await exportFolder(options, cooldown.routes, format);
    expect(exported.summary.counts.fits.run).toBe(0);
    expect(exported.summary.failures).toEqual([]);
    const again = optionsFor(options.out);
    const run = await cooldown.run(again);
    expect(run.summary.failures).toEqual([]);
    expect(run.summary.counts.files.new).toBe(exported.summary.exported.datasets);
    expect(lines(join(again.out, "fits.csv"))).toEqual(lines(join(report.out, "fits.csv")));
    const decays = (out: string) => lines(join(out, "estimates.csv")).filter(ofDataAlone);
    expect(decays(again.out)).toEqual(decays(report.out));
    expect(decays(again.out).length).toBeGreaterThan(30);
    const twice = { ...again, out: `${folder}-${format}-again` };
    await exportFolder(twice, cooldown.routes, format);
    expect(datasetsIn(twice.out)).toEqual(datasetsIn(options.out));
    expect(contents(folder)).toEqual(raw);
  });
});
