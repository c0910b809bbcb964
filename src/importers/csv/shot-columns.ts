import * as say from "../../core/messages/csv.ts";
import type { Body } from "./body.ts";
import type { FileColumn } from "./columns.ts";
import { SIGNALS } from "./names.ts";

/** What the outcome of one readout is called. */
const OUTCOME = /^(single[\s_-]?)?(shots?|states?|outcomes?|bits?|assignments?|qubit[\s_-]?states?)$/i;
/** Shots of each state, side by side. */
const COUNTED = /^(counts?|n|clicks|shots)[\s_-]?(0|1|g|e)$/i;
/** Highest level that a readout tells. */
const HIGHEST = 5;

export const isOutcomeName = (name: string) => OUTCOME.test(name.trim());

/**
 * Settles columns that only their numbers tell: outcomes of single shots are a population where nothing else is; counts of both states are counts and,
 * together, shots.
 */
export function settleShots(columns: readonly FileColumn[], body: Body): { columns: readonly FileColumn[]; body: Body } {
  const has = (...meanings: readonly FileColumn["meaning"][]) => columns.some((column) => meanings.includes(column.meaning));
  if (!has("delay") || has(...SIGNALS)) return { columns, body };
  const outcome = columns.find(
    (column) => ["other", "shots"].includes(column.meaning) && isOutcomeName(column.name) && isLevel(body.columns[column.index]!),
  );
  if (outcome !== undefined) return { columns: columns.map((c) => (c === outcome ? outcomesOf(c) : c)), body };
  const counted = columns.filter((column) => column.meaning === "other" && COUNTED.test(column.name));
  const zero = counted.find(({ name }) => /[0g]$/i.test(name));
  const one = counted.find(({ name }) => /[1e]$/i.test(name));
  if (counted.length !== 2 || zero === undefined || one === undefined) return { columns, body };
  const [zeros, ones] = [body.columns[zero.index]!, body.columns[one.index]!];
  const sum = ones.map((n, row) => n + zeros[row]!);
  const numbers = body.columns.map((own, k) => (k === zero.index ? sum : own));
  return {
    columns: columns.map((c): FileColumn => {
      if (c === one) return { ...c, meaning: "counts" };
      return c === zero ? { ...c, meaning: "shots", name: `${zero.name} + ${one.name}` } : c;
    }),
    body: { ...body, columns: numbers },
  };
}

function outcomesOf(column: FileColumn): FileColumn {
  const inferred = say.inferredRole(column.name, "population", "its numbers are levels, one per shot");
  return { ...column, meaning: "population", inferred };
}

/** Numbers of levels only, more than one of them. */
function isLevel(values: Float64Array): boolean {
  const known = values.filter((x) => !Number.isNaN(x));
  return known.some((x) => x !== known[0]) && known.every((x) => Number.isInteger(x) && x >= 0 && x <= HIGHEST);
}
