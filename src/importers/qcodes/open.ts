import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImportError } from "../../core/errors.ts";
import { qcodesMessages } from "../../core/messages/import-qcodes.ts";
import { WorkerFailure, WorkerPool } from "../../workers/pool.ts";
import { workerUrl } from "../../workers/worker-url.ts";
import type { Contents } from "./database.ts";
import type { QcodesAnswer, QcodesTask } from "./worker.ts";

const TIME_LIMIT = 10_000;
const MILLISECONDS_PER_MEGABYTE = 200;

let pool: WorkerPool<QcodesTask, QcodesAnswer> | undefined;

/** What the database holds, and how many pages of it came from a write-ahead log. */
export interface QcodesDatabase {
  readonly contents: Contents;
  readonly pagesFromLog: number;
}

/**
 * Reads a database in a worker thread, from a copy in the temporary folder; the original and what stands beside it are only read.
 * @param path on disk; @param name in messages
 * @throws ImportError when it is damaged, is being written, or exceeds the limits of time and memory
 */
export async function openQcodes(path: string, name: string): Promise<QcodesDatabase> {
  const bytes = [path, `${path}-wal`].reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
  const scratch = await mkdtemp(join(tmpdir(), "gammawatt-sqlite-"));
  pool ??= new WorkerPool({
    worker: workerUrl("worker", import.meta.url),
    threads: 1,
    timeLimit: TIME_LIMIT,
    isSpent: (answer) => !answer.ok && answer.spent,
  });
  try {
    const timeLimit = TIME_LIMIT + (bytes / 1e6) * MILLISECONDS_PER_MEGABYTE;
    const answer = await pool.run({ file: path, bytes, scratch }, { timeLimit });
    if (answer.ok) return answer;
    throw new ImportError(answer.message, answer.inside === "" ? name : `${name}:${answer.inside}`);
  } catch (error) {
    if (error instanceof WorkerFailure && error.reason !== "closed")
      throw new ImportError(qcodesMessages.noAnswer(error.message), name, { cause: error });
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
