import { afterAll, describe, expect, it } from "vitest";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { writeHdf5, writeLabber } from "./hdf5-file.ts";
import { importDamaged } from "./mutation.ts";

afterAll(closeHdf5);

describe("damaged HDF5 files", () => {
  it("a Labber log ends as datasets or as a named failure, never otherwise", async () => {
    const path = await writeLabber({
      steps: [
        { name: "Sequence duration", unit: "s", length: 20 },
        { name: "Repetition", length: 3 },
      ],
      logged: [{ name: "Voltage, QB1", unit: "V", complex: true }],
      logName: "T1",
      value: (name, [p = 0, r = 0]) => (name === "Sequence duration" ? p * 1e-6 : name === "Repetition" ? r : Math.exp(-p / 7)),
    });
    const ends = await importDamaged(path, 15, 11);
    expect(ends.failed).toBeGreaterThan(1);
    expect(ends.imported).toBeGreaterThan(0);
  }, 120_000);

  it("a quantify file does, too", async () => {
    const path = await writeHdf5((file) => {
      file.create_attribute("tuid", "20210827-174946-357-70a986");
      file.create_attribute("name", "T1 q0");
      for (const [id, name, units] of [
        ["x0", "tau", "s"],
        ["y0", "I", "V"],
        ["y1", "Q", "V"],
      ] as const) {
        const array = file.create_dataset({
          name: id,
          data: Float64Array.from({ length: 30 }, (_, k) => k * 1e-6),
          chunks: [30],
          compression: 4,
        });
        array.create_attribute("name", name);
        array.create_attribute("long_name", name);
        array.create_attribute("units", units);
      }
    });
    const ends = await importDamaged(path, 15, 12);
    expect(ends.failed).toBeGreaterThan(1);
    expect(ends.imported).toBeGreaterThan(0);
  }, 120_000);
});
