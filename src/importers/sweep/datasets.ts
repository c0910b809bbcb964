import type { Note } from "../../core/dataset.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import { sweepMessages } from "../../core/messages/import-qcodes.ts";
import type { ColumnData, Dataset } from "../../tables/dataset.ts";
import type { Meaning } from "../csv/names.ts";
import type { Hints } from "../importer.ts";
import { isDelayName, isRepetitionName, kindOfName, qubitOfName } from "../meaning/measurement-name.ts";
import { isUnitOf, siColumn } from "../meaning/si-column.ts";
import { datasetOf, pick } from "../meaning/signal.ts";
import { meaningOfParameter, type StatedMeanings } from "./meaning.ts";
import type { MeasuredParameter, SweptSignal } from "./parameter.ts";
import { conditionAt, groupRows } from "./rows.ts";
import { type TraceSignal, traceSignals } from "./signals.ts";

/** What is known about one measurement besides its numbers. */
export interface Measurement {
  /** Names that the experimenter gave it, the most particular first: they tell a T1 from an echo. */
  readonly names: readonly string[];
  /** ISO 8601, or empty. */
  readonly started: string;
  readonly device: string;
  readonly notes: readonly Note[];
}

/**
 * The datasets of one measurement: one per signal and setting of the outer setpoints. The axis is the delay, else the frequency, else the innermost
 * setpoint; outer setpoints that only count are repetitions, the others conditions.
 */
export function runDatasets(
  signals: readonly SweptSignal[],
  measurement: Measurement,
  stated: StatedMeanings,
  hints: Hints,
): readonly Dataset[] {
  const byAxis = new Map<string, SweptSignal[]>();
  for (const written of signals) {
    const signal: SweptSignal = { ...stated.withUnit(written), setpoints: written.setpoints.map((s) => stated.withUnit(s)) };
    const axis = axisOf(signal, measurement, stated);
    const key = JSON.stringify([axis.parameter.name, axis.role, signal.setpoints.map((s) => s.name)]);
    const group = byAxis.get(key);
    if (group === undefined) byAxis.set(key, [signal]);
    else group.push(signal);
  }
  return [...byAxis.values()].flatMap((group) => {
    const named = group.map((signal) => {
      const role = stated.role(signal);
      const own = meaningOfParameter(signal);
      return { signal, named: role === undefined ? own : { ...own, meaning: role as Meaning }, stated: role !== undefined };
    });
    const spectrum = axisOf(group[0]!, measurement, stated).role === "frequency";
    return traceSignals(named, spectrum).flatMap((signal) => tracesOf(signal, measurement, stated, hints));
  });
}

interface Axis {
  readonly parameter: MeasuredParameter;
  readonly role: ColumnData["role"];
  readonly notes: readonly Note[];
}

function axisOf(signal: SweptSignal, { names }: Measurement, stated: StatedMeanings): Axis {
  const { setpoints } = signal;
  const titles = (p: MeasuredParameter) => [p.label, p.name, ...p.name.split("_")].filter((text) => text !== "");
  const measured = names.find((name) => kindOfName(name) !== undefined) ?? "";
  const isDelay = (p: MeasuredParameter) => titles(p).some((title) => isDelayName(title, measured));
  const byHint = setpoints.find((p) => ["delay", "frequency"].includes(stated.role(p) ?? ""));
  if (byHint !== undefined) return { parameter: byHint, role: stated.role(byHint) === "delay" ? "delay" : "frequency", notes: [] };
  const delay = setpoints.find((p) => isUnitOf("s", p.unit) && isDelay(p));
  if (delay !== undefined) return { parameter: delay, role: "delay", notes: [] };
  const nearly = setpoints.find(
    (p) => !isUnitOf("s", p.unit) && isDelay(p) && (p.unit.trim() === "" || siColumn("", "other", EMPTY, p.unit).inferred !== undefined),
  );
  const frequency = setpoints.findLast((p) => isUnitOf("Hz", p.unit));
  const parameter = nearly ?? frequency ?? setpoints.at(-1)!;
  const role = parameter === frequency ? "frequency" : "other";
  const notes = nearly === undefined ? [] : [{ code: "unit_missing", text: sweepMessages.delayUnit(nearly.name, nearly.unit) }];
  return { parameter, role, notes };
}

const EMPTY = new Float64Array();

function tracesOf(trace: TraceSignal, measurement: Measurement, stated: StatedMeanings, hints: Hints): Dataset[] {
  const { names } = measurement;
  const axis = axisOf(trace.of, measurement, stated);
  const outer = trace.of.setpoints.filter((p) => p !== axis.parameter);
  const groups = groupRows([...trace.of.values.keys()], outer);
  const swept = outer.filter((p) => !isRepetition(p));
  const nameStating = names.find((name) => kindOfName(name) !== undefined);
  const notes: Note[] = [...measurement.notes, ...axis.notes, ...trace.notes];
  if (nameStating !== undefined && axis.role === "delay")
    notes.push({ code: "kind_from_name", text: formatMessages.kindFromName("The measurement's name", nameStating) });
  if (groups.length > 1) notes.push(...outer.map((p) => axisNote(p)));
  const named = [trace.of.label, trace.of.name, ...names].map(qubitOfName).find((qubit) => qubit !== "") ?? "";
  const column = withoutInfinities(siColumn(axis.parameter.name, axis.role, axis.parameter.values, axis.parameter.unit));
  const columns = trace.columns.map(withoutInfinities);
  return groups.map((rows, index) => {
    const signal = columns.map((c) => pick(c, rows));
    const dataset = datasetOf(
      {
        axis: pick(column, rows),
        signal,
        qubit: trace.qubit || named,
        trace: groups.length > 1 ? `${trace.name}[${index}]` : trace.name,
        started: measurement.started,
        conditions: swept.map((p) => conditionAt(p, rows[0]!)),
        repetition: groups.length === 1 ? "single" : swept.length === 0 ? "repeat" : "swept",
        notes: [...notes, ...signal.flatMap(gapNote)],
        stated: nameStating === undefined ? undefined : kindOfName(nameStating),
      },
      hints,
    );
    return { ...dataset, labels: { ...dataset.labels, device: measurement.device } };
  });
}

/** A counter: called like one, and without a unit. */
function isRepetition({ name, label, unit }: MeasuredParameter): boolean {
  return [label, name, name.split("_").at(-1)!].some(isRepetitionName) && ["", "1", "#"].includes(unit.trim());
}

function axisNote(p: MeasuredParameter): Note {
  return isRepetition(p)
    ? { code: "repeats", text: formatMessages.repetitionAxis(p.name) }
    : { code: "swept", text: formatMessages.sweptAxis(p.name) };
}

/** An overloaded instrument's infinity says that there is no number. */
function withoutInfinities(column: ColumnData): ColumnData {
  if (column.values.every((x) => Math.abs(x) !== Number.POSITIVE_INFINITY)) return column;
  return { ...column, values: column.values.map((x) => (Number.isFinite(x) ? x : Number.NaN)) };
}

function gapNote(column: ColumnData): Note[] {
  const count = column.values.reduce((n, x) => n + (Number.isNaN(x) ? 1 : 0), 0);
  return count === 0 ? [] : [{ code: "missing_values", text: sweepMessages.gaps(column.name, count) }];
}
