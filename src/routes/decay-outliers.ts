import { type Check, check } from "../core/check.ts";
import { outlyingTraces, tracesAlike } from "../core/messages/decay.ts";
import type { LabelledFit } from "../fit/labelled.ts";
import { type FitOutcome, parameterOf } from "../fit/outcome.ts";
import { findOutliers } from "../numerics/outliers.ts";
import { mean, median } from "../numerics/quantile.ts";

/** A series of normal scatter in ln T1 shows an outlying repeat this often. */
const LIMIT = 1e-3;
/** Fewer repeats have no scatter of their own to be judged by. */
const FEWEST = 6;

/**
 * Repeats that do not belong to the others: one bad trace in a hundred throws an unweighted mean. Judged in ln T1, in which a factor up and a factor down
 * are alike, by the scatter of the others. Nothing is left out of the mean; the sentence gives the mean without them and the median.
 */
export function outlyingCheck(members: readonly { readonly fit: LabelledFit; readonly outcome: FitOutcome }[]): Check[] {
  if (members.length < FEWEST) return [];
  const t1 = members.map((m) => parameterOf(m.outcome, "t1")!.value);
  const logs = t1.map(Math.log);
  const centre = mean(logs);
  const found = findOutliers(
    Float64Array.from(logs, (v) => v - centre),
    new Float64Array(t1.length).fill(1),
    false,
    LIMIT,
  );
  const gone = new Set(found.indices);
  const sentence =
    gone.size === 0
      ? tracesAlike()
      : outlyingTraces(
          found.indices.map((i) => ({ trace: members[i]!.fit.labels.trace, t1: t1[i]! })),
          t1.length,
          { all: mean(t1), without: mean(t1.filter((_, i) => !gone.has(i))), median: median(t1) },
        );
  return [check("outlying_traces", gone.size === 0, sentence, found.p, LIMIT)];
}
