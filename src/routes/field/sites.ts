import { type Check, check } from "../../core/check.ts";
import { type BudgetLine, covarianceOf, type Estimate, type GroupLabels, sigmaOf } from "../../core/estimate.ts";
import { qubitDecay } from "../../core/messages/field-checks.ts";
import * as say from "../../core/messages/field-sites.ts";
import type { Facts } from "../../lab/lab.ts";
import { HBAR } from "../../physics/constants.ts";
import { columnOf } from "../../tables/dataset.ts";
import { estimateOf } from "../budget.ts";
import { equilibriumOf } from "../power/equilibrium.ts";
import { assignmentErrors, excessesOf } from "../power/excess.ts";
import type { PowerDataset } from "../power/input.ts";
import { mergeRepeats, populationRows } from "../power/population-rows.ts";
import { undrivenIn } from "../power/undriven.ts";
import type { FieldDataset } from "./input.ts";
import type { FieldSite, FieldStudy } from "./study.ts";

/** A qubit that is a place of a map: its population under a steady drive, and the power that it absorbs. */
export interface SiteInput {
  readonly labels: GroupLabels;
  readonly facts: Facts;
  readonly populations: readonly FieldDataset[];
  readonly powers: readonly FieldDataset[];
  /** Its datasets of other kinds: undriven reads. */
  readonly others: readonly PowerDataset[];
}

export interface SitesResult {
  readonly estimates: readonly Estimate[];
  readonly studies: readonly FieldStudy[];
}

/** gamma0 at a site and the rates of the same qubit disagree beyond so many sigma. */
const DISAGREE = 3;

/**
 * Qubits with positions as a map (PHYSICS.md sec. 4): `u_i = hbar w_i (n_i - n_eq,i)`, `R_i = W_i`, and without exchange between them (gamma2 -> 0) in
 * steady state `gamma0(r_i) = R_i/u_i`, which is the qubit's own `Gamma_1`: held against its decay and power routes. One study per cooldown and device.
 * One steady state leaves gamma2 open, whatever the number of qubits.
 */
export function siteRoute(sites: readonly SiteInput[], estimates: readonly Estimate[]): SitesResult {
  const measured = sites.map((s) => ({ ...s, estimate: siteEstimate(s) }));
  const groups = new Map<string, typeof measured>();
  for (const site of measured) {
    const key = JSON.stringify([site.labels.cooldown, site.labels.device]);
    groups.set(key, [...(groups.get(key) ?? []), site]);
  }
  const all: Estimate[] = [];
  const studies = [...groups.values()].map((members) => {
    const compared = members.map((m) => withRoutes(m, estimates));
    all.push(...compared.map((c) => c.estimate), openGamma2(members));
    return studyOf(members, compared);
  });
  return { estimates: all, studies };
}

/** `gamma0 = W / (hbar w (n - n_eq))`, with the errors of population, readout, n_eq and power. */
function siteEstimate({ labels, facts, populations, powers, others }: SiteInput): Estimate {
  const datasets = [...populations, ...powers].map((d) => d.dataset.id);
  const draft = { route: "field", quantity: "field_gamma0", estimator: "site", labels, unit: "1/s", datasets } as const;
  const refuse = (remark: string, checks: readonly Check[] = []) => estimateOf({ ...draft, value: Number.NaN, budget: [], checks, remark });
  if (populations.some((p) => columnOf(p.dataset, "time"))) return refuse(say.populationInTime());
  const frequency = facts.qubit.frequency?.quantity.value;
  const readout = assignmentErrors(facts);
  const [source] = powers;
  const power = source && columnOf(source.dataset, "r_total")?.values[0];
  if (!facts.qubit.position) return refuse(say.noPosition());
  if (frequency === undefined) return refuse(say.noFrequency());
  if (power === undefined || !(power > 0)) return refuse(say.noPower());
  if (!readout) return refuse(say.noReadout(), [check("no_readout", false, say.noReadout())]);
  const omega = 2 * Math.PI * frequency;
  const undriven = undrivenIn(others, labels);
  const equilibrium = equilibriumOf(facts, readout, undriven, omega);
  const rows = mergeRepeats(populations.flatMap(populationRows));
  if (rows.length !== 1) return refuse(say.populations(rows.length));
  const { excess, sigma, common, checks } = excessesOf(rows, facts, readout, undriven, equilibrium);
  const value = power / (HBAR * omega * excess[0]!);
  if (!(value > 0)) return refuse(say.notExcited(), checks);
  const relative = source!.entry?.uncertainty ?? Number.NaN;
  const known = Number.isFinite(relative);
  const budget: BudgetLine[] = [
    { input: say.noise(), contribution: (-value * sigma[0]!) / excess[0]! },
    ...common.map((c) => ({ input: c.input, contribution: value * c.effect([1]), shared: c.shared })),
    ...(known ? [{ input: say.power(), contribution: value * relative, shared: `files.${source!.entry!.match}.uncertainty` }] : []),
  ];
  const ofPower = known ? [] : [check("field_source_assumed", false, say.powerWithoutError())];
  return estimateOf({ ...draft, value, budget, checks: [...checks, ...equilibrium.checks, ...ofPower], remark: say.withoutExchange() });
}

const sameQubit = (a: GroupLabels, b: GroupLabels) => a.cooldown === b.cooldown && a.device === b.device && a.qubit === b.qubit;

/** What no steady state of the qubits tells. */
function openGamma2(members: readonly SiteInput[]): Estimate {
  const { cooldown, device } = members[0]!.labels;
  const datasets = members.flatMap((m) => [...m.populations, ...m.powers].map((d) => d.dataset.id));
  const sentence = say.gamma2Open();
  return estimateOf({
    ...{ route: "field", quantity: "field_gamma2", estimator: "site", labels: { cooldown, device, qubit: "" }, unit: "m^2/s" },
    ...{ value: Number.NaN, budget: [], datasets, checks: [check("field_gamma2_open", false, sentence)], remark: sentence },
  });
}

interface Compared {
  readonly estimate: Estimate;
  readonly decay: Estimate | undefined;
  readonly power: Estimate | undefined;
}

/** The site with the check that it is the qubit's own rate, against every route that has one. */
function withRoutes(
  { labels, estimate }: { readonly labels: GroupLabels; readonly estimate: Estimate },
  all: readonly Estimate[],
): Compared {
  const of = (route: "decay" | "power") =>
    all.find(
      (e) =>
        e.route === route &&
        e.quantity === "gamma1_total" &&
        e.condition === "combined" &&
        sameQubit(e.labels, labels) &&
        Number.isFinite(e.value),
    );
  const [decay, power] = [of("decay"), of("power")];
  if (!Number.isFinite(estimate.value)) return { estimate, decay, power };
  const checks = [decay, power].flatMap((own) => {
    if (!own) return [];
    const variance = sigmaOf(own) ** 2 + sigmaOf(estimate) ** 2 - 2 * covarianceOf(own, estimate);
    const sigmas = Math.abs(own.value - estimate.value) / Math.sqrt(variance);
    // Without an error nothing can agree or disagree.
    if (!Number.isFinite(sigmas)) return [];
    const holds = sigmas <= DISAGREE;
    return [check("field_qubit_decay", holds, qubitDecay(labels.qubit, estimate.value, own.value, sigmas, holds), sigmas, DISAGREE)];
  });
  const { status, ...rest } = estimate;
  const doubtful = checks.some((c) => !c.holds);
  return {
    estimate: { ...rest, checks: [...estimate.checks, ...checks], status: doubtful && status === "usable" ? "doubtful" : status },
    decay,
    power,
  };
}

function studyOf(members: readonly SiteInput[], compared: readonly Compared[]): FieldStudy {
  const { cooldown, device } = members[0]!.labels;
  const sites = members.flatMap(({ labels, facts }, i): FieldSite[] => {
    const { estimate, decay, power } = compared[i]!;
    const [x, y] = facts.qubit.position ?? [];
    if (x === undefined || !Number.isFinite(estimate.value)) return [];
    const rate = (e: Estimate) => ({ value: e.value, sigma: sigmaOf(e) });
    return [
      {
        ...{ qubit: labels.qubit, x, ...(y === undefined ? {} : { y }), gamma0: estimate.value, sigma: sigmaOf(estimate) },
        ...(decay ? { decay: rate(decay) } : {}),
        ...(power ? { power: rate(power) } : {}),
      },
    ];
  });
  return {
    labels: { cooldown, device, qubit: "" },
    name: say.name(),
    files: [...new Set(members.flatMap((m) => [...m.populations, ...m.powers].map((d) => d.path)))],
    facts: [{ sentence: say.model(), assumed: false }],
    outcome: {
      state: "refused",
      sentence: say.gamma2Open(),
      checks: [check("field_gamma2_open", false, say.gamma2Open())],
      nullDirections: [],
      films: [],
      bound: Number.NaN,
    },
    status: "refused",
    sites,
  };
}
