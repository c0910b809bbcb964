import type { Condition, Note } from "../core/dataset.ts";
import { ImportError } from "../core/errors.ts";
import { formatMessages } from "../core/messages/formats.ts";
import type { ColumnData, Dataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { isDelayName, isRepetitionName, kindOfName, qubitOfName } from "./measurement-name.ts";
import { namedDatasets } from "./named-columns.ts";
import { contentsOf, type NetcdfVariable, type NetcdfView, openNetcdf, textOf } from "./netcdf-view.ts";
import { isUnitOf, siColumn } from "./si-column.ts";
import { datasetOf, pick } from "./signal.ts";
import { Unrecognised } from "./unrecognised.ts";
import { type Measured, type Signal, signalsOf } from "./xarray-signals.ts";

/**
 * quantify-core datasets (xarray, netCDF-4 or -3): settables `x0, x1, ..` and gettables `y0, y1, ..` over one flat dimension `dim_0`, each with
 * `name`, `long_name`, `units`; root attributes `tuid` and `name`. Only `name` tells a T1 from an echo.
 */
export const quantify: Importer = {
  name: "quantify",
  version: 1,
  reference: "https://quantify-os.org/docs/quantify-core/dev/technical_notes/dataset_design/Quantify%20dataset%20-%20specification.html",
  recognise(probe: Probe): number {
    const contents = contentsOf(probe);
    if (contents === undefined) return 0;
    const [x0, y0] = ["x0", "y0"].map((name) => contents.variables.find((v) => v.name === name));
    if (x0 === undefined || y0 === undefined) return 0;
    if (textOf(contents.attributes.tuid) !== "") return 0.95;
    return [x0, y0].every((v) => "long_name" in v.attributes && "units" in v.attributes) ? 0.6 : 0;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const view = await openNetcdf(file);
    if (hints.columns !== undefined) return namedDatasets(view, hints);
    const settables = await Promise.all(numbered(view, "x").map((v) => measured(view, v)));
    const gettables = await Promise.all(numbered(view, "y").map((v) => measured(view, v)));
    const first = settables[0];
    if (first === undefined) return [];
    const delay = settables.find(
      (x) => isUnitOf("s", x.unit) && [x.name, x.longName].some((n) => isDelayName(n, textOf(view.attributes.name))),
    );
    const axis = delay ?? settables.find((x) => isUnitOf("Hz", x.unit)) ?? first;
    const outer = settables.filter((x) => x !== axis);
    const points = axis.values.length;
    refuseLengths(view, [...settables, ...gettables], points);
    const rows = measuredRows(gettables, points);
    if (rows.length === 0) throw new Unrecognised(formatMessages.noTraces());
    const groups = groupRows(rows, outer);
    const { signals, others } = signalsOf(gettables, view.file);
    const known = { view, axis, outer, signals, others, points, done: rows.length, delay: axis === delay };
    return signals.flatMap((signal) =>
      groups.map((group, index) => dataset(known, signal, group, groups.length > 1 ? index : undefined, hints)),
    );
  },
};

interface Known {
  readonly view: NetcdfView;
  readonly axis: Measured;
  readonly outer: readonly Measured[];
  readonly signals: readonly Signal[];
  readonly others: readonly ColumnData[];
  readonly points: number;
  readonly done: number;
  readonly delay: boolean;
}

function dataset(known: Known, signal: Signal, rows: readonly number[], index: number | undefined, hints: Hints): Dataset {
  const { view, axis, outer, signals, others } = known;
  const name = textOf(view.attributes.name);
  const stated = kindOfName(name);
  const notes: Note[] = [...signal.notes];
  if (stated !== undefined && known.delay)
    notes.push({ code: "kind_from_name", text: formatMessages.kindFromName("The measurement's name", name) });
  if (known.done < known.points) notes.push({ code: "incomplete_sweep", text: formatMessages.notMeasured(known.points - known.done) });
  const swept = outer.filter((x) => !isRepetitionName(x.name) || isStated(x.unit));
  const conditions = swept.map((x) => condition(x, rows[0] ?? 0));
  return datasetOf(
    {
      axis: pick(
        siColumn(axis.id, known.delay ? "delay" : isUnitOf("Hz", axis.unit) ? "frequency" : "other", axis.values, axis.unit),
        rows,
      ),
      signal: signal.columns.map((c) => pick(c, rows)),
      others: others.map((c) => pick(c, rows)),
      qubit: signals.length === 1 ? qubitOfName(name) : "",
      trace: index === undefined ? signal.name : `${signal.name}[${index}]`,
      started: timeOfTuid(textOf(view.attributes.tuid)),
      conditions,
      repetition: index === undefined ? "single" : swept.length === 0 ? "repeat" : "swept",
      notes,
      mayHoldCalibration: true,
      stated,
    },
    hints,
  );
}

const isStated = (unit: string) => unit.trim() !== "" && unit.trim() !== "1";

function condition(x: Measured, row: number): Condition {
  const column = siColumn(x.name || x.id, "condition", x.values.subarray(row, row + 1), x.unit);
  return { name: column.name, value: column.values[0] ?? Number.NaN, unit: column.inferred === undefined ? column.unit : x.unit };
}

/** `x0`, `x1`, .. in the order of their numbers. */
function numbered(view: NetcdfView, letter: string): NetcdfVariable[] {
  const number = (v: NetcdfVariable) => Number(v.name.slice(1));
  return view.variables.filter((v) => v.numeric && new RegExp(`^${letter}\\d+$`).test(v.name)).sort((a, b) => number(a) - number(b));
}

async function measured(view: NetcdfView, v: NetcdfVariable): Promise<Measured> {
  const { values } = await view.numbers(v.name);
  const { name, long_name, units } = v.attributes;
  return { id: v.name, name: textOf(name), longName: textOf(long_name), unit: textOf(units), values };
}

function refuseLengths(view: NetcdfView, all: readonly Measured[], points: number): void {
  for (const v of all)
    if (v.values.length !== points)
      throw new ImportError(formatMessages.lengths(v.id, v.values.length, "x0", points), `${view.file}:${v.id}`);
}

/** Rows up to the last one that holds a number: quantify fills what it did not measure with NaN. */
function measuredRows(gettables: readonly Measured[], points: number): number[] {
  let end = points;
  while (end > 0 && gettables.every((y) => Number.isNaN(y.values[end - 1]))) end--;
  return Array.from({ length: end }, (_, k) => k);
}

/** Rows with equal values of every outer settable, in order of appearance; one group when they do not form traces. */
function groupRows(rows: readonly number[], outer: readonly Measured[]): (readonly number[])[] {
  if (outer.length === 0) return [rows];
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const key = outer.map((x) => String(x.values[row])).join(" ");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** `20210827-174946-357-70a986` is local time to the millisecond; no zone is known. */
export function timeOfTuid(tuid: string): string {
  const t = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3})/.exec(tuid);
  return t === null ? "" : `${t[1]}-${t[2]}-${t[3]}T${t[4]}:${t[5]}:${t[6]}.${t[7]}`;
}
