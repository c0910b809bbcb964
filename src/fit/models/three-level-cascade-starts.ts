import type { Trace } from "../model.ts";
import { bestApart, type Candidate, onColumns, scaleDelays } from "./start-search.ts";

const inside = (v: number) => Math.min(Math.max(v, 0.001), 0.97);

/**
 * Starts of the cascade: p1 = a1 e^{-g t} + b1 e^{-k t} + c1 with rates near Gamma1_total and Gamma_21, on a grid of both in either order; p2 is
 * fitted beside it where it was measured. Amplitudes give the first populations, plateaus the upward rates.
 */
export function cascadeStarts(trace: Trace): readonly (readonly number[])[] {
  const { x, rates, window } = scaleDelays(trace);
  const m = x.length;
  const kind = (i: number) => trace.channel?.[i] ?? 0;
  const on = (which: boolean) => x.map((_, i) => ((kind(i) === 1) === which ? 1 : 0));
  const y = populationsOf(trace);
  const [first, second] = [on(false), on(true)];
  const hasSecond = second.includes(1);
  const exps = rates.map((g) => x.map((v) => Math.exp(-g * v)));
  const on1 = exps.map((e) => e.map((v, i) => v * first[i]!));
  const on2 = exps.map((e) => e.map((v, i) => v * second[i]!));
  const tried: Candidate[] = [];
  for (const [i, g] of rates.entries())
    for (const [j, k] of rates.entries()) {
      if (i === j) continue;
      const columns = hasSecond ? [on1[i]!, on1[j]!, first, on2[j]!, second] : [on1[i]!, on1[j]!, first];
      tried.push({ theta: [g, k], ...onColumns(columns, y) });
    }
  const starts: number[][] = [];
  for (const { theta, linear } of bestApart(tried, 3)) {
    const [g, k] = theta as [number, number];
    const [a1 = 0, b1 = 0, c1 = 0, a2 = Number.NaN, c2 = 0] = linear;
    const n = inside(c1);
    const p20 = inside(hasSecond ? a2 + c2 : 0.05);
    const p10 = Math.min(inside(a1 + b1 + c1), 0.99 - p20);
    const ratio = hasSecond ? Math.min(Math.max(c2 / n, 0.005), 0.5) : n / (1 - n);
    starts.push([g / window, n, k / window, (ratio * k) / window, Math.max(0.001, p10), p20]);
  }
  if (m > 0 && starts.length === 0) starts.push([3 / window, 0.05, 6 / window, 0.3 / window, 0.5, 0.4]);
  return starts;
}

/** Channel 2, p1/(1 - p2), turned into p1 with the p2 measured at the same delay, where there is one. */
function populationsOf({ t, y, channel }: Trace): Float64Array {
  if (!channel) return y;
  const p2 = new Map<number, number>();
  channel.forEach((c, i) => {
    if (c === 1) p2.set(t[i]!, y[i]!);
  });
  return y.map((v, i) => (channel[i] === 2 ? v * (1 - (p2.get(t[i]!) ?? 0)) : v));
}
