import type { Plan } from "./plan.ts";
import { B, B_G, C11, D, D_G, D_GG, END, G, LEFT, MOVE, ONE_MINUS_Z, WHOLE, Y, Y_G, Y_GG, Z } from "./slots.ts";

/**
 * Sums over a trace on equal delays, sum i^m y_i z^i with z = e^{-g step}, m = 0, 1, 2. Four points at a time are added first (p, q, r: their sums with
 * the powers 0, 1, 2 of the place among the four), so that only six Horner chains in z^4 remain: few enough for the registers.
 */
export function traceSums(plan: Plan): void {
  const { work, trace } = plan;
  const step = plan.axis.step;
  stepFactor(plan);
  const z = work[Z]!;
  const zz = z * z;
  const zzz = zz * z;
  const u = zz * zz;
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let q0 = 0;
  let q1 = 0;
  let r0 = 0;
  for (let i = trace.length - 4; i >= 0; i -= 4) {
    const b = z * trace[i + 1]!;
    const c = zz * trace[i + 2]!;
    const d = zzz * trace[i + 3]!;
    const cd = c + d;
    p2 = p2 * u + p1;
    p1 = p1 * u + p0;
    p0 = p0 * u + (trace[i]! + b + cd);
    q1 = q1 * u + q0;
    q0 = q0 * u + (b + cd + cd + d);
    r0 = r0 * u + (b + 4 * cd + 5 * d);
  }
  // i = 4 j + place: with P = sum p_j u^j, sum j p_j u^j = u P' (p1 = P') and sum j^2 p_j u^j = u P' + u^2 P'' (p2 = P''/2). d/dg = -step z d/dz.
  const v = 4 * u;
  work[Y] = p0;
  work[Y_G] = -step * (v * p1 + q0);
  work[Y_GG] = step * step * (4 * v * p1 + 2 * v * v * p2 + 2 * v * q1 + r0);
}

/**
 * The sums that do not contain the trace, in closed form: E_m = sum i^m z^i and F_m = sum i^m z^2i, i from 0 to n - 1, are derivatives of
 * (1 - z^n)/(1 - z) and of the same in z^2. Takes what is left of the trace's mean out of the sums with the trace where `centre`.
 */
export function shapeSums(plan: Plan, centre: boolean): void {
  const { work } = plan;
  const { step, points } = plan.axis;
  if (centre) endFactor(plan);
  else moveFactors(plan);
  const z = work[Z]!;
  const m = work[ONE_MINUS_Z]!;
  const end = work[END]!;
  const whole = work[WHOLE]!;
  // 1/(1 - z) and its derivatives by -q.
  const r = 1 / m;
  const s = z * r * r;
  const t = s * (1 + z) * r;
  const ne = points * end;
  const e0 = r * whole;
  const e1 = step * (s * whole - r * ne);
  const e2 = step * step * (t * whole - (2 * s + points * r) * ne);
  const zz = z * z;
  const rr = r / (1 + z);
  const ss = zz * rr * rr;
  const tt = ss * (1 + zz) * rr;
  const end2 = ne * end;
  const whole2 = whole * (1 + end);
  const f0 = rr * whole2;
  const f1 = step * (ss * whole2 - rr * end2);
  const f2 = step * step * (tt * whole2 - (2 * ss + points * rr) * end2);
  const k = plan.freeOffset ? 1 / points : 0;
  work[B] = e0;
  work[B_G] = -e1;
  work[D] = f0 - k * e0 * e0;
  work[D_G] = -2 * (f1 - k * e0 * e1);
  work[D_GG] = 4 * f2 - 2 * k * (e1 * e1 + e0 * e2);
  work[C11] = f2 - k * e1 * e1;
  if (centre) {
    const left = work[LEFT]!;
    work[Y] = work[Y]! - left * e0;
    work[Y_G] = work[Y_G]! + left * e1;
    work[Y_GG] = work[Y_GG]! - left * e2;
  }
}

/** Below this the difference 1 - e^{-q} is asked for itself: above, at least 13 digits are left. */
const SMALL = 4e-3;

/** z = e^{-g step} and 1 - z. */
function stepFactor(plan: Plan): void {
  const { work } = plan;
  const q = work[G]! * plan.axis.step;
  if (q > SMALL) {
    const z = Math.exp(-q);
    work[Z] = z;
    work[ONE_MINUS_Z] = 1 - z;
  } else {
    const m = -Math.expm1(-q);
    work[Z] = 1 - m;
    work[ONE_MINUS_Z] = m;
  }
}

/** z^n and 1 - z^n. */
function endFactor(plan: Plan): void {
  const { work } = plan;
  const end = Math.exp(-plan.axis.points * work[G]! * plan.axis.step);
  work[END] = end;
  work[WHOLE] = 1 - end;
}

/** The same after a small step of g, by e^{-d} - 1 = -d + d^2/2 - d^3/6. */
function moveFactors(plan: Plan): void {
  const { work } = plan;
  const { step, points } = plan.axis;
  const d = work[MOVE]! * step;
  const e = points * d;
  if (e > 1e-4 || e < -1e-4) {
    stepFactor(plan);
    endFactor(plan);
    return;
  }
  const dz = work[Z]! * d * (1 - d * (0.5 - d / 6));
  work[Z] = work[Z]! - dz;
  work[ONE_MINUS_Z] = work[ONE_MINUS_Z]! + dz;
  const de = work[END]! * e * (1 - e * (0.5 - e / 6));
  work[END] = work[END]! - de;
  work[WHOLE] = work[WHOLE]! + de;
}
