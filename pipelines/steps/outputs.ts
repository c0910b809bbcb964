import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import { sha256 } from "../../src/core/hash.ts";
import { cannotWriteOutput } from "../../src/core/messages/cli.ts";
import { makeFolder, writeAtomic } from "../../src/pipeline/atomic.ts";
import type { Study } from "../../src/report/study.ts";
import type { FieldStudy } from "../../src/routes/field/study.ts";
import type { FileContent } from "../../src/tables/writers/writer.ts";
import { fieldFileNames, fieldFiles } from "./field-outputs.ts";
import type { Summary } from "./options.ts";

/** What every run writes (CONTRACT.md). */
const ALWAYS = ["report.html", "estimates.csv", "fits.csv"] as const;

/** Names of what a run writes, without its summary. */
export function outputNames(fields: readonly FieldStudy[]): string[] {
  return [...ALWAYS, ...fieldFileNames(fields)];
}

/**
 * Hash of the outputs as they stand, so that an unchanged study need not be written again where nobody else has written meanwhile: folders of equal
 * names have the same default output. Undefined where one is missing.
 */
export async function standingOutputs(out: string, names: readonly string[]): Promise<string | undefined> {
  try {
    const contents = await Promise.all(names.map((name) => readFile(join(out, name))));
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
  const contents: Record<(typeof ALWAYS)[number], string> = {
    "report.html": renderReport(study),
    "estimates.csv": csvText(estimatesTable(study.estimates)),
    "fits.csv": csvText(fitsTable(study.fits)),
  };
  return writeAll(out, [...Object.entries(contents), ...(await fieldFiles(study.fields))]);
}

/** Takes away files of maps that an earlier run wrote and that this one does not have. */
export async function removeOutputs(out: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(out, name), { force: true });
}

export async function writeSummary(out: string, summary: Summary): Promise<void> {
  await writeAll(out, [["summary.json", `${JSON.stringify(summary, null, 1)}\n`]]);
}

async function writeAll(out: string, contents: readonly (readonly [string, FileContent])[]): Promise<string[]> {
  try {
    await makeFolder(out);
    for (const [name, text] of contents) await writeAtomic(join(out, name), text);
  } catch (error) {
    throw new UserError(cannotWriteOutput(out, (error as Error).message), "", { cause: error });
  }
  return contents.map(([name]) => join(out, name));
}
