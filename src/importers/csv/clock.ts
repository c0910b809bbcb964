import * as say from "../../core/messages/csv.ts";
import { isoOf, type Order, type Reading, readingOf, type Stamp } from "./date.ts";

const CLOCK = /^(time|date|datum|time ?stamps?|epoch|unix ?time|clock|wall ?clock|date ?time|started|acquired|measured at)$/i;

/** A column that says when a row was measured: it tells repeats apart and orders them, and is no setting of an instrument. */
export function isClock(column: { readonly name: string; readonly role: string; readonly stamp?: Stamp }): boolean {
  if (column.stamp !== undefined) return true;
  return (column.role === "other" || column.role === "condition") && CLOCK.test(column.name.replace(/[_-]+/g, " ").trim());
}

/** How the times of a column are written. */
export interface Clock {
  readonly stamp: Stamp;
  /** Seconds since 1970 (or midnight); NaN for a cell that is no time. */
  read(cell: string): number;
  /** What was assumed, in words; empty where nothing was. */
  readonly note: string;
}

/**
 * The clock that a column of text is, or undefined. Where only one order of day and month gives dates, it is that one; with points between
 * (`02.11.2026`) the day is taken first, and said; with slashes nothing is taken: the rows are told apart, and not dated.
 */
export function clockOf(name: string, cells: readonly string[]): Clock | undefined {
  const filled = cells.filter((cell) => cell.trim() !== "");
  if (filled.length === 0) return undefined;
  const under = (order: Order) => filled.map((cell) => readingOf(cell, order));
  const orders = (["day first", "month first"] as const).filter((order) => under(order).every((reading) => reading !== undefined));
  const [order] = orders;
  if (order === undefined) return undefined;
  const readings = under(order) as readonly Reading[];
  const read = (cell: string) => readingOf(cell, order)?.seconds ?? Number.NaN;
  if (!readings.every((reading) => reading.dated)) return { stamp: "none", read, note: say.clockWithoutDate(name) };
  const stamps = new Set(readings.map((reading) => reading.stamp));
  const stamp: Stamp = stamps.size === 1 ? readings[0]!.stamp : "local";
  const open =
    orders.length === 2 && filled.some((cell) => readingOf(cell, "day first")?.seconds !== readingOf(cell, "month first")?.seconds);
  if (!open) return { stamp, read, note: "" };
  const points = filled.every((cell) => cell.includes("."));
  return points && /^\d{1,2}\./.test(filled[0]!.trim().replace(/^"/, ""))
    ? { stamp, read, note: say.dayFirst(name, filled[0]!) }
    : { stamp: "none", read, note: say.dayOrMonth(name, filled[0]!) };
}

/** A date with or without time as people write it. */
export interface Instant {
  /** ISO 8601: in UTC where the zone is known. */
  readonly iso: string;
  /** What was assumed; empty where nothing was. */
  readonly note: string;
}

/** Undefined where a text is no date, or day and month cannot be told. @param name what it is called, for the note */
export function instantOf(text: string, name = ""): Instant | undefined {
  const number = Number(text);
  const clock = text.trim() === "" || !Number.isNaN(number) ? undefined : clockOf(name, [text]);
  const iso = clock === undefined ? isoOf(number) : isoOf(clock.read(text), clock.stamp);
  return iso === "" ? undefined : { iso, note: clock?.note ?? "" };
}
