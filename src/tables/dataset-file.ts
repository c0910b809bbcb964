import { type Column, KINDS, type Kind, type Noise, ROLES, type Role } from "../core/dataset.ts";
import { tableFileMessages } from "../core/messages/import-tables.ts";
import { UNITS, type Unit } from "../core/units.ts";
import { Table, tableToIPC } from "./arrow.ts";
import { type ColumnData, type Dataset, type DatasetDraft, makeDataset } from "./dataset.ts";
import { ForeignFailure, type ForeignTable } from "./foreign.ts";

/** Key of the file's metadata under which a dataset's facts stand, as JSON; units and roles stand in the metadata of the fields. */
export const DATASET_KEY = "gammawatt";

/**
 * A dataset as an Arrow IPC file or stream that `datasetOfTable` reads back exactly, with the same id. Sources are not written: the file that is made
 * is the source of whoever reads it.
 */
export function datasetToArrow(dataset: Dataset, format: "file" | "stream"): Uint8Array {
  const { schema } = dataset.table;
  const metadata = new Map(schema.metadata).set(DATASET_KEY, datasetFacts(dataset));
  const named = new Table(Object.assign(Object.create(Object.getPrototypeOf(schema)), schema, { metadata }), dataset.table.batches);
  return tableToIPC(named, format);
}

/** Everything about a dataset but its columns, id and sources, as JSON. Numbers that are not known are null. */
export function datasetFacts(dataset: Dataset): string {
  const { id: _id, table: _table, sources: _sources, ...facts } = dataset;
  return JSON.stringify(facts);
}

/**
 * The dataset that this project wrote into the table.
 * @throws ForeignFailure when its facts are incomplete or a column lacks unit or role
 */
export function datasetOfTable(table: ForeignTable): Dataset {
  let facts: unknown;
  try {
    facts = JSON.parse(table.dataset ?? "");
  } catch (error) {
    throw new ForeignFailure(tableFileMessages.badDatasetMetadata("it is no JSON"), "", { cause: error });
  }
  const columns = table.columns.map((c): ColumnData => {
    if (!("numbers" in c.content)) throw incomplete(`column "${c.name}" holds no numbers`);
    const { name, port, inferred } = c;
    const own: Column = { name, unit: oneOf<Unit>(UNITS, c.unit, "unit"), role: oneOf<Role>(ROLES, c.role, "role") };
    return { ...own, values: c.content.numbers, ...(inferred === undefined ? {} : { inferred }), ...(port === undefined ? {} : { port }) };
  });
  return makeDataset({ ...draftOf(facts), columns });
}

type Facts = Omit<DatasetDraft, "columns" | "sources">;

function draftOf(facts: unknown): Facts {
  const root = record(facts, "its root");
  const labels = record(root.labels, "labels");
  const calibration = root.calibration === undefined ? undefined : record(root.calibration, "calibration");
  return {
    kind: oneOf<Kind>(KINDS, root.kind, "kind"),
    kindInferred: root.kindInferred === true,
    labels: { cooldown: text(labels.cooldown), device: text(labels.device), qubit: text(labels.qubit), trace: text(labels.trace) },
    started: text(root.started),
    conditions: list(root.conditions, "conditions").map((c) => ({ name: text(c.name), value: number(c.value), unit: text(c.unit) })),
    axis: oneOf(["single", "repeat", "swept"] as const, root.axis, "axis"),
    noise: noiseOf(record(root.noise, "noise")),
    notes: list(root.notes, "notes").map((n) => ({ code: text(n.code), text: text(n.text) })),
    ...(calibration === undefined
      ? {}
      : {
          calibration: {
            zero: numbers(calibration.zero),
            one: numbers(calibration.one),
            origin: oneOf(["marked", "layout"] as const, calibration.origin, "calibration"),
            note: text(calibration.note),
          },
        }),
  };
}

function noiseOf(noise: Readonly<Record<string, unknown>>): Noise {
  const type = oneOf(["binomial", "sigma", "relative", "unknown"] as const, noise.type, "noise");
  if (type === "binomial") return { type, shots: noise.shots === "column" ? "column" : number(noise.shots) };
  return type === "relative" ? { type, relative: number(noise.relative) } : { type };
}

const incomplete = (what: string) => new ForeignFailure(tableFileMessages.badDatasetMetadata(what));

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw incomplete(what);
  return value as Readonly<Record<string, unknown>>;
}

function list(value: unknown, what: string): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) throw incomplete(what);
  return value.map((entry) => record(entry, what));
}

function numbers(value: unknown): number[] {
  if (!Array.isArray(value) || !value.every((x) => Number.isSafeInteger(x) && x >= 0)) throw incomplete("calibration");
  return value as number[];
}

function oneOf<T extends string>(known: readonly T[], value: unknown, what: string): T {
  const found = known.find((k) => k === value);
  if (found === undefined) throw incomplete(what);
  return found;
}

const text = (value: unknown): string => {
  if (typeof value !== "string") throw incomplete("a text");
  return value;
};

const number = (value: unknown): number => {
  if (value === null) return Number.NaN;
  if (typeof value !== "number") throw incomplete("a number");
  return value;
};
