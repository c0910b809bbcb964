import type { Plan } from "./plan.ts";

/**
 * Sums over a trace on equal delays, sum i^m y_i z^i with z = e^{-g step}, m = 0, 1, 2. Four points at a time are added first (p, q, r: their sums with
 * the powers 0, 1, 2 of the place among the four), so that only six Horner chains in z^4 remain: few enough for the registers.
 */
export function traceSums(plan: Plan): void {
  const { work, trace } = plan;
  const step = plan.axis.step;
  stepFactor(plan);
  const z = work.z;
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
  work.y = p0;
  work.yG = -step * (v * p1 + q0);
  work.yGG = step * step * (4 * v * p1 + 2 * v * v * p2 + 2 * v * q1 + r0);
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
  const z = work.z;
  const m = work.oneMinusZ;
  const end = work.end;
  const whole = work.whole;
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
  work.b = e0;
  work.bG = -e1;
  work.d = f0 - k * e0 * e0;
  work.dG = -2 * (f1 - k * e0 * e1);
  work.dGG = 4 * f2 - 2 * k * (e1 * e1 + e0 * e2);
  work.c11 = f2 - k * e1 * e1;
  if (centre) {
    const left = work.left;
    work.y = work.y - left * e0;
    work.yG = work.yG + left * e1;
    work.yGG = work.yGG - left * e2;
  }
}

/** Below this the difference 1 - e^{-q} is asked for itself: above, at least 13 digits are left. */
const SMALL = 4e-3;

/** z = e^{-g step} and 1 - z. */
function stepFactor(plan: Plan): void {
  const { work } = plan;
  const q = work.g * plan.axis.step;
  if (q > SMALL) {
    const z = Math.exp(-q);
    work.z = z;
    work.oneMinusZ = 1 - z;
  } else {
    const m = -Math.expm1(-q);
    work.z = 1 - m;
    work.oneMinusZ = m;
  }
}

/** z^n and 1 - z^n, by squaring: quicker than another exponential. */
function endFactor(plan: Plan): void {
  const { work } = plan;
  let end = 1;
  let square = work.z;
  for (let n = plan.axis.points; n > 0; n >>= 1) {
    if ((n & 1) === 1) end *= square;
    square *= square;
  }
  work.end = end;
  work.whole = 1 - end;
}

/** The same after a small step of g, by e^{-d} - 1 = -d + d^2/2 - d^3/6. */
function moveFactors(plan: Plan): void {
  const { work } = plan;
  const { step, points } = plan.axis;
  const d = work.move * step;
  const e = points * d;
  if (e > 1e-4 || e < -1e-4) {
    stepFactor(plan);
    endFactor(plan);
    return;
  }
  const dz = work.z * d * (1 - d * (0.5 - d / 6));
  work.z = work.z - dz;
  work.oneMinusZ = work.oneMinusZ + dz;
  const de = work.end * e * (1 - e * (0.5 - e / 6));
  work.end = work.end - de;
  work.whole = work.whole + de;
}
