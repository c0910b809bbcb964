import { readdir, readFile, realpath } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import { exportMessages } from "../../src/core/messages/export.ts";
import { isResultTable } from "../../src/tables/result-columns.ts";
import type { RunOptions } from "./options.ts";

/**
 * An export may stand below the measurement folder, but never in a folder of measurements: it must be empty, or hold an earlier export.
 * @param known whether the store remembers an earlier one
 * @throws UserError otherwise
 */
export async function checkExportFolder({ folder, out }: Pick<RunOptions, "folder" | "out">, known: boolean): Promise<void> {
  const [data, target] = [await realpath(folder), await realpath(out).catch(() => resolve(out))];
  const below = relative(data, target);
  if (below === ".." || below.startsWith(`..${sep}`) || known) return;
  const names: string[] = await readdir(out).catch(() => []);
  const index = await readFile(join(out, "index.csv"), "utf8").catch(() => "");
  if (names.length > 0 && !isResultTable(index.slice(0, index.indexOf("\n")).split(",")))
    throw new UserError(exportMessages.amongMeasurements(out));
}
