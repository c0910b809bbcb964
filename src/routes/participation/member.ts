import { type Check, check } from "../../core/check.ts";
import type { Estimate, GroupLabels } from "../../core/estimate.ts";
import * as say from "../../core/messages/participation.ts";
import type { Facts } from "../../lab/lab.ts";
import { type Term, termOf, zeroTemperature } from "../partition/term.ts";

/** What is known of one qubit in one cooldown. */
export interface ParticipationGroup {
  readonly labels: GroupLabels;
  /** Undefined without a lab file. */
  readonly facts: Facts | undefined;
  readonly estimates: readonly Estimate[];
}

/** A zero-temperature rate with the participations of its qubit. */
export interface Member {
  readonly labels: GroupLabels;
  readonly participation: Readonly<Record<string, number>>;
  readonly rate: Term;
  /** Hz; NaN = not stated. */
  readonly frequency: number;
}

/** Rates of one origin over all qubits and cooldowns that state participations. */
export interface MemberSet {
  /** `t1`, or the estimator of the power route. */
  readonly estimator: string;
  readonly members: readonly Member[];
}

const POWER = ["complex_s", "separate_ports", "rabi"] as const;

/** One set per origin of the rates: they are not mixed, because their common errors differ. */
export function memberSets(groups: readonly ParticipationGroup[]): MemberSet[] {
  const stated = groups.filter((g) => g.facts?.qubit.participation !== undefined);
  const setOf = (estimator: string, matches: (e: Estimate) => boolean): MemberSet => ({
    estimator,
    members: stated.flatMap((g) => {
      const rate = rateOf(g, matches);
      const frequency = g.facts?.qubit.frequency?.quantity.value ?? Number.NaN;
      return rate ? [{ labels: g.labels, participation: g.facts?.qubit.participation ?? {}, rate, frequency }] : [];
    }),
  });
  return [
    setOf("t1", (e) => e.route === "decay"),
    ...POWER.map((name) => setOf(name, (e) => e.route === "power" && e.estimator === name)),
  ].filter((s) => s.members.length > 0);
}

/** G1 = G1tot (1 - 2 n_eq) is what the channels add up to; where n_eq is not known, G1tot with the check that says so. */
function rateOf(group: ParticipationGroup, matches: (e: Estimate) => boolean): Term | undefined {
  const find = (quantity: Estimate["quantity"]) =>
    group.estimates.find((e) => e.quantity === quantity && e.condition === "combined" && matches(e) && Number.isFinite(e.value));
  const total = find("gamma1_total");
  const own = find("gamma1");
  const n = group.estimates.find((e) => e.quantity === "n_eq" && e.condition === "combined" && Number.isFinite(e.value));
  // The decay route's gamma1 was made with the n_eq that is known without any driven data.
  if (own) return termOf(own);
  if (!total) return undefined;
  const unknown: Check[] = n ? [] : [check("no_equilibrium", false, say.equilibriumZero())];
  const term = zeroTemperature(termOf(total), n && termOf(n));
  return { ...term, checks: [...term.checks, ...unknown] };
}
