import type { Summary } from "../../pipelines/steps/options.ts";
import { nothingChanged } from "../core/messages/cli.ts";
import { err, out, visible } from "./print.ts";

const REASONS_SHOWN = 12;

/** What was read and fitted, and why. @param all where all reasons stand, when there are too many to print */
export function printDone({ counts, reasons, dryRun }: Summary, all: string): void {
  const f = counts.files;
  out(
    `files: ${f.new} new, ${f.changed} changed, ${f.unchanged} unchanged, ${f.unrecognised} not recognised, ${f.failed} failed` +
      `   fits: ${counts.fits.run} ${dryRun ? "to run" : "run"}, ${counts.fits.reused} reused, ${counts.fits.refused} refused`,
  );
  if (reasons.length === 0) out(nothingChanged());
  const named = grouped(reasons, true);
  const lines = named.length > REASONS_SHOWN ? grouped(reasons, false) : named;
  for (const line of lines.slice(0, REASONS_SHOWN)) out(visible(`  ${line}`));
  if (lines.length > REASONS_SHOWN) out(`  ... and ${lines.length - REASONS_SHOWN} more (all of them: ${all})`);
}

/** Prints every failure. @returns the exit status: 2 where something failed */
export function printFailures({ failures }: Summary): number {
  for (const f of failures) err(visible(`failed: ${where(f)}: ${f.message}`));
  return failures.length > 0 ? 2 : 0;
}

/** The place holds the file's name, unless it is in the lab file. */
const where = ({ file, place }: { file: string; place: string }) => (place.startsWith(file) ? place : place ? `${file} (${place})` : file);

/** One line per stage, file and change, with the number of like ones (43 repeats of a file are one line); what is simply new may be only counted. */
function grouped(reasons: Summary["reasons"], nameNew: boolean): string[] {
  const counts = new Map<string, number>();
  for (const r of reasons) {
    // A fit's new input is its file's new content, told at the import already.
    const change = r.stage === "fit" && r.code === "input-changed" ? "" : [r.before, r.after].filter(Boolean).join(" -> ");
    const where = r.code === "new-input" && !nameNew ? "" : `  ${r.file}`;
    const line = `${r.stage.padEnd(6)}${where}  ${r.code}${change ? `: ${change}` : ""}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, n]) => (n > 1 ? `${line}  (${n})` : line));
}
