import { join, resolve } from "node:path";
import { replacedOutputs } from "../../src/core/messages/cli.ts";
import { loadLab } from "../../src/lab/load.ts";
import { Store } from "../../src/pipeline/store.ts";
import { analyse, filtersOf } from "./analyse.ts";
import { fieldFileNames } from "./field-outputs.ts";
import { lastRunCodec, NO_LAST_RUN } from "./last-run.ts";
import { checkFolders } from "./open.ts";
import type { Routes, RunOptions, RunResult, Summary } from "./options.ts";
import { outputNames, removeOutputs, standingOutputs, writeOutputs, writeSummary } from "./outputs.ts";
import { fingerprint } from "./routes.ts";
import { headline, makeStudy, sameHeadline } from "./study.ts";
import { verdictLines } from "./verdicts.ts";

/** Raised when the report would look different for the same study. */
const REPORT_VERSION = 8;

/** Analyses the folder and writes the report. */
export async function runPipeline(options: RunOptions, routes: Routes): Promise<RunResult> {
  const started = performance.now();
  await checkFolders(options);
  const lab = await loadLab(options.folder);
  const store = await Store.open(options.store, { force: options.force, dryRun: options.dryRun });
  let complete = false;
  try {
    const last = store.get("last-run", lastRunCodec) ?? NO_LAST_RUN;
    const { files, placed, fits, results, unused, done } = await analyse(options, routes, lab, store, Object.keys(last.written));
    const names = outputNames(results.fields);
    const summary: Summary = {
      ...done,
      seconds: (performance.now() - started) / 1000,
      outputs: [...names, "summary.json"].map((name) => join(options.out, name)),
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
    const written = last.maps?.[outKey] ?? [];
    const standing = await standingOutputs(options.out, [...outputNames([]), ...written]);
    const own = standing !== undefined && standing === last.outputs?.[outKey];
    const replaced = standing !== undefined && !own && last.outputs !== undefined ? [replacedOutputs(options.out)] : [];
    if (options.force || last.written[outKey] !== identity || !own) {
      options.onProgress("writing the report");
      const created = new Date().toISOString();
      const { folder, command } = options;
      await writeOutputs(
        options.out,
        makeStudy({ folder, command, created, summary, files, placed, fits, results, previous: last.headline, lab, unused }),
      );
      await removeOutputs(
        options.out,
        written.filter((name) => !names.includes(name)),
      );
      const now = headline(results);
      const kept = filtersOf(options) ? last.headline.filter((old) => !now.some((e) => sameHeadline(e, old))) : [];
      store.put("last-run", lastRunCodec, {
        headline: [...kept, ...now],
        written: { ...last.written, [outKey]: identity },
        outputs: { ...last.outputs, [outKey]: (await standingOutputs(options.out, names))! },
        maps: { ...last.maps, [outKey]: fieldFileNames(results.fields) },
      });
    }
    const seconds = (performance.now() - started) / 1000;
    await writeSummary(options.out, { ...summary, seconds });
    complete = filtersOf(options) === "";
    return { summary: { ...summary, seconds }, verdicts: verdictLines(results), notes: [...store.notes, ...unused, ...replaced] };
  } finally {
    await store.close({ complete });
  }
}
