import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { makeDataset } from "../../src/tables/dataset.ts";
import { datasetToArrow } from "../../src/tables/dataset-file.ts";
import { importContent } from "./import-text.ts";

const DATASET = makeDataset({
  kind: "decay",
  kindInferred: false,
  labels: { cooldown: "cd1", device: "chipA", qubit: "q1", trace: "p1" },
  started: "",
  columns: [
    { name: "t", unit: "s", role: "delay", values: Float64Array.of(0, 1e-6, 2e-6) },
    { name: "p1", unit: "1", role: "population", values: Float64Array.of(0.9, 0.5, 0.1) },
  ],
  conditions: [],
  axis: "single",
  noise: { type: "unknown" },
  notes: [],
});

describe("damaged Arrow files", () => {
  it("never crash or hang, whatever bytes are changed", async () => {
    const { uniform } = random(5);
    const whole = datasetToArrow(DATASET, "file");
    const ends: string[] = [];
    for (let k = 0; k < 60; k++) {
      const bytes = Uint8Array.from(whole);
      for (let c = 0; c < 3; c++) bytes[Math.floor(uniform() * bytes.length)] = Math.floor(uniform() * 256);
      const result = await importContent("x.arrow", bytes);
      ends.push(result.status);
      if (result.status === "failed") expect(result.message).not.toMatch(/bug of gammawatt/);
    }
    expect(ends).toContain("failed");
  });
});
