import { HBAR } from "./constants.ts";

/** `rates[i][j]`: from level i to level j, 1/s. */
export type LevelRates = readonly (readonly number[])[];

/** Sum over every pair of levels of its net downward flow, weighted. */
function netFlow(rates: LevelRates, populations: ArrayLike<number>, weight: (upper: number, lower: number) => number): number {
  let sum = 0;
  for (let i = 1; i < rates.length; i++)
    for (let j = 0; j < i; j++) sum += weight(i, j) * (rates[i]![j]! * populations[i]! - rates[j]![i]! * populations[j]!);
  return sum;
}

/** Power that the levels give to their baths, W: `R_int = sum_{i>j} hbar w_ij (G_ij p_i - G_ji p_j)`; Paper I sec. 4.4 is its T = 0 half. @param energies of the levels over hbar, rad/s */
export function internalPower(energies: ArrayLike<number>, rates: LevelRates, populations: ArrayLike<number>): number {
  return HBAR * netFlow(rates, populations, (i, j) => energies[i]! - energies[j]!);
}

/** Work of a drive at one frequency over hbar w_d, quanta per second: `sum_{i>j} (i - j)(G_ij p_i - G_ji p_j)`. The drive gives whole quanta, not w_ij. */
export function quantaFlow(rates: LevelRates, populations: ArrayLike<number>): number {
  return netFlow(rates, populations, (i, j) => i - j);
}

/**
 * Rates of a weakly anharmonic ladder (transmon): `G_(j,j-1) = j G10 (1 + n)`, `G_(j-1,j) = j G10 n`, nothing else. Then
 * `quantaFlow = G10 (<N> - n)` summed over all levels: the mean number of quanta, not the first level's population, measures the work.
 * @param gamma10 zero-temperature rate from level 1, 1/s; @param nTh occupation of the bath
 */
export function ladderRates(levels: number, gamma10: number, nTh: number): number[][] {
  const rates = Array.from({ length: levels }, () => new Array<number>(levels).fill(0));
  for (let j = 1; j < levels; j++) {
    rates[j]![j - 1] = j * gamma10 * (1 + nTh);
    rates[j - 1]![j] = j * gamma10 * nTh;
  }
  return rates;
}

/** Energies over hbar of a transmon's levels: `j w01 + alpha j (j-1)/2`, rad/s. */
export function transmonEnergies(levels: number, omega01: number, anharmonicity: number): number[] {
  return Array.from({ length: levels }, (_, j) => j * omega01 + (anharmonicity * j * (j - 1)) / 2);
}

/** Populations in equilibrium with a bath of occupation n at every step: `p_j ~ (n/(1+n))^j`. */
export function thermalLadder(levels: number, nTh: number): number[] {
  const ratio = nTh / (1 + nTh);
  const norm = (1 - ratio) / (1 - ratio ** levels);
  return Array.from({ length: levels }, (_, j) => norm * ratio ** j);
}

/** `sum j p_j`: mean number of quanta. */
export function meanNumber(populations: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 1; j < populations.length; j++) sum += j * populations[j]!;
  return sum;
}
