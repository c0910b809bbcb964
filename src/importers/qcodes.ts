import type { Note } from "../core/dataset.ts";
import { qcodesMessages } from "../core/messages/import-qcodes.ts";
import type { Dataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { openQcodes } from "./qcodes/open.ts";
import type { StoredRun } from "./qcodes/run.ts";
import { runDatasets } from "./sweep/datasets.ts";
import { statedMeanings } from "./sweep/meaning.ts";
import { Unrecognised } from "./unrecognised.ts";

const MAGIC = "SQLite format 3\0";

/**
 * QCoDeS databases (SQLite): each run describes its parameters in JSON and keeps its points in a table of its own. A write-ahead log beside the file is
 * merged into a copy. One dataset per run, dependent parameter and setting of the outer setpoints.
 */
export const qcodes: Importer = {
  name: "qcodes",
  version: 3,
  reference: "https://microsoft.github.io/Qcodes/dataset/index.html; https://www.sqlite.org/fileformat2.html",
  companions: (name) =>
    /\.(?:db3?|sqlite3?)$/i.test(name) ? new RegExp(`^${name.replace(/[^\w-]/g, "\\$&")}-(?:wal|journal)$`) : undefined,
  recognise(probe: Probe): number {
    return [...MAGIC].every((letter, i) => probe.head[i] === letter.charCodeAt(0)) ? 0.6 : 0;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const { contents, pagesFromLog } = await openQcodes(file.location, file.probe.path);
    if ("tables" in contents) throw new Unrecognised(qcodesMessages.notQcodes(contents.tables));
    const { runs } = contents;
    const holds = (run: StoredRun) => run.measured.some((signal) => signal.values.length > 0);
    const full = runs.filter(holds);
    if (full.length === 0) throw new Unrecognised(qcodesMessages.noRuns());
    const notes: Note[] = [];
    if (pagesFromLog > 0) notes.push({ code: "log_merged", text: qcodesMessages.logMerged(pagesFromLog) });
    const empty = runs.filter((run) => !holds(run)).map((run) => run.id);
    if (empty.length > 0) notes.push({ code: "empty_runs", text: qcodesMessages.emptyRuns(empty) });
    const signals = full.flatMap((run) => run.measured);
    const stated = statedMeanings(hints, signals, file.probe.path);
    return full.flatMap((run) =>
      runDatasets(
        run.measured.filter((signal) => signal.values.length > 0),
        { names: [run.name, run.experiment], started: isoTime(run.started), device: run.sample, notes: [...notes, ...notesOf(run)] },
        stated,
        hints,
      ),
    );
  },
};

function isoTime(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? "" : time.toISOString();
}

function notesOf(run: StoredRun): Note[] {
  const notes: Note[] = [{ code: "run", text: qcodesMessages.fromRun(run.id, run.name, run.experiment, run.sample) }];
  if (!run.completed) notes.push({ code: "incomplete_sweep", text: qcodesMessages.incompleteRun(run.id) });
  for (const name of run.texts) notes.push({ code: "text_column", text: qcodesMessages.textParameter(name) });
  if (!run.snapshot.readable) notes.push({ code: "snapshot", text: qcodesMessages.snapshotUnreadable() });
  for (const { path, value, unit } of run.snapshot.powers)
    notes.push({ code: "source_power", text: qcodesMessages.snapshotPower(path, value, unit) });
  return notes;
}
