import { type Column, KINDS, type Kind, type Noise, ROLES, type Role, type Source } from "../core/dataset.ts";
import { tableFileMessages } from "../core/messages/import-tables.ts";
import { UNITS, type Unit } from "../core/units.ts";
import { type ColumnData, type Dataset, type DatasetDraft, makeDataset } from "./dataset.ts";
import { ForeignFailure, type ForeignTable } from "./foreign.ts";

/**
 * The dataset that this project wrote into the table, under the id that it had. Where the numbers are no longer those that were written, the id is
 * another, and a note says so.
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
  const { id, content } = record(facts, "its root");
  const dataset = makeDataset({ ...draftOf(facts), columns });
  if (dataset.id === content) return { ...dataset, id: text(id) };
  return { ...dataset, notes: [...dataset.notes, { code: "changed_since_export", text: tableFileMessages.changedSinceExport(text(id)) }] };
}

type Facts = Omit<DatasetDraft, "columns">;

function draftOf(facts: unknown): Facts {
  const root = record(facts, "its root");
  const labels = record(root.labels, "labels");
  const calibration = root.calibration === undefined ? undefined : record(root.calibration, "calibration");
  return {
    kind: oneOf<Kind>(KINDS, root.kind, "kind"),
    kindInferred: root.kindInferred === true,
    labels: { cooldown: text(labels.cooldown), device: text(labels.device), qubit: text(labels.qubit), trace: text(labels.trace) },
    started: text(root.started),
    conditions: list(root.conditions, "conditions").map((c) => ({
      ...{ name: text(c.name), value: number(c.value), unit: text(c.unit) },
      ...(c.from === undefined ? {} : { from: text(c.from) }),
      ...(c.inferred === undefined ? {} : { inferred: text(c.inferred) }),
    })),
    axis: oneOf(["single", "repeat", "swept"] as const, root.axis, "axis"),
    noise: noiseOf(record(root.noise, "noise")),
    notes: list(root.notes, "notes").map((n) => ({ code: text(n.code), text: text(n.text) })),
    sources: list(root.sources, "sources").map(sourceOf),
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

function sourceOf(source: Readonly<Record<string, unknown>>): Source {
  return {
    path: text(source.path),
    bytes: number(source.bytes),
    sha256: text(source.sha256),
    importer: text(source.importer),
    importerVersion: number(source.importerVersion),
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

/** Numbers that JSON does not have stand as texts. */
const number = (value: unknown): number => {
  if (typeof value === "string" && ["-0", "NaN", "Infinity", "-Infinity"].includes(value)) return Number(value);
  if (typeof value !== "number") throw incomplete("a number");
  return value;
};
