import type { Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { hdf5FamilyMessages as say } from "../../core/messages/import-hdf5.ts";
import type { Attributes, Hdf5Reader, Outline } from "../hdf5/reader.ts";
import { numberOf, textOf } from "../netcdf/view.ts";
import type { SweepAxis } from "../sweep/table.ts";
import type { Measured } from "../xarray/signals.ts";

/** A LabRAD measurement as a long table. */
export interface LabradTable {
  readonly title: string;
  readonly started: string;
  readonly axes: readonly SweepAxis[];
  readonly measured: readonly Measured[];
  readonly notes: readonly Note[];
}

export function isDataChest(outline: Outline): boolean {
  const groups = new Set(outline.nodes.filter((n) => n.type === "group").map((n) => n.path));
  return groups.has("/independents") && groups.has("/dependents");
}

interface Column {
  readonly name: string;
  readonly unit: string;
  readonly values: Float64Array;
}

/**
 * dataChest: each variable is an array of its group, named in the group's `names` with `units` and `shapes`; arrays of several rows stand one behind the
 * other. A "1D Scan" keeps first and last value of its independent variable only.
 * @throws ImportError when variables do not have equally many values
 */
export async function chestTable(reader: Hdf5Reader, file: string): Promise<LabradTable> {
  const { attributes } = reader.outline;
  const notes: Note[] = [];
  const dependents = await columnsIn(reader, "/dependents", notes);
  const independents = await columnsIn(reader, "/independents", notes);
  const rows = numberOf(attributes["Number Of Rows Added"]) ?? Number.NaN;
  const length = dependents[0]?.values.length ?? 0;
  const scan = textOf(attributes["Data Category"]) === "1D Scan";
  const axes = independents.map((c) => (scan && c.values.length < length ? expanded(c, length, rows, reader, file, notes) : c));
  for (const c of [...axes, ...dependents])
    if (c.values.length !== length) throw new ImportError(say.unequal(c.name, c.values.length, length), file);
  const parameters = Object.entries(group(reader, "/parameters"))
    .slice(0, 20)
    .map(([name, value]) => `${name} = ${[value].flat().join(" ")}`);
  if (parameters.length > 0) notes.push({ code: "parameters", text: say.parameters(parameters) });
  return {
    title: textOf(attributes.Title),
    started: isoTime(textOf(attributes["Date Created"])),
    axes: dependents.length === 0 ? [] : axes,
    measured: dependents.map((c) => ({ id: c.name, name: c.name, longName: "", unit: c.unit, values: c.values })),
    notes,
  };
}

const group = (reader: Hdf5Reader, path: string): Attributes => reader.outline.nodes.find((n) => n.path === path)?.attributes ?? {};

async function columnsIn(reader: Hdf5Reader, path: string, notes: Note[]): Promise<Column[]> {
  const attributes = group(reader, path);
  const list = (name: string) => [attributes[name] ?? []].flat().map(String);
  const [names, units] = [list("names"), list("units")];
  const columns: Column[] = [];
  for (const node of reader.outline.nodes.filter((n) => n.type === "array" && n.path.startsWith(`${path}/`))) {
    const name = node.path.slice(path.length + 1);
    if (!/^[<>][iuf]\d|^bool$/.test(node.dtype)) notes.push({ code: "text_column", text: say.textColumn(name) });
    else columns.push({ name, unit: units[names.indexOf(name)] ?? "", values: (await reader.numbers(node.path)).values });
  }
  // HDF5 lists members by name; the group's own list keeps the experimenter's order.
  const order = (c: Column) => (names.includes(c.name) ? names.indexOf(c.name) : names.length);
  return columns.sort((a, b) => order(a) - order(b));
}

/** The points between the stored ends, equally spaced, for each row of the scan. */
function expanded(c: Column, length: number, rows: number, reader: Hdf5Reader, file: string, notes: Note[]): Column {
  const step = textOf(group(reader, "/parameters")["Scan Type"]);
  if (step !== "" && !/^lin/i.test(step)) throw new ImportError(say.scanStep(c.name, step), `${file}:/independents/${c.name}`);
  const points = length / rows;
  if (!(Number.isInteger(points) && points > 1 && c.values.length === 2 * rows))
    throw new ImportError(say.unequal(c.name, c.values.length, length), `${file}:/independents/${c.name}`);
  notes.push({ code: "axis_inferred", text: say.expandedScan(c.name, points) });
  const at = (k: number) => {
    const [from, to] = [c.values[2 * Math.floor(k / points)]!, c.values[2 * Math.floor(k / points) + 1]!];
    return from + ((to - from) * (k % points)) / (points - 1);
  };
  return { ...c, values: Float64Array.from({ length }, (_, k) => at(k)) };
}

/** `2016-09-26T18:38:16.123456` in UTC, as dataChest writes it; anything else is not understood. */
function isoTime(text: string): string {
  const t = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)/.exec(text);
  return t === null ? "" : `${t[1]}T${t[2]}`;
}
