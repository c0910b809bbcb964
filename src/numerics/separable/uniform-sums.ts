import type { Plan } from "./plan.ts";
import { B, B_G, C11, D, D_G, D_GG, E, F, G, Y, Y_G, Y_GG } from "./slots.ts";

/**
 * Sums over a trace on equal delays: sum y_i z^i is a polynomial in z = e^{-g step}. Four interleaved Horner chains in z^4, each with its first two
 * derivatives, so that twelve multiplications are under way at once.
 */
export function traceSums(plan: Plan): void {
  const { work, trace } = plan;
  const step = plan.axis.step;
  const z = Math.exp(-work[G]! * step);
  const zz = z * z;
  const u = zz * zz;
  let [a0, a1, a2] = [0, 0, 0];
  let [b0, b1, b2] = [0, 0, 0];
  let [c0, c1, c2] = [0, 0, 0];
  let [d0, d1, d2] = [0, 0, 0];
  for (let i = trace.length - 4; i >= 0; i -= 4) {
    a2 = a2 * u + a1;
    b2 = b2 * u + b1;
    c2 = c2 * u + c1;
    d2 = d2 * u + d1;
    a1 = a1 * u + a0;
    b1 = b1 * u + b0;
    c1 = c1 * u + c0;
    d1 = d1 * u + d0;
    a0 = a0 * u + trace[i]!;
    b0 = b0 * u + trace[i + 1]!;
    c0 = c0 * u + trace[i + 2]!;
    d0 = d0 * u + trace[i + 3]!;
  }
  // z d/dz of z^r P(z^4) is z^r (r P + 4 u P'), P' = a1, P'' / 2 = a2; d/dg = -step z d/dz.
  const v = 4 * u;
  const w = 32 * u * u;
  const zzz = zz * z;
  work[Y] = a0 + z * b0 + zz * c0 + zzz * d0;
  work[Y_G] = -step * (v * a1 + z * (b0 + v * b1) + zz * (2 * c0 + v * c1) + zzz * (3 * d0 + v * d1));
  work[Y_GG] =
    step *
    step *
    (4 * v * a1 + w * a2 + z * (b0 + 6 * v * b1 + w * b2) + zz * (4 * c0 + 8 * v * c1 + w * c2) + zzz * (9 * d0 + 10 * v * d1 + w * d2));
}

/** The sums that do not contain the trace, in closed form. */
export function shapeSums(plan: Plan): void {
  const { work } = plan;
  const { step, points } = plan.axis;
  const q = work[G]! * step;
  geometric(q, points, work, E);
  geometric(2 * q, points, work, F);
  const k = plan.freeOffset ? 1 / points : 0;
  const [e0, e1, e2] = [work[E]!, work[E + 1]! * step, work[E + 2]! * step * step];
  const [f0, f1, f2] = [work[F]!, work[F + 1]! * step, work[F + 2]! * step * step];
  work[B] = e0;
  work[B_G] = -e1;
  work[D] = f0 - k * e0 * e0;
  work[D_G] = -2 * (f1 - k * e0 * e1);
  work[D_GG] = 4 * f2 - 2 * k * (e1 * e1 + e0 * e2);
  work[C11] = f2 - k * e1 * e1;
}

/** sum i^m e^{-i q}, i from 0 to n - 1, for m = 0, 1, 2: derivatives of (1 - e^{-n q})/(1 - e^{-q}). */
function geometric(q: number, n: number, out: Float64Array, at: number): void {
  const z = Math.exp(-q);
  const rest = 1 / -Math.expm1(-q);
  const end = Math.exp(-n * q);
  const whole = -Math.expm1(-n * q);
  const slope = z * rest * rest;
  const bend = slope * (1 + z) * rest;
  out[at] = rest * whole;
  out[at + 1] = slope * whole - n * rest * end;
  out[at + 2] = bend * whole - 2 * n * slope * end - n * n * rest * end;
}
