import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { SHARED_DATA } from "./import-text.ts";
import { importDamaged } from "./mutation.ts";

afterAll(closeHdf5);

describe.skipIf(!existsSync(SHARED_DATA))("damaged real files (skipped where ../shared/data is absent)", () => {
  it.each([
    ["labber-mit-equs/2018-10-05_DME/TMM10_resScan_vspower.hdf5", 200],
    ["quantify-core/tests/test_data/20210827/20210827-174946-357-70a986-T1 experiment q0/dataset.hdf5", 400],
    ["tergite-chalmers/dataset_T1_0.hdf5", 400],
  ])(
    "%s, damaged in %i ways, never hangs, crashes or is called a bug",
    async (path, count) => {
      const ends = await importDamaged(join(SHARED_DATA, path), count, 21);
      expect(ends.failed).toBeGreaterThan(count / 10);
    },
    600_000,
  );
});
