import { LabFileError } from "../core/errors.ts";
import { badPattern, hiddenEntry, powerLabel, powerUnit } from "../core/messages/lab.ts";
import { quantity } from "../core/quantity.ts";
import { unitConversion } from "../core/units.ts";
import type { FileEntry } from "./lab.ts";
import { alwaysHides, type Pattern, pattern } from "./match.ts";
import type { RawFile, RawLab } from "./schema.ts";
import type { Located, Problem } from "./yaml.ts";

/** An entry of `files:` ready to be matched. */
export interface FilePattern {
  readonly pattern: Pattern;
  readonly entry: FileEntry;
  /** Labels that the entry states as constants. */
  readonly constants: Readonly<Record<string, string>>;
  readonly powerUnit: string | undefined;
}

/** The entry for a path, and the labels cut out of it or stated (cooldown, device, qubit, trace, and any other name). */
export interface EntryMatch {
  readonly entry: FileEntry;
  readonly labels: Readonly<Record<string, string>>;
}

const LABELS = ["cooldown", "device", "qubit", "trace"] as const;
const ENTRY_KEYS = ["match", "kind", "columns", "shots", "power", "off", "detector", "averaging", "power_at"] as const;

/** Compiles `files:`; a pattern that is wrong, or that an earlier one always hides, is a problem. */
export function filePatterns(
  lab: RawLab,
  located: Located,
): { readonly patterns: readonly FilePattern[]; readonly problems: readonly Problem[] } {
  const patterns: FilePattern[] = [];
  const problems: Problem[] = [];
  for (const [i, raw] of (lab.files ?? []).entries()) {
    const place = located.at(["files", i, "match"]);
    try {
      const compiled = pattern(raw.match);
      const hider = patterns.find((p) => alwaysHides(p.pattern, compiled));
      if (hider) problems.push({ ...place, message: hiddenEntry(raw.match, hider.pattern.text, Number(hider.entry.place.split(":")[1])) });
      if (raw.power_unit !== undefined && unitConversion(raw.power_unit)?.unit !== "W")
        problems.push({ ...located.at(["files", i, "power_unit"]), message: powerUnit(raw.power_unit) });
      patterns.push(filePattern(raw, compiled, `gammawatt.yaml:${place.line}:${place.column}`));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push({ ...place, message: badPattern(error.message) });
    }
  }
  for (const [i, raw] of (lab.exclude ?? []).entries()) {
    if (raw.match === undefined) continue;
    try {
      pattern(raw.match);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push({ ...located.at(["exclude", i, "match"]), message: badPattern(error.message) });
    }
  }
  return { patterns, problems };
}

function filePattern(raw: RawFile, compiled: Pattern, place: string): FilePattern {
  const stated = Object.fromEntries(ENTRY_KEYS.filter((k) => raw[k] !== undefined).map((k) => [k, raw[k]]));
  const constants = Object.fromEntries(LABELS.filter((k) => raw[k] !== undefined).map((k) => [k, raw[k]!]));
  return { pattern: compiled, entry: { ...stated, place } as FileEntry, constants, powerUnit: raw.power_unit };
}

/** First match wins. A `{power}` label becomes the entry's power: its unit stands behind it in the pattern, or in `power_unit:`. */
export function matchEntry(patterns: readonly FilePattern[], path: string): EntryMatch | undefined {
  for (const p of patterns) {
    const found = p.pattern.match(path);
    if (!found) continue;
    const labels = { ...found, ...p.constants };
    const cut = found.power;
    if (cut === undefined) return { entry: p.entry, labels };
    return { entry: { ...p.entry, power: powerOf(cut, p, path) }, labels };
  }
  return undefined;
}

/** Units of power that may stand behind `{power}` in a file name, longest first. */
const UNITS = ["dBm", "dBW", "mW", "uW", "nW", "pW", "fW", "aW", "W"];

function powerOf(text: string, p: FilePattern, path: string) {
  const behind = p.pattern.text.split("{power}")[1] ?? "";
  const unit =
    p.powerUnit ?? UNITS.find((u) => behind.toLowerCase().startsWith(u.toLowerCase()) && !/^[a-z]/i.test(behind.slice(u.length)));
  // The label may also hold its unit itself: `{power}` cutting out `-95dBm`.
  const own = /^([-+]?[\d.]+(?:e[-+]?\d+)?)\s*([a-z]*)$/i.exec(text.replace(/^m(?=\d)/, "-").replace(/(\d)p(\d)/, "$1.$2"));
  const conversion = unitConversion(own?.[2] || unit || "");
  const value = Number(own?.[1]);
  if (!own || !Number.isFinite(value) || conversion?.unit !== "W") throw new LabFileError(powerLabel(text, path), p.entry.place);
  return quantity(conversion.toSI(value), "W");
}
