/** States of a course after every step; beyond a limit of memory some are kept and those between them made again. */
export interface Trajectory {
  /** State after `n` steps; valid until the next call. */
  at(n: number): Float64Array;
}

/** Bytes of all states above which only some are kept. */
const LIMIT = 2e8;

/**
 * @param advance one step: from the state after n steps to the state after n + 1, into `out`
 * @param limit bytes for the kept states
 */
export function trajectoryOf(
  start: Float64Array,
  steps: number,
  advance: (n: number, from: Float64Array, out: Float64Array) => void,
  limit: number = LIMIT,
): Trajectory {
  const fitting = Math.max(4, Math.floor(limit / start.byteLength));
  // Every stride-th state is kept, and one stride of states is held: least for stride = sqrt(steps).
  const stride = steps + 1 <= fitting ? 1 : Math.ceil(Math.sqrt(steps));
  const kept: Float64Array[] = [start];
  let last = start;
  for (let n = 0; n < steps; n++) {
    const reuse = stride > 1 && n % stride !== 0;
    const next = reuse ? last : new Float64Array(start.length);
    advance(n, last, next);
    if ((n + 1) % stride === 0) kept.push(stride > 1 ? next.slice() : next);
    last = next;
  }
  if (stride === 1) return { at: (n) => kept[n]! };
  const segment = Array.from({ length: stride }, () => new Float64Array(start.length));
  let held = -1;
  return {
    at(n) {
      const block = Math.floor(n / stride);
      if (n % stride === 0) return kept[block]!;
      if (held !== block) {
        let previous = kept[block]!;
        for (let i = 1; i < stride && block * stride + i <= steps; i++) {
          advance(block * stride + i - 1, previous, segment[i]!);
          previous = segment[i]!;
        }
        held = block;
      }
      return segment[n % stride]!;
    },
  };
}
