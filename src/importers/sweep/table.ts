import type { Calibration, Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import { hdf5FamilyMessages as say } from "../../core/messages/import-hdf5.ts";
import type { ColumnData, Dataset } from "../../tables/dataset.ts";
import type { Hints } from "../importer.ts";
import { distinctNames } from "../meaning/distinct-names.ts";
import { isDelayName, isRepetitionName, kindOfName, qubitOfName } from "../meaning/measurement-name.ts";
import { isUnitOf, siColumn } from "../meaning/si-column.ts";
import { datasetOf, pick } from "../meaning/signal.ts";
import { repetitionsOf } from "../meaning/single-shots.ts";
import { delayWithoutUnit, isWithoutUnit, statedDelay } from "../meaning/stated-delay.ts";
import type { Signal } from "../xarray/signals.ts";
import { conditionAt, groupRows } from "./rows.ts";

/** An axis as a column of the long table: one value per row. */
export interface SweepAxis {
  readonly name: string;
  /** What it is called besides. */
  readonly longName?: string;
  /** Name of the array that holds it, where that is another. */
  readonly array?: string;
  /** It has no values of its own and only counts. */
  readonly counts?: true;
  readonly unit: string;
  readonly values: Float64Array;
  /** How the unit was inferred, where the file states none. */
  readonly inferred?: string;
}

/** A measurement as one long table: every row is a point, whatever the order of the sweep. */
export interface SweepTable {
  /** What the file is called in messages. */
  readonly place: string;
  /** Outermost first. */
  readonly axes: readonly SweepAxis[];
  readonly signals: readonly Signal[];
  readonly others: readonly ColumnData[];
  /** What the experimenter called the measurement. */
  readonly measurement: string;
  /** Of every signal whose name says none. */
  readonly qubit: string;
  readonly started: string;
  readonly notes: readonly Note[];
  /** Calibration points of a trace, for formats that have them. @param rows rows of the table that make the trace */
  calibration?(signal: Signal, axis: ColumnData, rows: readonly number[]): Calibration | undefined;
}

/** Beyond these a file would take more than 1 GB of memory. */
const MOST_POINTS = 1e7;
export const MOST_TRACES = 20_000;

/**
 * One dataset per signal and value of the swept axes. A delay is the axis of the trace, else a frequency, else the innermost axis; a dimensionless
 * axis that is called a repetition is either single shots, averaged with their variance, or repeats; every other axis was swept.
 * @throws ImportError for more points or traces than can be held
 */
export function sweepTableDatasets(table: SweepTable, hints: Hints): Dataset[] {
  const points = table.axes[0]?.values.length ?? 0;
  if (points > MOST_POINTS) throw new ImportError(say.tooManyPoints(points, MOST_POINTS), table.place);
  const rows = measuredRows(table);
  const stated = statedDelay(table.axes, hints, table.place);
  const { axis, role } = stated === undefined ? traceAxis(table) : { axis: stated.axis, role: "delay" as const };
  if (axis === undefined || rows.length === 0) return [];
  const left = axis.values.length - rows.length;
  const notes = [...table.notes, ...(left > 0 ? [{ code: "incomplete_sweep", text: formatMessages.notMeasured(left) }] : [])];
  if (role === "other" && isCalledDelay(table, axis) && isWithoutUnit(axis.unit)) notes.push(delayWithoutUnit(axis));
  const column = siColumn(
    axis.array ?? axis.name,
    role,
    axis.values,
    stated?.unit ?? axis.unit,
    axis.inferred === undefined ? {} : { inferred: axis.inferred },
  );
  const outer = table.axes.filter((a) => a !== axis);
  const repetitions = outer.filter((a) => a.counts || (isRepetitionName(a.name) && !isStated(a.unit)));
  const swept = outer.filter((a) => !repetitions.includes(a));
  const groups = groupRows(rows, swept);
  // Scattered points (adaptive sampling) are no traces: everything stays together and is listed.
  const scattered = groups.length > 1 && groups.length * 2 > rows.length;
  const known: Known = { table, column, notes, swept: scattered ? [] : swept, repetitions, kept: scattered ? swept : [] };
  const traces = scattered ? [rows] : groups;
  if (traces.length > MOST_TRACES) throw new ImportError(say.tooManyTraces(traces.length, MOST_TRACES), table.place);
  return table.signals.flatMap((signal) => {
    const all = traces.flatMap((group) => tracesOf(known, signal, group));
    return all.map((trace, index) => emit(known, signal, trace, all.length > 1 ? index : undefined, hints));
  });
}

interface Known {
  readonly table: SweepTable;
  readonly column: ColumnData;
  readonly notes: readonly Note[];
  readonly swept: readonly SweepAxis[];
  readonly repetitions: readonly SweepAxis[];
  readonly kept: readonly SweepAxis[];
}

interface FoundTrace {
  readonly rows: readonly number[];
  readonly axis: ColumnData;
  readonly signal: readonly ColumnData[];
  readonly others: readonly ColumnData[];
  readonly repeats: number;
  readonly notes: readonly Note[];
  readonly noise?: Dataset["noise"];
}

function tracesOf(known: Known, signal: Signal, group: readonly number[]): FoundTrace[] {
  const plain = (rows: readonly number[], repeats: number, notes: readonly Note[] = []): FoundTrace => ({
    rows,
    axis: pick(known.column, rows),
    signal: signal.columns.map((c) => pick(c, rows)),
    others: [
      ...known.table.others.map((c) => pick(c, rows)),
      ...known.kept.map((a) => pick(siColumn(a.name, "other", a.values, a.unit), rows)),
    ],
    repeats,
    notes,
  });
  const [counter] = known.repetitions;
  if (counter === undefined) return [plain(group, 1)];
  const points = groupRows(group, [{ ...counter, values: known.column.values }]);
  if (points.every((rows) => rows.length === 1)) return [plain(group, 1)];
  const found = repetitionsOf(counter.name, signal.columns, points);
  if (found.as === "traces") {
    const repeats = groupRows(group, known.repetitions);
    return repeats.map((rows) => plain(rows, repeats.length, [found.note]));
  }
  const { columns, others, noise, note } = found;
  const axis = pick(
    known.column,
    points.map((rows) => rows[0]!),
  );
  return [{ rows: group, axis, signal: columns, others, repeats: 1, notes: [note], noise }];
}

function emit(known: Known, signal: Signal, trace: FoundTrace, index: number | undefined, hints: Hints): Dataset {
  const { table, swept } = known;
  const stated = kindOfName(table.measurement);
  const notes: Note[] = [...signal.notes, ...known.notes, ...trace.notes];
  if (stated !== undefined && trace.axis.role === "delay")
    notes.push({ code: "kind_from_name", text: formatMessages.kindFromName("The measurement's name", table.measurement) });
  for (const a of [...swept, ...known.kept]) notes.push({ code: "swept_axis", text: formatMessages.sweptAxis(a.name) });
  const calibration = trace.noise === undefined ? table.calibration?.(signal, known.column, trace.rows) : undefined;
  const [axis, ...columns] = distinctNames([trace.axis, ...trace.signal, ...trace.others]);
  return datasetOf(
    {
      axis: axis!,
      signal: columns.slice(0, trace.signal.length),
      others: columns.slice(trace.signal.length),
      qubit: qubitOfName(signal.name) || signal.qubit || table.qubit,
      trace: index === undefined ? signal.name : `${signal.name}[${index}]`,
      started: table.started,
      conditions: swept.map((a) => conditionAt(a, trace.rows[0]!)),
      repetition: swept.length + known.kept.length > 0 ? "swept" : trace.repeats > 1 ? "repeat" : "single",
      notes,
      stated,
      ...(trace.noise === undefined ? {} : { noise: trace.noise }),
      ...(calibration === undefined ? {} : { calibration }),
    },
    hints,
  );
}

/** The axis along which traces run: a delay, else what is called one but has no unit, else a frequency, else the innermost one. */
function traceAxis(table: SweepTable): { axis: SweepAxis | undefined; role: "delay" | "frequency" | "other" } {
  const called = table.axes.filter((a) => isCalledDelay(table, a));
  const delay = called.findLast((a) => isUnitOf("s", a.unit));
  if (delay !== undefined) return { axis: delay, role: "delay" };
  const nearly = called.findLast((a) => isWithoutUnit(a.unit));
  const frequency = nearly === undefined ? table.axes.findLast((a) => isUnitOf("Hz", a.unit)) : undefined;
  return frequency === undefined ? { axis: nearly ?? table.axes.at(-1), role: "other" } : { axis: frequency, role: "frequency" };
}

/** The bare name `Time` is a delay in a measurement that is named after a pulse sequence. */
function isCalledDelay({ measurement }: SweepTable, { name, longName = "" }: SweepAxis): boolean {
  const sequence = kindOfName(measurement) !== undefined;
  return [name, longName].some((text) => isDelayName(text, measurement) || (sequence && /^(time|t)$/i.test(text.trim())));
}

/** Rows up to the last one that holds a number: unmeasured rows are filled with NaN. */
function measuredRows(table: SweepTable): number[] {
  const columns = [...table.signals.flatMap((s) => s.columns), ...table.others];
  let end = table.axes[0]?.values.length ?? 0;
  while (end > 0 && columns.every((c) => Number.isNaN(c.values[end - 1]!))) end--;
  return Array.from({ length: end }, (_, k) => k);
}

/**
 * The values of one dimension of a grid as a column of the long table, row-major.
 * @param values along that dimension; counted from 0 where there are none
 * @throws ImportError for more points than can be held
 */
export function alongGrid(values: Float64Array | undefined, shape: readonly number[], dimension: number, place: string): Float64Array {
  const points = shape.reduce((total, n) => total * n, 1);
  if (points > MOST_POINTS) throw new ImportError(say.tooManyPoints(points, MOST_POINTS), place);
  const inner = shape.slice(dimension + 1).reduce((total, n) => total * n, 1);
  const length = shape[dimension] ?? 0;
  return Float64Array.from({ length: points }, (_, row) => {
    const at = Math.floor(row / inner) % length;
    return values === undefined ? at : values[at]!;
  });
}

const isStated = (unit: string) => unit.trim() !== "" && unit.trim() !== "1";
