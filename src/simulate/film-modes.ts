/** What is known at the two ends of an axis: no flux (cosines) or u = 0 (sines). */
export type Ends = "no-flux" | "dirichlet";

/** Eigenfunctions of the second derivative on [0, length], normalised: `int phi_j phi_k dx = delta_jk`. */
export interface Modes {
  readonly length: number;
  readonly count: number;
  /** 1/m: phi_k'' = -wave[k]^2 phi_k. */
  readonly wave: Float64Array;
  /** phi_0 .. phi_(count-1) at x. */
  at(x: number): Float64Array;
}

export function modesOf(length: number, count: number, ends: Ends): Modes {
  const cosines = ends === "no-flux";
  const wave = Float64Array.from({ length: count }, (_, k) => ((cosines ? k : k + 1) * Math.PI) / length);
  const size = Math.sqrt(2 / length);
  const at = (x: number) => wave.map((w) => (w === 0 ? size * Math.SQRT1_2 : size * (cosines ? Math.cos(w * x) : Math.sin(w * x))));
  return { length, count, wave, at };
}

/** More points than twice the highest mode and far closer than any spot is wide: the midpoint rule is then exact to rounding for smooth integrands. */
const POINTS = 600;

/** `int phi_k g dx`. */
export function projection(modes: Modes, g: (x: number) => number): Float64Array {
  const sum = new Float64Array(modes.count);
  eachPoint(modes, g, (phi, weight) => {
    for (let k = 0; k < sum.length; k++) sum[k]! += weight * phi[k]!;
  });
  return sum;
}

/** `int phi_j g phi_k dx`, j * count + k. */
export function overlaps(modes: Modes, g: (x: number) => number): Float64Array {
  const n = modes.count;
  const sum = new Float64Array(n * n);
  eachPoint(modes, g, (phi, weight) => {
    for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) sum[j * n + k]! += weight * phi[j]! * phi[k]!;
  });
  return sum;
}

function eachPoint(modes: Modes, g: (x: number) => number, visit: (phi: Float64Array, weight: number) => void): void {
  const step = modes.length / POINTS;
  for (let i = 0; i < POINTS; i++) {
    const x = (i + 0.5) * step;
    visit(modes.at(x), step * g(x));
  }
}
