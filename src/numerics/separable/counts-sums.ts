import { kernels } from "./basis.ts";
import { NEARLY_STRAIGHT } from "./climb.ts";
import { DEVIANCE, EXPECTED, GRADIENT, OBSERVED, P, PEARSON, RAW } from "./counts-slots.ts";
import type { Plan } from "./plan.ts";

/**
 * Pearson's chi2, gradient and second derivatives of half the deviance sum n [y ln(y/m) + (1-y) ln((1-y)/(1-m))] at the parameters. The expected information n/(m(1-m))
 * is taken at m clipped to [0.5/n, 1 - 0.5/n], the gradient is not (as in `fit/likelihood.ts`).
 */
export function countsSums(plan: Plan): void {
  const { counts, shots, sums } = plan;
  const { x, points } = plan.axis;
  const a = counts[P]!;
  const b = counts[P + 1]!;
  const g = counts[P + 2]!;
  const swing = a - b;
  const basis = !plan.freeOffset ? FIXED : g < NEARLY_STRAIGHT ? STRAIGHT : CURVED;
  const end = Math.exp(-g);
  const whole = basis === CURVED ? 1 / (1 - end) : 0;
  let one = 1;
  let one1 = 0;
  let one2 = 0;
  if (basis === STRAIGHT) {
    kernels(g, sums);
    one = 1 / sums[0]!;
    one1 = -sums[1]! * one;
    one2 = sums[2]! * one;
  }
  let ga = 0;
  let gb = 0;
  let gg = 0;
  let haa = 0;
  let hab = 0;
  let hag = 0;
  let hbb = 0;
  let hbg = 0;
  let hgg = 0;
  let eaa = 0;
  let eab = 0;
  let eag = 0;
  let ebb = 0;
  let ebg = 0;
  let egg = 0;
  let pearson = 0;
  for (let i = 0; i < points; i++) {
    const v = x[i]!;
    let s = 0;
    let s1 = 0;
    let s2 = 0;
    if (basis === STRAIGHT) {
      // phi = 1 - psi(x)/psi(1) and its derivatives by the quotient rule.
      kernels(g * v, sums);
      const q = v * sums[0]! * one;
      const q1 = -v * v * sums[1]! * one - q * one1;
      s = 1 - q;
      s1 = -q1;
      s2 = -(v * v * v * sums[2]! * one - 2 * q1 * one1 - q * one2);
    } else {
      const e = Math.exp(-g * v);
      if (basis === CURVED) {
        s = (e - end) * whole;
        s1 = (end - v * e - s * end) * whole;
        s2 = (v * v * e - end - 2 * s1 * end + s * end) * whole;
      } else {
        s = e;
        s1 = -v * e;
        s2 = v * v * e;
      }
    }
    const m = b + swing * s;
    const n = shots[i]!;
    const y = counts[RAW + i]!;
    const over = 1 / m;
    const under = 1 / (1 - m);
    // Counts of 0 and 1 have no term for the outcome that never happened, wherever m is.
    const up = y > 0 ? y * over : 0;
    const down = y < 1 ? (1 - y) * under : 0;
    const slope = n * (down - up);
    const curve = n * ((y > 0 ? up * over : 0) + (y < 1 ? down * under : 0));
    const least = 0.5 / n;
    const clipped = m < least || m > 1 - least;
    const information = clipped ? n / (least * (1 - least)) : n * over * under;
    if (y !== m) pearson += (y - m) * (y - m) * n * over * under;
    const t = 1 - s;
    const u = swing * s1;
    ga += slope * s;
    gb += slope * t;
    gg += slope * u;
    const cs = curve * s;
    const ct = curve * t;
    haa += cs * s;
    hab += cs * t;
    hag += cs * u + slope * s1;
    hbb += ct * t;
    hbg += ct * u - slope * s1;
    hgg += curve * u * u + slope * swing * s2;
    const is = information * s;
    const it = information * t;
    eaa += is * s;
    eab += is * t;
    eag += is * u;
    ebb += it * t;
    ebg += it * u;
    egg += information * u * u;
  }
  counts[GRADIENT] = ga;
  counts[GRADIENT + 1] = gb;
  counts[GRADIENT + 2] = gg;
  counts[OBSERVED] = haa;
  counts[OBSERVED + 1] = hab;
  counts[OBSERVED + 2] = hag;
  counts[OBSERVED + 3] = hbb;
  counts[OBSERVED + 4] = hbg;
  counts[OBSERVED + 5] = hgg;
  counts[EXPECTED] = eaa;
  counts[EXPECTED + 1] = eab;
  counts[EXPECTED + 2] = eag;
  counts[EXPECTED + 3] = ebb;
  counts[EXPECTED + 4] = ebg;
  counts[EXPECTED + 5] = egg;
  counts[PEARSON] = pearson;
}

const FIXED = 0;
const CURVED = 1;
const STRAIGHT = 2;

/** Half the deviance at the parameters; infinite where the law cannot have made the counts. */
export function countsDeviance(plan: Plan): void {
  const { counts, shots, sums } = plan;
  const { x, points } = plan.axis;
  const a = counts[P]!;
  const b = counts[P + 1]!;
  const g = counts[P + 2]!;
  kernels(g, sums);
  const one = sums[0]!;
  let deviance = 0;
  for (let i = 0; i < points; i++) {
    const v = x[i]!;
    let s = 0;
    if (plan.freeOffset) {
      kernels(g * v, sums);
      s = 1 - (v * sums[0]!) / one;
    } else s = Math.exp(-g * v);
    const m = b + (a - b) * s;
    const n = shots[i]!;
    const y = counts[RAW + i]!;
    if (!(m >= 0 && m <= 1) || (m === 0 && y > 0) || (m === 1 && y < 1)) {
      deviance = Number.POSITIVE_INFINITY;
      break;
    }
    if (y > 0) deviance += n * y * Math.log(y / m);
    if (y < 1) deviance += n * (1 - y) * Math.log((1 - y) / (1 - m));
  }
  counts[DEVIANCE] = deviance;
}
