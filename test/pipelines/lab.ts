import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunOptions } from "../../pipelines/steps/options.ts";

const FIXTURE = fileURLToPath(new URL("../../fixtures/lab/", import.meta.url));

/** A copy of the fixture lab: all of it, or one cooldown's repeats in CSV files (one of them excluded) and in one HDF5 file of I/Q traces. */
export function labFolder(extent: "whole" | "small"): string {
  const folder = join(mkdtempSync(join(tmpdir(), "gammawatt-export-")), "lab");
  const small = /cd07$|cd07.(?:q1_t1_00\d\.csv|T1_q2_repeat\.hdf5|note\.txt)$|gammawatt\.yaml$/;
  const wanted = (path: string) => !path.endsWith(".gammawatt") && (extent === "whole" || path === FIXTURE || small.test(path));
  mkdirSync(folder);
  cpSync(FIXTURE, folder, { recursive: true, filter: wanted });
  return folder;
}

/** Options of a run or an export of that folder; results beside it. */
export function optionsFor(folder: string, more: Partial<RunOptions> = {}): RunOptions {
  return {
    ...{ folder, out: `${folder}-out`, store: `${folder}-store`, jobs: 2, dryRun: false, crossCheck: false, force: false, command: "test" },
    ...{ onProgress: () => undefined, signal: new AbortController().signal },
    ...more,
  };
}

/** Every file below a folder, with its content. */
export function contents(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());
  return new Map(paths.sort().map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path), "latin1")]));
}
