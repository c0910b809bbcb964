import { solveSquare } from "../../src/numerics/solve-square.ts";
import type { Rates } from "../../src/physics/two-level.ts";

/**
 * Periodic steady state of `H = hbar w_q sigma_z/2 + hbar Omega cos(w_d t) sigma_x` without the RWA: harmonic balance of the Bloch equations,
 * `x' = -G2 x - w_q y`, `y' = w_q x - G2 y - 2 Omega cos(w_d t) z`, `z' = 2 Omega cos(w_d t) y - G1tot (z - z_eq)`. x, y hold odd harmonics, z even
 * ones. Independent of the program's formulas; tests only.
 */
export function periodicBloch(rates: Rates, omegaQubit: number, omegaDrive: number, rabi: number, harmonics = 17) {
  // Per harmonic k the cosine and sine amplitudes of x, y, z, in units of w_d.
  const n = 6 * (harmonics + 1);
  const at = (k: number, component: number, sine: boolean) => 6 * k + 2 * component + (sine ? 1 : 0);
  const [g1, g2, q, drive] = [rates.total, rates.gamma2, omegaQubit, rabi].map((v) => v / omegaDrive) as [number, number, number, number];
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  const put = (row: number, column: number, value: number) => {
    matrix[row * n + column]! += value;
  };
  for (let k = 0; k <= harmonics; k++)
    for (const sine of [false, true]) {
      const rows = [0, 1, 2].map((c) => at(k, c, sine)) as [number, number, number];
      if (k === 0 && sine) {
        for (const row of rows) put(row, row, 1);
        continue;
      }
      // d/dt: the cosine part of the derivative is k times the sine amplitude, and the reverse.
      rows.forEach((row, c) => {
        if (k > 0) put(row, at(k, c, !sine), sine ? -k : k);
      });
      const [x, y, z] = rows;
      put(x, x, g2);
      put(x, y, q);
      put(y, y, g2);
      put(y, x, -q);
      put(z, z, g1);
      // 2 Omega cos: harmonic k takes Omega times its neighbours; the mean is felt in full, and of the mean only half comes back.
      for (const [j, weight] of [
        [k - 1, k === 1 && !sine ? 2 : 1],
        [k + 1, 1],
      ] as const) {
        if (j < 0 || j > harmonics || (j === 0 && sine)) continue;
        put(y, at(j, 2, sine), drive * weight);
        put(z, at(j, 1, sine), -drive * weight);
      }
      if (k === 0) right[z] = g1 * rates.zEq;
    }
  const solution = solveSquare(matrix, right, n);
  if (!solution) throw new Error("harmonic balance: singular");
  return {
    population: (1 + solution[at(0, 2, false)]!) / 2,
    /** mean(cos(w_d t) <sigma_x>) and mean(sin(w_d t) <sigma_x>): half of the first harmonic. */
    cosX: solution[at(1, 0, false)]! / 2,
    sinX: solution[at(1, 0, true)]! / 2,
    /** Size of the highest harmonics beside everything. */
    tail: Math.max(
      ...[0, 1, 2].flatMap((c) => [harmonics - 1, harmonics].map((k) => Math.hypot(solution[at(k, c, false)]!, solution[at(k, c, true)]!))),
    ),
  };
}
