import type { Condition, Note } from "../../core/dataset.ts";
import { sidecarMessages as say } from "../../core/messages/import-sidecars.ts";
import { columnsOf, type Dataset } from "../../tables/dataset.ts";
import type { Hints } from "../importer.ts";
import type { LabelName, StatedLabel, StatedSetting, Statement } from "./statement.ts";

/** Who states something: the sooner named prevails (CONTRACT.md, "Labels"). */
export type Origin = "file" | "sidecar" | "path";

/** Where the file's datasets have something from that nobody else stated. */
export type Sayer = (name: string) => string;

/** The file itself; a power that the lab file states came into its datasets with the hints. */
export function sayers(path: string, { power, place }: Hints): Sayer {
  return (name) => (name === "power" && power !== undefined ? (place?.replace(/:.*$/, "") ?? "gammawatt.yaml") : path);
}

/**
 * The dataset with what is stated about it elsewhere. What it says itself stays; what it does not say is added; where two disagree, a note names
 * both values, their places, and which is used. Its id stays: the numbers are the same.
 * @param statements the ones that prevail first
 */
export function withStatements(dataset: Dataset, statements: readonly Statement[], origin: Origin, own: Sayer): Dataset {
  return statements.reduce(
    (joined, one) => ("value" in one ? withSetting(joined, one, origin, own) : withLabel(joined, one, own)),
    dataset,
  );
}

function withSetting(dataset: Dataset, stated: StatedSetting, origin: Origin, own: Sayer): Dataset {
  const known = dataset.conditions.find((c) => c.name === stated.name && c.unit === stated.unit) ?? asColumn(dataset, stated.name);
  if (known === "varies") return dataset;
  if (known === undefined) {
    const { name, value, unit } = stated;
    const where = { file: {}, sidecar: { from: stated.place }, path: { inferred: say.fromPath(name, stated.written) } }[origin];
    const notes = name === "attenuation" ? [{ code: "attenuation", text: say.attenuation(stated.written, stated.place) }] : [];
    return { ...dataset, conditions: [...dataset.conditions, { name, value, unit, ...where }], notes: joinNotes(dataset.notes, notes) };
  }
  if (Math.abs(known.value - stated.value) <= Math.max(stated.rounding, 1e-9 * Math.abs(known.value))) return dataset;
  const used = say.settingOf(known.value, known.unit);
  const text = say.contradiction(stated.name, used, known.from ?? own(stated.name), stated.written, stated.place);
  return { ...dataset, notes: joinNotes(dataset.notes, [{ code: "contradiction", text }]) };
}

/** A column that keeps one value speaks like a setting; one that varies says more than any setting. */
function asColumn(dataset: Dataset, name: string): Condition | "varies" | undefined {
  const column = columnsOf(dataset).find((c) => c.role === name || c.name === name);
  const first = column?.values[0];
  if (column === undefined || first === undefined) return undefined;
  return column.values.every((x) => x === first) ? { name, value: first, unit: column.unit } : "varies";
}

function withLabel(dataset: Dataset, stated: StatedLabel, own: Sayer): Dataset {
  const known = labelOf(dataset, stated.name);
  if (known === "" && stated.name === "started") {
    const notes = stated.assumed === undefined ? [] : [{ code: "date", text: stated.assumed }];
    return { ...dataset, started: stated.text, notes: joinNotes(dataset.notes, notes) };
  }
  if (known === "") return { ...dataset, labels: { ...dataset.labels, [stated.name]: stated.text } };
  if (known === stated.text || (stated.name === "started" && near(known, stated.text))) return dataset;
  const text = say.contradiction(stated.name, known, own(stated.name), stated.text, stated.place);
  return { ...dataset, notes: joinNotes(dataset.notes, [{ code: "contradiction", text }]) };
}

/** Times within a day and a half: one may lack its zone, or be when the file was saved. */
export function near(a: string, b: string): boolean {
  const milliseconds = (iso: string) => Date.parse(/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(iso) || !iso.includes("T") ? iso : `${iso}Z`);
  return Math.abs(milliseconds(a) - milliseconds(b)) <= 36 * 3600e3;
}

/** A label or the time of a dataset; empty when not known. */
export const labelOf = (dataset: Dataset, name: LabelName) => (name === "started" ? dataset.started : dataset.labels[name]);

/** Notes without repetitions. */
export const joinNotes = (notes: readonly Note[], more: readonly Note[]): readonly Note[] => {
  const fresh = more.filter((note) => !notes.some((known) => known.text === note.text));
  return fresh.length === 0 ? notes : [...notes, ...fresh];
};
