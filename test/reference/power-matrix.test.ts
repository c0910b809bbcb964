import { describe, expect, it } from "vitest";
import { outside } from "../routes/pull-statistics.ts";
import { CELLS, nameOf, pullsOf, quotedOf } from "./power-matrix.ts";

const SEEDS = 16;

/** A sample of power-matrix.full.test.ts. Bands of 4 s.d. */
describe(`power route over ${SEEDS} simulated labs`, () => {
  it.each(CELLS.filter((_, i) => i % 12 === 1).map((cell) => [nameOf(cell), cell] as const))("%s", (_, cell) => {
    const all = pullsOf(cell, SEEDS);
    const [main] = all.filter((p) => p.name === `gamma1_total ${quotedOf(cell)}`);
    expect(main?.pulls.length).toBe(SEEDS);
    expect(all.flatMap(({ name, pulls }) => outside(name, pulls))).toEqual([]);
  });
});
