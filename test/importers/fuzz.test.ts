import { expect, it } from "vitest";
import { IMPORTER_NAMES } from "../../src/importers/registry.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import { keyOf } from "./fuzz/seed.ts";
import { seeds } from "./fuzz/seeds.ts";

it("every registered importer has a file to be damaged, each under a name of its own", async () => {
  const all = await seeds();
  expect([...new Set(all.map((seed) => seed.importer))].sort()).toEqual([...IMPORTER_NAMES].sort());
  expect(new Set(all.map(keyOf)).size).toBe(all.length);
});

it("a few hundred damaged files of all formats are read, left alone or refused in words (20000 in the full suite)", async () => {
  const { rows, failures } = await fuzz(await seeds(), (seed) => ((seed.weight ?? 1) < 1 ? 1 : 8));
  expect(failures.slice(0, 20)).toEqual([]);
  expect(rows.reduce((sum, row) => sum + row.files, 0)).toBeGreaterThan(200);
});
