/** One step of a pattern: a character; `name`: one or more characters other than `/`; `anything`: one or more; `folders`: nothing, or anything up to a `/`. */
export type Step = { readonly char: string } | "name" | "anything" | "folders";

/** Stands for every character that neither pattern names. */
const OTHER = "";

/** Above this many states nothing is claimed. */
const MOST_STATES = 20_000;

/**
 * Whether every text that `small` matches is matched by `large` too: both are run as automata over the characters that they name, `large` by sets of
 * positions (subset construction, Rabin and Scott, IBM J. Res. Dev. 3, 114 (1959), sec. 5). Exact; false where it would take too long.
 */
export function includes(large: readonly Step[], small: readonly Step[]): boolean {
  const characters = new Set([OTHER, "/", ...[...large, ...small].flatMap((s) => (typeof s === "object" ? [s.char] : []))]);
  const seen = new Set<string>();
  const open: [number, readonly number[]][] = closure(small, [0]).map((p) => [p, closure(large, [0])]);
  for (let next = open.pop(); next; next = open.pop()) {
    const [at, set] = next;
    // Whatever stands so far can be completed to a match of `small`.
    if (set.length === 0) return false;
    if (at === small.length * 2 && !set.includes(large.length * 2)) return false;
    const state = `${at}:${set.join(",")}`;
    if (seen.has(state)) continue;
    seen.add(state);
    if (seen.size > MOST_STATES) return false;
    for (const c of characters) {
      const here = closure(small, move(small, [at], c));
      if (here.length === 0) continue;
      const there = closure(large, move(large, set, c));
      for (const p of here) open.push([p, there]);
    }
  }
  return true;
}

/** Position 2i: before step i. Position 2i + 1: inside step i, which may go on. */
function closure(steps: readonly Step[], positions: readonly number[]): number[] {
  const reached = new Set(positions);
  for (const p of reached) {
    const step = steps[p >> 1];
    // `folders` may be nothing, or begin; a step that has had its one character may end.
    if (p % 2 === 0 && step === "folders") reached.add(p + 1).add(p + 2);
    else if (p % 2 === 1 && step !== "folders") reached.add(p + 1);
  }
  return [...reached].sort((a, b) => a - b);
}

function move(steps: readonly Step[], positions: readonly number[], c: string): number[] {
  return positions.flatMap((p) => {
    const step = steps[p >> 1];
    if (step === undefined) return [];
    if (typeof step === "object") return step.char === c ? [p + 2] : [];
    if (step === "folders") return p % 2 === 0 ? [] : c === "/" ? [p, p + 1] : [p];
    if (step === "name" && c === "/") return [];
    return [p % 2 === 0 ? p + 1 : p];
  });
}
