import { UserError } from "../../src/core/errors.ts";
import { noDatasetLeft, nothingCouldBeRead, nothingToRead } from "../../src/core/messages/cli.ts";
import { versions } from "../../src/core/version.ts";
import type { Lab } from "../../src/lab/load.ts";
import type { Reason, Store } from "../../src/pipeline/store.ts";
import { siteRoute } from "../../src/routes/field/sites.ts";
import { type FieldRun, NO_FIELD, runField } from "./field.ts";
import { siteInputs } from "./field-inputs.ts";
import { type Fits, fitDecays, type RunFit } from "./fits.ts";
import { groupName } from "./groups.ts";
import { type ImportedFile, importFolder } from "./import.ts";
import type { Routes, RunOptions, Summary } from "./options.ts";
import { type PlacedDataset, placeDatasets } from "./place.ts";
import { type RouteResults, runRoutes } from "./routes.ts";
import { unusedStatements } from "./unused.ts";

/** What a folder's files became. */
export interface Analysis {
  readonly files: readonly ImportedFile[];
  readonly placed: readonly PlacedDataset[];
  readonly fits: readonly RunFit[];
  readonly results: RouteResults;
  /** What the lab file says of something that is not there. */
  readonly unused: readonly string[];
  /** What was done and why; nothing has been written yet. */
  readonly done: Omit<Summary, "seconds" | "outputs">;
}

/**
 * The way of the data up to the results, whatever is made of them: 1 files -> datasets, 2 labels, 3 fits, 4 routes. Only what changed is computed.
 * @param written folders that earlier runs wrote to; they hold no measurements
 * @throws UserError when nothing can be read, or nothing is left
 */
export async function analyse(
  options: RunOptions,
  routes: Routes,
  lab: Lab | undefined,
  store: Store,
  written: readonly string[],
): Promise<Analysis> {
  // 1
  const files = await importFolder(options, lab, store, written);
  if (files.length === 0 && options.only !== undefined) throw new UserError(noDatasetLeft(filtersOf(options)));
  if (!files.some((f) => f.result.status === "imported")) throw new UserError(nothingToReadOrFailures(options.folder, files));
  // 2
  const placed = placeDatasets(files, lab, options);
  if (placed.length === 0) throw new UserError(noDatasetLeft(filtersOf(options) || "importing: the files hold no table that can be used"));
  // Of a part of the folder nobody can say what names nothing.
  const unused = filtersOf(options) === "" ? unusedStatements(lab, files, placed) : [];
  // 3
  const fitted = routes.decay ? await fitDecays(placed, lab, store, options) : NO_FITS;
  const { fits, planned } = fitted;
  // 4
  const nothing: RouteResults = {
    estimates: [],
    power: [],
    joint: [],
    comparisons: [],
    lines: [],
    cooldowns: [],
    participation: [],
    series: [],
    fields: [],
  };
  const ofQubits = planned.length > 0 ? nothing : await runRoutes(placed, fits, lab, store, routes, options);
  const field = routes.field ? await runField(placed, lab, store, options) : NO_FIELD;
  const sites = siteRoute(routes.field && planned.length === 0 ? siteInputs(placed, lab) : [], ofQubits.estimates);
  const results = {
    ...ofQubits,
    estimates: [...ofQubits.estimates, ...field.estimates, ...sites.estimates],
    fields: [...field.studies, ...sites.studies],
  };
  const changed = new Set(files.filter((f) => f.change !== "unchanged").map((f) => f.path));
  const done = {
    counts: { files: countFiles(files), fits: added(countFits(fits, planned.length), field.counts) },
    reasons: [...store.reasons, ...planned, ...field.planned].map((r) => told(r, fitted, field, changed)),
    failures: failuresOf(files),
    versions: versions(),
  };
  return { files, placed, fits, results, unused, done };
}

function nothingToReadOrFailures(folder: string, files: readonly ImportedFile[]): string {
  const failed = files.filter((f) => f.result.status === "failed");
  const lines = failed.map((f) => `  ${f.path}: ${f.result.status === "failed" ? f.result.message : ""}`);
  return [failed.length > 0 ? nothingCouldBeRead(folder) : nothingToRead(folder), ...lines].join("\n");
}

/** The part of the folder that was asked for, as it was typed; empty for all of it. */
export function filtersOf(options: RunOptions): string {
  const given = [
    options.qubit !== undefined ? `--qubit ${options.qubit}` : "",
    options.cooldown !== undefined ? `--cooldown ${options.cooldown}` : "",
    options.only !== undefined ? `--only ${options.only}` : "",
  ];
  return given.filter(Boolean).join(" ");
}

/**
 * A reason as it is printed: that of an average, of a map, or of a power route whose T1 moved, is told of the file that changed, not of the first of its
 * series or group.
 */
function told(r: Reason, fits: Fits, field: FieldRun, changed: ReadonlySet<string>): Summary["reasons"][number] {
  const movedT1 = ["power", "joint", "propagation"].includes(r.stage) && r.before.startsWith("decay.");
  const sources = movedT1
    ? fits.fits.filter((f) => r.name === groupName(f.labels)).flatMap((f) => f.sources)
    : ((r.stage === "field" ? field.files : fits.averaged).get(r.name) ?? []);
  const file = sources.find((path) => changed.has(path)) ?? r.file;
  return { file, stage: r.stage, code: r.code, before: r.before, after: r.after };
}

function countFiles(files: readonly ImportedFile[]): Summary["counts"]["files"] {
  const counts = { new: 0, changed: 0, unchanged: 0, unrecognised: 0, failed: 0 };
  for (const f of files) {
    if (f.result.status === "imported") counts[f.change]++;
    else counts[f.result.status]++;
  }
  return counts;
}

const NO_FITS: Fits = { fits: [], planned: [], averaged: new Map() };

const added = (a: FieldRun["counts"], b: FieldRun["counts"]) => ({
  ...{ run: a.run + b.run, reused: a.reused + b.reused, refused: a.refused + b.refused },
});

function countFits(fits: readonly RunFit[], planned: number): Summary["counts"]["fits"] {
  const run = fits.filter((f) => f.fresh).length;
  return { run: run + planned, reused: fits.length - run, refused: fits.filter((f) => f.outcome.state === "refused").length };
}

function failuresOf(files: readonly ImportedFile[]): Summary["failures"] {
  return files.flatMap((f) => (f.result.status === "failed" ? [{ file: f.path, place: f.result.place, message: f.result.message }] : []));
}
