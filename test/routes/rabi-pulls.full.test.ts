import { expect, it } from "vitest";
import { sigmaOf } from "../../src/core/estimate.ts";
import { random } from "../../src/core/random.ts";
import { powerRoute } from "../../src/routes/power/power.ts";
import { columnOf } from "../../src/tables/dataset.ts";
import { drivenPopulation } from "./bloch.ts";
import { G2, N_EQ, read, TOTAL } from "./closed-form.ts";
import { dataset } from "./power-lab.ts";
import { seedsOr, statisticsOf } from "./pull-statistics.ts";
import { virtualLab } from "./virtual-lab.ts";

const SEEDS = seedsOr(200);
/** Places of the two strongest powers of the virtual lab, and their S. */
const STRONGEST = [
  [7, 10],
  [8, 15],
] as const;

it("pulls of the rate by Rabi frequencies are standard, every common input drawn anew", () => {
  const exact = STRONGEST.map(([, s]) => {
    const omega = Math.sqrt(s * TOTAL * G2);
    const t = Array.from({ length: 61 }, (_, i) => (i * 20) / omega / 60);
    return { t, p: drivenPopulation({ total: TOTAL, gamma2: G2, nEq: N_EQ, omega, delta: 0 }, t) };
  });
  const pulls: number[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const lab = virtualLab({ seed, stateNoise: true });
    const powers = columnOf(lab.input.datasets.find((d) => d.dataset.kind === "population")!.dataset, "power")!.values;
    const draw = random(seed + 5000);
    const rabis = STRONGEST.map(([place], k) =>
      dataset(
        "rabi",
        [
          ["delay", "s", exact[k]!.t],
          ["population", "1", exact[k]!.p.map((n) => draw.binomial(3000, read(n)) / 3000)],
        ],
        { power: powers[place]!, noise: { type: "binomial", shots: 3000 } },
      ),
    );
    const { estimates } = powerRoute({ ...lab.input, datasets: [...lab.input.datasets, ...rabis] });
    const rate = estimates.find((e) => e.estimator === "rabi" && e.quantity === "gamma1_total")!;
    pulls.push((rate.value - TOTAL) / sigmaOf(rate));
  }
  const { mean, width } = statisticsOf(pulls);
  expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(SEEDS));
  expect(Math.abs(width - 1)).toBeLessThan(3 / Math.sqrt(2 * SEEDS));
});
