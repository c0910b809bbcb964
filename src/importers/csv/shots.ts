import type { Noise, Note } from "../../core/dataset.ts";
import type { ColumnData } from "../../tables/dataset.ts";
import { repetitionsOf } from "../meaning/single-shots.ts";
import { groupRows } from "../sweep/rows.ts";
import { isClock } from "./clock.ts";
import type { Part, Partition } from "./partition.ts";
import type { Quantity } from "./quantities.ts";
import type { Series } from "./series.ts";

/** A trace whose points were single shots. */
interface Counted {
  readonly quantities: readonly Quantity[];
  readonly noise: Noise;
  readonly note: Note;
}

const SIGNALS: readonly Quantity["role"][] = ["population", "voltage", "i", "q"];
/** What says how sure a point is: it is no single shot then. */
const NOISE: readonly Quantity["role"][] = ["shots", "sigma"];

/** Rows that belong together, with the trace that their single shots make, where they are some. */
export interface CountedPart extends Part {
  readonly counted?: Counted;
}

/** Parts of equal settings repeat each other. */
export const settingOf = ({ qubit, conditions }: Part) => JSON.stringify([qubit, conditions]);

/** The parts of a table; where their repeats are single shots, one part for each setting. */
export function withShotsCounted({ parts, consumed }: Partition, kept: readonly Quantity[], rows: number): readonly CountedPart[] {
  const settings = new Map<string, Part[]>();
  for (const part of parts) {
    const key = settingOf(part);
    settings.set(key, [...(settings.get(key) ?? []), part]);
  }
  const counter = [...consumed].find((q) => q.role === "repeat")?.name ?? "pass";
  const all = [...settings.values()].map((own): CountedPart => {
    const together = () => own.flatMap((part) => part.rows ?? [...Array(rows).keys()]);
    const counted = countShots(kept, together, own.length > 1 ? counter : undefined);
    return { ...own[0]!, repeated: false, ...(counted === undefined ? {} : { counted }) };
  });
  return all.every(({ counted }) => counted !== undefined) ? all : parts;
}

/**
 * The trace that rows of single shots make together, or undefined where they are none. Other readings are averaged with them.
 * @param counter name of the column that counts the shots; undefined where none does: then only shots that have a few values are believed to be some
 */
function countShots(quantities: readonly Quantity[], rowsOf: () => readonly number[], counter: string | undefined): Counted | undefined {
  const axis = quantities.find((q) => q.role === "delay");
  const signal = quantities.filter((q) => SIGNALS.includes(q.role));
  if (axis === undefined || signal.length === 0 || signal.length > 2 || quantities.some((q) => NOISE.includes(q.role))) return undefined;
  // A long record is not looked through for shots that nothing announces.
  if (counter === undefined && !(signal.length === 1 && hasFewValues(signal[0]!.values))) return undefined;
  const rows = rowsOf();
  const points = groupRows(rows, [axis]);
  if (points.length * 2 > rows.length) return undefined;
  const found = repetitionsOf(counter ?? `repeated ${axis.name}`, signal.map(asColumn), points);
  if (found.as === "traces" || (counter === undefined && found.noise.type !== "binomial")) return undefined;
  const rest = quantities.filter((q) => q !== axis && !signal.includes(q) && q.role !== "repeat" && !isClock(q));
  const mean = (values: Float64Array) => Float64Array.from(points, (own) => own.reduce((sum, row) => sum + values[row]!, 0) / own.length);
  return {
    quantities: [
      { ...axis, values: Float64Array.from(points, (own) => axis.values[own[0]!]!) },
      ...[...found.columns.map(population), ...found.others].map(asQuantity),
      ...rest.map((q) => ({ ...q, values: mean(q.values) })),
    ],
    noise: found.noise,
    note: found.note,
  };
}

/** More values than this are digits of an analog signal. */
const MOST_VALUES = 6;

function hasFewValues(values: Float64Array): boolean {
  const found = new Set<number>();
  return values.every((value) => found.add(value).size <= MOST_VALUES);
}

/** Columns that stand side by side as repeats, each a single shot per point, become one trace with its shots. */
export function countColumns(all: readonly Series[]): { readonly series: readonly Series[]; readonly notes: readonly Note[] } {
  const notes: Note[] = [];
  const series = [...new Set(all.map(({ qubit }) => qubit))].flatMap((qubit) => {
    const own = all.filter((one) => one.qubit === qubit);
    const counted = own.length < 2 ? undefined : besideEachOther(own);
    if (counted === undefined) return own;
    notes.push(counted.note);
    return [{ ...own[0]!, repeated: false, quantities: counted.quantities }];
  });
  return { series, notes };
}

function besideEachOther(series: readonly Series[]): Counted | undefined {
  const [first] = series;
  const shared = first!.quantities.filter((q) => q.repeat === undefined);
  const rows = shared.find((q) => q.role === "delay")?.values.length;
  const roles = first!.quantities.filter((q) => q.repeat !== undefined).map((q) => q.role);
  if (rows === undefined || !roles.every((role) => SIGNALS.includes(role))) return undefined;
  const below = (values: readonly Float64Array[]) => {
    const column = new Float64Array(rows * series.length);
    for (const [k, own] of values.entries()) column.set(own, k * rows);
    return column;
  };
  const signal = roles.map((role) => series.map((one) => one.quantities.find((q) => q.role === role && q.repeat !== undefined)));
  if (!signal.every((own): own is Quantity[] => !own.includes(undefined))) return undefined;
  const long = [
    ...shared.map((q) => ({ ...q, values: below(series.map(() => q.values)) })),
    ...signal.map((own) => ({ ...withoutRepeat(own[0]!), values: below(own.map((q) => q.values)) })),
  ];
  return countShots(long, () => [...long[0]!.values.keys()], signal[0]?.[0]?.name);
}

function withoutRepeat({ repeat: _, ...rest }: Quantity): Quantity {
  return rest;
}

const asColumn = ({ name, role, unit, values }: Quantity): ColumnData => ({ name, role: role === "repeat" ? "other" : role, unit, values });

/** `shots` is what their number is called. */
const population = (column: ColumnData) =>
  column.role === "population" && /^shot/i.test(column.name) ? { ...column, name: "population" } : column;

function asQuantity({ name, role, unit, values, inferred }: ColumnData): Quantity {
  return { name, role, unit, values, unitless: false, ...(inferred === undefined ? {} : { inferred }) };
}
