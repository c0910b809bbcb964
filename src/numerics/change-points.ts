interface Piece {
  /** Interval of levels on which this start of the last segment is the best one. */
  low: number;
  high: number;
  /** Cost a mu^2 - 2 b mu + c of all data so far. */
  a: number;
  b: number;
  c: number;
  /** First index of the last segment. */
  start: number;
}

/**
 * Starts of the segments of constant level that minimise sum w_i (y_i - level)^2 + penalty * (segments - 1): exact, over all partitions, by
 * functional pruning (Maidstone, Hocking, Rigaill and Fearnhead, Stat. Comput. 27, 519, 2017). The cost as a function of the last segment's level
 * is kept as pieces of parabolas; few survive, so the time is about n log n.
 * @param weights 1/variance of each value. @returns first indices of the segments, beginning with 0; empty for no data.
 */
export function changePoints(values: ArrayLike<number>, weights: ArrayLike<number>, penalty: number): number[] {
  const n = values.length;
  if (n === 0) return [];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < n; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  const centre = (low + high) / 2;
  let pieces: Piece[] = [{ low: low - centre, high: high - centre, a: 0, b: 0, c: 0, start: 0 }];
  const lastStart = new Uint32Array(n);
  for (let t = 0; t < n; t++) {
    const [y, w] = [values[t]! - centre, weights[t]!];
    let least = Number.POSITIVE_INFINITY;
    let start = 0;
    for (const p of pieces) {
      p.a += w;
      p.b += w * y;
      p.c += w * y * y;
      const level = Math.min(p.high, Math.max(p.low, p.b / p.a));
      const cost = (p.a * level - 2 * p.b) * level + p.c;
      if (cost < least) {
        least = cost;
        start = p.start;
      }
    }
    lastStart[t] = start;
    pieces = pruned(pieces, least + penalty, t + 1);
  }
  const starts: number[] = [];
  for (let t = n; t > 0; ) {
    const start = lastStart[t - 1]!;
    starts.push(start);
    t = start;
  }
  return starts.reverse();
}

/** Where a piece costs more than a new segment, the new segment takes its place. Pieces are changed in place: this is the inner loop. */
function pruned(pieces: readonly Piece[], limit: number, next: number): Piece[] {
  const kept: Piece[] = [];
  let fresh: Piece | undefined;
  const renew = (low: number, high: number) => {
    if (!(high > low)) return;
    if (fresh) fresh.high = high;
    else {
      fresh = { low, high, a: 0, b: 0, c: limit, start: next };
      kept.push(fresh);
    }
  };
  for (const p of pieces) {
    const level = p.b / p.a;
    const room = limit - (p.c - p.b * level);
    const reach = room > 0 ? Math.sqrt(room / p.a) : -1;
    const [first, last] = [p.low, p.high];
    const low = Math.max(first, level - reach);
    const high = Math.min(last, level + reach);
    if (reach < 0 || low > high) {
      renew(first, last);
      continue;
    }
    renew(first, low);
    p.low = low;
    p.high = high;
    kept.push(p);
    fresh = undefined;
    renew(high, last);
  }
  return kept;
}
