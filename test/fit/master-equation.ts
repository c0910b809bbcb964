/** Fourth-order Runge-Kutta from t = 0 to each of the rising times, steps no longer than `step`. */
export function rungeKutta(
  derivative: (x: Float64Array) => Float64Array,
  start: Float64Array,
  times: ArrayLike<number>,
  step: number,
): Float64Array[] {
  let x = start.slice();
  let now = 0;
  const out: Float64Array[] = [];
  for (let i = 0; i < times.length; i++) {
    const steps = Math.ceil((times[i]! - now) / step);
    const h = steps > 0 ? (times[i]! - now) / steps : 0;
    for (let k = 0; k < steps; k++) {
      const k1 = derivative(x);
      const k2 = derivative(x.map((v, j) => v + (h / 2) * k1[j]!));
      const k3 = derivative(x.map((v, j) => v + (h / 2) * k2[j]!));
      const k4 = derivative(x.map((v, j) => v + h * k3[j]!));
      x = x.map((v, j) => v + (h / 6) * (k1[j]! + 2 * k2[j]! + 2 * k3[j]! + k4[j]!));
    }
    now = times[i]!;
    out.push(x.slice());
  }
  return out;
}

/** Dense complex 4 x 4 matrices as 16 real and 16 imaginary parts. */
interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const D = 4;
function times(a: Complex, b: Complex): Complex {
  const [re, im] = [new Float64Array(D * D), new Float64Array(D * D)];
  for (let i = 0; i < D; i++)
    for (let k = 0; k < D; k++) {
      const [x, y] = [a.re[i * D + k]!, a.im[i * D + k]!];
      if (x === 0 && y === 0) continue;
      for (let j = 0; j < D; j++) {
        const [u, v] = [b.re[k * D + j]!, b.im[k * D + j]!];
        re[i * D + j]! += x * u - y * v;
        im[i * D + j]! += x * v + y * u;
      }
    }
  return { re, im };
}
const dagger = (a: Complex): Complex => ({
  re: a.re.map((_, n) => a.re[(n % D) * D + Math.floor(n / D)]!),
  im: a.im.map((_, n) => -a.im[(n % D) * D + Math.floor(n / D)]!),
});
const real = (entries: readonly (readonly [number, number, number])[]): Complex => {
  const re = new Float64Array(D * D);
  for (const [i, j, v] of entries) re[i * D + j] = v;
  return { re, im: new Float64Array(D * D) };
};

/**
 * Excited population of a qubit (first) coupled to a two-level defect (second) by g (s+ d- + s- d+), defect detuned by `detuning`, dissipators
 * rate D[s-] + defect D[d-], starting from qubit excited, defect not. Basis |qubit defect> = 00, 01, 10, 11; the full density matrix.
 */
export function defectPopulation(rate: number, defect: number, g: number, detuning: number, t: Float64Array): number[] {
  const lowerQubit = real([
    [0, 2, 1],
    [1, 3, 1],
  ]);
  const lowerDefect = real([
    [0, 1, 1],
    [2, 3, 1],
  ]);
  const h = real([
    [1, 2, g],
    [2, 1, g],
    [1, 1, detuning],
    [3, 3, detuning],
  ]);
  const channels = [
    { rate, l: lowerQubit },
    { rate: defect, l: lowerDefect },
  ].map((c) => ({ ...c, up: dagger(c.l), number: times(dagger(c.l), c.l) }));
  const derivative = (x: Float64Array) => {
    const rho: Complex = { re: x.slice(0, 16), im: x.slice(16) };
    const [left, right] = [times(h, rho), times(rho, h)];
    const out = new Float64Array(32);
    for (let n = 0; n < 16; n++) {
      // -i [H, rho].
      out[n] = left.im[n]! - right.im[n]!;
      out[16 + n] = right.re[n]! - left.re[n]!;
    }
    for (const c of channels) {
      const jump = times(times(c.l, rho), c.up);
      const [a, b] = [times(c.number, rho), times(rho, c.number)];
      for (let n = 0; n < 16; n++) {
        out[n]! += c.rate * (jump.re[n]! - (a.re[n]! + b.re[n]!) / 2);
        out[16 + n]! += c.rate * (jump.im[n]! - (a.im[n]! + b.im[n]!) / 2);
      }
    }
    return out;
  };
  const start = new Float64Array(32);
  start[2 * D + 2] = 1;
  const fastest = rate + defect + 2 * Math.abs(g) + Math.abs(detuning);
  return rungeKutta(derivative, start, t, 0.025 / fastest).map((x) => x[2 * D + 2]! + x[3 * D + 3]!);
}
