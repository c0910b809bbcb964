/** The only file that names arquero. It orders rows here; schemas and units never pass through it, because it would drop them. */
import { table } from "arquero";

/** Sort keys of a row, by name; texts sort by code unit (never by locale), numbers by value. NaN is not allowed. */
export type OrderKeys<T> = Readonly<Record<string, (row: T) => string | number>>;

/**
 * The rows ordered by the first key, then the second, and so on; equal rows stay in the order in which they came.
 * @throws RangeError when a key is not a number, because such rows have no place.
 */
export function ordered<T>(rows: readonly T[], keys: OrderKeys<T>): T[] {
  const columns: Record<string, (string | number)[]> = {};
  for (const [name, key] of Object.entries(keys)) {
    columns[name] = rows.map(key);
    if (columns[name].some((k) => Number.isNaN(k))) throw new RangeError(`sort key "${name}" is not a number in some row`);
  }
  columns["original place"] = rows.map((_, i) => i);
  const places = table(columns)
    .orderby(...Object.keys(columns))
    .array("original place") as ArrayLike<number>;
  return Array.from(places, (place) => rows[place]!);
}
