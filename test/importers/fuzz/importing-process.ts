import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Hints } from "../../../src/importers/importer.ts";

export interface Task {
  readonly absolute: string;
  readonly path: string;
  readonly hints: Hints;
}

interface Measured {
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

/** A process that imports one file after the other; it starts with the first and again after one that ended it. */
export class ImportingProcess {
  #child: Promise<ChildProcess> | undefined;

  /** @param limit milliseconds after which the process is ended */
  async import(task: Task, limit: number): Promise<Outcome> {
    this.#child ??= started();
    const child = await this.#child;
    const outcome = await new Promise<Outcome>((settle) => {
      const late = setTimeout(() => settle({ status: "hung", message: `more than ${limit} ms`, milliseconds: limit, peak: 0 }), limit);
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

function started(): Promise<ChildProcess> {
  const child = fork(CHILD, { execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  return new Promise((settle, fail) => {
    child.once("message", () => settle(child));
    child.once("exit", (code) => fail(new Error(`the importing process did not start (exit ${code}): is dist built?`)));
  });
}
