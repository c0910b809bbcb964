import type { ColumnHint } from "../../core/dataset.ts";
import type { FileColumn } from "./columns.ts";
import { frequencyUnit } from "./headerless.ts";
import type { Meaning } from "./names.ts";
import { phaseUnitOf } from "./phase-unit.ts";
import { isOtherLevel } from "./unusual-signals.ts";

/** A role and the column that may have it, as the lab file would write it. */
export type Suggestion = readonly [role: ColumnHint, text: string];

/** Delays begin near zero; a frequency does not. */
const WIDEST_START = 0.2;

/**
 * What columns of unknown meaning may be, by their numbers: an axis that rises from about zero with a population between 0 and 1, or a network
 * analyser's three columns. Empty where the numbers fit neither: no advice is better than wrong advice.
 * @param numbers of a column as they stand in the file
 */
export function suggestColumns(columns: readonly FileColumn[], numbers: (column: FileColumn) => Float64Array): readonly Suggestion[] {
  const open = (column: FileColumn, ...known: readonly Meaning[]) =>
    column.stamp === undefined && ["other", ...known].includes(column.meaning) && !column.repeat;
  const delay = columns.find((column) => open(column, "delay", "time") && hasUnit(column, "s") && isDelay(numbers(column)));
  const population = columns.find(
    (column) =>
      column !== delay && open(column, "population") && !isOtherLevel(column.name) && hasUnit(column, "1") && isPopulation(numbers(column)),
  );
  if (delay !== undefined && population !== undefined)
    return [
      ["delay", written(delay, "us")],
      ["population", written(population)],
    ];
  const [frequency, second, third] = columns;
  if (columns.length !== 3 || !columns.every((column) => open(column) && column.unitless)) return [];
  const [axis, magnitude, phase] = [numbers(frequency!), numbers(second!), numbers(third!)];
  const unit = frequencyUnit(axis, { blocks: [0], rows: axis.length });
  const turn = phaseUnitOf(phase);
  if (unit === undefined || turn === undefined || magnitude.some((x) => !(x >= 0 && x <= 2))) return [];
  return [
    ["frequency", written(frequency!, unit)],
    ["s_mag", written(second!)],
    ["s_deg", written(third!, turn.unit)],
  ];
}

const hasUnit = ({ unitless, strangeUnit, conversion }: FileColumn, unit: string) =>
  strangeUnit === undefined && (unitless || conversion.unit === unit);

/** Rises from about zero. */
export const isDelay = (values: Float64Array) =>
  values.length > 2 &&
  values[0]! >= 0 &&
  values[0]! <= WIDEST_START * values.at(-1)! &&
  values.every((t, i) => i === 0 || t > values[i - 1]!);

/** Between 0 and 1, and not only whole numbers. */
export const isPopulation = (values: Float64Array) =>
  values.every((p) => (p >= 0 && p <= 1) || Number.isNaN(p)) && values.some((p) => !Number.isNaN(p) && !Number.isInteger(p));

/** Without header a column is named by its number; a unit is added where the file states none. */
function written(column: FileColumn, unit = ""): string {
  const name = column.path ?? (column.name === `column ${column.index + 1}` ? `#${column.index + 1}` : column.written);
  return unit === "" || !column.unitless ? name : `${name} [${unit}]`;
}
