import { stat } from "node:fs/promises";
import { ImportError } from "../../core/errors.ts";
import { hdf5Messages } from "../../core/messages/hdf5.ts";
import { WorkerFailure, WorkerPool } from "../../workers/pool.ts";
import { workerUrl } from "../../workers/worker-url.ts";
import type { Attributes, Hdf5Reader, Numbers, Outline, RecordRow } from "./reader.ts";
import type { Hdf5Answer, Hdf5Task } from "./worker.ts";

/** A healthy file is read at 500 MB/s or more; a damaged one can hang the library for ever. With the start of another thread it is refused within 5 s. */
const TIME_LIMIT = 3000;
const MILLISECONDS_PER_MEGABYTE = 50;

let pool: WorkerPool<Hdf5Task, Hdf5Answer> | undefined;

export interface OpenOptions {
  /** What the file is called in messages; the place of an error is then `<name>:<path inside>`, else the path inside alone. */
  readonly name?: string;
  /** Milliseconds per question; default 3 s and 50 ms per MB. */
  readonly timeLimit?: number;
}

/**
 * Opens an HDF5 file in a worker thread and lists what it holds. Nothing is kept open: each question opens the file again.
 * @param path path on disk
 * @throws ImportError when the file cannot be opened, is truncated, hangs the library or crashes it.
 */
export async function openHdf5(path: string, { name = "", timeLimit }: OpenOptions = {}): Promise<Hdf5Reader> {
  const info = await stat(path);
  if (!info.isFile()) throw new ImportError(hdf5Messages.notAFile(), name);
  const limit = timeLimit ?? TIME_LIMIT + (info.size / 1e6) * MILLISECONDS_PER_MEGABYTE;
  const ask = <T>(question: Hdf5Task["ask"], inside: string) =>
    answerOf({ file: path, bytes: info.size, ask: question, path: inside }, limit, name) as Promise<T>;
  return {
    outline: await ask<Outline>("outline", ""),
    numbers: (inside) => ask<Numbers>("numbers", inside),
    records: (inside) => ask<readonly RecordRow[]>("records", inside),
    attributes: (inside) => ask<Attributes>("attributes", inside),
  };
}

/** Ends the thread, for tests and for the end of a run; the next `openHdf5` starts another. */
export async function closeHdf5(): Promise<void> {
  const old = pool;
  pool = undefined;
  await old?.close();
}

async function answerOf(task: Hdf5Task, timeLimit: number, name: string) {
  pool ??= new WorkerPool({
    worker: workerUrl("worker", import.meta.url),
    threads: 1,
    timeLimit: TIME_LIMIT,
    isSpent: ({ spent }) => spent,
  });
  let answer: Hdf5Answer;
  try {
    answer = await pool.run(task, { timeLimit });
  } catch (error) {
    if (error instanceof WorkerFailure && error.reason !== "closed")
      throw new ImportError(hdf5Messages.noAnswer(error.message), placeIn(name, task.path), { cause: error });
    throw error;
  }
  if (answer.ok) return answer.value;
  if (!answer.open) throw new ImportError(openFailure(answer.cause), name);
  throw new ImportError(answer.cause, placeIn(name, answer.path));
}

function placeIn(name: string, inside: string): string {
  return name === "" || inside === "" ? name + inside : `${name}:${inside}`;
}

function openFailure(cause: string): string {
  const sizes = /eof = (\d+).*stored_eof = (\d+)/.exec(cause);
  return sizes === null ? hdf5Messages.cannotOpen(cause) : hdf5Messages.truncated(Number(sizes[1]), Number(sizes[2]));
}
