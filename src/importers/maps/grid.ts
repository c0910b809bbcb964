import type { Note, Role } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { gridMessages as say } from "../../core/messages/import-maps.ts";
import type { ColumnData } from "../../tables/dataset.ts";

/** Distinct values of a coordinate, rising, and the number of each row's value among them. */
interface Axis {
  readonly column: ColumnData;
  readonly values: readonly number[];
  readonly indices: Uint32Array;
}

/** Of one map: 2048 x 2048 positions, or 64 x 64 at 1024 times. */
export const MOST_MAP_POINTS = 2 ** 22;
const SPACE: readonly Role[] = ["x", "y", "z"];
/** Positions are written with few digits: steps that differ by less than this share are equal. */
const EQUAL_STEPS = 2e-3;
/** At least this share of the crossings of columns and rows must be occupied by a point for it to be a grid with holes in it. */
const OCCUPIED = 0.5;
/** Crossings of columns and rows for every point, up to which points are told apart by a table with a place for each crossing. */
const SPARSEST = 8;

/**
 * Where the points of a map stand, in one sentence: a grid with its spacing, a line or scattered points, and how many times.
 * @param columns of a dataset of kind field or field-source, in SI
 * @returns no note where no column is a position
 * @throws ImportError when two rows stand for one point, or a row with a value has no position or time
 */
export function mapNotes(columns: readonly ColumnData[], place: string): Note[] {
  const coordinates = columns.filter((c) => SPACE.includes(c.role) || c.role === "time");
  const signal = columns.find((c) => c.role === "u" || c.role === "r_total" || c.role === "population");
  if (!coordinates.some((c) => SPACE.includes(c.role)) || signal === undefined) return [];
  for (const { name, values } of coordinates) {
    const row = values.findIndex((x, r) => Number.isNaN(x) && !Number.isNaN(signal.values[r]!));
    if (row >= 0) throw new ImportError(say.placeUnknown(row + 1, name), place);
  }
  const axes = coordinates.map(axisOf);
  const space = axes.filter((axis) => SPACE.includes(axis.column.role));
  const time = axes.find((axis) => axis.column.role === "time");
  const places = countPoints(space).distinct;
  const points = countPoints(axes);
  if (points.again !== undefined) {
    const { first, second } = points.again;
    const at = coordinates.map((c) => ({
      name: c.name,
      value: c.values[second]!,
      unit: c.role === "time" ? ("s" as const) : ("m" as const),
    }));
    throw new ImportError(say.duplicate(first + 1, second + 1, say.point(at)), place);
  }
  if (points.distinct === 0) return [];
  const missing = places * (time?.values.length ?? 1) - points.distinct;
  return [
    described(
      space.map((axis) => axis.values),
      places,
      time?.values,
      missing,
      signal,
    ),
  ];
}

/**
 * The note of a map whose points are all the crossings of its axes, as those of a picture are.
 * @param space distinct positions along x and y, rising
 */
export function gridNote(space: readonly (readonly number[])[], times: readonly number[] | undefined, signal: ColumnData): Note {
  return described(
    space,
    space.reduce((product, values) => product * values.length, 1),
    times,
    0,
    signal,
  );
}

function described(
  space: readonly (readonly number[])[],
  places: number,
  times: readonly number[] | undefined,
  missing: number,
  signal: ColumnData,
): Note {
  const parts = [...describeSpace(space, places), describeTime(times)];
  if (missing > 0) parts.push(say.missingTimes(missing));
  let gaps = 0;
  for (const x of signal.values) if (Number.isNaN(x)) gaps++;
  if (gaps > 0) parts.push(say.gaps(gaps, signal.name));
  return { code: "map", text: say.summary(parts) };
}

function axisOf(column: ColumnData): Axis {
  const numbers = new Map<number, number>();
  const found: number[] = [];
  // Rows of a grid repeat each other: what followed a value last time follows it again, and need not be looked up.
  const after: number[] = [];
  const ids = new Uint32Array(column.values.length);
  let last = 0;
  for (const [row, x] of column.values.entries()) {
    if (Number.isNaN(x)) continue;
    let id = found[last] === x ? last : after[last];
    if (id === undefined || found[id] !== x) {
      id = numbers.get(x) ?? found.push(x) - 1;
      numbers.set(x, id);
      after[last] = id;
    }
    ids[row] = last = id;
  }
  const order = found.map((_, id) => id).sort((a, b) => found[a]! - found[b]!);
  const rank = new Uint32Array(found.length);
  for (const [k, id] of order.entries()) rank[id] = k;
  return { column, values: order.map((id) => found[id]!), indices: ids.map((id) => rank[id] ?? 0) };
}

/** How many different points the axes make, and the first one that stands twice. Rows without place or time are left out. */
function countPoints(axes: readonly Axis[]): { distinct: number; again?: { first: number; second: number } } {
  const { ids, size } = pointIds(axes);
  const firsts = new Int32Array(size).fill(-1);
  let distinct = 0;
  let again: { first: number; second: number } | undefined;
  for (let row = 0; row < ids.length; row++) {
    if (axes.some((axis) => Number.isNaN(axis.column.values[row]!))) continue;
    const first = firsts[ids[row]!]!;
    if (first >= 0) again ??= { first, second: row };
    else {
      firsts[ids[row]!] = row;
      distinct++;
    }
  }
  return again === undefined ? { distinct } : { distinct, again };
}

/** One number per row, equal for equal points and below `size`. */
function pointIds(axes: readonly Axis[]): { ids: Uint32Array; size: number } {
  let { indices: ids, values } = axes[0]!;
  let size = values.length;
  for (const axis of axes.slice(1)) {
    const keyOf = (id: number, row: number) => id * axis.values.length + axis.indices[row]!;
    size *= axis.values.length;
    if (size <= SPARSEST * ids.length) ids = ids.map(keyOf);
    else {
      // Scattered points cross far more columns and rows than there are points: only what occurs gets a number.
      const numbers = new Map<number, number>();
      ids = Uint32Array.from(ids, (id, row) => {
        const key = keyOf(id, row);
        if (!numbers.has(key)) numbers.set(key, numbers.size);
        return numbers.get(key)!;
      });
      size = numbers.size;
    }
  }
  return { ids, size };
}

function describeSpace(space: readonly (readonly number[])[], places: number): string[] {
  const extended = space.filter((values) => values.length > 1);
  if (extended.length === 0) return [say.onePoint()];
  const crossings = extended.reduce((product, values) => product * values.length, 1);
  if (!(places >= OCCUPIED * crossings)) return [say.scattered(places)];
  const lengths = extended.map((values) => values.length);
  const grid = say.grid(lengths, extended.map(spacingOf));
  return places === crossings ? [grid] : [grid, say.missingPlaces(crossings - places)];
}

function spacingOf(values: readonly number[]): string {
  const { least, most, mean } = stepsOf(values);
  return most - least <= EQUAL_STEPS * mean ? say.spacing(mean) : say.uneven(least, most);
}

function stepsOf(values: readonly number[]) {
  let [least, most] = [Infinity, 0];
  for (let k = 1; k < values.length; k++) {
    const step = values[k]! - values[k - 1]!;
    if (step < least) least = step;
    if (step > most) most = step;
  }
  return { least, most, mean: (values.at(-1)! - values[0]!) / (values.length - 1) };
}

function describeTime(values: readonly number[] | undefined): string {
  if (values === undefined) return say.noTime();
  const [first, last] = [values[0]!, values.at(-1)!];
  if (values.length < 3) return say.times(values.length, first, last);
  const { least, most, mean } = stepsOf(values);
  return most - least <= EQUAL_STEPS * mean ? say.everySoOften(values.length, mean) : say.times(values.length, first, last);
}
