import { ImportError } from "../../core/errors.ts";
import { qcodesMessages } from "../../core/messages/import-qcodes.ts";
import { type OpenDatabase, quoted, type Row } from "../sqlite/database.ts";
import type { Parameter } from "../sweep/parameter.ts";
import { type Description, parseDescription } from "./description.ts";
import type { StoredRun } from "./run.ts";
import { readSignal } from "./signals.ts";
import { parseSnapshot } from "./snapshot.ts";

/** What a database holds: QCoDeS' runs, or the tables of something else. */
export type Contents = { readonly runs: readonly StoredRun[] } | { readonly tables: readonly string[] };

/**
 * Reads all runs. Schema: qcodes.dataset.sqlite.initial_schema, versions 0 to 9 (`PRAGMA user_version`).
 * @param bytes length of the database, which bounds how many numbers it can hold
 * @throws ImportError with the run and table as place; the caller puts the file's name before it
 */
export function readRuns(database: OpenDatabase, bytes: number): Contents {
  // Views are no tables of QCoDeS, and one in a hostile file could compute for ever.
  const tables = database.rows("SELECT name FROM sqlite_master WHERE type = 'table'").map((row) => String(row.name));
  if (!tables.includes("runs") || !tables.includes("experiments")) return { tables };
  const known = new Set(tables);
  const experiments = new Map(database.rows("SELECT * FROM experiments").map((row) => [row.exp_id, row]));
  const runs: StoredRun[] = [];
  for (const row of database.rows("SELECT run_id FROM runs ORDER BY run_id")) {
    // One at a time: each may carry a snapshot of megabytes.
    const full = database.rows("SELECT * FROM runs WHERE run_id = ?", [row.run_id!])[0]!;
    runs.push(readRun(database, full, experiments.get(full.exp_id!), known, bytes));
  }
  return { runs };
}

function readRun(database: OpenDatabase, row: Row, experiment: Row | undefined, tables: ReadonlySet<string>, bytes: number): StoredRun {
  const id = Number(row.run_id);
  const place = `run ${id}`;
  const table = textIn(row.result_table_name);
  const written = textIn(row.run_description);
  const description = written === "" ? fromLayouts(database, id, tables) : parseDescription(written, place);
  const swept = [...description.dependencies.keys()];
  if (swept.length > 0 && !tables.has(table)) throw new ImportError(qcodesMessages.resultsMissing(table), place);
  const columns = new Set(swept.length === 0 ? [] : database.rows(`PRAGMA table_info(${quoted(table)})`).map((c) => String(c.name)));
  const texts = [...description.parameters.values()].filter((p) => p.type === "text").map((p) => p.name);
  const measured = swept
    .filter((name) => ![name, ...description.dependencies.get(name)!].some((n) => texts.includes(n)))
    .map((name) => {
      for (const needed of [name, ...description.dependencies.get(name)!])
        if (!columns.has(needed)) throw new ImportError(qcodesMessages.columnMissing(needed, table), place);
      // A number takes at least one byte of its row's header.
      return readSignal(database, description, name, { table, place, limit: bytes });
    });
  return {
    id,
    name: textIn(row.name),
    experiment: textIn(experiment?.name),
    sample: textIn(experiment?.sample_name),
    started: typeof row.run_timestamp === "number" ? row.run_timestamp : Number.NaN,
    completed: row.is_completed !== 0,
    measured,
    texts,
    snapshot: parseSnapshot(textIn(row.snapshot)),
  };
}

const textIn = (cell: unknown): string => (typeof cell === "string" ? cell : "");

/** Databases before version 3 describe a run by rows of `layouts`, linked by `dependencies`. */
function fromLayouts(database: OpenDatabase, run: number, tables: ReadonlySet<string>): Description {
  const parameters = new Map<string, Parameter>();
  const dependencies = new Map<string, string[]>();
  if (!tables.has("layouts") || !tables.has("dependencies")) return { parameters, dependencies };
  for (const row of database.rows("SELECT parameter, label, unit FROM layouts WHERE run_id = ? ORDER BY layout_id", [run])) {
    const name = textIn(row.parameter);
    parameters.set(name, { name, label: textIn(row.label), unit: textIn(row.unit), type: "numeric" });
  }
  const links = database.rows(
    `SELECT d.parameter AS dependent, s.parameter AS setpoint FROM dependencies
     JOIN layouts d ON d.layout_id = dependencies.dependent JOIN layouts s ON s.layout_id = dependencies.independent
     WHERE d.run_id = ? ORDER BY dependencies.dependent, dependencies.axis_num`,
    [run],
  );
  for (const link of links) {
    const dependent = textIn(link.dependent);
    dependencies.set(dependent, [...(dependencies.get(dependent) ?? []), textIn(link.setpoint)]);
  }
  return { parameters, dependencies };
}
