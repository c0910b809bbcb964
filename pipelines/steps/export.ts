import { readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import { exportMessages } from "../../src/core/messages/export.ts";
import { LAB_FILE, loadLab } from "../../src/lab/load.ts";
import { makeFolder, TEMPORARY, writeAtomic } from "../../src/pipeline/atomic.ts";
import { Store } from "../../src/pipeline/store.ts";
import { csvText } from "../../src/tables/csv.ts";
import { indexTable, type ListedDataset } from "../../src/tables/dataset-index.ts";
import { estimatesTable, fitsTable } from "../../src/tables/results.ts";
import { type ExportFormat, tableWriter } from "../../src/tables/writers/registry.ts";
import { type FileContent, Unwritable } from "../../src/tables/writers/writer.ts";
import { analyse, filtersOf } from "./analyse.ts";
import { exclusionsText, hasOwnLabFile } from "./export-exclusions.ts";
import { checkExportFolder } from "./export-folder.ts";
import { exportNames, isExportName } from "./export-names.ts";
import { inParallel } from "./import.ts";
import { lastRunCodec, NO_LAST_RUN } from "./last-run.ts";
import { checkFolders } from "./open.ts";
import type { Routes, RunOptions, Summary } from "./options.ts";

/** CONTRACT.md's summary, and what was taken out. `outputs` are all files that were written. */
export interface ExportSummary extends Summary {
  readonly exported: { readonly format: ExportFormat; readonly estimates: number; readonly fits: number; readonly datasets: number };
}

export interface ExportResult {
  readonly summary: ExportSummary;
  readonly notes: readonly string[];
}

/**
 * Takes data out: first what `run` does up to the results, so that no number is stale, then a file of estimates, one of fits and one per dataset in
 * `datasets/`, listed in `index.csv`. Files of earlier exports that are no longer part of it go. What a format cannot hold is a failure of its own.
 * @throws UserError when nothing can be read, or the folder cannot be written
 */
export async function exportFolder(options: RunOptions, routes: Routes, format: ExportFormat): Promise<ExportResult> {
  const started = performance.now();
  await checkFolders(options);
  const lab = await loadLab(options.folder);
  const store = await Store.open(options.store, { force: options.force });
  let complete = false;
  try {
    const last = store.get("last-run", lastRunCodec) ?? NO_LAST_RUN;
    const out = resolve(options.out);
    await checkExportFolder(options, last.written[out] !== undefined);
    const labFileBefore = await hasOwnLabFile(options.out);
    const { placed, fits, results, unused, done } = await analyse(options, routes, lab, store, Object.keys(last.written));
    const writer = await tableWriter(format);
    const outputs: string[] = [];
    const failures = [...done.failures];

    /** False, with a failure noted, where the format cannot hold it. */
    const write = async (name: string, content: () => FileContent): Promise<boolean> => {
      try {
        await writeAtomic(join(options.out, name), content(), false);
        outputs.push(join(options.out, name));
        return true;
      } catch (error) {
        if (error instanceof Unwritable) failures.push({ file: name, place: "", message: error.message });
        else throw new UserError(exportMessages.cannotWrite(options.out, (error as Error).message), "", { cause: error });
        return false;
      }
    };

    const datasets = join(options.out, "datasets");
    await makeFolder(datasets).catch((error: Error) => {
      throw new UserError(exportMessages.cannotWrite(options.out, error.message), "", { cause: error });
    });
    // From now on a run knows that no measurements are here, also when this is interrupted.
    store.put("last-run", lastRunCodec, { ...last, written: { ...last.written, [out]: last.written[out] ?? "export" } });
    const names = exportNames(placed.map((p) => p.dataset)).map((name) => `${name}.${format}`);
    const listed: (ListedDataset | undefined)[] = placed.map(() => undefined);
    await inParallel([...placed.keys()], options.jobs, options.signal, async (i) => {
      const [file, { dataset, excluded }] = [`datasets/${names[i]!}`, placed[i]!];
      if (await write(file, () => writer.dataset(dataset))) listed[i] = { file, dataset, excluded };
      options.onProgress(`writing ${outputs.length} of ${placed.length}: ${file}`);
    });
    options.signal.throwIfAborted();
    const [estimates, fitted] = [estimatesTable(results.estimates), fitsTable(fits)];
    await write(`estimates.${format}`, () => writer.rows("estimates", estimates));
    await write(`fits.${format}`, () => writer.rows("fits", fitted));
    const written = listed.filter((entry) => entry !== undefined);
    const exclusions = exclusionsText(written, lab);
    if (exclusions !== undefined) await write(LAB_FILE, () => exclusions);
    else if (labFileBefore) await rm(join(options.out, LAB_FILE), { force: true });
    await write("index.csv", () => csvText(indexTable(written)));
    await removeOthers(datasets, new Set(written.map((entry) => entry.file.slice("datasets/".length))), format);

    complete = filtersOf(options) === "";
    const exported = { format, estimates: estimates.rows.length, fits: fitted.rows.length, datasets: written.length };
    const summary = { ...done, failures, seconds: (performance.now() - started) / 1000, outputs: outputs.sort(), exported };
    return { summary, notes: [...store.notes, ...unused] };
  } finally {
    await store.close({ complete });
  }
}

/** Datasets of earlier exports in this format, and files that a killed one left unfinished. */
async function removeOthers(folder: string, kept: ReadonlySet<string>, format: ExportFormat): Promise<void> {
  for (const name of await readdir(folder))
    if (TEMPORARY.test(name) || (isExportName(name, format) && !kept.has(name))) await rm(join(folder, name), { force: true });
}
