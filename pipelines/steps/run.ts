import { join, resolve } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import { noDatasetLeft, nothingCouldBeRead, nothingToRead } from "../../src/core/messages/cli.ts";
import { versions } from "../../src/core/version.ts";
import { loadLab } from "../../src/lab/load.ts";
import { jsonCodec } from "../../src/pipeline/codec.ts";
import { type Reason, Store } from "../../src/pipeline/store.ts";
import type { PreviousEstimate } from "../../src/report/study.ts";
import { type Fits, fitDecays, type RunFit } from "./fits.ts";
import { type ImportedFile, importFolder } from "./import.ts";
import { checkFolders } from "./open.ts";
import type { RunOptions, RunResult, Summary } from "./options.ts";
import { OUTPUTS, outputsStand, writeOutputs, writeSummary } from "./outputs.ts";
import { placeDatasets } from "./place.ts";
import { fingerprint, groupName, type RouteResults, runRoutes } from "./routes.ts";
import { headline, makeStudy, sameHeadline } from "./study.ts";
import { unusedStatements } from "./unused.ts";
import { verdictLines } from "./verdicts.ts";

/** Raised when the report would look different for the same study. */
const REPORT_VERSION = 5;

/** What the last run that changed something said, and which results stand in which output folder. */
interface LastRun {
  readonly headline: readonly PreviousEstimate[];
  readonly written: Readonly<Record<string, string>>;
}
const lastRunCodec = jsonCodec<LastRun>();

/** The one way of the data: 1 files -> datasets, 2 labels, 3 fits, 4 routes, 5 report. */
export async function runPipeline(options: RunOptions, routes: { readonly power: boolean }): Promise<RunResult> {
  const started = performance.now();
  await checkFolders(options);
  const lab = await loadLab(options.folder);
  const store = await Store.open(options.store, { force: options.force, dryRun: options.dryRun });
  let complete = false;
  try {
    const last = store.get("last-run", lastRunCodec) ?? { headline: [], written: {} };
    // 1
    const files = await importFolder(options, lab, store, Object.keys(last.written));
    if (files.length === 0 && options.only !== undefined) throw new UserError(noDatasetLeft(filtersOf(options)));
    if (!files.some((f) => f.result.status === "imported")) throw new UserError(nothingToReadOrFailures(options.folder, files));
    // 2
    const placed = placeDatasets(files, lab, options);
    if (placed.length === 0)
      throw new UserError(noDatasetLeft(filtersOf(options) || "importing: the files hold no table that can be used"));
    // Of a part of the folder nobody can say what names nothing.
    const unused = filtersOf(options) === "" ? unusedStatements(lab, files, placed) : [];
    // 3
    const fitted = await fitDecays(placed, lab, store, options);
    const { fits, planned } = fitted;
    // 4
    const nothing: RouteResults = { estimates: [], power: [], comparisons: [], series: [] };
    const results = planned.length > 0 ? nothing : await runRoutes(placed, fits, lab, store, routes);
    // 5
    const summary: Summary = {
      counts: { files: countFiles(files), fits: countFits(fits, planned.length) },
      reasons: [...store.reasons, ...planned].map((r) => told(r, fitted, files)),
      failures: failuresOf(files),
      versions: versions(),
      seconds: (performance.now() - started) / 1000,
      outputs: [...OUTPUTS, "summary.json"].map((name) => join(options.out, name)),
    };
    if (options.dryRun) return { summary: { ...summary, outputs: [], dryRun: true }, verdicts: [], notes: [...store.notes, ...unused] };
    const identity = fingerprint([
      REPORT_VERSION,
      files.map((f) => [f.path, f.sha256, f.result.status]),
      placed.map((p) => p.dataset.notes),
      fits.map((f) => f.outcome),
      results,
      unused,
    ]);
    const outKey = resolve(options.out);
    if (options.force || last.written[outKey] !== identity || !(await outputsStand(options.out))) {
      options.onProgress("writing the report");
      const created = new Date().toISOString();
      const { folder, command } = options;
      await writeOutputs(
        options.out,
        makeStudy({ folder, command, created, summary, files, placed, fits, results, previous: last.headline, lab, unused }),
      );
      const now = headline(results);
      const kept = filtersOf(options) ? last.headline.filter((old) => !now.some((e) => sameHeadline(e, old))) : [];
      store.put("last-run", lastRunCodec, { headline: [...kept, ...now], written: { ...last.written, [outKey]: identity } });
    }
    const seconds = (performance.now() - started) / 1000;
    await writeSummary(options.out, { ...summary, seconds });
    complete = filtersOf(options) === "";
    return { summary: { ...summary, seconds }, verdicts: verdictLines(results), notes: [...store.notes, ...unused] };
  } finally {
    await store.close({ complete });
  }
}

function nothingToReadOrFailures(folder: string, files: readonly ImportedFile[]): string {
  const failed = files.filter((f) => f.result.status === "failed");
  const lines = failed.map((f) => `  ${f.path}: ${f.result.status === "failed" ? f.result.message : ""}`);
  return [failed.length > 0 ? nothingCouldBeRead(folder) : nothingToRead(folder), ...lines].join("\n");
}

function filtersOf(options: RunOptions): string {
  const given = [
    options.qubit !== undefined ? `--qubit ${options.qubit}` : "",
    options.cooldown !== undefined ? `--cooldown ${options.cooldown}` : "",
    options.only !== undefined ? `--only ${options.only}` : "",
  ];
  return given.filter(Boolean).join(" ");
}

/**
 * A reason as it is printed: that of an average, or of a power route whose T1 moved, is told of the file that changed, not of the first of its
 * series or group.
 */
function told(r: Reason, fits: Fits, files: readonly ImportedFile[]): Summary["reasons"][number] {
  const changed = new Set(files.filter((f) => f.change !== "unchanged").map((f) => f.path));
  const movedT1 = r.stage === "power" && r.before.startsWith("decay.");
  const sources = movedT1
    ? fits.fits.filter((f) => r.name === groupName(f.labels)).flatMap((f) => f.sources)
    : (fits.averaged.get(r.name) ?? []);
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

function countFits(fits: readonly RunFit[], planned: number): Summary["counts"]["fits"] {
  const run = fits.filter((f) => f.fresh).length;
  return { run: run + planned, reused: fits.length - run, refused: fits.filter((f) => f.outcome.state === "refused").length };
}

function failuresOf(files: readonly ImportedFile[]): Summary["failures"] {
  return files.flatMap((f) => (f.result.status === "failed" ? [{ file: f.path, place: f.result.place, message: f.result.message }] : []));
}
