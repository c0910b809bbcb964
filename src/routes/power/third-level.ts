import { thirdLevel } from "../../core/messages/validity.ts";
import { thermalLadder } from "../../physics/multilevel.ts";
import { occupationFromPopulation } from "../../physics/thermal.ts";
import { pointwiseInput } from "./common-input.ts";
import type { Equilibrium } from "./equilibrium.ts";
import type { Excesses } from "./excess.ts";
import type { PopulationRow } from "./population-rows.ts";

/** Whether the population of level 2 was measured at every point. */
export function hasThirdLevel(rows: readonly Pick<PopulationRow, "leakage">[]): boolean {
  return rows.length > 0 && rows.every((r) => Number.isFinite(r.leakage));
}

/**
 * Excess of three levels. In a transmon `G21 = 2 G10`, so that the drive's work is `W/(hbar w_d) = G10 (<N> - n)` with the mean number of quanta
 * `<N> = p1 + 2 p2` and n the bath's occupation (PHYSICS.md sec. 1, Multi-level): the rate of the first transition,
 * `G1tot = G10 (1 + 2n)`, is W over `(1 - 2 n_eq)(<N> - n)`. What level 2 holds in equilibrium follows from n_eq. Rows without a population of
 * level 2 stay as they are.
 */
export function withThirdLevel(excesses: Excesses, rows: readonly PopulationRow[], equilibrium: Equilibrium): Excesses {
  if (!hasThirdLevel(rows)) return excesses;
  const scale = 1 - 2 * equilibrium.value;
  const atRest = thermalLadder(3, Math.max(0, occupationFromPopulation(equilibrium.value)))[2]!;
  const excess = excesses.excess.map((e, i) => scale * (e + 2 * (rows[i]!.leakage - atRest)));
  // How much of the whole the first level's excess is: its errors act through it.
  const share = excess.map((e, i) => (scale * excesses.excess[i]!) / e);
  const through = (w: readonly number[]) => w.map((v, i) => (v === 0 ? 0 : v * share[i]!));
  const sigma = excess.map((_, i) => {
    const { leakage: p2, shots, read } = rows[i]!;
    const own = excesses.sigma[i]!;
    if (!(shots > 0)) return scale * own;
    // Counts of one trinomial: what level 2 has, level 1 has not.
    const variance = own ** 2 + (4 * p2 * (1 - p2) - 4 * read * p2) / shots;
    return scale * Math.sqrt(Math.max(variance, 0));
  });
  return {
    ...excesses,
    excess,
    sigma,
    common: [
      ...excesses.common.map((c) => ({
        ...c,
        effect: (w: readonly number[]) => c.effect(through(w)),
        ...(c.variance ? { variance: (w: readonly number[]) => c.variance!(through(w)) } : {}),
      })),
      ...equilibrium.budget.map((l) => pointwiseInput(l.input, l.shared ?? l.input, () => (2 * l.contribution) / scale)),
    ],
    remarks: [...excesses.remarks, thirdLevel(Math.max(...rows.map((r) => r.leakage)))],
  };
}
