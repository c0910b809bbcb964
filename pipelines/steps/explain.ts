import { join } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import { notInFolder } from "../../src/core/messages/cli.ts";
import { loadLab } from "../../src/lab/load.ts";
import { type Reason, Store } from "../../src/pipeline/store.ts";
import { type DetailOptions, type FitDetails, fitDetails } from "./explain-fit.ts";
import { type FieldRun, NO_FIELD, runField } from "./field.ts";
import { decayFitOptions, fitDecays, type RunFit } from "./fits.ts";
import { type ImportedFile, importFolder } from "./import.ts";
import { checkFolders } from "./open.ts";
import type { RunOptions } from "./options.ts";
import { type PlacedDataset, placeDatasets } from "./place.ts";

/** What is known about one file: how it was read, what it became, and which fits stand in the store or would be made. */
export interface Explanation {
  readonly file: ImportedFile;
  /** Why it would be read again; undefined: its import is in the store. */
  readonly reading: Reason | undefined;
  readonly datasets: readonly PlacedDataset[];
  readonly fits: readonly RunFit[];
  readonly planned: readonly Reason[];
  /** The field fit that a map or its source is part of, as it stands in the store, or why it would be made. */
  readonly field: FieldRun;
  /** Intervals and coverage of the traces, computed one by one as they are asked for; empty where nothing was asked. */
  readonly details: Iterable<FitDetails>;
}

/**
 * Why a file was fitted, reused or refused. Nothing is written; fits are made only for the details that are asked for.
 * @param file path relative to the folder, or as the user sees it from the working directory
 * @param detail intervals and coverage; absent = none
 * @throws UserError when the folder does not hold the file
 */
export async function explainFile(folder: string, storePath: string, file: string, detail?: DetailOptions): Promise<Explanation> {
  await checkFolders({ folder, out: join(folder, "..") });
  const options: RunOptions = {
    ...{
      folder,
      out: join(folder, ".gammawatt"),
      store: storePath,
      jobs: 2,
      dryRun: true,
      crossCheck: false,
      force: false,
      command: "explain",
    },
    ...{ onProgress: () => undefined, signal: new AbortController().signal },
  };
  const lab = await loadLab(folder);
  const store = await Store.open(storePath, { dryRun: true });
  try {
    const files = await importFolder(options, lab, store);
    const found = files.find((f) => f.path === file || join(folder, f.path) === join(file));
    if (!found) throw new UserError(notInFolder(file, folder));
    const all = placeDatasets(files, lab, {});
    const datasets = all.filter((p) => p.dataset.sources.some((s) => s.path === found.path));
    // What is fitted together with this file.
    const together = all.filter(({ dataset: { labels } }) =>
      datasets.some((p) => p.dataset.labels.cooldown === labels.cooldown && p.dataset.labels.device === labels.device),
    );
    const isOfMap = datasets.some((p) => p.dataset.kind === "field" || p.dataset.kind === "field-source");
    const field = isOfMap ? await runField(together, lab, store, options) : NO_FIELD;
    const own = await fitDecays(datasets, lab, store, options);
    const details = detail ? fitDetails(decayFitOptions(datasets, lab, options), detail) : [];
    return {
      file: found,
      details,
      reading: store.reasons.find((r) => r.stage === "import" && r.file === found.path),
      datasets,
      field,
      ...own,
    };
  } finally {
    await store.close();
  }
}
