import { type Check, check } from "../../core/check.ts";
import type { Estimate, GroupLabels } from "../../core/estimate.ts";
import * as say from "../../core/messages/participation.ts";
import { notNegative, ratioOfPart } from "../../numerics/bounded-interval.ts";
import { estimateOf, mergeBudget, scaled, sigmasOf } from "../budget.ts";
import { covarianceOfTerms, eachOnce, type Term } from "../partition/term.ts";
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
  const base = { route: "partition" as const, estimator, labels, unit: "1/s" as const, datasets };
  const refuse = (names: readonly string[], why: Check): ParticipationResult => ({
    studies: [],
    estimates: names.map((name) =>
      estimateOf({
        ...base,
        quantity: "channel_rate",
        condition: conditionOf(name),
        value: Number.NaN,
        budget: [],
        checks: [why],
        remark: why.sentence,
      }),
    ),
  });
  const unstated = channels.find((name) => members.some((x) => !(name in x.participation)));
  if (unstated !== undefined) {
    const who = members.filter((x) => !(unstated in x.participation)).map((x) => x.labels.qubit);
    return refuse(channels, check("participation_unstated", false, say.noChannel(unstated, who)));
  }
  const words = undetermined(members, channels);
  if (words !== undefined) return refuse(channels, check("participation_rank", false, words, members.length, channels.length));
  const fit = fitChannels(members, channels);
  const rates = fit.lines.map((lines, k): Term => ({ value: fit.rates[k]!, lines, own: fit.own, checks: [], datasets }));
  const shares = members.map((member) => rates.map((_, k) => shareOf(member, fit, rates, k)));
  const vague = channels.findIndex((_, k) => shares.every((list) => list[k]!.sigma > 1));
  if (vague >= 0) {
    const error = Math.min(...shares.map((list) => list[vague]!.sigma));
    return refuse(channels, check("participation_rank", false, say.nearlyCollinear(channels[vague]!, error), error, 1));
  }
  const checks = [...eachOnce(members.flatMap((x) => x.rate.checks)), ...fitChecks(fit)];
  const remark = [
    say.sumRule(members.length, estimator),
    ...(fit.dof === 0 ? [say.exactlyDetermined()] : []),
    ...(fit.errorsKnown ? [] : [say.errorsFromScatter()]),
  ];
  const channelRows = channels.map((name, k) => {
    const raw = fit.unbounded[k]!;
    const { sigmaStat, sigmaCommon } = sigmasOf(mergeBudget(fit.lines[k]!));
    const sigma = Math.hypot(sigmaStat, sigmaCommon);
    const { low, high } = notNegative(fit.rates[k]! > 0 ? fit.rates[k]! : Math.min(raw, 0), sigma);
    const frequency = members.reduce((s, x) => s + x.frequency / members.length, 0);
    const tangent =
      Number.isFinite(frequency) && fit.rates[k]! > 0 ? [say.lossTangent(fit.rates[k]! / (2 * Math.PI * frequency), frequency / 1e9)] : [];
    const held = fit.rates[k] === 0 ? [say.heldAtZero(raw)] : [];
    return estimateOf({
      ...base,
      quantity: "channel_rate",
      condition: conditionOf(name),
      value: fit.rates[k]!,
      budget: fit.lines[k]!,
      own: fit.own,
      interval: [low, high],
      checks,
      remark: [...remark, ...held, say.interval(low, high, Number.isFinite(sigma)), ...tangent].join(" "),
    });
  });
  const shareRows = members.flatMap((member, i) =>
    channels.map((name, k) => {
      const { value, low, high, budget } = shares[i]![k]!;
      return estimateOf({
        ...base,
        labels: member.labels,
        unit: "1",
        quantity: "channel_share",
        condition: conditionOf(name, labels.cooldown === member.labels.cooldown ? "" : "all cooldowns"),
        value,
        budget,
        own: fit.own,
        interval: [low, high],
        checks,
        datasets: member.rate.datasets,
        remark: say.shareOf(name),
      });
    }),
  );
  return { estimates: [...channelRows, ...shareRows], studies: [studyOf(estimator, labels, members, fit, remark)] };
}

const conditionOf = (channel: string, fit = "") => `channel=${channel}${fit && `, ${fit}`}`;

/** Participation times rate over the sum: inside 0 to 1, because no channel gives energy. */
function shareOf({ participation }: Member, fit: ChannelFit, rates: readonly Term[], k: number) {
  const part = (j: number) => participation[fit.channels[j]!]!;
  const whole = fit.channels.reduce((s, _, j) => s + part(j) * fit.rates[j]!, 0);
  const x: Term = { ...rates[k]!, value: part(k) * fit.rates[k]!, lines: scaled(rates[k]!.lines, part(k)) };
  const y: Term = { ...x, value: whole, lines: mergeBudget(rates.flatMap((r, j) => scaled(r.lines, part(j)))) };
  const { value, low, high } = ratioOfPart(x.value, y.value, covarianceOfTerms(x, y));
  const budget = mergeBudget([...scaled(x.lines, 1 / whole), ...scaled(y.lines, -value / whole)]);
  const { sigmaStat, sigmaCommon } = sigmasOf(budget);
  return { value, low, high, budget, sigma: Math.hypot(sigmaStat, sigmaCommon) };
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
