import type { Note } from "../core/dataset.ts";
import * as say from "../core/messages/csv.ts";
import { unitConversion } from "../core/units.ts";
import type { Dataset } from "../tables/dataset.ts";
import { readBody } from "./csv/body.ts";
import type { FileColumn } from "./csv/columns.ts";
import { exportedDataset } from "./csv/exported.ts";
import { decimalShift, parseHeaderCell } from "./csv/header.ts";
import { analyserTrace } from "./csv/headerless.ts";
import { qubitColumnOf, resolveColumns } from "./csv/hinted.ts";
import { interpretTable } from "./csv/interpret.ts";
import { detectLayout, type Layout } from "./csv/layout.ts";
import { meaningOf } from "./csv/names.ts";
import { recogniseTable } from "./csv/recognise.ts";
import { cutOffNotes } from "./cut-off.ts";
import type { FileContent, Hints, Importer } from "./importer.ts";
import { isSharedSidecar } from "./sidecar/names.ts";
import { Unrecognised } from "./unrecognised.ts";

/** Tables of numbers as text: CSV, TSV and their relatives, as RFC 4180 never described them (FORMATS.md, "CSV in the wild"). */
export const csv: Importer = {
  name: "csv",
  version: 14,
  reference: "RFC 4180; FORMATS.md",
  recognise: recogniseTable,
  read,
};

/**
 * 1. layout: delimiter, decimal mark, header, first row; 2. meaning and unit of each column, from the lab file, else from the header;
 * 3. the numbers, scaled while they are read; 4. what they mean (`csv/interpret.ts`).
 */
async function read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
  if (isSharedSidecar(file.probe.name) && hints.columns === undefined) throw new Unrecognised(say.conditionsOfOthers());
  const exported = await exportedDataset(file, hints);
  if (exported !== undefined) return [exported];
  const place = file.probe.path;
  const text = await file.encoded();
  const found = detectLayout(text, place);
  const table = found.headerless && hints.columns === undefined ? withColumns(found, await file.columnsBeside()) : found;
  let columns = resolveColumns(table.header, hints, place).map((column) => asClock(column, table));
  // A column of text that has a meaning is a broken column of numbers.
  const layout = { ...table, text: table.text.map((text, c) => text && ["other", "repeat"].includes(columns[c]!.meaning)) };
  const named = qubitColumnOf(layout.header, layout.text, hints.qubitColumn, place);
  const body = readBody(
    text,
    layout,
    columns.map((column) => (table.readers[column.index] === undefined ? (decimalShift(column.conversion) ?? 0) : 0)),
    place,
    named,
  );
  if (layout.headerless && hints.columns === undefined) columns = analyserTrace(columns, body, place) ?? columns;
  const words = { name: file.probe.name, prose: [...layout.prose, ...layout.header.map((cell) => cell.raw)].join("\n") };
  return interpretTable(
    columns.filter((column) => !layout.text[column.index]),
    body,
    {
      words,
      comments: layout.prose,
      headerless: layout.headerless,
      started: startedIn(layout.prose),
      notes: [...notesOf(layout, named), ...cutOffNotes(text)],
      hints,
      place,
    },
  );
}

/** A table without header under the names that a sidecar lists for as many columns. Two lists that differ name none. */
function withColumns(table: Layout, lists: Awaited<ReturnType<FileContent["columnsBeside"]>>): Layout {
  const fitting = lists.filter(({ headers }) => headers.length === table.header.length);
  const [first] = fitting;
  if (first === undefined) return table;
  const cells = first.headers.map(parseHeaderCell);
  if (fitting.length > 1 || !cells.some((cell) => meaningOf(cell) !== undefined)) return table;
  return { ...table, header: cells, headerless: false, notes: [...table.notes, say.columnsFromSidecar(first.file)] };
}

/** Times tell when a row was measured, whatever their column is called: `time` is no delay then. */
function asClock(column: FileColumn, { readers }: Layout): FileColumn {
  const stamp = readers[column.index]?.stamp;
  if (stamp === undefined) return column;
  const { index, name, written } = column;
  return { index, name, written, meaning: "other", conversion: unitConversion("s")!, unitless: true, stamp };
}

function notesOf(layout: Layout, qubitColumn: number): Note[] {
  const notes: Note[] = layout.notes.map((text) => ({ code: "layout", text }));
  layout.text.forEach((isText, c) => {
    if (isText && c !== qubitColumn) notes.push({ code: "text_column", text: say.textColumn(layout.header[c]!.name) });
  });
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
