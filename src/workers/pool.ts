/** The only file that names piscina: a bounded pool of threads that survives tasks that hang, crash or eat memory. */
import { Piscina } from "piscina";
import { workerMessages } from "../core/messages/workers.ts";

export interface WorkerPoolOptions<Answer = unknown> {
  /** Compiled module whose default export is the task function; see `workerUrl`. */
  readonly worker: URL;
  /** Most threads at one time. */
  readonly threads: number;
  /**
   * Milliseconds that one task may run, not counting the wait for a free thread. On a machine that is busy with other things the process must also have
   * computed for so long, or have waited five times as long.
   */
  readonly timeLimit: number;
  /** Limit of a thread's JavaScript heap in MiB (WebAssembly memory and typed arrays are outside it). Default 1024. */
  readonly memoryLimit?: number;
  /** Milliseconds after which an idle thread ends. Default 5000. */
  readonly idle?: number;
  /** Tells from an answer that the thread must not be used again; the next task starts in another. */
  isSpent?(answer: Answer): boolean;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Overrides the pool's limit for this task, milliseconds. */
  readonly timeLimit?: number;
}

export type WorkerFailureReason = "time-limit" | "cancelled" | "memory" | "crashed" | "closed";

/** A task that gave no answer. Errors that the task function itself throws are passed on as they are. */
export class WorkerFailure extends Error {
  override readonly name = "WorkerFailure";
  readonly reason: WorkerFailureReason;
  constructor(reason: WorkerFailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/**
 * Runs tasks in worker threads. No thread starts before the first task; idle threads do not keep the process alive.
 * A task that exceeds its time, or is cancelled, loses its thread; the next task gets a new one.
 */
export class WorkerPool<Task, Answer> {
  readonly #options: WorkerPoolOptions<Answer>;
  #piscina: Piscina<Task, Answer> | undefined;
  #running = 0;
  #closed = false;
  readonly #waiting: (() => void)[] = [];

  constructor(options: WorkerPoolOptions<Answer>) {
    this.#options = options;
  }

  /** @throws WorkerFailure when there is no answer; otherwise whatever the task function throws. */
  async run(task: Task, { signal, timeLimit = this.#options.timeLimit }: RunOptions = {}): Promise<Answer> {
    await this.#slot();
    try {
      if (this.#closed) throw new WorkerFailure("closed", workerMessages.closed());
      if (signal?.aborted) throw new WorkerFailure("cancelled", workerMessages.cancelled());
      return await this.#execute(task, signal, timeLimit);
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  /** Later tasks start in new threads (a WebAssembly heap never shrinks); running ones finish. */
  recycle(): Promise<void> {
    const old = this.#piscina;
    this.#piscina = undefined;
    return old === undefined ? Promise.resolve() : old.close();
  }

  /** Stops everything; tasks that still wait fail with reason `closed`. */
  async close(): Promise<void> {
    this.#closed = true;
    const old = this.#piscina;
    this.#piscina = undefined;
    await old?.destroy();
  }

  async #slot(): Promise<void> {
    while (this.#running >= this.#options.threads) await new Promise<void>((free) => this.#waiting.push(free));
    this.#running++;
  }

  async #execute(task: Task, signal: AbortSignal | undefined, timeLimit: number): Promise<Answer> {
    const stop = new AbortController();
    let tooLate = false;
    const [begun, computed] = [performance.now(), process.cpuUsage()];
    const look = () => {
      const { user, system } = process.cpuUsage(computed);
      const missing = timeLimit - (user + system) / 1000;
      if (missing > 0 && performance.now() - begun < PATIENCE * timeLimit) timer = setTimeout(look, missing);
      else {
        tooLate = true;
        stop.abort();
      }
    };
    let timer = setTimeout(look, timeLimit);
    const cancel = () => stop.abort();
    signal?.addEventListener("abort", cancel, { once: true });
    this.#piscina ??= this.#start();
    try {
      const answer = (await this.#piscina.run(task, { signal: stop.signal })) as Answer;
      if (this.#options.isSpent?.(answer)) await this.recycle();
      return answer;
    } catch (error) {
      if (tooLate) throw new WorkerFailure("time-limit", workerMessages.timeLimit(timeLimit), { cause: error });
      if (signal?.aborted) throw new WorkerFailure("cancelled", workerMessages.cancelled(), { cause: error });
      throw this.#explain(error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
    }
  }

  #start(): Piscina<Task, Answer> {
    const { worker, threads, memoryLimit = DEFAULT_MEMORY, idle = DEFAULT_IDLE } = this.#options;
    const piscina = new Piscina<Task, Answer>({
      filename: worker.href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: idle,
      resourceLimits: { maxOldGenerationSizeMb: memoryLimit },
    });
    // A thread that dies without a task reports here; nobody waits for an answer then, and the next task starts another thread.
    piscina.on("error", () => {
      if (this.#piscina === piscina) void this.recycle();
    });
    return piscina;
  }

  #explain(error: unknown): unknown {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const memory = this.#options.memoryLimit ?? DEFAULT_MEMORY;
    if (code === "ERR_WORKER_OUT_OF_MEMORY") return new WorkerFailure("memory", workerMessages.memory(memory), { cause: error });
    const text = error instanceof Error ? error.message : String(error);
    if (this.#closed) return new WorkerFailure("closed", workerMessages.closed(), { cause: error });
    if (/worker exited|terminating worker/i.test(text) || code.startsWith("ERR_WORKER"))
      return new WorkerFailure("crashed", workerMessages.crashed(text), { cause: error });
    return error;
  }
}

/**
 * An answer whose buffers change threads instead of being copied (a copy of 100 MB takes 0.1 s). For task functions, in their thread.
 * @param buffers all buffers that may move, each once; they are empty in this thread afterwards
 */
export function moved<Answer extends object>(answer: Answer, buffers: readonly ArrayBufferLike[]): Answer {
  const movable = { [Piscina.transferableSymbol]: buffers, [Piscina.valueSymbol]: answer };
  // The other side receives the value alone: to both sides this is an Answer.
  return Piscina.move(movable as unknown as Transfer) as unknown as Answer;
}
type Transfer = Parameters<typeof Piscina.move>[0];

/** How many time limits a task may wait for a machine that is busy with other things. */
const PATIENCE = 5;
const DEFAULT_MEMORY = 1024;
const DEFAULT_IDLE = 5000;
