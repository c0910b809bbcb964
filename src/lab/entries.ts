import type { Condition } from "../core/dataset.ts";
import { LabFileError } from "../core/errors.ts";
import { hiddenEntry, powerLabel, powerUnit } from "../core/messages/lab.ts";
import { quantity } from "../core/quantity.ts";
import { unitConversion } from "../core/units.ts";
import { type FileEntry, TIMING } from "./lab.ts";
import { labelledNumber, unitBehind } from "./labelled-number.ts";
import { mapStatement } from "./map-keys.ts";
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
  /** Labels of the pattern's own naming that are numbers, in SI where their unit stands behind them: settings of the measurement. */
  readonly conditions: readonly Condition[];
  /** Other labels of its own naming, as `pulse=x180`. */
  readonly marks: readonly string[];
}

const LABELS = ["cooldown", "device", "qubit", "trace"] as const;
const ENTRY_KEYS = [
  "match",
  "kind",
  "shots",
  "power",
  "off",
  "detector",
  "averaging",
  "background",
  "bandwidth",
  "power_at",
  "scale",
  "boundary",
  "initial",
  "uncertainty",
] as const;

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
      problems.push({ ...place, message: error.message });
    }
  }
  for (const [i, raw] of (lab.exclude ?? []).entries()) {
    if (raw.match === undefined) continue;
    try {
      pattern(raw.match);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push({ ...located.at(["exclude", i, "match"]), message: error.message });
    }
  }
  return { patterns, problems };
}

function filePattern(raw: RawFile, compiled: Pattern, place: string): FilePattern {
  const stated = Object.fromEntries(ENTRY_KEYS.filter((k) => raw[k] !== undefined).map((k) => [k, raw[k]]));
  const constants = Object.fromEntries(LABELS.filter((k) => raw[k] !== undefined).map((k) => [k, raw[k]!]));
  const timing = TIMING.filter((k) => raw[k] !== undefined).map((k) => {
    // The pattern names the entry: its line number moves with every edit above it.
    return [k, k === "duty_cycle" ? raw[k] : { quantity: raw[k], entry: `files.${raw.match}.${k}` }];
  });
  const { qubit, ...columns } = raw.columns ?? {};
  const entry = {
    ...stated,
    ...(Object.keys(columns).length > 0 ? { columns } : {}),
    ...(qubit === undefined ? {} : { qubitColumn: qubit }),
    ...(timing.length > 0 ? { timing: Object.fromEntries(timing) } : {}),
    ...(raw.on ? { on: raw.on.map((t) => t.value) } : {}),
    ...(raw.robin ? { robin: raw.robin.value } : {}),
    ...(raw.spread ? { spread: raw.spread.value } : {}),
    ...mapStatement(raw),
    place,
  } as unknown as FileEntry;
  return { pattern: compiled, entry, constants, powerUnit: raw.power_unit };
}

/**
 * First match wins. A `{power}` label becomes the entry's power: its unit stands behind it in the pattern, or in `power_unit:`; `{time}ms` of a map is
 * its time. Other names tell operating points apart, as conditions where they are numbers; only names of counters (`{repeat}`, `{n}`, `{date}`) do not: repeats stay one series.
 * @throws LabFileError when what `{power}` cuts out is no power
 */
export function matchEntry(patterns: readonly FilePattern[], path: string): EntryMatch | undefined {
  for (const p of patterns) {
    const found = p.pattern.match(path);
    if (!found) continue;
    const conditions: Condition[] = [];
    const marks: string[] = [];
    let entry = p.entry;
    for (const [name, text] of Object.entries(found)) {
      const time = name === "time" && isMap(entry.kind) ? labelledNumber(text, unitBehind(p.pattern.text, name)) : undefined;
      if (time?.unit === "s") entry = { ...entry, map: { ...entry.map, at: time.value } };
      if ((LABELS as readonly string[]).includes(name) || COUNTERS.test(name)) continue;
      const read = labelledNumber(text, (name === "power" && p.powerUnit) || unitBehind(p.pattern.text, name));
      if (name === "power") {
        if (read?.unit !== "W") throw new LabFileError(powerLabel(text, path), p.entry.place);
        entry = { ...entry, power: quantity(read.value, "W") };
      } else if (read) conditions.push({ name, ...read });
      else marks.push(`${name}=${text}`);
    }
    return { entry, labels: { ...found, ...p.constants }, conditions, marks };
  }
  return undefined;
}

const isMap = (kind: FileEntry["kind"]) => kind === "field" || kind === "field-source";

/** Names under which like files are counted or dated. */
const COUNTERS =
  /^(?:repeat|repetition|rep|n|i|k|index|idx|number|num|no|count|counter|run|iteration|iter|shot|date|time|timestamp|id|tuid|uuid)$/i;
