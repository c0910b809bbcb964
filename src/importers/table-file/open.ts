import { ImportError } from "../../core/errors.ts";
import { tableFileMessages } from "../../core/messages/import-tables.ts";
import * as say from "../../core/messages/importers.ts";
import type { ForeignTable } from "../../tables/foreign.ts";
import { WorkerFailure, WorkerPool } from "../../workers/pool.ts";
import { workerUrl } from "../../workers/worker-url.ts";
import type { FileContent } from "../importer.ts";
import { LOAD_LIMIT } from "../open.ts";
import type { TableAnswer, TableFormat, TableTask } from "./worker.ts";

/** Of damaged bytes some keep the decoder busy for ever; a healthy file of a megabyte takes milliseconds. */
const TIME_LIMIT = 3_500;
const MILLISECONDS_PER_MEGABYTE = 200;

let pool: WorkerPool<TableTask, TableAnswer> | undefined;

/**
 * Decodes a table file in a worker thread.
 * @throws ImportError when it is damaged, of a variant that is not read, or exceeds the limits of time and memory
 */
export async function readTableFile(file: FileContent, format: TableFormat): Promise<readonly ForeignTable[]> {
  const { bytes, path } = file.probe;
  if (bytes > LOAD_LIMIT) throw new ImportError(say.tooLargeToLoad(bytes, LOAD_LIMIT), path);
  pool ??= new WorkerPool({ worker: workerUrl("worker", import.meta.url), threads: 1, timeLimit: TIME_LIMIT });
  let answer: TableAnswer;
  try {
    answer = await pool.run({ file: file.location, format }, { timeLimit: TIME_LIMIT + (bytes / 1e6) * MILLISECONDS_PER_MEGABYTE });
  } catch (error) {
    if (error instanceof WorkerFailure && error.reason !== "closed")
      throw new ImportError(tableFileMessages.noAnswer(format, error.message), path, { cause: error });
    throw error;
  }
  if (answer.ok) return answer.tables;
  throw new ImportError(answer.message, answer.inside === "" ? path : `${path}:${answer.inside}`);
}
