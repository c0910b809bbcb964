import { type Estimate, type GroupLabels, sigmaOf } from "../core/estimate.ts";
import * as say from "../core/messages/partition-section.ts";
import type { ParticipationStudy } from "../routes/participation/study.ts";
import { quotedShare } from "../routes/partition/quoted.ts";
import { COLOURS, type Marker } from "./figures/marker.ts";
import type { StackedRow } from "./figures/stacked-bars.ts";
import { groupKey, groupName } from "./names.ts";
import { engineering, measured } from "./number.ts";
import type { Study } from "./study.ts";

/** Groups with a share or a bound of it, in the order of their estimates. */
export function partitionGroups(study: Study): GroupLabels[] {
  const groups = new Map<string, GroupLabels>();
  for (const e of study.estimates) if (e.quantity === "f_nonradiative") groups.set(groupKey(e.labels), e.labels);
  return [...groups.values()];
}

/** The quoted share of one group as a bar of its two rates; undefined where no rate is there to scale it. */
export function shareRow(study: Study, labels: GroupLabels, marker: Marker): StackedRow | undefined {
  const own = study.estimates.filter(
    (e) => groupKey(e.labels) === groupKey(labels) && e.condition === "combined" && Number.isFinite(e.value),
  );
  const share = quotedShare(own, labels);
  const total = share && wholeOf(own, share);
  if (!share || !total) return boundRow(study, labels, marker);
  const [low, high] = intervalOf(share);
  const [radiative, other] = [(1 - share.value) * total, share.value * total];
  return {
    name: groupName(labels, 10),
    kind: marker.colour,
    parts: [
      { value: radiative, kind: "stat", title: say.partTitle("gamma_r", engineering(radiative, "1/s")) },
      { value: other, kind: "common", title: say.partTitle("gamma_nr", engineering(other, "1/s")) },
    ],
    bars: [{ at: radiative, low: (1 - high) * total, high: (1 - low) * total, tick: false }],
    text: say.shareText(share.value, low, high),
  };
}

/** 68 %: the likelihood's, else value -+ sigma, a share not beyond 0 and 1; NaN where the error is not known. */
export function intervalOf(e: Estimate): readonly [number, number] {
  if (e.interval) return e.interval;
  const sigma = sigmaOf(e);
  return e.unit === "1" ? [Math.max(0, e.value - sigma), Math.min(1, e.value + sigma)] : [e.value - sigma, e.value + sigma];
}

/** A bound is no bar. */
function boundRow(study: Study, labels: GroupLabels, marker: Marker): StackedRow | undefined {
  const bound = study.estimates
    .filter((e) => e.quantity === "f_nonradiative" && groupKey(e.labels) === groupKey(labels))
    .flatMap((e) => e.checks.find((c) => c.code === "bound_only") ?? [])[0];
  return bound && { name: groupName(labels, 10), kind: marker.colour, parts: [], bars: [], text: say.boundText(bound.measured) };
}

/** G1 that the share is of: from a rate of the same combination, else the zero-temperature rate of any route. */
function wholeOf(own: readonly Estimate[], share: Estimate): number | undefined {
  const of = (quantity: Estimate["quantity"], estimator: string) =>
    own.find((e) => e.quantity === quantity && e.estimator === estimator)?.value;
  const rest = of("gamma_nr", share.estimator);
  if (rest !== undefined && rest > 0 && share.value > 0) return rest / share.value;
  const into = of("gamma_r", share.estimator) ?? of("gamma_r", share.estimator.split("+")[0]!);
  if (into !== undefined && into > 0 && share.value < 1) return into / (1 - share.value);
  return own.find((e) => e.quantity === "gamma1")?.value ?? own.find((e) => e.quantity === "gamma1_total")?.value;
}

/** Every rate of a participation series as a stack of its channels, with the measured rate on it. */
export function channelRows(study: ParticipationStudy): StackedRow[] {
  return study.members.map((m) => ({
    name: groupName(m.labels, 10),
    kind: "",
    parts: m.parts.map((value, k) => ({
      value,
      kind: `stat ${channelColour(k)}`,
      title: say.partTitle(study.channels[k] ?? "", engineering(value, "1/s")),
    })),
    bars: [{ at: m.measured, low: m.measured - m.sigma, high: m.measured + m.sigma, tick: true }],
    text: measured(m.measured, m.sigma, "1/s"),
  }));
}

export const channelColour = (k: number) => `c${k % COLOURS}`;
