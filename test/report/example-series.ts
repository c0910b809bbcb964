import { random } from "../../src/core/random.ts";
import type { StudyFit } from "../../src/report/study.ts";
import { seriesStudies } from "../../src/routes/series-study.ts";
import { decayFit } from "./example-decays.ts";
import { EMPTY } from "./example-study.ts";

interface SeriesSpec {
  readonly qubit: string;
  /** T1 of every repeat, us. */
  readonly t1: (i: number) => number;
  readonly count: number;
  /** Seconds after the first; NaN: no times. */
  readonly time?: (i: number) => number;
}

/** A study of nothing but series of repeats, every 13th refused. */
export function seriesStudyOf(specs: readonly SeriesSpec[]) {
  const r = random(17);
  const fits: StudyFit[] = specs.flatMap(({ qubit, t1, count, time }) =>
    Array.from({ length: count }, (_, i) => {
      const at = time?.(i) ?? Number.NaN;
      return decayFit(
        {
          labels: { cooldown: "cd07", device: "chipA", qubit, trace: `p1[${i}]` },
          ...{ t1: t1(i) * 1e-6, axis: "repeat", source: `cd07/${qubit}.hdf5`, points: 21 },
          started: Number.isNaN(at) ? "" : new Date(Date.UTC(2026, 8, 3) + 1000 * at).toISOString(),
          state: i % 13 === 12 ? "refused" : "converged",
        },
        r,
      );
    }),
  );
  return { ...EMPTY, fits, series: seriesStudies(fits) };
}

/** Switching, slow wandering, and white noise; with times and a gap, with times, without. */
export function telegraphAndFriends() {
  const r = random(18);
  let slow = 0;
  const wandering = () => {
    slow = 0.97 * slow + 0.05 * r.normal();
    return 50 * Math.exp(slow);
  };
  return seriesStudyOf([
    { qubit: "q1", count: 150, t1: (i) => (Math.floor(i / 21) % 2 ? 22 : 40), time: (i) => 47 * i + (i >= 90 ? 5400 : 0) },
    { qubit: "q2", count: 400, t1: wandering, time: (i) => 600 * i },
    { qubit: "q3", count: 60, t1: () => 12 },
    { qubit: "q4", count: 40, t1: () => 12, time: (i) => 60 * i * (1 + 0.5 * r.uniform()) },
    { qubit: "q5", count: 5, t1: () => 12 },
  ]);
}
