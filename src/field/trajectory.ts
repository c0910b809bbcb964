/** States of a course after every step; beyond a limit of memory some are kept and those between them made again. */
export interface Trajectory {
  /** State after `n` steps; where states are made again it is valid until one of another stretch is asked for. */
  at(n: number): Float64Array;
}

/** Bytes of all states above which only some are kept. */
const LIMIT = 2e8;

/**
 * @param advance one step: from the state after n steps to the state after n + 1, into `out`
 * @param pass is given every state once, in order, and copies what it wants to keep
 * @param limit bytes for the kept states
 */
export function trajectoryOf(
  start: Float64Array,
  steps: number,
  advance: (n: number, from: Float64Array, out: Float64Array) => void,
  pass: (n: number, state: Float64Array) => void,
  limit: number = LIMIT,
): Trajectory {
  // Every stride-th state is kept and one stretch between two of them is held: together least for stride = sqrt(steps).
  const stride = (steps + 1) * start.byteLength <= limit ? 1 : Math.ceil(Math.sqrt(steps));
  const kept = [start];
  const stretch = Array.from({ length: stride === 1 ? 0 : stride }, () => new Float64Array(start.length));
  let last = start;
  pass(0, start);
  for (let n = 1; n <= steps; n++) {
    const state = n % stride === 0 ? new Float64Array(start.length) : stretch[n % stride]!;
    advance(n - 1, last, state);
    pass(n, state);
    if (n % stride === 0) kept.push(state);
    last = state;
  }
  let held = stride === 1 ? -1 : Math.floor(steps / stride);
  return {
    at(n) {
      const block = Math.floor(n / stride);
      if (n % stride === 0) return kept[block]!;
      if (held !== block)
        for (let i = 1; i < stride && block * stride + i <= steps; i++)
          advance(block * stride + i - 1, i === 1 ? kept[block]! : stretch[i - 1]!, stretch[i]!);
      held = block;
      return stretch[n % stride]!;
    },
  };
}
