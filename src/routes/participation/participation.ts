import { type Check, check } from "../../core/check.ts";
import type { Estimate, GroupLabels } from "../../core/estimate.ts";
import * as say from "../../core/messages/participation.ts";
import { mergeBudget, sigmasOf } from "../budget.ts";
import { eachOnce } from "../partition/term.ts";
import { channelRate, channelShare, channelShares, refusedChannel, type Series } from "./channel-rows.ts";
import { type ChannelFit, fitChannels } from "./fit.ts";
import { type Member, type MemberSet, memberSets, type ParticipationGroup } from "./member.ts";
import { undetermined } from "./null-words.ts";
import type { ParticipationStudy } from "./study.ts";

export interface ParticipationResult {
  readonly estimates: readonly Estimate[];
  readonly studies: readonly ParticipationStudy[];
}

/**
 * Interface against bulk (PHYSICS.md sec. 3): `G1 = sum_k p_k x_k` over the qubits, devices and cooldowns whose participations the lab file states, x_k the
 * rate that channel k would give alone. Channels are taken to be the same everywhere; where there are several cooldowns that can each tell the channels
 * apart, each has its own fit beside the common one. What the participations cannot tell apart is refused with the words for it.
 */
export function participationRoute(groups: readonly ParticipationGroup[]): ParticipationResult {
  const results = memberSets(groups).flatMap((set) => {
    const cooldowns = [...new Set(set.members.map((x) => x.labels.cooldown))];
    const parts = cooldowns.map((c) => ({ ...set, members: set.members.filter((x) => x.labels.cooldown === c) }));
    const alone = cooldowns.length > 1 ? parts.map(seriesOf).filter((r) => r.studies.length > 0) : [];
    return [seriesOf(set), ...alone];
  });
  return { estimates: results.flatMap((r) => r.estimates), studies: results.flatMap((r) => r.studies) };
}

function seriesOf({ estimator, members }: MemberSet): ParticipationResult {
  const channels = [...new Set(members.flatMap((x) => Object.keys(x.participation)))].sort();
  const labels = commonLabels(members);
  const datasets = [...new Set(members.flatMap((x) => x.rate.datasets))];
  const series: Series = { estimator, labels, datasets };
  const refuse = (why: Check): ParticipationResult => ({
    estimates: channels.map((name) => refusedChannel(series, name, why)),
    studies: [],
  });
  const unstated = channels.find((name) => members.some((x) => !(name in x.participation)));
  if (unstated !== undefined) {
    const who = members.filter((x) => !(unstated in x.participation)).map((x) => x.labels.qubit);
    return refuse(check("participation_unstated", false, say.noChannel(unstated, who)));
  }
  const words = undetermined(members, channels);
  if (words !== undefined) return refuse(check("participation_rank", false, words, members.length, channels.length));
  const fit = fitChannels(members, channels);
  const shares = members.map((member) => channelShares(member, fit, datasets));
  const vague = channels.findIndex((_, k) => shares.every((list) => list[k]!.sigma > 1));
  if (vague >= 0) {
    const error = Math.min(...shares.map((list) => list[vague]!.sigma));
    return refuse(check("participation_rank", false, say.nearlyCollinear(channels[vague]!, error), error, 1));
  }
  const checks = [...eachOnce(members.flatMap((x) => x.rate.checks)), ...fitChecks(fit)];
  const remarks = [
    say.sumRule(members.length, estimator),
    ...(fit.dof === 0 ? [say.exactlyDetermined()] : []),
    ...(fit.errorsKnown ? [] : [say.errorsFromScatter()]),
  ];
  const frequency = members.reduce((sum, x) => sum + x.frequency / members.length, 0);
  const rates = channels.map((_, k) => channelRate(series, fit, k, { frequency, checks, remarks }));
  const parts = members.flatMap((member, i) => shares[i]!.map((share, k) => channelShare(series, fit, k, { member, share, checks })));
  return { estimates: [...rates, ...parts], studies: [studyOf(estimator, labels, members, fit, remarks)] };
}

function fitChecks(fit: ChannelFit): Check[] {
  if (Number.isNaN(fit.probability)) return [];
  const { chi2, dof, scatter } = fit;
  const sentence = scatter > 0 ? say.scatters(chi2, dof, scatter) : say.noScatter(chi2, dof);
  return [check("participation_scatter", scatter === 0, sentence, chi2 / dof, 1)];
}

/** What all members share; empty where they differ. */
function commonLabels(members: readonly Member[]): GroupLabels {
  const common = (of: (l: GroupLabels) => string) => {
    const all = new Set(members.map((x) => of(x.labels)));
    return all.size === 1 ? [...all][0]! : "";
  };
  return { cooldown: common((l) => l.cooldown), device: common((l) => l.device), qubit: "" };
}

function studyOf(
  estimator: string,
  labels: GroupLabels,
  members: readonly Member[],
  fit: ChannelFit,
  remarks: readonly string[],
): ParticipationStudy {
  return {
    estimator,
    labels,
    channels: fit.channels,
    members: members.map((x) => {
      const { sigmaStat, sigmaCommon } = sigmasOf(mergeBudget(x.rate.lines));
      return {
        labels: x.labels,
        measured: x.rate.value,
        sigma: Math.hypot(sigmaStat, sigmaCommon),
        parts: fit.channels.map((name, k) => x.participation[name]! * fit.rates[k]!),
      };
    }),
    chi2: fit.chi2,
    dof: fit.dof,
    scatter: fit.scatter,
    remarks: [...remarks, ...fitChecks(fit).map((c) => c.sentence)],
  };
}
