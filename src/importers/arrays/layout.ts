import { ImportError } from "../../core/errors.ts";
import { arrayMessages } from "../../core/messages/import-numpy.ts";
import { unitConversion } from "../../core/units.ts";
import { type HeaderCell, parseHeaderCell } from "../csv/header.ts";
import { type Meaning, meaningOf, SIGNALS } from "../csv/names.ts";
import { isOutcomeName } from "../csv/shot-columns.ts";
import { isRepetitionName } from "../meaning/measurement-name.ts";
import { type NamedArray, squeezed } from "./named-array.ts";
import { outerAxis } from "./outer-axis.ts";

/** A column of a table made of arrays: its header and one value per row. */
export interface ArrayColumn {
  readonly cell: HeaderCell;
  readonly values: Float64Array;
}

/** Arrays of one length laid out as a table; traces of a two-dimensional array stand below each other. */
export interface ArrayTable {
  readonly columns: readonly ArrayColumn[];
  readonly rows: number;
  /** The qubit of each row, where texts of the file name one for each trace. */
  readonly qubits?: readonly string[];
  readonly notes: readonly string[];
  /** Arrays that were not used. */
  readonly left: readonly string[];
}

/** Header of an array: its last name, with the unit that the file states, or the one in the name (`delay_us`). */
export function headerOf(array: NamedArray): HeaderCell {
  const name = array.path.slice(array.path.lastIndexOf("/") + 1);
  const own = { ...parseHeaderCell(name), raw: array.path };
  if (array.unit === undefined || array.unit.trim() === "") return own;
  const conversion = unitConversion(array.unit);
  return { raw: array.path, name: own.name, unitText: array.unit, ...(conversion === undefined ? {} : { conversion }) };
}

/**
 * Lays out arrays along one axis of `length` values: one-dimensional ones of that length are columns; of a two-dimensional one every trace along the
 * axis is a block of rows, told apart by the array of the other length, or by a counter where there is none.
 * @param axis path of the axis, for messages
 * @param named the lab file names these arrays: none may be left out
 * @param around what else may tell traces apart: texts, arrays of surrounding groups
 * @throws ImportError when a shape leaves open which dimension is the axis
 */
export function layOut(
  arrays: readonly NamedArray[],
  axis: string,
  length: number,
  named: boolean,
  place: string,
  around: readonly NamedArray[] = [],
): ArrayTable {
  // The order of arrays in the file means nothing: the axis comes first.
  const stepped = new Set(arrays.filter((a) => isMap(a, length)).map((a) => outerName(a, axis)));
  const vectors = arrays.filter((a) => isVector(a, length) && (a.path === axis || !stepped.has(a.path)));
  const flat = [...vectors.filter((a) => a.path === axis), ...vectors.filter((a) => a.path !== axis)];
  // Beside a signal along the axis, a map is something else: single shots, a covariance. Only the lab file can mean both.
  const settled = !named && flat.some((a) => a.path !== axis && isSignal(a));
  const maps = settled
    ? []
    : arrays.filter((a) => isMap(a, length) && (named || isSignal(a) || isError(a) || isOutcomeName(headerOf(a).name)));
  const others = maps.map((a) => squeezed(a.shape)[1 - axisAt(a, axis, length, place)]!);
  const blocks = others[0];
  if (blocks === undefined) return { ...plain(flat, length), left: leftOut(arrays, flat, axis, length, named, place), notes: [] };
  const used = maps.filter((_, k) => others[k] === blocks);
  const rows = blocks * length;
  const tiled = (values: Float64Array) => Float64Array.from({ length: rows }, (_, row) => values[row % length]!);
  const stretched = (values: ArrayLike<number>) => Float64Array.from({ length: rows }, (_, row) => values[Math.floor(row / length)]!);
  const settings = arrays.filter((a) => isVector(a, blocks) && !flat.includes(a));
  const columns: ArrayColumn[] = flat.flatMap((a) => columnsOf(a).map((c) => ({ ...c, values: tiled(c.values) })));
  for (const a of settings) columns.push({ cell: outerCell(headerOf(a)), values: stretched(a.values!) });
  const outer = settings.length > 0 ? undefined : outerAxis(used[0]!, blocks, around, axis, named, place);
  if (outer?.cell !== undefined) columns.push({ cell: outer.cell, values: stretched(outer.values ?? []) });
  for (const a of used)
    columns.push(...columnsOf(a).map((c) => ({ ...c, values: along(c.values, axisAt(a, axis, length, place), length, blocks) })));
  const left = leftOut(arrays, [...flat, ...settings, ...used], axis, length, named, place);
  const qubits = outer?.qubits && Array.from({ length: rows }, (_, row) => outer.qubits![Math.floor(row / length)]!);
  return { columns, rows, left, notes: outer === undefined ? [] : [outer.note], ...(qubits === undefined ? {} : { qubits }) };
}

export const isVector = (a: NamedArray, length: number) =>
  a.values !== undefined && a.values.length === length && squeezed(a.shape).length <= 1;

/** What a trace can be made of; complex numbers are a signal whatever they are called. */
const isSignal = (a: NamedArray) => a.imaginary !== undefined || ARRAY_SIGNALS.includes(meaningOf(headerOf(a))?.meaning ?? "other");
const isError = (a: NamedArray) => ["sigma", "shots"].includes(meaningOf(headerOf(a))?.meaning ?? "other");
/** Powers make a trace, too. */
const ARRAY_SIGNALS: readonly Meaning[] = [...SIGNALS, "incident", "reflected"];

const isMap = (a: NamedArray, length: number) =>
  a.values !== undefined && squeezed(a.shape).length === 2 && squeezed(a.shape).includes(length);

function plain(flat: readonly NamedArray[], rows: number): { columns: ArrayColumn[]; rows: number } {
  return { columns: flat.flatMap(columnsOf), rows };
}

/** A complex array is a column of real and one of imaginary parts, named so that the names say what they are. */
function columnsOf(array: NamedArray): ArrayColumn[] {
  const cell = headerOf(array);
  if (array.imaginary === undefined) return [{ cell, values: array.values! }];
  const scattering = meaningOf({ ...cell, name: `${cell.name}_re` })?.meaning === "s_re";
  const part = (suffix: string) => ({ ...cell, raw: `${cell.raw}/${suffix}`, name: scattering ? `${cell.name}_${suffix}` : suffix });
  return [
    { cell: part("re"), values: array.values! },
    { cell: part("im"), values: array.imaginary },
  ];
}

/** A counter counts repeats; anything else that was stepped from trace to trace was swept. */
function outerCell(cell: HeaderCell): HeaderCell {
  return isRepetitionName(cell.name) ? { ...cell, name: "repeat" } : cell;
}

/** Which of the two dimensions of an array is the axis: by its length, in a square by its name. */
function axisAt(array: NamedArray, axis: string, length: number, place: string): 0 | 1 {
  const [a, b] = squeezed(array.shape);
  if (a !== b) return a === length ? 0 : 1;
  const at = array.dimensions?.indexOf(axis);
  if (at !== 0 && at !== 1) throw new ImportError(arrayMessages.square(array.path, length), `${place}:${array.path}`);
  return at;
}

/** The array after which the other dimension of a square is named; empty where none is. */
function outerName({ shape, dimensions = [] }: NamedArray, axis: string): string {
  const [a, b] = squeezed(shape);
  return a === b && dimensions.includes(axis) ? (dimensions.find((name) => name !== axis) ?? "") : "";
}

/** Values trace by trace, whichever dimension the axis is. */
function along(values: Float64Array, at: 0 | 1, length: number, blocks: number): Float64Array {
  if (at === 1) return values;
  return Float64Array.from({ length: values.length }, (_, row) => values[(row % length) * blocks + Math.floor(row / length)]!);
}

function leftOut(
  arrays: readonly NamedArray[],
  used: readonly NamedArray[],
  axis: string,
  length: number,
  named: boolean,
  place: string,
): string[] {
  const left = arrays.filter((a) => !used.includes(a) && !(a.values?.length === 1));
  const first = left[0];
  if (named && first !== undefined) throw new ImportError(arrayMessages.lengths(first.path, first.shape, axis, length), place);
  return left.map((a) => a.path);
}
