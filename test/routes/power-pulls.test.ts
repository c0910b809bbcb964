import { describe, expect, it } from "vitest";
import { pulls } from "./pulls.ts";

const ROWS = [
  ["gamma1_total", "complex_s"],
  ["gamma1_total", "complex_s", "weak_drive"],
  ["gamma1_total", "saturation_sweep"],
  ["gamma2", "saturation_sweep"],
  ["gamma_r", "saturation_sweep"],
  ["n_eq", "measured"],
] as const;

describe("pulls of a virtual lab, 40 seeds, common inputs drawn anew (4 s.d. bands: mean 0 +- 0.63, width 1 +- 0.45)", () => {
  const results = pulls({ stateNoise: true }, ROWS, 40);
  it.each(ROWS.map((row, i) => [row.join(" "), results[i]!] as const))("%s", (_name, result) => {
    expect(Math.abs(result.mean)).toBeLessThan(0.63);
    expect(Math.abs(result.width - 1)).toBeLessThan(0.45);
  });
});
