import { type Kind, NO_LABELS, type Note, type Role } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { meaningUnknown } from "../../core/messages/csv.ts";
import * as say from "../../core/messages/import-vendor-csv.ts";
import type { Unit } from "../../core/units.ts";
import { type ColumnData, type Dataset, makeDataset } from "../../tables/dataset.ts";
import { type Delimiter, type Line, linesOf, splitCells } from "../csv/lines.ts";
import type { FileContent, Hints, Importer } from "../importer.ts";
import { isGap, parseNumber } from "../text/numbers.ts";
import { Unrecognised } from "../unrecognised.ts";
import { delimiterOf, readRows } from "./rows.ts";

const HEADER = /^%?\s*chunk\s*[;,\t]\s*timestamp\b/i;

/** Zurich Instruments LabOne: `chunk;timestamp;x;y;..` with a row per sample, or `chunk;timestamp;size;fieldname;v0;v1;..` with a row per field. */
export const labone: Importer = {
  name: "labone",
  version: 2,
  reference: "Zurich Instruments LabOne User Manual, Saving and Exporting Data: CSV; FORMATS.md",
  recognise: (probe) => (HEADER.test(probe.text?.trimStart() ?? "") ? 0.92 : 0),
  read,
};

/** One chunk: fields by name, equally long. */
type Fields = Map<string, Float64Array>;

/** One dataset per chunk, of kind `other`: a lock-in's voltages are listed, and become evidence only by the lab file. */
async function read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
  const { path } = file.probe;
  if (hints.columns !== undefined) throw new Unrecognised(meaningUnknown(Object.values(hints.columns), false));
  const [header, ...rows] = linesOf(await file.text()).filter((line) => line.text.trim() !== "");
  if (header === undefined) throw new ImportError(say.noHeader(), path);
  const delimiter = delimiterOf(header.text);
  const names = splitCells(header.text.replace(/^\s*%\s*/, ""), delimiter);
  while (names.at(-1) === "") names.pop();
  const notes: Note[] = [];
  const chunks = names[3]?.toLowerCase() === "fieldname" ? byField(rows, delimiter, path) : bySample(rows, delimiter, names, notes, path);
  if (chunks.length === 0) throw new ImportError(say.noRows(), path);
  return chunks.map((fields, k) => dataset(fields, chunks.length > 1 ? `labone[${k}]` : "labone", hints.kind ?? "other", notes));
}

function bySample(rows: readonly Line[], delimiter: Delimiter, names: readonly string[], notes: Note[], path: string): Fields[] {
  const read = readRows(rows, delimiter, names.length, path);
  notes.push(...read.notes);
  const [chunk] = read.columns;
  const rowsOf = new Map<number, number[]>();
  chunk!.forEach((number, row) => {
    const inside = rowsOf.get(number);
    if (inside === undefined) rowsOf.set(number, [row]);
    else inside.push(row);
  });
  return [...rowsOf.values()].map((inside) => {
    return new Map(names.slice(1).map((name, c) => [name.toLowerCase(), Float64Array.from(inside, (row) => read.columns[c + 1]![row]!)]));
  });
}

/** Rows are padded with nan to the longest sweep; `size` says how many values count. @throws ImportError where a row has fewer */
function byField(rows: readonly Line[], delimiter: Delimiter, path: string): Fields[] {
  const chunks = new Map<string, Fields>();
  for (const line of rows) {
    const [chunk = "", , size = "", field = "", ...cells] = splitCells(line.text, delimiter);
    const count = parseNumber(size);
    const place = `${path}:${line.number}`;
    if (count === undefined || !Number.isInteger(count) || count < 1) throw new ImportError(say.notANumber(line.number, 3, size), place);
    if (cells.length < count) throw new ImportError(say.fieldLength(line.number, field, cells.length, count), place);
    const values = Float64Array.from(cells.slice(0, count), (cell, c) => {
      const value = parseNumber(cell) ?? (isGap(cell) ? Number.NaN : undefined);
      if (value === undefined) throw new ImportError(say.notANumber(line.number, c + 5, cell), place);
      return value;
    });
    const fields = chunks.get(chunk) ?? new Map();
    const first = fields.values().next().value;
    if (first !== undefined && first.length !== count)
      throw new ImportError(say.fieldLength(line.number, field, count, first.length), place);
    chunks.set(chunk, fields.set(field.toLowerCase(), values));
  }
  return [...chunks.values()];
}

/** What LabOne's fields are, by its manual: demodulated voltages in V, frequencies in Hz, angles in rad. */
const FIELDS: Readonly<Record<string, readonly [Role, Unit]>> = {
  x: ["i", "V"],
  y: ["q", "V"],
  r: ["other", "V"],
  frequency: ["frequency", "Hz"],
  phase: ["other", "rad"],
  auxin0: ["other", "V"],
  auxin1: ["other", "V"],
};

function dataset(fields: Fields, trace: string, kind: Kind, notes: readonly Note[]): Dataset {
  const columns = [...fields].map(([name, values]): ColumnData => {
    const [role, unit] = FIELDS[name] ?? ["other", "1"];
    return { name, role, unit, values, ...(name === "timestamp" ? { inferred: say.ticks() } : {}) };
  });
  const labels = { ...NO_LABELS, trace };
  return makeDataset({
    kind,
    kindInferred: false,
    labels,
    started: "",
    columns,
    conditions: [],
    axis: "single",
    noise: { type: "unknown" },
    notes,
  });
}
