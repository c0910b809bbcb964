import type { Calibration, Column, Condition, Kind, Labels, Noise, Note, Role, Source } from "../core/dataset.ts";
import { canonical, sha256 } from "../core/hash.ts";
import { type ColumnData, columnsToTable, type Table, tableColumns } from "./arrow.ts";

/**
 * One trace or map: an Arrow table whose fields carry unit and role, and what is known about it.
 * Numbers are SI. Immutable: a change makes a new dataset.
 */
export interface Dataset {
  /** Hash of the decoded arrays and their meaning (kind, roles, units, conditions, calibration): the same numbers have the same id in every file. */
  readonly id: string;
  readonly kind: Kind;
  /** True when kind is decay but neither the lab file nor the file itself says that it is a T1 (check `kind_inferred`). */
  readonly kindInferred: boolean;
  readonly labels: Labels;
  /** ISO 8601 time of the measurement; empty when not known. */
  readonly started: string;
  readonly table: Table;
  readonly conditions: readonly Condition[];
  /** `repeat`: one of equal repeats, may be averaged over; `swept`: an outer axis was swept (it stands in `conditions`), never averaged over. */
  readonly axis: "single" | "repeat" | "swept";
  readonly calibration?: Calibration;
  readonly noise: Noise;
  readonly sources: readonly Source[];
  readonly notes: readonly Note[];
}

/** What an importer hands over; id and table are made from it. */
export interface DatasetDraft extends Omit<Dataset, "id" | "table" | "sources"> {
  readonly columns: readonly ColumnData[];
  readonly sources?: readonly Source[];
}

export function makeDataset(draft: DatasetDraft): Dataset {
  const { columns, sources, ...rest } = draft;
  return { ...rest, id: contentId(draft), table: columnsToTable(columns), sources: sources ?? [] };
}

/** Hash of the decoded arrays and their meaning: a new dataset's id. */
export function contentId(draft: Pick<DatasetDraft, "kind" | "conditions" | "calibration" | "noise" | "columns">): string {
  const meaning = {
    kind: draft.kind,
    conditions: draft.conditions.map(({ name, value, unit }) => ({ name, value, unit })),
    calibration: draft.calibration && { zero: draft.calibration.zero, one: draft.calibration.one },
    noise: draft.noise,
    columns: draft.columns.map((c) => ({ role: c.role, unit: c.unit, port: c.port, values: equalBits(c.values) })),
  };
  return sha256(canonical(meaning)).slice(0, 16);
}

/** Numbers that are not known are equal, whatever the processor that made them left in their bits. */
function equalBits(values: Float64Array): Float64Array {
  // A callback would box every number.
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return values.map((x) => (Number.isNaN(x) ? Number.NaN : x));
  return values;
}

/** The dataset without some rows (numbered from 0); itself when there is nothing to take out. Its numbers, and with them its id, are others. */
export function withoutRows(dataset: Dataset, rows: readonly number[]): Dataset {
  if (rows.length === 0) return dataset;
  const out = new Set(rows);
  const { id: _id, table: _table, ...rest } = dataset;
  return makeDataset({ ...rest, columns: columnsOf(dataset).map((c) => ({ ...c, values: c.values.filter((_, i) => !out.has(i)) })) });
}

/** The files in which the numbers were measured, through any number of exports. */
export function measuredIn(dataset: Dataset): readonly Source[] {
  return dataset.sources.flatMap((source) => source.exportedFrom ?? [source]);
}

/** All columns with their numbers. */
export function columnsOf(dataset: Dataset): readonly ColumnData[] {
  return tableColumns(dataset.table);
}

/** The first column with that role (and port, if one is given), or undefined. */
export function columnOf(dataset: Dataset, role: Role, port?: string): ColumnData | undefined {
  return columnsOf(dataset).find((c) => c.role === role && (port === undefined || c.port === port));
}

export type { Column, ColumnData };
