import type { Condition, Note } from "../../core/dataset.ts";
import { arrayMessages } from "../../core/messages/import-numpy.ts";
import type { Dataset } from "../../tables/dataset.ts";
import { resolveColumns } from "../csv/hinted.ts";
import { interpretTable } from "../csv/interpret.ts";
import { meaningOf } from "../csv/names.ts";
import type { Hints } from "../importer.ts";
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
  const columns = resolveColumns(
    table.columns.map((c) => c.cell),
    known,
    file.path,
  ).map((column) => ({ ...column, path: column.written }));
  const body = {
    columns: table.columns.map((c) => c.values),
    rows: table.rows,
    shifts: table.columns.map(() => 0),
    blocks: [0],
    blockComments: [[]],
    qubits: table.qubits,
    gaps: table.columns.map(() => ({ count: 0, firstLine: 0 })),
  };
  const prose = [file.words.prose, ...columns.map((column) => column.path)].join("\n");
  return interpretTable(columns, body, {
    words: { name: file.words.name, prose },
    comments: [],
    conditions: settingsOf(scalars, hints),
    headerless: false,
    started: file.started,
    notes,
    hints: known,
    place: file.path,
  });
}

function constantShots(scalars: readonly NamedArray[], hints: Hints): number | undefined {
  if (hints.shots !== undefined) return typeof hints.shots === "number" ? hints.shots : undefined;
  const shots = scalars.find((a) => meaningOf(headerOf(a))?.meaning === "shots")?.values?.[0];
  return shots !== undefined && Number.isInteger(shots) && shots > 0 ? shots : undefined;
}

/** Single values that state a unit are settings of the whole file; the lab file's power goes before the file's. */
function settingsOf(scalars: readonly NamedArray[], hints: Hints): Condition[] {
  return scalars.flatMap((a): Condition[] => {
    const { name, conversion } = headerOf(a);
    if (conversion === undefined || conversion.unit === "1") return [];
    const power = meaningOf(headerOf(a))?.meaning === "power";
    if (power && hints.power !== undefined) return [];
    return [{ name: power ? "power" : name, value: conversion.toSI(a.values![0]!), unit: conversion.unit }];
  });
}
