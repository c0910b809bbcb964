import { describe, expect, it } from "vitest";
import { sigmaOf } from "../../src/core/estimate.ts";
import { random } from "../../src/core/random.ts";
import { estimateOf } from "../../src/routes/budget.ts";
import { partitionRoute } from "../../src/routes/partition/partition.ts";
import { LABELS } from "./power-lab.ts";
import { bandsOf, seedsOr, statisticsOf } from "./pull-statistics.ts";
import { type VirtualLab, virtualLab } from "./virtual-lab.ts";

const SEEDS = seedsOr(200);
const BANDS = bandsOf(SEEDS);

interface Cell extends Omit<VirtualLab, "seed"> {
  readonly name: string;
  readonly gammaR: number;
  readonly gammaNr: number;
  readonly edge?: boolean;
}
const CELLS: readonly Cell[] = [
  { name: "end of a line", gammaR: 8000, gammaNr: 20000 },
  { name: "beside a line", gammaR: 12000, gammaNr: 8000, geometry: "two-sided" },
  { name: "hot, with a gap", gammaR: 8000, gammaNr: 20000, nBath: 0.08, gap: 1e-6 },
  { name: "nearly all into the line", gammaR: 27900, gammaNr: 100, gammaPhi: 4000, edge: true },
];

/** All that repeats of one experiment say of f_nonradiative, all common inputs drawn anew. */
function repeats(cell: Cell) {
  const found = new Map<string, { pull: number; covered: boolean; f: number }[]>();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const lab = virtualLab({ frequencies: 21, saturations: [0.1, 0.5, 2, 8], stateNoise: true, ...cell, seed });
    const truth = cell.gammaNr / (cell.gammaR + cell.gammaNr);
    const total = lab.truth.gamma1_total!;
    const value = total * (1 + 0.01 * random(1000 + seed).normal());
    const t1 = estimateOf({
      route: "decay",
      quantity: "gamma1_total",
      estimator: "exponential",
      labels: LABELS,
      value,
      unit: "1/s",
      budget: [{ input: "shots", contribution: 0.01 * value }],
    });
    for (const e of partitionRoute(LABELS, t1, { estimates: lab.estimates }).estimates) {
      if (e.quantity !== "f_nonradiative") continue;
      const list = found.get(e.estimator) ?? [];
      found.set(e.estimator, list);
      const [low, high] = e.interval ?? [Number.NaN, Number.NaN];
      list.push({ pull: (e.value - truth) / sigmaOf(e), covered: low <= truth && truth <= high, f: e.value });
    }
  }
  return found;
}

describe.each(CELLS.map((c) => [c.name, c] as const))("shares of a qubit, %s", (_, cell) => {
  const found = repeats(cell);

  it("come from every combination, never outside 0 to 1", () => {
    expect([...found.keys()]).toEqual(expect.arrayContaining(["saturation_sweep+t1", "saturation_sweep+complex_s"]));
    for (const list of found.values()) expect(list.every(({ f }) => f >= 0 && f <= 1)).toBe(true);
  });

  it.each(["saturation_sweep+t1", "saturation_sweep+complex_s"])("%s: pulls and coverage", (name) => {
    const list = found.get(name)!;
    expect(list.length).toBeGreaterThan(0.9 * SEEDS);
    const { mean, width } = statisticsOf(list.map((x) => x.pull));
    const covered = list.filter((x) => x.covered).length / list.length;
    if (cell.edge) {
      // Held at the bound the value cannot err as far as its sigma says, and the interval covers up to 84 %.
      expect(width).toBeLessThan(1 + BANDS.width);
      expect(Math.abs(mean)).toBeLessThan(0.6);
      expect(covered).toBeGreaterThan(0.683 - BANDS.coverage);
      return;
    }
    expect(Math.abs(mean)).toBeLessThan(BANDS.mean);
    expect(Math.abs(width - 1)).toBeLessThan(BANDS.width);
    expect(Math.abs(covered - 0.683)).toBeLessThan(BANDS.coverage);
  });
});
