import type { Check } from "../../core/check.ts";
import type { Estimate, GroupLabels } from "../../core/estimate.ts";
import * as say from "../../core/messages/participation.ts";
import { notNegative, ratioOfPart } from "../../numerics/bounded-interval.ts";
import { estimateOf, mergeBudget, scaled, sigmasOf } from "../budget.ts";
import { covarianceOfTerms, type Term } from "../partition/term.ts";
import type { ChannelFit } from "./fit.ts";
import type { Member } from "./member.ts";

/** What the rows of one fit have in common. */
export interface Series {
  readonly estimator: string;
  readonly labels: GroupLabels;
  readonly datasets: readonly string[];
}

const conditionOf = (channel: string, fit = "") => `channel=${channel}${fit && `, ${fit}`}`;

export function refusedChannel(series: Series, name: string, why: Check): Estimate {
  return estimateOf({
    ...({ ...series, route: "partition", quantity: "channel_rate", unit: "1/s" } as const),
    condition: conditionOf(name),
    value: Number.NaN,
    budget: [],
    checks: [why],
    remark: why.sentence,
  });
}

/** The rate that channel k would give alone, not negative, with the loss tangent that goes with it. @param frequency mean of the members, Hz */
export function channelRate(
  series: Series,
  fit: ChannelFit,
  k: number,
  { frequency, checks, remarks }: { readonly frequency: number; readonly checks: readonly Check[]; readonly remarks: readonly string[] },
): Estimate {
  const [value, raw, budget] = [fit.rates[k]!, fit.unbounded[k]!, fit.lines[k]!];
  const { sigmaStat, sigmaCommon } = sigmasOf(mergeBudget(budget));
  const sigma = Math.hypot(sigmaStat, sigmaCommon);
  const { low, high } = notNegative(value > 0 ? value : Math.min(raw, 0), sigma);
  const tangent = Number.isFinite(frequency) && value > 0 ? [say.lossTangent(value / (2 * Math.PI * frequency), frequency / 1e9)] : [];
  const held = value === 0 ? [say.heldAtZero(raw)] : [];
  return estimateOf({
    ...({ ...series, route: "partition", quantity: "channel_rate", unit: "1/s" } as const),
    condition: conditionOf(fit.channels[k]!),
    value,
    budget,
    own: fit.own,
    interval: [low, high],
    checks,
    remark: [...remarks, ...held, say.interval(low, high, Number.isFinite(sigma)), ...tangent].join(" "),
  });
}

/** What channel k takes of one member's relaxation. */
export function channelShare(
  series: Series,
  fit: ChannelFit,
  k: number,
  { member, share, checks }: { readonly member: Member; readonly share: Share; readonly checks: readonly Check[] },
): Estimate {
  const { labels, rate } = member;
  const name = fit.channels[k]!;
  return estimateOf({
    ...({ route: "partition", quantity: "channel_share", estimator: series.estimator, labels, unit: "1" } as const),
    condition: conditionOf(name, series.labels.cooldown === labels.cooldown ? "" : "all cooldowns"),
    value: share.value,
    budget: share.budget,
    own: fit.own,
    interval: [share.low, share.high],
    checks,
    datasets: rate.datasets,
    remark: say.shareOf(name),
  });
}

type Share = ReturnType<typeof channelShares>[number];

/** Participation times rate over the sum, for every channel: inside 0 to 1, because no channel gives energy. */
export function channelShares({ participation }: Member, fit: ChannelFit, datasets: readonly string[]) {
  const part = (j: number) => participation[fit.channels[j]!]!;
  const terms = fit.rates.map((rate, j): Term => {
    return { value: part(j) * rate, lines: scaled(fit.lines[j]!, part(j)), own: fit.own, checks: [], datasets };
  });
  const whole = terms.reduce((sum, t) => sum + t.value, 0);
  const lines = mergeBudget(terms.flatMap((t) => t.lines));
  return terms.map((x) => {
    const { value, low, high } = ratioOfPart(x.value, whole, covarianceOfTerms(x, { ...x, value: whole, lines }));
    const budget = mergeBudget([...scaled(x.lines, 1 / whole), ...scaled(lines, -value / whole)]);
    const { sigmaStat, sigmaCommon } = sigmasOf(budget);
    return { value, low, high, budget, sigma: Math.hypot(sigmaStat, sigmaCommon) };
  });
}
