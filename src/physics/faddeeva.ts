import { type Complex, over } from "./complex.ts";

/** Step of the trapezoidal rule: its error exp(-pi^2/h^2) is below 1e-16. */
const H = Math.sqrt(Math.PI / 12);
/** Nodes on one side; beyond them exp(-t^2) is below 1e-16. */
const NODES = 12;

/**
 * Faddeeva function `w(z) = (i/pi) int exp(-t^2)/(z - t) dt` for Im z > 0, to about 1e-14 of |w|: trapezoidal or midpoint rule, whichever
 * has its nodes farther from Re z, with the residue of the pole z (Al Azah and Chandler-Wilde, SIAM J. Numer. Anal. 59, 2346 (2021)).
 */
export function faddeeva(z: Complex): Complex {
  const place = Math.abs(z.re) / H;
  const midpoint = Math.abs(place - Math.round(place)) < 0.25;
  const square = { re: z.re * z.re - z.im * z.im, im: 2 * z.re * z.im };
  const sum = { re: 0, im: 0 };
  const add = (t: number, weight: number) => {
    const dr = square.re - t * t;
    const d = weight / (dr * dr + square.im * square.im);
    sum.re += dr * d;
    sum.im -= square.im * d;
  };
  if (midpoint)
    for (let k = 0; k < NODES; k++) {
      const t = (k + 0.5) * H;
      add(t, 2 * Math.exp(-t * t));
    }
  else {
    add(0, 1);
    for (let k = 1; k < NODES; k++) add(k * H, 2 * Math.exp(-((k * H) ** 2)));
  }
  // (i h z/pi) sum
  const scale = H / Math.PI;
  const w = { re: -scale * (z.re * sum.im + z.im * sum.re), im: scale * (z.re * sum.re - z.im * sum.im) };
  if (z.im >= Math.PI / H) return w;
  const pole = residue(z, square, midpoint ? 1 : -1);
  return { re: w.re + pole.re, im: w.im + pole.im };
}

/** `2 exp(-z^2)/(1 +- exp(-2 pi i z/h))`. */
function residue(z: Complex, square: Complex, sign: 1 | -1): Complex {
  const gauss = 2 * Math.exp(-square.re);
  const turn = (-2 * Math.PI * z.re) / H;
  const growth = sign * Math.exp((2 * Math.PI * z.im) / H);
  return over(
    { re: gauss * Math.cos(-square.im), im: gauss * Math.sin(-square.im) },
    { re: 1 + growth * Math.cos(turn), im: growth * Math.sin(turn) },
  );
}
