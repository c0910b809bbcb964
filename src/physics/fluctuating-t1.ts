import { saturationParameter } from "./two-level.ts";

/**
 * Rate that the power route finds where the rate itself fluctuates slowly between shots (PHYSICS.md sec. 1): work and population are averaged
 * apart, `G_power = <G n>/<n>`, n being the excess at each rate. Saturating drive gives mean(G); weak drive 1/mean(1/G) for Gphi >> G and
 * mean(T1)/mean(T1^2) for Gphi = 0. Cold qubit on resonance.
 * @param rates equally likely values of G1tot, 1/s; @param rabi Rabi rate, rad/s
 */
export function fluctuatingRate(rates: readonly number[], gammaPhi: number, rabi: number): number {
  let [work, excess] = [0, 0];
  for (const total of rates) {
    const s = saturationParameter({ total, gamma2: total / 2 + gammaPhi }, { omega: rabi, delta: 0 });
    const n = s / (2 * (1 + s));
    work += total * n;
    excess += n;
  }
  return work / excess;
}

/** Least and largest of that rate relative to 1/mean(T1), for a relative T1 scatter v, any drive and dephasing: `1/(1+v^2)` and `1+v^2`. */
export function fluctuationSpan(scatter: number): readonly [least: number, largest: number] {
  return [1 / (1 + scatter ** 2), 1 + scatter ** 2];
}
