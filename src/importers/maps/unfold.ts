import { ImportError } from "../../core/errors.ts";
import { unfoldMessages as say } from "../../core/messages/import-maps.ts";
import { type NamedArray, squeezed } from "../arrays/named-array.ts";
import { MOST_MAP_POINTS } from "./grid.ts";
import { MAP_AXES, type MapAxis } from "./statement.ts";

/** An array of a map and what it holds: `u`, `x`, `time`, `sigma`, ... */
export interface MapArray {
  readonly role: string;
  readonly array: NamedArray;
}

/** Dimensions of the signal that the dimensions of another array run along, in order; none for a single value. */
type Placement = readonly number[];

/** Roles that a map is made of, the likeliest first. */
const SIGNALS = ["u", "r_total", "population", "counts"];
const isAxis = (role: string): role is MapAxis => (MAP_AXES as readonly string[]).includes(role);

/** Whether these are the arrays of a map: a signal of energy or power, or any one with positions. */
export function isMap(roles: readonly string[]): boolean {
  return roles.includes("x") && (roles.includes("u") || roles.includes("r_total"));
}

/**
 * The arrays of a map as one long table: a row per value of the signal, in its order, the last dimension fastest.
 * Which dimension a vector of positions or times runs along is told by named dimensions, by `axes` of the lab file, or by lengths that leave one way.
 * Positions may be vectors (a grid, or scattered points where x and y share a dimension), or as large as the plane they span (meshgrid).
 * @throws ImportError where lengths leave no way, or several
 */
export function unfoldMap(parts: readonly MapArray[], axes: readonly MapAxis[] | undefined, place: string): NamedArray[] {
  const signal = signalOf(parts);
  const shape = signal.array.shape.length === 0 ? [1] : signal.array.shape;
  const points = shape.reduce((product, n) => product * n, 1);
  if (points > MOST_MAP_POINTS) throw new ImportError(say.tooMany(signal.array.path, points, MOST_MAP_POINTS), place);
  const ordered = axes === undefined ? undefined : numbered(axes, signal.array, place);
  const others = parts.filter((part) => part !== signal);
  const coordinates = others.filter((part) => isAxis(part.role));
  const candidates = coordinates.map((part) => {
    const found = placementsOf(part, signal.array, ordered);
    if (found.length === 0) throw new ImportError(say.fitsNowhere(part.array.path, part.array.shape, signal.array.path, shape), place);
    return found;
  });
  const settled = settle(coordinates, candidates, shape, signal.array.path, place);
  return parts.map((part) => {
    if (part === signal)
      return long(
        part.array,
        shape,
        shape.map((_, k) => k),
        points,
      );
    const own = settled.get(part) ?? onlyOne(placementsOf(part, signal.array, ordered), part.array, signal.array, place);
    return long(part.array, shape, own, points);
  });
}

function signalOf(parts: readonly MapArray[]): MapArray {
  const [first] = SIGNALS.flatMap((role) => parts.filter((part) => part.role === role));
  // A source beside the map may have fewer dimensions; the map is what has the most values.
  return parts.reduce(
    (largest, part) => (SIGNALS.includes(part.role) && part.array.values!.length > largest.array.values!.length ? part : largest),
    first!,
  );
}

/** Number of the dimension that each name of `axes` stands for; dimensions of length 1 may be left out. */
function numbered(axes: readonly MapAxis[], { path, shape }: NamedArray, place: string): ReadonlyMap<string, number> {
  const long = shape.flatMap((n, k) => (n > 1 ? [k] : []));
  const all = axes.length === shape.length ? shape.map((_, k) => k) : long;
  if (axes.length !== all.length) throw new ImportError(say.axesCount(axes, path, shape), place);
  return new Map(axes.map((name, k) => [name, all[k]!]));
}

function placementsOf({ role, array }: MapArray, signal: NamedArray, ordered: ReadonlyMap<string, number> | undefined): Placement[] {
  const lengths = squeezed(array.shape);
  if (array.values!.length === 1) return [[]];
  const byName = array.dimensions?.map((name) => (name === "" ? -1 : (signal.dimensions?.indexOf(name) ?? -1)));
  if (byName !== undefined && byName.length > 0 && byName.every((k) => k >= 0)) return [byName];
  const stated = ordered?.get(role);
  if (stated !== undefined && lengths.length === 1) return signal.shape[stated] === lengths[0] ? [[stated]] : [];
  if (array.shape.length === signal.shape.length && array.shape.every((n, k) => n === signal.shape[k]))
    return [signal.shape.map((_, k) => k)];
  const all = arrangements(lengths, signal.shape);
  // Arrays of several dimensions keep their order wherever the lengths allow it.
  const rising = all.filter((placement) => placement.every((k, i) => i === 0 || k > placement[i - 1]!));
  return rising.length > 0 ? rising : all;
}

/** All ways to lay dimensions of these lengths onto different dimensions of the signal. */
function arrangements(lengths: readonly number[], shape: readonly number[], taken: Placement = []): Placement[] {
  const [length, ...rest] = lengths;
  if (length === undefined) return [taken];
  return shape.flatMap((n, k) => (n === length && !taken.includes(k) ? arrangements(rest, shape, [...taken, k]) : []));
}

/** The one way to place all coordinates so that every dimension has its positions or times. */
function settle(
  coordinates: readonly MapArray[],
  candidates: readonly (readonly Placement[])[],
  shape: readonly number[],
  path: string,
  place: string,
): Map<MapArray, Placement> {
  let ways: Placement[][] = [[]];
  candidates.forEach((placements, i) => {
    ways = ways.flatMap((way) =>
      placements.filter((p) => way.every((q, j) => agree(coordinates[i]!, p, coordinates[j]!, q, shape))).map((p) => [...way, p]),
    );
  });
  const long = shape.flatMap((n, k) => (n > 1 ? [k] : []));
  const whole = ways.filter((way) => long.every((k) => way.some((placement) => placement.includes(k))));
  const names = coordinates.map((c) => c.role);
  if (whole.length === 0)
    throw new ImportError(ways.length === 0 ? say.contradictory(path, shape, names) : say.uncovered(path, shape, names), place);
  if (whole.length > 1) throw new ImportError(say.ambiguous(path, shape, names, proposal(coordinates, whole, shape)), place);
  return new Map(coordinates.map((c, i) => [c, whole[0]![i]!]));
}

/** Two coordinates run along different dimensions, or both over the same plane; x and y of scattered points share one, and so does everything in a list. */
function agree(a: MapArray, p: Placement, b: MapArray, q: Placement, shape: readonly number[]): boolean {
  const shared = p.filter((k) => q.includes(k)).length;
  if (shared === 0) return true;
  const space = a.role !== "time" && b.role !== "time";
  if (shared === p.length && shared === q.length) return space || p.length === squeezed(shape).length;
  // A sensor that moves has positions at every time.
  return Math.max(p.length, q.length) > 1 && shared === Math.min(p.length, q.length);
}

/** What could be written as `axes:`: of the orders that fit, the one that programs use most, time before y before x. */
function proposal(coordinates: readonly MapArray[], ways: readonly (readonly Placement[])[], shape: readonly number[]): string[] {
  const long = shape.flatMap((n, k) => (n > 1 ? [k] : []));
  const orders = ways.map((way) => long.map((k) => coordinates.find((_, i) => way[i]!.includes(k))?.role ?? "x"));
  const rank = (order: readonly string[]) => order.map((role) => ["time", "z", "y", "x"].indexOf(role)).join("");
  return orders.reduce((best, order) => (rank(order) < rank(best) ? order : best));
}

function onlyOne(placements: readonly Placement[], array: NamedArray, signal: NamedArray, place: string): Placement {
  const [only, another] = placements;
  if (only === undefined || another !== undefined)
    throw new ImportError(say.fitsNowhere(array.path, array.shape, signal.path, signal.shape), place);
  return only;
}

/** One value per value of the signal. */
function long(array: NamedArray, shape: readonly number[], placement: Placement, points: number): NamedArray {
  const { dimensions: _, ...rest } = array;
  const stretch = (values: Float64Array) => {
    if (values.length === points) {
      if (placement.every((k, i) => k === i)) return values;
    }
    // How far one step along each dimension of the signal moves in the array.
    const steps = shape.map(() => 0);
    let step = 1;
    for (let i = placement.length - 1; i >= 0; i--) {
      steps[placement[i]!] = step;
      step *= shape[placement[i]!]!;
    }
    const index = shape.map(() => 0);
    let at = 0;
    return Float64Array.from({ length: points }, () => {
      const value = values[at]!;
      for (let k = shape.length - 1; k >= 0; k--) {
        at += steps[k]!;
        if (++index[k]! < shape[k]!) break;
        at -= steps[k]! * shape[k]!;
        index[k] = 0;
      }
      return value;
    });
  };
  return { ...rest, shape: [points], values: stretch(array.values!), ...(array.imaginary ? { imaginary: stretch(array.imaginary) } : {}) };
}
