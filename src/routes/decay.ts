import type { Condition } from "../core/dataset.ts";
import type { Estimate, GroupLabels } from "../core/estimate.ts";
import type { LabelledFit } from "../fit/labelled.ts";
import { withSignal } from "./decay-files.ts";
import { seriesEstimates } from "./decay-series.ts";

/**
 * Relaxation rates and T1 statistics of every qubit and cooldown from its decay fits.
 *
 * Repeats give `gamma1_total` (unweighted mean of the per-trace rates), `t1_mean`, `t1_of_average`, `t1_scatter` (n - 1) and `t1_median_sigma`
 * under the condition `combined`; swept axes give one row per operating point and are never averaged over. A group without signal gives a refused
 * row with its reason. Fits of other kinds are ignored. Sorted by labels; 1/s and s.
 */
export function decayRoute(fits: readonly LabelledFit[]): Estimate[] {
  const groups = new Map<string, { readonly labels: GroupLabels; readonly condition: string; readonly fits: LabelledFit[] }>();
  const seen = new Set<string>();
  for (const fit of [...fits].sort(inOrder)) {
    if (fit.kind !== "decay") continue;
    const { cooldown, device, qubit } = fit.labels;
    const condition = fit.axis === "swept" ? conditionText(fit.conditions) : "combined";
    const key = JSON.stringify([cooldown, device, qubit, condition]);
    // Equal arrays under equal labels are one measurement, however many files hold them.
    const identity = JSON.stringify([key, fit.axis === "mean", fit.dataset]);
    if (seen.has(identity)) continue;
    seen.add(identity);
    let series = groups.get(key);
    if (!series) {
      series = { labels: { cooldown, device, qubit }, condition, fits: [] };
      groups.set(key, series);
    }
    series.fits.push(fit);
  }
  const keys = [...groups.keys()].sort();
  return keys.flatMap((key) => {
    const { labels, condition, fits: members } = groups.get(key)!;
    return seriesEstimates({ labels, condition, ...withSignal(members) });
  });
}

/** `flux=0.31`, `p_in=1.2e-16 W`; several are joined by a comma. */
export function conditionText(conditions: readonly Condition[]): string {
  if (conditions.length === 0) return "swept";
  return conditions
    .map((c) => `${c.name}=${Number(c.value.toPrecision(6))}${c.unit === "" || c.unit === "1" ? "" : ` ${c.unit}`}`)
    .join(", ");
}

/** By time, then file, then the index of the repeat. */
function inOrder(a: LabelledFit, b: LabelledFit): number {
  const index = (f: LabelledFit) => Number(/\[(\d+)\]$/.exec(f.labels.trace)?.[1] ?? 0);
  const text = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);
  return (
    text(a.started, b.started) ||
    text(a.sources[0] ?? "", b.sources[0] ?? "") ||
    index(a) - index(b) ||
    text(a.labels.trace, b.labels.trace)
  );
}
