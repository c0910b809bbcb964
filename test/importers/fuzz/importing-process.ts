import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Hints } from "../../../src/importers/importer.ts";

export interface Task {
  readonly absolute: string;
  readonly path: string;
  readonly hints: Hints;
}

interface Measured {
  /** Of computing, in all threads. */
  readonly milliseconds: number;
  /** Largest memory of the process so far, bytes, WebAssembly and threads included. */
  readonly peak: number;
}
export type Outcome =
  | (Measured & { readonly status: "imported"; readonly importer: string; readonly uneven: boolean; readonly numbers: readonly string[] })
  | (Measured & { readonly status: "failed" | "unrecognised"; readonly importer: string; readonly place: string; readonly message: string })
  /** The process threw, ended or had to be ended. */
  | (Measured & { readonly status: "threw" | "died" | "hung"; readonly message: string });

const CHILD = fileURLToPath(new URL("child.mjs", import.meta.url));
const HEAP_MEGABYTES = 512;
/** A process that waits this many times its limit without computing has hung, too. */
const PATIENCE = 5;
/** Of Linux, per second: what /proc counts processor time in. */
const TICKS = 100;

/** A process that imports one file after the other; it starts with the first and again after one that ended it. */
export class ImportingProcess {
  #child: Promise<ChildProcess> | undefined;

  /** @param limit milliseconds of computing after which the process is ended: of a machine that is busy with other things the clock tells little */
  async import(task: Task, limit: number): Promise<Outcome> {
    this.#child ??= started();
    const child = await this.#child;
    const outcome = await new Promise<Outcome>((settle) => {
      const [begun, computed] = [performance.now(), computingTime(child)];
      const look = () => {
        const missing = limit - (computingTime(child) - computed);
        if (missing > 0 && performance.now() - begun < PATIENCE * limit) late = setTimeout(look, missing);
        else settle({ status: "hung", message: `more than ${limit} ms`, milliseconds: limit, peak: 0 });
      };
      let late = setTimeout(look, limit);
      const done = (answer: Outcome) => {
        clearTimeout(late);
        child.off("message", done).off("exit", died);
        settle(answer);
      };
      const died = (code: number | null, signal: string | null) =>
        done({ status: "died", message: `exit ${code ?? signal}`, milliseconds: 0, peak: 0 });
      child.on("message", done).on("exit", died);
      child.send(task);
    });
    if (outcome.status === "hung" || outcome.status === "died") this.end();
    return outcome;
  }

  end(): void {
    void this.#child?.then((child) => child.kill("SIGKILL"));
    this.#child = undefined;
  }
}

/** Milliseconds for which a process has computed, in all its threads; on other systems than Linux the clock's. */
function computingTime({ pid }: ChildProcess): number {
  if (process.platform !== "linux") return performance.now();
  try {
    // The second field is the name in brackets, perhaps with blanks; the 14th and 15th are user and system time (proc(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
  } catch (error) {
    // It has ended; "exit" tells.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return 0;
  }
}

function started(): Promise<ChildProcess> {
  const child = fork(CHILD, { execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  return new Promise((settle, fail) => {
    child.once("message", () => settle(child));
    child.once("exit", (code) => fail(new Error(`the importing process did not start (exit ${code}): is dist built?`)));
  });
}
