import type { Signal } from "./signal-type.ts";

/**
 * Counts of a three-level readout as a signal for `three_level_cascade`, with their exact multinomial likelihood: n2 of N shots is binomial in p2,
 * and n1 of the N - n2 others is binomial in p1/(1 - p2), independently of n2. Delays at which every shot gave 2 say nothing of p1.
 * @param t delays, s. @param n1 counts of level 1. @param n2 counts of level 2. @param shots of each delay.
 */
export function qutritCounts(t: ArrayLike<number>, n1: ArrayLike<number>, n2: ArrayLike<number>, shots: ArrayLike<number>): Signal {
  const rows: { t: number; y: number; shots: number; channel: number }[] = [];
  for (let i = 0; i < t.length; i++) {
    const [a, b, n] = [n1[i]!, n2[i]!, shots[i]!];
    if (!(a >= 0 && b >= 0 && n > 0 && a + b <= n))
      throw new RangeError(`counts ${a} of 1 and ${b} of 2 in ${n} shots are no counts (row ${i})`);
    rows.push({ t: t[i]!, y: b / n, shots: n, channel: 1 });
    if (n > b) rows.push({ t: t[i]!, y: a / (n - b), shots: n - b, channel: 2 });
  }
  return {
    t: Float64Array.from(rows, (r) => r.t),
    y: Float64Array.from(rows, (r) => r.y),
    noise: { type: "binomial", shots: Float64Array.from(rows, (r) => r.shots) },
    unit: "1",
    channel: Uint8Array.from(rows, (r) => r.channel),
  };
}
