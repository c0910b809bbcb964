import { type GroupLabels, HEADLINES } from "../../src/core/estimate.ts";
import type { Lab } from "../../src/lab/load.ts";
import { missingFacts } from "../../src/lab/missing.ts";
import type { PreviousEstimate, Study, StudyFile } from "../../src/report/study.ts";
import type { RunFit } from "./fits.ts";
import { groupsOf, sameGroup } from "./groups.ts";
import type { ImportedFile } from "./import.ts";
import type { Summary } from "./options.ts";
import { eachOnce, type PlacedDataset } from "./place.ts";
import type { RouteResults } from "./routes.ts";

/** Everything the report shows, as plain data. */
export function makeStudy(parts: {
  folder: string;
  command: string;
  created: string;
  summary: Summary;
  files: readonly ImportedFile[];
  placed: readonly PlacedDataset[];
  fits: readonly RunFit[];
  results: RouteResults;
  previous: readonly PreviousEstimate[];
  lab: Lab | undefined;
  /** What the lab file says of something that is not there. */
  unused: readonly string[];
}): Study {
  const { folder, command, created, summary, files, placed, fits, results, previous, lab, unused } = parts;
  const hasEquilibrium = (labels: GroupLabels) =>
    results.estimates.some((e) => e.quantity === "n_eq" && Number.isFinite(e.value) && sameGroup(e.labels, labels));
  const byPath = new Map<string, PlacedDataset[]>(files.map((f) => [f.path, []]));
  for (const p of placed) for (const path of new Set(p.dataset.sources.map((s) => s.path))) byPath.get(path)?.push(p);
  return {
    folder,
    created,
    command,
    versions: summary.versions,
    seconds: summary.seconds,
    counts: summary.counts,
    reasons: summary.reasons as Study["reasons"],
    failures: summary.failures,
    files: files.map((f) => studyFile(f, byPath.get(f.path)!)),
    fits,
    ...{ estimates: results.estimates, power: results.power, joint: results.joint, comparisons: results.comparisons },
    ...{
      lines: results.lines,
      cooldowns: results.cooldowns,
      participation: results.participation,
      series: results.series,
      fields: results.fields,
    },
    previous,
    missing: [...missingFacts(lab, groupsOf(placed), hasEquilibrium), ...unused],
    labFile: lab?.file ?? "",
  };
}

function studyFile(f: ImportedFile, own: readonly PlacedDataset[]): StudyFile {
  const imported = f.result.status === "imported";
  return {
    path: f.path,
    bytes: f.bytes,
    sha256: f.sha256,
    status: f.result.status === "imported" && own.length === 0 && f.result.datasets.length > 0 ? "filtered" : f.result.status,
    change: f.change,
    importer: f.result.status === "unrecognised" ? "" : f.result.importer,
    datasets: own.map((p) => ({ id: p.dataset.id, kind: p.dataset.kind, labels: p.dataset.labels })),
    notes: eachOnce(own.flatMap((p) => p.dataset.notes)),
    message: imported ? "" : (f.result as { message: string }).message,
  };
}

/** The numbers that "what changed" compares: one per group and route. */
export function headline(results: RouteResults): PreviousEstimate[] {
  return results.estimates
    .filter((e) => e.condition === "combined" && HEADLINES.includes(e.quantity))
    .map((e) => ({
      ...e.labels,
      route: e.route,
      quantity: e.estimator ? `${e.quantity} (${e.estimator})` : e.quantity,
      value: e.value,
      sigma: Math.hypot(e.sigmaStat, e.sigmaCommon),
    }));
}

/** The same group, route and quantity. */
export function sameHeadline(a: PreviousEstimate, b: PreviousEstimate): boolean {
  return a.cooldown === b.cooldown && a.device === b.device && a.qubit === b.qubit && a.route === b.route && a.quantity === b.quantity;
}
