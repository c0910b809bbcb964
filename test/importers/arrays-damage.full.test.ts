import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { npyFile, writeNpy, writeNpz } from "../../src/importers/numpy/write.ts";
import { temporaryPath } from "./hdf5-file.ts";
import { matFile, row } from "./matlab-writer.ts";
import { importDamaged } from "./mutation.ts";

const T = [0, 10, 20, 30, 40];
const P = [0.98, 0.6, 0.37, 0.22, 0.15];
const record = npyFile({
  descr: "[('wait', '<f8'), ('signal', '<f8')]",
  shape: [5],
  data: new Uint8Array(Float64Array.from(T.flatMap((t, k) => [t, P[k]!])).buffer),
});
const results = T.map((t, k) => ({
  counts: { "0": 1000 - 1000 * P[k]!, "1": 1000 * P[k]! },
  metadata: { xval: t * 1e-6, unit: "s" },
  shots: 1000,
}));

/** Formats of named arrays under fire. That a checksum never lets other numbers through is tested in npz.test.ts and matlab.test.ts. */
describe("damaged NPZ, qibocal, MAT and Qiskit files", () => {
  const files: Readonly<Record<string, Uint8Array>> = {
    "NPZ, stored": writeNpz({ delay_us: writeNpy(T), p1: writeNpy(P) }),
    "NPZ, deflated": writeNpz({ delay_us: writeNpy(T), p1: writeNpy(P) }, { deflate: true }),
    qibocal: writeNpz({ "0": record }),
    MAT: matFile({ delay_us: row(...T), p1: row(...P), s: { class: "struct", elements: [{ x: row(1.5, 2) }] } }),
    "MAT, compressed": matFile({ delay_us: row(...T), p1: row(...P) }, { compress: true }),
    Qiskit: new TextEncoder().encode(JSON.stringify(results)),
  };
  for (const [name, bytes] of Object.entries(files))
    it(`${name}: 800 files are read, left alone or refused in words`, async () => {
      const path = temporaryPath("whole");
      writeFileSync(path, bytes);
      const ends = await importDamaged(path, 800, 11);
      expect(ends.failed).toBeGreaterThan(0);
      expect((ends.imported ?? 0) + (ends.unrecognised ?? 0) + (ends.failed ?? 0)).toBe(800);
    }, 60_000);
});
