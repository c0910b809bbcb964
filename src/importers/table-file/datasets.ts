import { type Note, ROLES, type Role } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { exportMessages } from "../../core/messages/export.ts";
import { tableFileMessages } from "../../core/messages/import-tables.ts";
import { unitConversion } from "../../core/units.ts";
import type { Dataset } from "../../tables/dataset.ts";
import { datasetOfTable } from "../../tables/dataset-file.ts";
import { type ForeignColumn, ForeignFailure, type ForeignTable } from "../../tables/foreign.ts";
import { isResultTable } from "../../tables/result-columns.ts";
import type { Body } from "../csv/body.ts";
import { columnFromHint, type FileColumn } from "../csv/columns.ts";
import { type HeaderCell, parseHeaderCell } from "../csv/header.ts";
import { qubitColumnOf, resolveColumns } from "../csv/hinted.ts";
import { interpretTable } from "../csv/interpret.ts";
import type { Hints } from "../importer.ts";
import { Unrecognised } from "../unrecognised.ts";

/**
 * Datasets from a decoded table: one that this project wrote is taken back as it was; any other is understood by names and units, as a CSV file is.
 * @param name of the file; @param place of the table, for errors
 */
export function tableDatasets(table: ForeignTable, name: string, hints: Hints, place: string): readonly Dataset[] {
  if (table.dataset !== undefined && hints.columns === undefined && hints.kind === undefined) return [ownDataset(table, place)];
  if (isResultTable(table.columns.map((column) => column.name))) throw new Unrecognised(exportMessages.results());
  const header = table.columns.map(headerOf);
  const columns = resolveColumns(header, hints, place).map((column, k) =>
    withStatedRole(column, header[k]!, table.columns[k]!, hints, place),
  );
  const notes: Note[] = table.notes.map((text) => ({ code: "layout", text }));
  const isText = table.columns.map(({ content }) => "texts" in content);
  const named = qubitColumnOf(header, isText, hints.qubitColumn, place);
  const numeric = columns.filter((column, k) => k !== named && isNumeric(column, table.columns[k]!, notes, place));
  const unread = notes.filter(({ code }) => code === UNREAD).map(({ text }) => text);
  if (numeric.length === 0) throw new Unrecognised([tableFileMessages.noColumns(), ...unread].join(" "));
  const values = table.columns.map((c) => ("numbers" in c.content ? finite(c.content.numbers) : new Float64Array()));
  for (const column of numeric) {
    const count = values[column.index]!.reduce((n, x) => n + (Number.isNaN(x) ? 1 : 0), 0);
    if (count > 0) notes.push({ code: "missing_values", text: tableFileMessages.gaps(column.name, count) });
  }
  const qubits = table.columns[named]?.content;
  const body: Body = {
    columns: values,
    rows: table.rows,
    shifts: values.map(() => 0),
    blocks: [0],
    blockComments: [[]],
    qubits: qubits !== undefined && "texts" in qubits ? qubits.texts : undefined,
    gaps: values.map(() => ({ count: 0, firstLine: 0 })),
  };
  const prose = [table.name, ...table.comments, ...header.map((cell) => cell.raw)].join("\n");
  try {
    return interpretTable(numeric, body, {
      words: { name, prose },
      comments: table.comments,
      headerless: false,
      started: "",
      notes,
      hints,
      place,
    });
  } catch (error) {
    // What is missing may be in a column that could not be read.
    if (error instanceof Unrecognised) throw new Unrecognised([error.message, ...unread].join(" "));
    throw error;
  }
}

/** Code of the notes on columns that hold neither numbers nor texts. */
const UNREAD = "unread_column";

function ownDataset(table: ForeignTable, place: string): Dataset {
  try {
    return datasetOfTable(table);
  } catch (error) {
    if (error instanceof ForeignFailure) throw new ImportError(error.message, place, { cause: error });
    throw error;
  }
}

/** A unit that the file states beside the name wins over one in the name. */
function headerOf({ name, unit }: ForeignColumn): HeaderCell {
  if (unit === undefined || unit.trim() === "") return parseHeaderCell(name);
  const conversion = unitConversion(unit);
  return { raw: name, name, unitText: unit, ...(conversion === undefined ? {} : { conversion }) };
}

/** A role in the metadata of this project's own files states the meaning, unless the lab file does. */
function withStatedRole(column: FileColumn, cell: HeaderCell, { role, port }: ForeignColumn, hints: Hints, place: string): FileColumn {
  if (role === undefined || hints.columns !== undefined || !(ROLES as readonly string[]).includes(role)) return column;
  const stated = columnFromHint(cell, column.index, role as Role, undefined, place);
  return port === undefined ? stated : { ...stated, port };
}

function isNumeric(column: FileColumn, { name, content }: ForeignColumn, notes: Note[], place: string): boolean {
  if ("numbers" in content) return true;
  if (column.meaning !== "other" && column.meaning !== "repeat" && "texts" in content && column.loose === undefined)
    throw new ImportError(tableFileMessages.textForNumbers(name, column.meaning), place);
  notes.push(
    "texts" in content
      ? { code: "text_column", text: tableFileMessages.textColumn(name) }
      : { code: UNREAD, text: tableFileMessages.unreadableColumn(name, content.unreadable) },
  );
  return false;
}

/** An overloaded instrument's infinity says that there is no number. */
function finite(numbers: Float64Array): Float64Array {
  return numbers.every((x) => Math.abs(x) !== Number.POSITIVE_INFINITY)
    ? numbers
    : numbers.map((x) => (Number.isFinite(x) ? x : Number.NaN));
}
