import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import { random } from "../../src/core/random.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { NO_HINTS } from "../../src/importers/importer.ts";
import { columnsOf } from "../../src/tables/dataset.ts";
import { temporaryPath } from "./hdf5-file.ts";

/**
 * Imports `count` damaged versions of a file (cut anywhere, or 1 to 4 bytes changed, half of them near the start, where the headers are).
 * Each must be read to consistent datasets, be left alone, or fail with a place and a sentence; none may take longer than the time limit.
 * @returns how many ended in each way
 */
export async function importDamaged(path: string, count: number, seed: number): Promise<Record<string, number>> {
  const whole = readFileSync(path);
  const { uniform } = random(seed);
  const target = temporaryPath("damaged.hdf5");
  const ends: Record<string, number> = { imported: 0, unrecognised: 0, failed: 0 };
  for (let k = 0; k < count; k++) {
    const bytes = Uint8Array.from(whole);
    const cut = uniform() < 0.25;
    const changes = cut ? 0 : 1 + Math.floor(uniform() * 4);
    for (let c = 0; c < changes; c++) {
      const region = uniform() < 0.5 ? Math.min(4096, bytes.length) : bytes.length;
      bytes[Math.floor(uniform() * region)] = Math.floor(uniform() * 256);
    }
    writeFileSync(target, cut ? bytes.subarray(0, Math.floor(uniform() * bytes.length)) : bytes);
    const start = performance.now();
    const result = await importFile(target, "cd1/damaged.hdf5", NO_HINTS);
    expect(performance.now() - start).toBeLessThan(25_000);
    ends[result.status] = (ends[result.status] ?? 0) + 1;
    if (result.status === "failed") {
      expect(result.place).toMatch(/^cd1\/damaged\.hdf5/);
      expect(result.message).not.toMatch(/bug of gammawatt|undefined|\[object/);
    }
    if (result.status === "imported")
      for (const d of result.datasets) expect(new Set(columnsOf(d).map((c) => c.values.length)).size).toBe(1);
  }
  return ends;
}
