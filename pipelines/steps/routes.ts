import type { Estimate, GroupLabels } from "../../src/core/estimate.ts";
import { canonical, sha256 } from "../../src/core/hash.ts";
import type { Lab } from "../../src/lab/load.ts";
import { jsonCodec } from "../../src/pipeline/codec.ts";
import type { Store } from "../../src/pipeline/store.ts";
import { coherenceRoute, quotedCoherence } from "../../src/routes/coherence/coherence.ts";
import { compareRoutes, quotedPower } from "../../src/routes/compare.ts";
import { comparedLines } from "../../src/routes/compared-line.ts";
import type { Comparison } from "../../src/routes/comparison.ts";
import { type CooldownRatio, cooldownRatios } from "../../src/routes/cooldown-ratios.ts";
import { decayRoute } from "../../src/routes/decay.ts";
import { withFluctuation } from "../../src/routes/fluctuation.ts";
import type { JointResult } from "../../src/routes/joint/joint.ts";
import type { JointStudy } from "../../src/routes/joint-study.ts";
import { type LineTest, lineTests } from "../../src/routes/line-tests.ts";
import { participationRoute } from "../../src/routes/participation/participation.ts";
import type { ParticipationStudy } from "../../src/routes/participation/study.ts";
import { partitionRoute } from "../../src/routes/partition/partition.ts";
import { POWER_ROUTE_VERSION, type PowerDataset, type PowerResult, powerRoute } from "../../src/routes/power/power.ts";
import type { PowerStudy } from "../../src/routes/power-study.ts";
import { type SeriesStudy, seriesStudies } from "../../src/routes/series-study.ts";
import { sweptSentence } from "../../src/routes/swept-decay.ts";
import { decaySplit } from "../../src/routes/thermal.ts";
import { withoutRows } from "../../src/tables/dataset.ts";
import { fitCoherences } from "./coherence.ts";
import type { RunFit } from "./fits.ts";
import { jointStage } from "./joint.ts";
import type { PlacedDataset } from "./place.ts";
import { drawnStage } from "./propagation.ts";

/** What the routes made of one run's datasets and fits. */
export interface RouteResults {
  readonly estimates: readonly Estimate[];
  readonly power: readonly PowerStudy[];
  /** What the data of each qubit determine. */
  readonly joint: readonly JointStudy[];
  readonly comparisons: readonly Comparison[];
  /** One per attenuation that comparisons share. */
  readonly lines: readonly LineTest[];
  /** How each qubit changed from one cooldown to the next. */
  readonly cooldowns: readonly CooldownRatio[];
  readonly participation: readonly ParticipationStudy[];
  readonly series: readonly SeriesStudy[];
}

const POWER_KINDS: readonly string[] = ["scattering", "reference", "population", "equilibrium", "power", "total-power", "rabi", "emission"];
const codec = jsonCodec<PowerResult>();

/** Decay route for all groups; power route per group through the store; then each compared and split, and what groups share: lines and cooldowns. */
export async function runRoutes(
  placed: readonly PlacedDataset[],
  fits: readonly RunFit[],
  lab: Lab | undefined,
  store: Store,
  routes: { readonly power: boolean },
): Promise<RouteResults> {
  const decay = decayRoute(fits);
  const series = seriesStudies(fits);
  if (!routes.power)
    return { estimates: decay, power: [], joint: [], comparisons: [], lines: [], cooldowns: [], participation: [], series };
  const estimates: Estimate[] = [...decay];
  const coherences = await fitCoherences(placed, store);
  const power: PowerStudy[] = [];
  const groups: Group[] = [];
  for (const labels of groupsOf(placed)) {
    const own = placed
      .filter((p) => sameGroup(p.dataset.labels, labels) && POWER_KINDS.includes(p.dataset.kind) && p.excluded !== "all")
      .map((p) => ({ ...p, dataset: withoutRows(p.dataset, p.excluded === "all" ? [] : p.excluded) }))
      .sort((a, b) => (a.dataset.id < b.dataset.id ? -1 : 1));
    const quoted = decay.find((e) => e.quantity === "gamma1_total" && e.condition === "combined" && sameGroup(e.labels, labels));
    const datasets = own.map((p) => ({ dataset: p.dataset, ...(p.match ? { entry: p.match.entry } : {}) }));
    let result: PowerResult = { estimates: [], studies: [] };
    let joint: JointResult = { estimates: [], studies: [] };
    // Scattering alone (a resonator scan, say) claims nothing about a power route; it takes a lab file or population data to mean one.
    if (own.length > 0 && (lab !== undefined || own.some((p) => p.dataset.kind === "population" || p.dataset.kind === "power"))) {
      const facts = lab?.facts(
        labels,
        own.flatMap((p) => (p.match ? [p.match.entry] : [])),
      ) ?? { device: labels.device, qubit: {}, readout: {} };
      // The decay of the population between drive and readout is all that the power route takes from T1: without a gap it does not depend on it.
      const gapDecay = facts.readout.drive_to_readout ? quoted : undefined;
      // Rabi frequencies alone want the coherence rate of other data.
      const coherence = own.some((p) => p.dataset.kind === "rabi") ? quotedCoherence(labels, coherences) : undefined;
      const options = {
        facts,
        // Places are for messages; a line number that moved is no reason to compute again.
        entries: datasets.map((d) => ({ ...d.entry, place: undefined })),
        // A power that a sidecar or the path states is no part of the numbers' id.
        conditions: own.map((p) => p.dataset.conditions.map(({ name, value, unit }) => ({ name, value, unit }))),
        ...(coherence ? { coherence: { value: coherence.value, sigma: coherence.sigmaStat, by: coherence.estimator } } : {}),
        decay: gapDecay && { value: gapDecay.value, sigma: [gapDecay.sigmaStat, gapDecay.sigmaCommon], status: gapDecay.status },
      };
      const slot = { name: groupName(labels), file: own.map((p) => p.path).sort()[0]! };
      const inputs = own.map((p) => p.dataset.id);
      const key = { stage: "power", version: POWER_ROUTE_VERSION, inputs, options };
      const input = { labels, facts, datasets, ...(gapDecay ? { decay: gapDecay } : {}), ...(coherence ? { coherence } : {}) };
      const measured = (await store.compute({ stage: "power", ...slot }, key, codec, () => powerRoute(input))).value;
      result = await drawnStage(store, { slot, inputs, options }, input, measured);
      joint = await jointStage(store, { slot, inputs, options }, { labels, facts, datasets }, quoted);
    }
    const detectors = [...new Set(datasets.flatMap((d) => d.entry?.detector ?? (d.dataset.kind === "scattering" ? "vna" : [])))];
    groups.push({ labels, datasets, decay: quoted, result, joint, power: quotedPower(result.estimates), detectors });
  }
  const lines = comparedLines(groups.map(({ labels, power: of }) => ({ labels, line: lab?.facts(labels).line, power: of })));
  const compared = groups.map(({ labels, decay: quoted, result, joint, detectors, datasets }, i) => {
    const line = lines[i];
    const options = { swept: sweptSentence(decay, labels), detectors, ...(line ? { line } : {}) };
    const { comparison, estimates: ratio } = compareRoutes(labels, quoted, result.estimates, options);
    const partition = partitionRoute(labels, quoted, { estimates: [...result.estimates, ...joint.estimates] });
    const split = lab && quoted ? decaySplit(lab.facts(labels), datasets, quoted) : [];
    estimates.push(...result.estimates, ...joint.estimates, ...split, ...ratio, ...partition.estimates);
    power.push(...result.studies.map((s) => withFluctuation(s, decay)));
    return { comparison: { ...comparison, missing: [...comparison.missing, ...partition.missing] }, ratio: ratio[0] };
  });
  estimates.push(...coherenceRoute(coherences, estimates));
  const shared = lineTests(compared);
  const between = cooldownRatios(
    groups.map(({ result }, i) => ({ ...compared[i]!, power: result.estimates })),
    cooldownOrder(groups, lab),
  );
  estimates.push(...shared.estimates, ...between.map((r) => r.estimate));
  const channels = participationRoute(
    groups.map(({ labels }) => ({ labels, facts: lab?.facts(labels), estimates: estimates.filter((e) => sameGroup(e.labels, labels)) })),
  );
  estimates.push(...channels.estimates);
  return {
    estimates,
    power,
    joint: groups.flatMap((g) => g.joint.studies),
    comparisons: compared.map((c) => c.comparison),
    lines: shared.tests,
    cooldowns: between,
    participation: channels.studies,
    series,
  };
}

/** One qubit in one cooldown between its two routes. */
interface Group {
  readonly labels: GroupLabels;
  readonly datasets: readonly PowerDataset[];
  readonly decay: Estimate | undefined;
  readonly result: PowerResult;
  readonly joint: JointResult;
  readonly power: Estimate | undefined;
  readonly detectors: readonly string[];
}

/** By the dates of the lab file where all are stated, else by name. */
function cooldownOrder(groups: readonly Group[], lab: Lab | undefined): string[] {
  const names = [...new Set(groups.map((g) => g.labels.cooldown))].sort();
  const started = (name: string) => lab?.cooldowns[name]?.started ?? "";
  const dated = names.every((name) => started(name) !== "");
  return dated ? names.sort((a, b) => (started(a) < started(b) ? -1 : started(a) > started(b) ? 1 : 0)) : names;
}

/** Groups that hold a decay or power dataset, ordered by cooldown, device, qubit. */
export function groupsOf(placed: readonly PlacedDataset[]): GroupLabels[] {
  const groups = new Map<string, GroupLabels>();
  for (const { dataset } of placed) {
    if (dataset.kind !== "decay" && !POWER_KINDS.includes(dataset.kind)) continue;
    const { cooldown, device, qubit } = dataset.labels;
    groups.set(groupName(dataset.labels), { cooldown, device, qubit });
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, labels]) => labels);
}

/** Name of a group's slot in the store. */
export const groupName = ({ cooldown, device, qubit }: GroupLabels) => JSON.stringify([cooldown, device, qubit]);

const sameGroup = (a: GroupLabels, b: GroupLabels) => a.cooldown === b.cooldown && a.device === b.device && a.qubit === b.qubit;

/** Identity of a set of results: the report is rendered again only when this changes. */
export function fingerprint(value: unknown): string {
  return sha256(canonical(value));
}
