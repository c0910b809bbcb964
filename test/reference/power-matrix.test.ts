import { describe, expect, it } from "vitest";
import { CELLS, nameOf, pullsOf, quotedOf } from "./power-matrix.ts";

const SEEDS = 16;

/** A sample of power-matrix.full.test.ts. Bands of 4 s.d. */
describe(`power route over ${SEEDS} simulated labs`, () => {
  it.each(CELLS.filter((_, i) => i % 12 === 1).map((cell) => [nameOf(cell), cell] as const))("%s", (_, cell) => {
    const all = pullsOf(cell, SEEDS);
    const [main] = all.filter((p) => p.name === `gamma1_total ${quotedOf(cell)}`);
    expect(main?.pulls.length).toBe(SEEDS);
    for (const { name, pulls, mean, width } of all) {
      expect(Math.abs(mean), `${name}: mean ${mean}`).toBeLessThan(4 / Math.sqrt(pulls.length));
      expect(Math.abs(width - 1), `${name}: width ${width}`).toBeLessThan(4 / Math.sqrt(2 * pulls.length));
    }
  });
});
