import type { Source } from "./equation.ts";

/** One step: half its length, and which sources are on during it. */
export interface Step {
  readonly half: number;
  readonly on: readonly boolean[];
}

/** Times of a course that differ by less are the same: 0.001 and ten times 0.0001. */
export function sameTime(from: number, last: number): number {
  return 1e-12 * Math.abs(last - from) + 4 * Number.EPSILON * Math.max(Math.abs(from), Math.abs(last));
}

/** Relative difference of steps whose factors are shared. */
const SAME_LENGTH = 1e-9;

/** The steps of a course from the ends that they are to have. @throws RangeError where they do not rise or a source changes within one */
export function scheduleOf(from: number, ends: Float64Array, sources: readonly Source[]): Step[] {
  const rounding = sameTime(from, ends.at(-1) ?? from);
  const halves: number[] = [];
  return Array.from(ends, (end, n) => {
    const begin = n === 0 ? from : ends[n - 1]!;
    const half = (end - begin) / 2;
    if (!(half > 0)) throw new RangeError("ends of steps must rise");
    let known = halves.find((h) => Math.abs(h - half) <= SAME_LENGTH * half);
    if (known === undefined) {
      known = half;
      halves.push(half);
    }
    return { half: known, on: sources.map((source) => isOn(source, begin, end, Math.min(rounding, half / 2))) };
  });
}

function isOn({ on }: Source, begin: number, end: number, rounding: number): boolean {
  for (const [from, to] of on) {
    if (from <= begin + rounding && to >= end - rounding) return true;
    if (from < end - rounding && to > begin + rounding) throw new RangeError("a source goes on or off within a time step");
  }
  return false;
}

/** On just before this time. */
export function onBefore({ on }: Source, time: number): boolean {
  const rounding = sameTime(0, time);
  return on.some(([from, to]) => from < time - rounding && to >= time - rounding);
}

/** Number of steps after which each time is reached. @throws RangeError where a time is no end of a step */
export function stepsUntil(times: Float64Array, from: number, ends: Float64Array): number[] {
  const rounding = sameTime(from, ends.at(-1) ?? from);
  const reached = [from, ...ends];
  let n = 0;
  return Array.from(times, (time) => {
    while (n + 1 < reached.length && Math.abs(reached[n + 1]! - time) < Math.abs(reached[n]! - time)) n++;
    if (!(Math.abs(reached[n]! - time) <= rounding)) throw new RangeError("an output time is no end of a time step");
    return n;
  });
}

/** Half a step times the sum of the densities that are on in it, made anew only where that changes; undefined where none is on. */
export function absorber(densities: readonly Float64Array[], cells: number): (step: Step) => Float64Array | undefined {
  const sum = new Float64Array(cells);
  let known: Step | undefined;
  return (step) => {
    if (!step.on.includes(true)) return undefined;
    if (known?.half === step.half && known.on.every((on, s) => on === step.on[s])) return sum;
    sum.fill(0);
    for (const [s, density] of densities.entries()) if (step.on[s]) for (let k = 0; k < cells; k++) sum[k]! += step.half * density[k]!;
    known = step;
    return sum;
  };
}
