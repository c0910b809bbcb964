import type { Complex } from "../../physics/complex.ts";
import { over, times } from "../../physics/complex.ts";
import type { PortLayout } from "./port-layout.ts";
import type { ScatteringPoint } from "./scattering-traces.ts";

/** Qubit-off waves at one frequency: amplitude and noise per quadrature at every port of the layout, gains of their return chains. */
export interface OffWaves {
  readonly s: readonly Complex[];
  readonly noise: readonly number[];
  readonly gains: readonly number[];
}

type Effective = Pick<ScatteringPoint, "re" | "im" | "sigma" | "eta">;

/** Effective S of one point, with its own noise and that of the reference (relative, per quadrature). @param on the layout's ports, the main one first. */
export function effectiveS(layout: PortLayout, on: readonly ScatteringPoint[], off: OffWaves): Effective {
  const [p, back] = on;
  const [o, oBack] = off.s;
  if (layout.reading === "column") return columnS(on, off);
  const size = Math.hypot(o!.re, o!.im);
  const s = over(p!, o!);
  const eta = off.noise[0]! / size;
  if (layout.reading === "ratio") return { ...s, sigma: p!.sigma / size, eta };
  if (layout.reading === "wave") {
    const c = layout.factor;
    return { re: 1 - c * s.re, im: -c * s.im, sigma: Math.abs(c) * (p!.sigma / size), eta: 0 };
  }
  // S21 = 1 - x and S11 - C11 = -x are averaged.
  const sent = over({ re: back!.re - oBack!.re, im: back!.im - oBack!.im }, o!);
  return {
    re: (1 + s.re + sent.re) / 2,
    im: (s.im + sent.im) / 2,
    sigma: Math.hypot(p!.sigma, back!.sigma) / size / 2,
    eta: Math.hypot(eta, off.noise[1]! / size) / 2,
  };
}

/**
 * `sum_j conj(C_j) S_j` over `sum |C_j|^2`, |C_j|^2 = |off_j|^2 over the chain's gain. The reference's noise is taken for S near C: what a deep line
 * changes in it is as small as the noise itself beside 1 - S.
 */
function columnS(on: readonly ScatteringPoint[], off: OffWaves): Effective {
  let [re, im, total, own, reference] = [0, 0, 0, 0, 0];
  on.forEach((p, j) => {
    const o = off.s[j]!;
    const weight = 1 / off.gains[j]!;
    const square = o.re * o.re + o.im * o.im;
    const product = times(p, { re: o.re, im: -o.im });
    re += weight * product.re;
    im += weight * product.im;
    total += weight * square;
    own += weight * weight * square * p.sigma ** 2;
    reference += weight * weight * square * off.noise[j]! ** 2;
  });
  return { re: re / total, im: im / total, sigma: Math.sqrt(own) / total, eta: Math.sqrt(reference) / total };
}
