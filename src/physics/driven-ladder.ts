import { type LevelRates, ladderRates } from "./multilevel.ts";

/** A transmon under a drive near its first transition. Rates 1/s, frequencies rad/s. */
export interface DrivenLadder {
  readonly levels: number;
  readonly anharmonicity: number;
  /** Zero-temperature rate from level 1, occupation of the bath, pure dephasing of the first transition. */
  readonly gamma10: number;
  readonly nTh: number;
  readonly gammaPhi: number;
  readonly rabi: number;
  /** `w_d - w_01`. */
  readonly delta: number;
}

/** Linear equations `matrix x = right` of a steady state, matrix row-major. */
export interface SteadyEquations {
  readonly n: number;
  readonly matrix: Float64Array;
  readonly right: Float64Array;
}

/**
 * Steady state in the frame of the drive (RWA): `H/hbar = sum_j (E_j - j w_d)|j><j| + (Omega/2)(a + a+)`, single jumps between neighbouring levels with the
 * rates of `ladderRates`, dephasing `Gphi (j-k)^2` of the coherence between j and k. The unknowns are the real numbers of a Hermitian matrix in units where
 * the largest rate is 1: element (j, k) is Re rho_jk for j >= k and Im rho_kj for j < k. The last equation is the trace.
 */
export function ladderEquations(ladder: DrivenLadder): SteadyEquations {
  const { levels: m, anharmonicity, delta, rabi } = ladder;
  const rates = ladderRates(m, ladder.gamma10, ladder.nTh);
  const out = rates.map((row) => row.reduce((a, b) => a + b, 0));
  const energy = Array.from({ length: m }, (_, j) => -j * delta + (anharmonicity * j * (j - 1)) / 2);
  const scale = Math.max(rabi, ...out, Math.abs(energy[m - 1]!));
  const n = m * m;
  const matrix = new Float64Array(n * n);
  for (let unknown = 0; unknown < n; unknown++) {
    const rho = basis(m, unknown);
    const change = derivative(rho, rates, out, energy, ladder);
    for (let j = 0; j < m; j++)
      for (let k = 0; k < m; k++) matrix[(j * m + k) * n + unknown] = (j >= k ? change.re[j * m + k]! : change.im[k * m + j]!) / scale;
  }
  // Populations are conserved, so one of their equations is the sum of the others: that of the highest level gives way to the trace.
  for (let unknown = 0; unknown < n; unknown++) matrix[(n - 1) * n + unknown] = unknown % (m + 1) === 0 ? 1 : 0;
  const right = new Float64Array(n);
  right[n - 1] = 1;
  return { n, matrix, right };
}

/** Populations, and the mean lowering amplitude <a>. */
export function ladderState(levels: number, solution: ArrayLike<number>) {
  const populations = Array.from({ length: levels }, (_, j) => solution[j * (levels + 1)]!);
  let [re, im] = [0, 0];
  for (let j = 1; j < levels; j++) {
    // <a> = sum sqrt(j) rho_(j, j-1); Im rho_(j, j-1) = -Im rho_(j-1, j).
    re += Math.sqrt(j) * solution[j * levels + j - 1]!;
    im -= Math.sqrt(j) * solution[(j - 1) * levels + j]!;
  }
  return { populations, lowering: { re, im } };
}

interface Matrix {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function basis(m: number, unknown: number): Matrix {
  const rho = { re: new Float64Array(m * m), im: new Float64Array(m * m) };
  const [j, k] = [Math.floor(unknown / m), unknown % m];
  if (j >= k) {
    rho.re[j * m + k] = 1;
    rho.re[k * m + j] = 1;
  } else {
    rho.im[j * m + k] = 1;
    rho.im[k * m + j] = -1;
  }
  return rho;
}

/** `d rho/dt`, upper triangle and diagonal. */
function derivative(rho: Matrix, rates: LevelRates, out: readonly number[], energy: readonly number[], ladder: DrivenLadder): Matrix {
  const m = out.length;
  const change = { re: new Float64Array(m * m), im: new Float64Array(m * m) };
  const half = ladder.rabi / 2;
  for (let j = 0; j < m; j++)
    for (let k = 0; k < m; k++) {
      const at = j * m + k;
      // [H, rho] of the drive: (Omega/2)(a + a+) from the left and from the right.
      let [re, im] = [0, 0];
      const add = (i: number, weight: number) => {
        re += weight * rho.re[i]!;
        im += weight * rho.im[i]!;
      };
      if (j > 0) add(at - m, half * Math.sqrt(j));
      if (j < m - 1) add(at + m, half * Math.sqrt(j + 1));
      if (k > 0) add(at - 1, -half * Math.sqrt(k));
      if (k < m - 1) add(at + 1, -half * Math.sqrt(k + 1));
      add(at, energy[j]! - energy[k]!);
      const loss = (out[j]! + out[k]!) / 2 + ladder.gammaPhi * (j - k) ** 2;
      change.re[at] = im - loss * rho.re[at]!;
      change.im[at] = -re - loss * rho.im[at]!;
      if (j === k) for (let i = 0; i < m; i++) change.re[at]! += rates[i]![j]! * rho.re[i * (m + 1)]!;
    }
  return change;
}
