import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import { labFileExists } from "../../src/core/messages/cli.ts";
import { LAB_FILE, type Lab } from "../../src/lab/load.ts";
import { writeAtomic } from "../../src/pipeline/atomic.ts";
import type { ListedDataset } from "../../src/tables/dataset-index.ts";

const FIRST_LINE = "# Written by gammawatt export: what the lab file takes out of the fits.";

/**
 * A lab file for the export that says what was taken out of the fits, so that a run on it leaves out the same. None where nothing was.
 * @returns whether there is one now
 * @throws UserError when somebody else's lab file stands there
 */
export async function writeExclusions(out: string, listed: readonly ListedDataset[], lab: Lab | undefined): Promise<boolean> {
  const path = join(out, LAB_FILE);
  const lines = listed.flatMap(({ file, dataset, excluded }) => {
    if (excluded !== "all" && excluded.length === 0) return [];
    const reasons = dataset.sources.flatMap((s) => lab?.exclusionsFor(s.path, dataset.labels.trace) ?? []);
    const reason = [...new Set(reasons.map((x) => x.reason))].join("; ");
    // JSON is YAML.
    return [`  - ${JSON.stringify({ file, ...(excluded === "all" ? {} : { points: excluded }), reason })}`];
  });
  const before = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new UserError(labFileExists(path), "", { cause: error });
  });
  if (before !== undefined && !before.startsWith(FIRST_LINE)) throw new UserError(labFileExists(path));
  if (lines.length > 0) await writeAtomic(path, `${[FIRST_LINE, "exclude:", ...lines].join("\n")}\n`);
  else if (before !== undefined) await rm(path, { force: true });
  return lines.length > 0;
}
