import type { Condition, Kind, Note } from "../core/dataset.ts";
import * as say from "../core/messages/csv.ts";
import type { Dataset } from "../tables/dataset.ts";
import { type Body, readBody } from "./csv/body.ts";
import { type FileColumn, requireUnits } from "./csv/columns.ts";
import { settleMeanings } from "./csv/context.ts";
import { buildDatasets } from "./csv/datasets.ts";
import { decimalShift } from "./csv/header.ts";
import { analyserTrace } from "./csv/headerless.ts";
import { resolveColumns } from "./csv/hinted.ts";
import { findKind } from "./csv/kind.ts";
import { detectLayout, type Layout } from "./csv/layout.ts";
import type { Meaning } from "./csv/names.ts";
import { settingIn } from "./csv/partition.ts";
import { type Quantity, toQuantities } from "./csv/quantities.ts";
import { recogniseTable } from "./csv/recognise.ts";
import type { FileContent, Hints, Importer } from "./importer.ts";
import { Unrecognised } from "./unrecognised.ts";

/** A record against time that lasts longer than this is a log of the laboratory, not a qubit's decay. */
const LONGEST_DECAY = 60;

/** Tables of numbers as text: CSV, TSV and their relatives, as RFC 4180 never described them (FORMATS.md, "CSV in the wild"). */
export const csv: Importer = {
  name: "csv",
  version: 1,
  reference: "RFC 4180; FORMATS.md",
  recognise: recogniseTable,
  read,
};

/**
 * 1. layout: delimiter, decimal mark, header, first row; 2. meaning and unit of each column, from the lab file, else from the header;
 * 3. the numbers, scaled while they are read; 4. kind; 5. roles in SI; 6. one dataset per trace.
 */
async function read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
  const place = file.probe.path;
  const text = await file.text();
  const table = detectLayout(text, place);
  let columns = resolveColumns(table.header, hints, place);
  // A column of text that has a meaning is a broken column of numbers.
  const layout = { ...table, text: table.text.map((text, c) => text && ["other", "repeat"].includes(columns[c]!.meaning)) };
  const body = readBody(
    text,
    layout,
    columns.map((column) => decimalShift(column.conversion) ?? 0),
    place,
  );
  if (layout.headerless && hints.columns === undefined) columns = analyserTrace(columns, body.columns, place) ?? columns;
  columns = settleMeanings(columns.filter((column) => !layout.text[column.index]));
  const words = { name: file.probe.name, prose: [...layout.prose, ...layout.header.map((cell) => cell.raw)].join("\n") };
  const found = findKind(columns, hints, words, layout.headerless, place);
  if (found.inferred && hints.columns === undefined) refuseScope(columns);
  columns = requireUnits(columns, dispensable(found.kind), (column) => largest(body.columns[column.index]!), place);
  const quantities = toQuantities(columns, body);
  if (found.inferred && hints.columns === undefined) refuseLog(columns, quantities);
  const conditions: Condition[] = hints.power === undefined ? [] : [{ name: "power", value: hints.power.value, unit: "W" }];
  const notes = notesOf(layout, columns, quantities, body);
  if (found.kind === "scattering" && conditions.length === 0 && !quantities.some((q) => q.role === "power")) {
    const stated = layout.prose.flatMap(settingIn).filter((c) => c.unit === "W" && /power|leistung/i.test(c.name));
    if (stated.length === 1) conditions.push({ name: "power", value: stated[0]!.value, unit: "W" });
  }
  return buildDatasets(quantities, { found, hints, body, notes, conditions, started: startedIn(layout.prose), place });
}

function largest(values: Float64Array): number {
  let max = 0;
  for (const x of values) if (Math.abs(x) > max) max = Math.abs(x);
  return max;
}

/** What a kind does not rest on: without a unit it is kept as a number, not guessed and not refused. */
function dispensable(kind: Kind): readonly Meaning[] {
  if (kind === "scattering" || kind === "reference") return ["power"];
  return kind === "decay" || kind === "coherence" || kind === "rabi" || kind === "other" ? ["power", "frequency"] : [];
}

const bareTime = (columns: readonly FileColumn[]) => columns.find((column) => column.meaning === "delay" && column.loose);

/** Bare `time` without unit beside a bare voltage, in a file that does not call itself T1: any oscilloscope writes that. */
function refuseScope(columns: readonly FileColumn[]): void {
  const time = bareTime(columns);
  if (time?.unitless && !columns.some((column) => column.meaning === "population" || column.meaning === "counts"))
    throw new Unrecognised(
      say.meaningUnknown(
        columns.map((column) => column.written),
        false,
      ),
    );
}

/** A bare `time` that goes on for minutes, in a file that does not call itself T1. */
function refuseLog(columns: readonly FileColumn[], quantities: readonly Quantity[]): void {
  const delay = quantities.find((quantity) => quantity.role === "delay");
  if (bareTime(columns) === undefined || delay === undefined) return;
  const longest = largest(delay.values);
  if (longest >= LONGEST_DECAY) throw new Unrecognised(say.timeTooLong(longest));
}

function notesOf(layout: Layout, columns: readonly FileColumn[], quantities: readonly Quantity[], body: Body): Note[] {
  const notes: Note[] = layout.notes.map((text) => ({ code: "layout", text }));
  layout.text.forEach((isText, c) => {
    if (isText) notes.push({ code: "text_column", text: say.textColumn(layout.header[c]!.name) });
  });
  for (const inferred of new Set(columns.map((column) => column.inferred))) {
    if (inferred !== undefined) notes.push({ code: "unit_inferred", text: inferred });
  }
  for (const column of columns) {
    const gap = body.gaps[column.index]!;
    if (gap.count > 0) notes.push({ code: "missing_values", text: say.gaps(column.name, gap.count, gap.firstLine) });
  }
  for (const quantity of quantities) {
    if (quantity.role === "voltage" && quantity.inferred === say.magnitudeOnly(quantity.name))
      notes.push({ code: "magnitude_only", text: quantity.inferred });
    if (quantity.role === "population" && quantity.unitless && largest(quantity.values) > 1.5)
      notes.push({ code: "not_a_probability", text: say.percentLike(quantity.name) });
  }
  return notes;
}

/** A date with time in the comments, as ISO 8601; empty when there is none. */
function startedIn(prose: readonly string[]): string {
  for (const line of prose) {
    const match = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)/.exec(line);
    if (match !== null) return `${match[1]}T${match[2]}`;
  }
  return "";
}
