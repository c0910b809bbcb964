import type { Kind } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/csv.ts";
import type { Hints } from "../importer.ts";
import { sequencesIn } from "../meaning/measurement-name.ts";
import { Unrecognised } from "../unrecognised.ts";
import type { FileColumn } from "./columns.ts";
import type { Meaning } from "./names.ts";

export interface KindFound {
  readonly kind: Kind;
  /** Fitted as a decay although nothing says that it is a T1. */
  readonly inferred: boolean;
}

const SIGNALS: readonly Meaning[] = ["population", "counts", "i", "q", "voltage", "magnitude"];
const SCATTERING: readonly Meaning[] = ["s_re", "s_im", "s_mag", "s_db", "s_deg"];

/** What the lab file calls it. */
const keyOf = (meaning: Meaning) => (meaning === "magnitude" ? "s_mag" : meaning);

/** What each kind needs; alternatives in one list. */
const NEEDS: Readonly<Record<Kind, readonly (readonly Meaning[])[]>> = {
  decay: [["delay"], SIGNALS],
  coherence: [["delay"], SIGNALS],
  // A trace, or a table of Rabi frequencies against power.
  rabi: [[...SIGNALS, "condition", "frequency"]],
  emission: [["delay"], ["power", "reflected", "voltage", "population"]],
  power: [["incident"], ["reflected"]],
  scattering: [["frequency"], SCATTERING],
  reference: [["frequency"], SCATTERING],
  population: [["population", "counts"]],
  equilibrium: [["population", "counts"]],
  "total-power": [["power", "incident"]],
  field: [["u", "population", "counts"]],
  "field-source": [["r_total"]],
  other: [],
};

/**
 * The kind of a table: what the lab file says, else what its columns, its name and its comments say.
 * @param words the file's name and, apart, everything written in its comments and headers
 * @param unknown what to say where nothing tells it
 * @throws ImportError when the kind that the lab file states needs columns that are not there
 * @throws Unrecognised when the columns are not those of any kind
 */
export function findKind(
  columns: readonly FileColumn[],
  hints: Hints,
  words: { name: string; prose: string },
  unknown: () => string,
  place: string,
): KindFound {
  const has = (...meanings: readonly Meaning[]) => columns.some((column) => meanings.includes(column.meaning));
  const names = columns.map((column) => column.written);
  if (hints.kind !== undefined) {
    for (const need of NEEDS[hints.kind])
      if (!has(...need)) throw new ImportError(say.missingColumn(hints.kind, need.map(keyOf).join(" or "), names), place);
    return { kind: hints.kind, inferred: false };
  }
  if (has("x") && has("u")) return { kind: "field", inferred: false };
  if (has("x") && has("r_total")) return { kind: "field-source", inferred: false };
  if (has("incident") && has("reflected")) return { kind: "power", inferred: false };
  if (has("delay") && has(...SIGNALS)) {
    if (columns.some((column) => column.loose && column.meaning === "delay") && logged(columns))
      throw new Unrecognised(say.looksLikeLog(names));
    return byWords(words, place);
  }
  if (has("delay") && has("power") && /emission/i.test(words.name)) return { kind: "emission", inferred: false };
  if (has("frequency") && has(...SCATTERING)) return { kind: "scattering", inferred: false };
  if (has("population", "counts") && has("power")) return { kind: "population", inferred: false };
  if (has("population", "counts") && has("frequency")) return { kind: hints.power === undefined ? "other" : "population", inferred: false };
  if (has("frequency") && has("i") && has("q")) return { kind: "other", inferred: false };
  if (measuredAgainstSetting(columns)) return { kind: "other", inferred: false };
  if (hints.columns !== undefined) throw new ImportError(unknown(), place);
  throw new Unrecognised(unknown());
}

/** Temperatures beside a bare `time`: a fridge's log. */
function logged(columns: readonly FileColumn[]): boolean {
  return columns.some(
    (column) => column.meaning === "other" && (column.conversion.unit === "K" || /temp|pressure|druck/i.test(column.name)),
  );
}

/** A quality factor or a frequency shift against temperature or power, with its unit: a measurement, though of no kind that is fitted. */
function measuredAgainstSetting(columns: readonly FileColumn[]): boolean {
  const setting = (column: FileColumn) => !column.unitless && (column.meaning === "power" || column.conversion.unit === "K");
  // Against time it is a log of the laboratory.
  if (columns.some((column) => column.meaning === "time" || column.meaning === "delay")) return false;
  return columns.some(setting) && columns.some((column) => !setting(column));
}

/** Whether the file calls itself a T1, an echo, ... */
export function isSequence(words: { readonly name: string; readonly prose: string }): boolean {
  return sequencesIn(words.name).length > 0 || sequencesIn(words.prose).length > 0;
}

/**
 * A table against delay: its name decides, then its comments and headers, then the folders from the nearest on. Where T1 stands beside another sequence,
 * a name or a comment means the other one (echo and Ramsey data are never taken for a T1); such a folder holds both.
 */
function byWords({ name, prose }: { name: string; prose: string }, place: string): KindFound {
  for (const text of [name, prose]) {
    const sequences = sequencesIn(text);
    const kind = sequences.find((sequence) => sequence !== "decay") ?? sequences[0];
    if (kind !== undefined) return { kind, inferred: false };
  }
  for (const folder of place.split("/").slice(0, -1).reverse()) {
    const [kind, another] = sequencesIn(folder);
    if (kind !== undefined && another === undefined) return { kind, inferred: false };
  }
  return { kind: "decay", inferred: true };
}
