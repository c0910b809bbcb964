import type { Condition, Kind, Note } from "../../core/dataset.ts";
import { arrayMessages } from "../../core/messages/import-numpy.ts";
import type { Dataset } from "../../tables/dataset.ts";
import { type FileColumn, requireUnits } from "../csv/columns.ts";
import { settleMeanings } from "../csv/context.ts";
import { buildDatasets } from "../csv/datasets.ts";
import { resolveColumns } from "../csv/hinted.ts";
import { findKind } from "../csv/kind.ts";
import { type Meaning, meaningOf } from "../csv/names.ts";
import { toQuantities } from "../csv/quantities.ts";
import type { Hints } from "../importer.ts";
import { Unrecognised } from "../unrecognised.ts";
import { type ArrayTable, headerOf } from "./layout.ts";
import type { NamedArray } from "./named-array.ts";

/** What is known of the whole file. */
export interface ArrayFile {
  /** In messages. */
  readonly path: string;
  /** The file's name and, apart, every other text that may say what was measured. */
  readonly words: { readonly name: string; readonly prose: string };
  /** ISO 8601, or empty. */
  readonly started: string;
}

/**
 * Datasets of one table of arrays, by the same rules as tables of text: meanings, kind, units, roles, traces.
 * @param scalars single values of the file: shots, and settings in a unit
 * @throws ImportError when a unit is missing; Unrecognised when the columns are not those of a measurement
 */
export function tableDatasets(table: ArrayTable, scalars: readonly NamedArray[], file: ArrayFile, hints: Hints): Dataset[] {
  const notes: Note[] = table.notes.map((text) => ({ code: "layout", text }));
  if (table.left.length > 0) notes.push({ code: "not_read", text: arrayMessages.left(table.left) });
  const shots = constantShots(scalars, hints);
  if (shots !== undefined && hints.shots === undefined) notes.push({ code: "shots", text: arrayMessages.constantShots(shots) });
  const known: Hints = shots === undefined || hints.shots !== undefined ? hints : { ...hints, shots };
  const header = table.columns.map((c) => c.cell);
  let columns = settleMeanings(resolveColumns(header, known, file.path), known);
  const prose = [file.words.prose, ...header.map((cell) => cell.raw)].join("\n");
  const found = findKind(columns, known, { name: file.words.name, prose }, false, file.path);
  if (found.inferred && hints.columns === undefined) refuseScope(columns);
  // What to write into the lab file are paths; the columns keep their short names.
  const byPath = columns.map((column) => ({ ...column, name: column.written }));
  const settled = requireUnits(byPath, dispensable(found.kind), (column) => table.columns[column.index]!.values, file.path);
  columns = settled.map((column) => ({ ...column, name: header[column.index]!.name }));
  for (const { inferred } of columns) if (inferred !== undefined) notes.push({ code: "unit_inferred", text: inferred });
  const body = {
    columns: table.columns.map((c) => c.values),
    rows: table.rows,
    shifts: table.columns.map(() => 0),
    blocks: [0],
    blockComments: [[]],
    qubits: undefined,
    gaps: table.columns.map(() => ({ count: 0, firstLine: 0 })),
  };
  const conditions = conditionsOf(scalars, hints);
  return buildDatasets(toQuantities(columns, body, known), {
    found,
    hints: known,
    body,
    notes,
    conditions,
    started: file.started,
    place: file.path,
  });
}

/** What a kind does not rest on: without a unit it is kept as a number. */
function dispensable(kind: Kind): readonly Meaning[] {
  if (kind === "scattering" || kind === "reference") return ["power"];
  return kind === "decay" || kind === "coherence" || kind === "rabi" || kind === "other" ? ["power", "frequency"] : [];
}

/** Bare `time` without unit beside a bare voltage, in a file that does not call itself T1: any oscilloscope's record. */
function refuseScope(columns: readonly FileColumn[]): void {
  const time = columns.find((column) => column.meaning === "delay" && column.loose && column.unitless);
  if (time === undefined || columns.some((column) => column.meaning === "population" || column.meaning === "counts")) return;
  throw new Unrecognised(arrayMessages.noAxis(columns.map((column) => column.written)));
}

function constantShots(scalars: readonly NamedArray[], hints: Hints): number | undefined {
  if (hints.shots !== undefined) return typeof hints.shots === "number" ? hints.shots : undefined;
  const shots = scalars.find((a) => meaningOf(headerOf(a))?.meaning === "shots")?.values?.[0];
  return shots !== undefined && Number.isInteger(shots) && shots > 0 ? shots : undefined;
}

/** Single values that state a unit are settings of the whole file; the lab file's power goes before the file's. */
function conditionsOf(scalars: readonly NamedArray[], hints: Hints): Condition[] {
  const stated: Condition[] = hints.power === undefined ? [] : [{ name: "power", value: hints.power.value, unit: "W" }];
  for (const a of scalars) {
    const { name, conversion } = headerOf(a);
    if (conversion === undefined || conversion.unit === "1") continue;
    const power = meaningOf(headerOf(a))?.meaning === "power";
    if (power && hints.power !== undefined) continue;
    stated.push({ name: power ? "power" : name, value: conversion.toSI(a.values![0]!), unit: conversion.unit });
  }
  return stated;
}
