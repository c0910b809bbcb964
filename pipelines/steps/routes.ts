import type { Estimate } from "../../src/core/estimate.ts";
import { canonical, sha256 } from "../../src/core/hash.ts";
import type { Lab } from "../../src/lab/load.ts";
import type { Store } from "../../src/pipeline/store.ts";
import { coherenceRoute } from "../../src/routes/coherence/coherence.ts";
import { compareRoutes } from "../../src/routes/compare.ts";
import { comparedLines } from "../../src/routes/compared-line.ts";
import type { Comparison } from "../../src/routes/comparison.ts";
import { type CooldownRatio, cooldownRatios } from "../../src/routes/cooldown-ratios.ts";
import { decayRoute } from "../../src/routes/decay.ts";
import type { FieldStudy } from "../../src/routes/field/study.ts";
import { withFluctuation } from "../../src/routes/fluctuation.ts";
import type { JointStudy } from "../../src/routes/joint-study.ts";
import { type LineTest, lineTests } from "../../src/routes/line-tests.ts";
import { participationRoute } from "../../src/routes/participation/participation.ts";
import type { ParticipationStudy } from "../../src/routes/participation/study.ts";
import { partitionRoute } from "../../src/routes/partition/partition.ts";
import type { PowerStudy } from "../../src/routes/power-study.ts";
import { type SeriesStudy, seriesStudies } from "../../src/routes/series-study.ts";
import { sweptSentence } from "../../src/routes/swept-decay.ts";
import { decaySplit } from "../../src/routes/thermal.ts";
import { fitCoherences } from "./coherence.ts";
import type { RunFit } from "./fits.ts";
import { groupsOf, sameGroup } from "./groups.ts";
import { type MeasuredQubit, measureQubit } from "./measured-qubit.ts";
import type { RunOptions } from "./options.ts";
import type { PlacedDataset } from "./place.ts";

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
  /** The field model on the maps of each cooldown and device. */
  readonly fields: readonly FieldStudy[];
}

/** Decay route for all groups; power route per group through the store; then each compared and split, and what groups share: lines and cooldowns. */
export async function runRoutes(
  placed: readonly PlacedDataset[],
  fits: readonly RunFit[],
  lab: Lab | undefined,
  store: Store,
  routes: { readonly power: boolean },
  progress: Pick<RunOptions, "onProgress" | "signal">,
): Promise<RouteResults> {
  const decay = decayRoute(fits);
  const series = seriesStudies(fits);
  if (!routes.power)
    return { estimates: decay, power: [], joint: [], comparisons: [], lines: [], cooldowns: [], participation: [], series, fields: [] };
  const estimates: Estimate[] = [...decay];
  const coherences = await fitCoherences(placed, store);
  const power: PowerStudy[] = [];
  const groups: MeasuredQubit[] = [];
  const all = groupsOf(placed);
  for (const labels of all) {
    progress.signal.throwIfAborted();
    progress.onProgress(`power route ${groups.length + 1} of ${all.length}: ${[labels.cooldown, labels.qubit].filter(Boolean).join("/")}`);
    const quoted = decay.find((e) => e.quantity === "gamma1_total" && e.condition === "combined" && sameGroup(e.labels, labels));
    groups.push(await measureQubit({ labels, placed, decay: quoted, coherences }, lab, store));
  }
  const lines = comparedLines(groups.map(({ labels, power: of }) => ({ labels, line: lab?.facts(labels).line, power: of })));
  const compared = groups.map(({ labels, decay: quoted, result, joint, detectors, datasets }, i) => {
    const line = lines[i];
    const options = { swept: sweptSentence(decay, labels), detectors, ...(line ? { line } : {}) };
    const { comparison, estimates: ratio } = compareRoutes(labels, quoted, result.estimates, options);
    const partition = partitionRoute(labels, quoted, { estimates: [...result.estimates, ...joint.estimates] });
    const split = lab && quoted ? decaySplit(lab.facts(labels), datasets, quoted, result.omega) : [];
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
    fields: [],
  };
}

/** By the dates of the lab file where all are stated, else by name. */
function cooldownOrder(groups: readonly MeasuredQubit[], lab: Lab | undefined): string[] {
  const names = [...new Set(groups.map((g) => g.labels.cooldown))].sort();
  const started = (name: string) => lab?.cooldowns[name]?.started ?? "";
  const dated = names.every((name) => started(name) !== "");
  return dated ? names.sort((a, b) => (started(a) < started(b) ? -1 : started(a) > started(b) ? 1 : 0)) : names;
}

/** Identity of a set of results: the report is rendered again only when this changes. */
export function fingerprint(value: unknown): string {
  return sha256(canonical(value));
}
