import { describe, expect, it } from "vitest";
import { powerRoute } from "../../src/routes/power/power.ts";
import { columnOf, columnsOf, makeDataset } from "../../src/tables/dataset.ts";
import { virtualLab } from "./virtual-lab.ts";

/** gamma1_total with the drive frequency of all populations stated, this far from the line. */
function stated(offset: number) {
  const { input } = virtualLab({ seed: 5 });
  const datasets = input.datasets.map((d) => {
    if (d.dataset.kind !== "population") return d;
    const rows = columnOf(d.dataset, "power")!.values.length;
    const frequency = { name: "f", role: "frequency", unit: "Hz", values: new Float64Array(rows).fill(5.0123e9 + offset) } as const;
    return { ...d, dataset: makeDataset({ ...d.dataset, columns: [...columnsOf(d.dataset), frequency] }) };
  });
  return powerRoute({ ...input, datasets }).estimates.filter((e) => e.quantity === "gamma1_total" && e.condition === "combined");
}

describe("drive frequency of the populations", () => {
  it("on the line: rates", () => {
    const work = stated(0).find((e) => e.estimator === "complex_s")!;
    expect(work.value).toBeGreaterThan(0);
    expect(work.checks.some((c) => c.code === "drive_off_line")).toBe(false);
  });
  it("1 MHz off, while the populations are those of a resonant drive: refused, and the column named", () => {
    const rates = stated(1e6).filter((e) => e.estimator === "complex_s" || e.estimator === "scalar_difference");
    expect(rates.length).toBe(2);
    for (const e of rates) {
      expect(e.status).toBe("refused");
      expect(e.value).toBeNaN();
      expect(e.remark).toMatch(/frequency column of the population file is wrong/);
    }
  });
});
