import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sqlite from "node-sqlite3-wasm";

const folder = mkdtempSync(join(tmpdir(), "gammawatt-qcodes-"));
let files = 0;

/** A path in a temporary folder of its own. */
export const databasePath = (name = "experiments.db") => join(folder, `${files++}-${name}`);

type Value = number | string | Uint8Array | null;

export interface ParameterSpec {
  readonly name: string;
  readonly unit?: string;
  readonly label?: string;
  readonly type?: "numeric" | "array" | "complex" | "text";
  /** Names of the setpoints, the outermost first. */
  readonly over?: readonly string[];
}

export interface RunSpec {
  readonly name?: string;
  readonly experiment?: string;
  readonly sample?: string;
  /** Seconds since 1970. */
  readonly started?: number;
  readonly completed?: boolean;
  readonly parameters: readonly ParameterSpec[];
  /** One row of the results table each: what is not named is NULL. */
  readonly rows: readonly Readonly<Record<string, Value>>[];
  readonly snapshot?: unknown;
  /** Version of run_description; `layouts` leaves it out, as databases before version 3. A text is written as it stands. */
  readonly description?: 0 | 1 | 2 | 3 | "layouts" | { readonly text: string };
}

/** The tables of qcodes.dataset.sqlite.initial_schema after all upgrades, as `PRAGMA user_version` 9. */
const SCHEMA = [
  "CREATE TABLE experiments (exp_id INTEGER PRIMARY KEY, name TEXT, sample_name TEXT, start_time INTEGER, end_time INTEGER, run_counter INTEGER, format_string TEXT)",
  "CREATE TABLE runs (run_id INTEGER PRIMARY KEY, exp_id INTEGER, name TEXT, result_table_name TEXT, result_counter INTEGER, run_timestamp INTEGER, completed_timestamp INTEGER, is_completed BOOL, parameters TEXT, guid TEXT, run_description TEXT, snapshot TEXT, parent_datasets TEXT, captured_run_id, captured_counter, FOREIGN KEY(exp_id) REFERENCES experiments(exp_id))",
  "CREATE TABLE layouts (layout_id INTEGER PRIMARY KEY, run_id INTEGER, parameter TEXT, label TEXT, unit TEXT, inferred_from TEXT, FOREIGN KEY(run_id) REFERENCES runs(run_id))",
  "CREATE TABLE dependencies (dependent INTEGER, independent INTEGER, axis_num INTEGER)",
  "PRAGMA user_version = 9",
];

/** Writes a database in QCoDeS' schema and returns its path. */
export function writeQcodes(runs: readonly RunSpec[], path = databasePath()): string {
  const database = new sqlite.Database(path);
  for (const statement of ["PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "BEGIN", ...SCHEMA]) database.exec(statement);
  for (const [k, run] of runs.entries()) addRun(database, run, k + 1);
  database.exec("COMMIT");
  database.close();
  return path;
}

/** Adds a run, in an experiment of its own. */
export function addRun(database: InstanceType<typeof sqlite.Database>, run: RunSpec, id: number): void {
  const table = `results-${id}-1`;
  const { parameters, started = 1_700_000_000.25, description = 3 } = run;
  database.run("INSERT INTO experiments VALUES (?,?,?,?,?,?,?)", [
    id,
    run.experiment ?? "cooldown",
    run.sample ?? "chipA",
    started,
    null,
    1,
    "{}-{}-{}",
  ]);
  database.run(
    "INSERT INTO runs (run_id, exp_id, name, result_table_name, result_counter, run_timestamp, completed_timestamp, is_completed, parameters, guid, run_description, snapshot) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
    [
      id,
      id,
      run.name ?? "results",
      table,
      1,
      started,
      started + 60,
      (run.completed ?? true) ? 1 : 0,
      parameters.map((p) => p.name).join(","),
      `guid-${id}`,
      descriptionOf(parameters, description),
      run.snapshot === undefined ? null : JSON.stringify(run.snapshot),
    ],
  );
  const layouts = new Map<string, number>();
  for (const p of parameters) {
    const { lastInsertRowid } = database.run("INSERT INTO layouts (run_id, parameter, label, unit, inferred_from) VALUES (?,?,?,?,?)", [
      id,
      p.name,
      p.label ?? "",
      p.unit ?? "",
      "",
    ]);
    layouts.set(p.name, Number(lastInsertRowid));
  }
  for (const p of parameters)
    p.over?.forEach((setpoint, axis) => {
      database.run("INSERT INTO dependencies VALUES (?,?,?)", [layouts.get(p.name)!, layouts.get(setpoint)!, axis]);
    });
  const columns = parameters.map((p) => `"${p.name}" ${p.type ?? "numeric"}`).join(", ");
  database.exec(`CREATE TABLE "${table}" (id INTEGER PRIMARY KEY, ${columns})`);
  for (const row of run.rows) {
    const names = Object.keys(row);
    const slots = names.map(() => "?").join(",");
    database.run(
      `INSERT INTO "${table}" (${names.map((n) => `"${n}"`).join(",")}) VALUES (${slots})`,
      names.map((n) => row[n]!),
    );
  }
}

function descriptionOf(parameters: readonly ParameterSpec[], version: RunSpec["description"]): string | null {
  if (version === "layouts") return null;
  if (typeof version === "object") return version.text;
  const base = (p: ParameterSpec) => ({ name: p.name, paramtype: p.type ?? "numeric", label: p.label ?? "", unit: p.unit ?? "" });
  const list = { paramspecs: parameters.map((p) => ({ ...base(p), inferred_from: [], depends_on: p.over ?? [] })) };
  const dependent = parameters.filter((p) => p.over !== undefined);
  const graph = {
    parameters: Object.fromEntries(parameters.map((p) => [p.name, base(p)])),
    dependencies: Object.fromEntries(dependent.map((p) => [p.name, p.over])),
    inferences: {},
    standalones: [],
  };
  if (version === 0) return JSON.stringify({ version, interdependencies: list });
  if (version === 1) return JSON.stringify({ version, interdependencies: graph });
  return JSON.stringify({ version, interdependencies: list, interdependencies_: graph, ...(version === 3 ? { shapes: null } : {}) });
}

/** An array as numpy's `write_array` (npy version 3) stores it: float64 or, with two parts, complex128. */
export function npyBlob(re: readonly number[], im?: readonly number[], descr = im === undefined ? "<f8" : "<c16"): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${re.length},), }`;
  const padded = `${text + " ".repeat(63 - ((12 + text.length) % 64))}\n`;
  const header = new Uint8Array(12 + padded.length);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 3, 0]);
  new DataView(header.buffer).setUint32(8, padded.length, true);
  header.set(new TextEncoder().encode(padded), 12);
  const numbers = im === undefined ? re : re.flatMap((x, k) => [x, im[k]!]);
  const data = new DataView(new ArrayBuffer(8 * numbers.length));
  for (const [k, x] of numbers.entries()) data.setFloat64(8 * k, x, !descr.startsWith(">"));
  return Uint8Array.from([...header, ...new Uint8Array(data.buffer)]);
}

/**
 * Takes a database apart as one whose last changes are still in its write-ahead log: the file is put back to `before` (marked as WAL), and the log
 * holds every page that differs, the last frame a commit. Layout and checksum: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 * @returns the content of the `-wal` file
 */
export function asLog(before: Uint8Array, after: Uint8Array): { database: Uint8Array; log: Uint8Array } {
  const page = before[16]! * 256 + before[17]!;
  const database = Uint8Array.from(before);
  database.set([2, 2], 18);
  const changed = Array.from({ length: after.length / page }, (_, k) => k).filter(
    (k) => k === 0 || Buffer.compare(after.subarray(k * page, (k + 1) * page), before.subarray(k * page, (k + 1) * page)) !== 0,
  );
  const log = new Uint8Array(32 + changed.length * (24 + page));
  const view = new DataView(log.buffer);
  const salts: readonly [number, number] = [0x1234, 0xfeedbeef];
  for (const [k, x] of [0x377f0682, 3007000, page, 0, ...salts].entries()) view.setUint32(4 * k, x);
  let sums: [number, number] = [0, 0];
  const add = (from: number, length: number) => {
    for (let at = from; at < from + length; at += 8) {
      const first = (sums[0] + view.getUint32(at, true) + sums[1]) >>> 0;
      sums = [first, (sums[1] + view.getUint32(at + 4, true) + first) >>> 0];
    }
  };
  const write = (at: number) => {
    for (const [k, sum] of sums.entries()) view.setUint32(at + 4 * k, sum);
  };
  add(0, 24);
  write(24);
  changed.forEach((k, frame) => {
    const at = 32 + frame * (24 + page);
    for (const [j, x] of [k + 1, frame === changed.length - 1 ? after.length / page : 0, ...salts].entries()) view.setUint32(at + 4 * j, x);
    log.set(after.subarray(k * page, (k + 1) * page), at + 24);
    add(at, 8);
    add(at + 24, page);
    write(at + 16);
  });
  return { database, log };
}
