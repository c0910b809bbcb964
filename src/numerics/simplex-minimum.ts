interface Vertex {
  readonly at: readonly number[];
  readonly value: number;
}

/** Differences of the function below this end the search. */
const CLOSE = 1e-4;

/**
 * Minimum of a function of a few numbers without its slopes (Nelder and Mead, Comput. J. 7, 308, 1965, with their coefficients).
 * @param step edge of the first simplex; @param calls most values of the function.
 */
export function simplexMinimum(f: (at: readonly number[]) => number, start: readonly number[], step: number, calls: number): Vertex {
  let left = calls;
  const vertex = (at: readonly number[]): Vertex => {
    left--;
    const value = f(at);
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  const all = [vertex(start), ...start.map((_, k) => vertex(start.map((v, j) => (j === k ? v + step : v))))];
  for (;;) {
    all.sort((a, b) => a.value - b.value);
    const [best, worst] = [all[0]!, all.at(-1)!];
    if (left <= 0 || worst.value - best.value < CLOSE) return best;
    const centre = start.map((_, j) => all.slice(0, -1).reduce((s, v) => s + v.at[j]!, 0) / start.length);
    const beyond = (factor: number) => vertex(centre.map((c, j) => c + factor * (c - worst.at[j]!)));
    let next = beyond(1);
    if (next.value < best.value) {
      const further = beyond(2);
      if (further.value < next.value) next = further;
    } else if (next.value >= all.at(-2)!.value) {
      const nearer = beyond(next.value < worst.value ? 0.5 : -0.5);
      if (nearer.value < Math.min(next.value, worst.value)) next = nearer;
      else {
        for (let k = 1; k < all.length; k++) all[k] = vertex(all[k]!.at.map((v, j) => (v + best.at[j]!) / 2));
        continue;
      }
    }
    all[all.length - 1] = next;
  }
}
