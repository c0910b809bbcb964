import { kernels } from "./basis.ts";
import type { Plan } from "./plan.ts";

/** All sums on any delays with any weights, with the basis e^{-g x}. */
export function exponentialSums(plan: Plan): void {
  const { work, trace, weight, totalWeight } = plan;
  const { x, points } = plan.axis;
  const g = work.g;
  let y0 = 0;
  let y1 = 0;
  let y2 = 0;
  let e0 = 0;
  let e1 = 0;
  let e2 = 0;
  let f0 = 0;
  let f1 = 0;
  let f2 = 0;
  let f3 = 0;
  for (let i = 0; i < points; i++) {
    const v = x[i]!;
    const e = Math.exp(-g * v);
    const w0 = weight[i]! * e;
    const w1 = w0 * v;
    const w2 = w1 * v;
    const t = trace[i]!;
    y0 += w0 * t;
    y1 += w1 * t;
    y2 += w2 * t;
    e0 += w0;
    e1 += w1;
    e2 += w2;
    f0 += w0 * e;
    f1 += w1 * e;
    f2 += w2 * e;
    f3 += w2 * v * e;
  }
  const k = plan.freeOffset ? 1 / totalWeight : 0;
  work.y = y0;
  work.yG = -y1;
  work.yGG = y2;
  work.b = e0;
  work.bG = -e1;
  work.d = f0 - k * e0 * e0;
  work.dG = -2 * (f1 - k * e0 * e1);
  work.dGG = 4 * f2 - 2 * k * (e1 * e1 + e0 * e2);
  work.c11 = f2 - k * e1 * e1;
  work.bGG = e2;
  work.c11G = -2 * (f3 - k * e1 * e2);
}

/** The same with the basis psi_g, which is what a nearly straight line needs; free offset only. */
export function straightSums(plan: Plan): void {
  const { work, trace, weight, totalWeight, sums } = plan;
  const { x, points } = plan.axis;
  const g = work.g;
  let y0 = 0;
  let y1 = 0;
  let y2 = 0;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let p00 = 0;
  let p01 = 0;
  let p11 = 0;
  let p02 = 0;
  for (let i = 0; i < points; i++) {
    const v = x[i]!;
    kernels(g * v, sums);
    const a = v * sums[0]!;
    const b = -v * v * sums[1]!;
    const c = v * v * v * sums[2]!;
    const w = weight[i]!;
    const t = w * trace[i]!;
    y0 += t * a;
    y1 += t * b;
    y2 += t * c;
    s0 += w * a;
    s1 += w * b;
    s2 += w * c;
    p00 += w * a * a;
    p01 += w * a * b;
    p11 += w * b * b;
    p02 += w * a * c;
  }
  const k = 1 / totalWeight;
  work.y = y0;
  work.yG = y1;
  work.yGG = y2;
  work.b = s0;
  work.bG = s1;
  work.d = p00 - k * s0 * s0;
  work.dG = 2 * (p01 - k * s0 * s1);
  work.c11 = p11 - k * s1 * s1;
  work.dGG = 2 * (work.c11 + p02 - k * s0 * s2);
}
