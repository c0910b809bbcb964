import type { GroupLabels } from "../core/estimate.ts";
import { canonical } from "../core/hash.ts";
import type { LabelledFit } from "../fit/labelled.ts";

/** Fits of equal labels: repeats inside a file, files of equal labels, or the steps of a swept axis. */
export interface FitGroup<F extends LabelledFit = LabelledFit> {
  readonly labels: GroupLabels;
  /** Trace label without its index. */
  readonly signal: string;
  readonly swept: boolean;
  /** In order of time, then of index. */
  readonly fits: readonly F[];
}

/** Signal and index of a trace label `<signal>[<index>]`; index NaN where there is none, and for the average. */
export function traceParts(trace: string): { readonly signal: string; readonly index: number; readonly indexed: boolean } {
  const match = /^(.*)\[(\d+|mean)\]$/s.exec(trace);
  return match ? { signal: match[1] ?? "", index: Number(match[2]), indexed: true } : { signal: trace, index: Number.NaN, indexed: false };
}

/** Which series a fit belongs to. Repeats at different settings are different series; the steps of one sweep are one. */
export function seriesKey(fit: LabelledFit): string {
  const { cooldown, device, qubit, trace } = fit.labels;
  const settings =
    fit.axis === "swept" ? fit.conditions.map((c) => c.name) : fit.conditions.map(({ name, value, unit }) => ({ name, value, unit }));
  return canonical([cooldown, device, qubit, fit.kind, traceParts(trace).signal, fit.axis === "swept", settings]);
}

/** All series, in the order of their first fit; the fit of an average is no member of its series. */
export function seriesOf<F extends LabelledFit>(fits: readonly F[]): FitGroup<F>[] {
  const groups = new Map<string, F[]>();
  for (const fit of fits) {
    if (fit.axis === "mean") continue;
    const key = seriesKey(fit);
    const members = groups.get(key);
    if (members) members.push(fit);
    else groups.set(key, [fit]);
  }
  return [...groups.values()].map((members) => {
    const first = members[0]!;
    return {
      labels: first.labels,
      signal: traceParts(first.labels.trace).signal,
      swept: first.axis === "swept",
      fits: [...members].sort(inTime),
    };
  });
}

function inTime(a: LabelledFit, b: LabelledFit): number {
  if (a.started !== b.started) return a.started < b.started ? -1 : 1;
  const order = (traceParts(a.labels.trace).index || 0) - (traceParts(b.labels.trace).index || 0);
  if (order !== 0) return order;
  const [pathA = "", pathB = ""] = [a.sources[0], b.sources[0]];
  return pathA < pathB ? -1 : pathA > pathB ? 1 : 0;
}
