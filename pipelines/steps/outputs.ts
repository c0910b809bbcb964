import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import { sha256 } from "../../src/core/hash.ts";
import { cannotWriteOutput } from "../../src/core/messages/cli.ts";
import { makeFolder, writeAtomic } from "../../src/pipeline/atomic.ts";
import type { Study } from "../../src/report/study.ts";
import type { Summary } from "./options.ts";

/** Names of what a run writes (CONTRACT.md). */
export const OUTPUTS = ["report.html", "estimates.csv", "fits.csv"] as const;

/**
 * Hash of the outputs as they stand, so that an unchanged study need not be written again where nobody else has written meanwhile: folders of equal
 * names have the same default output. Undefined where one is missing.
 */
export async function standingOutputs(out: string): Promise<string | undefined> {
  try {
    const contents = await Promise.all(OUTPUTS.map((name) => readFile(join(out, name))));
    return sha256(contents.map(sha256).join());
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw new UserError(cannotWriteOutput(out, (error as Error).message), "", { cause: error });
  }
}

/** Writes report and tables, each under a temporary name first. @returns their paths. */
export async function writeOutputs(out: string, study: Study): Promise<string[]> {
  // Loaded here: a run that changes nothing writes nothing.
  const [{ renderReport }, { estimatesTable, fitsTable }, { csvText }] = await Promise.all([
    import("../../src/report/page.ts"),
    import("../../src/tables/results.ts"),
    import("../../src/tables/csv.ts"),
  ]);
  const contents: Record<(typeof OUTPUTS)[number], string> = {
    "report.html": renderReport(study),
    "estimates.csv": csvText(estimatesTable(study.estimates)),
    "fits.csv": csvText(fitsTable(study.fits)),
  };
  return writeAll(
    out,
    OUTPUTS.map((name) => [name, contents[name]]),
  );
}

export async function writeSummary(out: string, summary: Summary): Promise<void> {
  await writeAll(out, [["summary.json", `${JSON.stringify(summary, null, 1)}\n`]]);
}

async function writeAll(out: string, contents: readonly (readonly [string, string])[]): Promise<string[]> {
  try {
    await makeFolder(out);
    for (const [name, text] of contents) await writeAtomic(join(out, name), text);
  } catch (error) {
    throw new UserError(cannotWriteOutput(out, (error as Error).message), "", { cause: error });
  }
  return contents.map(([name]) => join(out, name));
}
