import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const ROOT = new URL("../../", import.meta.url);

export interface Child {
  readonly process: ChildProcess;
  readonly lines: readonly string[];
  /** Resolves when a line starts so, or when the process ends. */
  until(start: string): Promise<void>;
  readonly ended: Promise<void>;
}

/** Starts child.mjs on the built program. @throws Error when the build is missing or older than its sources. */
export function startChild(dir: string, mode: "run" | "churn" | "hold", count = 0, work = 0): Child {
  checkBuild();
  const child = spawn(process.execPath, [fileURLToPath(new URL("child.mjs", import.meta.url)), dir, String(count), String(work), mode], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  let rest = "";
  let wake: () => void = () => undefined;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    wake();
  });
  let over = false;
  const ended = new Promise<void>((resolve) =>
    child.on("close", () => {
      over = true;
      wake();
      resolve();
    }),
  );
  const until = async (start: string) => {
    while (!over && !lines.some((l) => l.startsWith(start))) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { process: child, lines, until, ended };
}

/** @throws Error when the build is missing or older than its sources. */
export function checkBuild(): void {
  for (const room of ["pipeline", "tables", "core"]) {
    const source = new URL(`src/${room}/`, ROOT);
    for (const name of readdirSync(source).filter((n) => n.endsWith(".ts"))) {
      const built = statSync(new URL(`dist/src/${room}/${name.replace(/ts$/, "js")}`, ROOT), { throwIfNoEntry: false });
      if (built === undefined || built.mtimeMs < statSync(new URL(name, source)).mtimeMs)
        throw new Error(`dist is older than src/${room}/${name}. Run: npm run build`);
    }
  }
}
