import type { Column } from "../core/dataset.ts";
import { tableFileMessages } from "../core/messages/import-tables.ts";
import { columnsOf, contentId, type Dataset, measuredIn } from "./dataset.ts";
import { ForeignFailure } from "./foreign.ts";

/** Key under which a dataset's facts stand in the metadata of Arrow and Parquet files, as JSON. */
export const DATASET_KEY = "gammawatt";
/** Key under which units and roles of the columns stand in a Parquet file, whose fields have no metadata of their own. */
export const COLUMNS_KEY = "gammawatt.columns";

/**
 * Everything about a dataset but its numbers: what an exported file says beside them, so that `datasetOfTable` reads the same dataset back. `id` is the
 * one that fits.csv names; `content` is the hash of what the file holds (labelling may have added conditions since the id was given), by which a
 * changed file is told from a whole one.
 */
export function datasetFacts(dataset: Dataset): Readonly<Record<string, unknown>> {
  const { id, kind, kindInferred, labels, started, axis, noise, conditions, calibration, notes } = dataset;
  return {
    id,
    content: contentId({ ...dataset, columns: columnsOf(dataset) }),
    ...{ kind, kindInferred, labels, started, axis, noise, conditions },
    ...(calibration === undefined ? {} : { calibration }),
    notes,
    sources: measuredIn(dataset),
    // Whatever a dataset may have some day has to be written, too.
  } satisfies Record<Exclude<keyof Dataset, "table" | "calibration">, unknown> & Record<"content", unknown>;
}

/** What is known about the columns, without their numbers. */
export function columnFacts(dataset: Dataset): Column[] {
  return columnsOf(dataset).map(({ values: _, ...column }) => column);
}

/** What the facts say about the columns; unit and role are checked where the dataset is made. */
export function columnsOfFacts(fact: unknown): Column[] {
  const named = (column: Partial<Column> | null) => typeof column?.name === "string" && typeof column.unit === "string";
  if (!Array.isArray(fact) || !fact.every(named)) throw new ForeignFailure(tableFileMessages.badDatasetMetadata("its columns"));
  return fact as Column[];
}

/** JSON in which the numbers that JSON does not have (-0, NaN, infinities) are texts. */
export function factText(fact: unknown): string {
  return JSON.stringify(fact, (_, value: unknown) => {
    if (typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0))) return value;
    return Object.is(value, -0) ? "-0" : String(value);
  });
}

/** The header of a column for people: `delay [s]`. What a line or a cell cannot show becomes a blank; the exact name stands among the facts. */
export function columnHeader({ name, unit }: Column): string {
  return `${name} [${unit}]`.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/gu, " ").trim();
}
