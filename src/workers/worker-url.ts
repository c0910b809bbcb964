import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { workerMessages } from "../core/messages/workers.ts";

/**
 * Address of the compiled worker `<name>.js` that stands beside the calling module.
 * Threads cannot start from TypeScript: code that runs from `src/` (vitest) gets the worker from `dist/src/`, code that runs from `dist/` its neighbour.
 * @param name file name without extension, relative to the caller: `worker`, `./hdf5/worker`
 * @param caller the caller's `import.meta.url`
 * @throws Error when the worker was not compiled, or before its source was last changed.
 */
export function workerUrl(name: string, caller: string): URL {
  if (!caller.endsWith(".ts")) return new URL(`${name}.js`, new URL(".", caller));
  const source = new URL(`${name}.ts`, new URL(".", caller));
  const at = source.href.lastIndexOf("/src/");
  const compiled = new URL(`${source.href.slice(0, at)}/dist${source.href.slice(at).replace(/\.ts$/, ".js")}`);
  const file = fileURLToPath(compiled);
  if (!existsSync(compiled)) throw new Error(workerMessages.notBuilt(file));
  if (statSync(compiled).mtimeMs < statSync(source).mtimeMs) throw new Error(workerMessages.outdated(file));
  return compiled;
}
