import type { Note } from "../core/dataset.ts";
import { formatMessages } from "../core/messages/formats.ts";
import type { ColumnData, Dataset } from "../tables/dataset.ts";
import { refuseDamage } from "./hdf5/damage.ts";
import type { Attributes, Hdf5Reader } from "./hdf5/reader.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { axesOf, groupsOf, isRepetition, type LabberAxis, type LabberGroup, traceAxis, valueIn } from "./labber/axes.ts";
import { axisNote, conditionOf, type InstrumentSettings, type LabberContext, qubitOf, startedAt, traceName } from "./labber/context.ts";
import { labberKind } from "./labber/kind.ts";
import { has, type LabberColumn, type LabberLog, readLog } from "./labber/log.ts";
import { signalColumns } from "./labber/signal.ts";
import { readVectors } from "./labber/vectors.ts";
import { isDelayName } from "./meaning/measurement-name.ts";
import { namedDatasets } from "./meaning/named-columns.ts";
import { siColumn } from "./meaning/si-column.ts";
import { datasetOf, pick } from "./meaning/signal.ts";
import { delayWithoutUnit, isWithoutUnit, namesArrays, statedDelay } from "./meaning/stated-delay.ts";
import { openNetcdf } from "./netcdf/view.ts";
import { Unrecognised } from "./unrecognised.ts";

/**
 * Labber logs (HDF5): stepped and logged channels in `/Data/Data` (points, channels, traces), their names in `/Data/Channel names`, lengths of
 * the stepped axes in `Step dimensions`. The delay may be the inner or an outer axis; interrupted logs hold fewer traces than planned.
 */
export const labber: Importer = {
  name: "labber",
  version: 3,
  reference: "Labber log files 1.5-1.8 (Keysight), read off files published under MIT by warrench/dysart",
  recognise(probe: Probe): number {
    const { outline } = probe;
    if (outline === undefined) return 0;
    const paths = new Set(outline.nodes.map((node) => node.path));
    if (!paths.has("/Data/Channel names") || !paths.has("/Data/Data")) return 0;
    return "log_name" in outline.attributes || "Step dimensions" in outline.attributes ? 1 : 0.7;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    if (namesArrays(hints)) return namedDatasets(await openNetcdf(file), hints);
    refuseDamage(file.probe.outline, file.probe.path);
    const reader = await file.hdf5();
    const logs = [];
    for (const at of logPaths(reader)) logs.push(await readLog(reader, file.probe.path, at));
    const all: Dataset[] = [];
    const counts = new Map<string, number>();
    const several = logs.length > 1;
    for (const log of logs) {
      const settings = settingsOf(reader, log);
      all.push(...(await readScalars(log, settings, { file: file.probe.path, hints, counts, several })));
      all.push(...(await readVectors(reader, log, settings, { file: file.probe.path, hints, counts, several })));
    }
    if (all.length === 0) throw new Unrecognised(formatMessages.noTraces());
    return all;
  },
};

/** The root, then `/Log_2`, `/Log_3`, .. in the order of their numbers. */
function logPaths(reader: Hdf5Reader): string[] {
  const number = (path: string) => Number(path.slice("/Log_".length));
  const further = reader.outline.nodes.filter((n) => n.type === "group" && /^\/Log_\d+$/.test(n.path)).map((n) => n.path);
  const complete = further.filter((path) => has(reader, `${path}/Data`) !== undefined);
  return ["", ...complete.sort((a, b) => number(a) - number(b))];
}

function settingsOf(reader: Hdf5Reader, log: LabberLog): InstrumentSettings {
  return async (channel) => {
    const instrument = log.channels.get(channel)?.instrument ?? "";
    const path = `${log.at}/Instrument config/${instrument}`;
    return instrument === "" || has(reader, path) === undefined ? {} : reader.attributes(path);
  };
}

async function readScalars(log: LabberLog, settings: InstrumentSettings, context: LabberContext): Promise<Dataset[]> {
  const axes = axesOf(log);
  const stated = statedDelay(axes, context.hints, context.file);
  const { axis, role } = stated === undefined ? traceAxis(axes) : { axis: stated.axis, role: "delay" as const };
  if (axis?.column === undefined) return [];
  const outer = axes.filter((a) => a !== axis);
  const groups = groupsOf(log, outer);
  const repetition = new Map(outer.map((a) => [a, isRepetition(log, a, outer, groups)]));
  const axisColumn = siColumn(axis.name, role, axis.column.values, stated?.unit ?? axis.unit);
  const followers = log.columns.filter((c) => c.stepped && !axes.some((a) => a.name === c.name));
  const all: Dataset[] = [];
  for (const signal of log.columns.filter((c) => !c.stepped)) {
    const known = { log, axis, axisColumn, outer, repetition, followers, settings: await settings(signal.name), context };
    const numbered = context.several || groups.length > 1;
    for (const group of groups) all.push(oneTrace(known, signal, group, numbered));
  }
  return all;
}

interface Known {
  readonly log: LabberLog;
  readonly axis: LabberAxis;
  readonly axisColumn: ColumnData;
  readonly outer: readonly LabberAxis[];
  readonly repetition: ReadonlyMap<LabberAxis, boolean>;
  readonly followers: readonly LabberColumn[];
  readonly settings: Attributes;
  readonly context: LabberContext;
}

function oneTrace(known: Known, signal: LabberColumn, group: LabberGroup, numbered: boolean): Dataset {
  const { log, axis, outer, repetition, context } = known;
  const swept = outer.filter((a) => !repetition.get(a));
  const conditions = swept.map((a) => conditionOf(a, valueIn(a, group, `${context.file}:${log.at}/Data`)));
  const pulses = swept.find((a) => a.name.endsWith("# of pi pulses"));
  const kind = labberKind(known.settings, log.name, pulses && valueIn(pulses, group, context.file));
  const varying = known.followers.filter((c) => group.rows.some((row) => c.values[row] !== c.values[group.rows[0]!]));
  const notes: Note[] = [
    ...(kind.note !== undefined && known.axisColumn.role === "delay" ? [kind.note] : []),
    ...log.notes,
    ...incompleteness(log, group, axis),
    ...outer.map((a) => axisNote(a, repetition.get(a) === true)),
    ...(known.axisColumn.role === "other" && isDelayName(axis.name) && isWithoutUnit(axis.unit) ? [delayWithoutUnit(axis)] : []),
  ];
  const axisPoints = pick(known.axisColumn, group.rows);
  if (axisPoints.role === "frequency" && axisPoints.values.some((f) => f < 0))
    notes.push({ code: "offset_frequency", text: formatMessages.offsetFrequency(axis.name) });
  return datasetOf(
    {
      axis: axisPoints,
      signal: signalColumns(signal, log.channels.get(signal.name), axisPoints.role).map((c) => pick(c, group.rows)),
      others: varying.map((c) => pick(siColumn(c.name, "other", c.values, log.channels.get(c.name)?.unit ?? ""), group.rows)),
      qubit: qubitOf(log, signal.name, log.columns.filter((c) => !c.stepped).length === 1),
      trace: traceName(signal.name, numbered, context),
      started: startedAt(log, group.entry),
      conditions,
      repetition: outer.length === 0 ? "single" : swept.length === 0 ? "repeat" : "swept",
      notes,
      stated: kind.stated,
    },
    context.hints,
  );
}

function incompleteness(log: LabberLog, group: LabberGroup, axis: LabberAxis): Note[] {
  const notes: Note[] = [];
  const planned = log.dimensions.slice(log.points > 1 ? 1 : 0).reduce((total, d) => total * d.length, 1);
  if (log.entries < planned) notes.push({ code: "incomplete_sweep", text: formatMessages.incompleteEntries(log.entries, planned) });
  if (group.rows.length < axis.length)
    notes.push({ code: "incomplete_sweep", text: formatMessages.incompleteTrace(group.rows.length, axis.length) });
  return notes;
}
