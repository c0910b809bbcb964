/**
 * The only file that names node-sqlite3-wasm (SQLite in WebAssembly). Runs in a worker thread only. The library makes a lock folder beside whatever
 * it opens and refuses write-ahead databases, so it never sees an original: only copies in the temporary folder (`copy.ts`).
 */
import sqlite from "node-sqlite3-wasm";

export type Cell = number | bigint | string | Uint8Array | null;
export type Row = Readonly<Record<string, Cell>>;

/** What is asked of an opened database. */
export interface OpenDatabase {
  /** All rows of a small result. */
  rows(sql: string, values?: readonly Cell[]): Row[];
  /** Row by row, for results of any size. */
  each(sql: string, visit: (row: Row) => void): void;
}

/**
 * Opens a database read-only, hands it to `use`, and closes it whatever happens.
 * @throws Error of the library when the content is not a database, or its pages contradict each other
 */
export function withDatabase<T>(path: string, use: (database: OpenDatabase) => T): T {
  const database = new sqlite.Database(path, { readOnly: true, fileMustExist: true });
  try {
    // SQLite has no checksums: pages that contradict each other are all that damage shows.
    const fault = database.get("PRAGMA quick_check(1)")?.quick_check;
    if (fault !== "ok") throw new Error(String(fault));
    return use({
      rows: (sql, values = []) => database.all(sql, [...values]) as Row[],
      each(sql, visit) {
        const statement = database.prepare(sql);
        try {
          for (const row of statement.iterate()) visit(row as Row);
        } finally {
          statement.finalize();
        }
      },
    });
  } finally {
    database.close();
  }
}

/** A name as SQL text: quoted, quotes doubled. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
