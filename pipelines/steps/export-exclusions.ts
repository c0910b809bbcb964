import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import { labFileExists } from "../../src/core/messages/cli.ts";
import { LAB_FILE, type Lab } from "../../src/lab/load.ts";
import type { ListedDataset } from "../../src/tables/dataset-index.ts";

const FIRST_LINE = "# Written by gammawatt export: what the lab file takes out of the fits.";

/**
 * Whether an earlier export wrote a lab file into the folder.
 * @throws UserError when somebody else's lab file stands there
 */
export async function hasOwnLabFile(out: string): Promise<boolean> {
  const path = join(out, LAB_FILE);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw new UserError(labFileExists(path), "", { cause: error });
  });
  if (text !== undefined && !text.startsWith(FIRST_LINE)) throw new UserError(labFileExists(path));
  return text !== undefined;
}

/**
 * The text of a lab file for the export that says what was taken out of the fits, so that a run on it leaves out the same; undefined where nothing was.
 */
export function exclusionsText(listed: readonly ListedDataset[], lab: Lab | undefined): string | undefined {
  const lines = listed.flatMap(({ file, dataset, excluded }) => {
    if (excluded !== "all" && excluded.length === 0) return [];
    const reasons = dataset.sources.flatMap((s) => lab?.exclusionsFor(s.path, dataset.labels.trace) ?? []);
    const reason = [...new Set(reasons.map((x) => x.reason))].join("; ");
    // JSON is YAML.
    return [`  - ${JSON.stringify({ file, ...(excluded === "all" ? {} : { points: excluded }), reason })}`];
  });
  return lines.length === 0 ? undefined : `${[FIRST_LINE, "exclude:", ...lines].join("\n")}\n`;
}
