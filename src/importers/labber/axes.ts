import { ImportError } from "../../core/errors.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import { isDelayName, isRepetitionName } from "../meaning/measurement-name.ts";
import { isUnitOf } from "../meaning/si-column.ts";
import { isWithoutUnit } from "../meaning/stated-delay.ts";
import type { LabberColumn, LabberLog } from "./log.ts";

/** A stepped axis of a log. */
export interface LabberAxis {
  readonly name: string;
  readonly unit: string;
  readonly length: number;
  /** Values at every stored point, in the order of `LabberColumn.values`; undefined when the file does not keep them. */
  readonly column: LabberColumn | undefined;
  /** Index along this axis of point `p` of trace `e`. */
  index(p: number, e: number): number;
}

/** Points that belong to one trace: along the chosen axis, at one index of every other axis. */
export interface LabberGroup {
  /** Positions in `LabberColumn.values`. */
  readonly rows: readonly number[];
  /** Index of each outer axis, as in `outer`. */
  readonly indices: readonly number[];
  /** Stored trace that holds the first point. */
  readonly entry: number;
}

/** The stepped axes, innermost first: the first runs within a stored trace, the others over the traces, each faster than the next. */
export function axesOf(log: LabberLog): LabberAxis[] {
  let stride = 1;
  return log.dimensions.map(({ channel, length }, k) => {
    const inner = log.points > 1 && k === 0;
    const own = stride;
    if (!inner) stride *= length;
    return {
      name: channel,
      unit: log.channels.get(channel)?.unit ?? "",
      length,
      column: log.columns.find((c) => c.stepped && c.name === channel),
      index: inner ? (p) => p : (_, e) => Math.floor(e / own) % length,
    };
  });
}

/** The axis along which traces run: a delay, else what is called one but has no unit, else a frequency, else the innermost one. */
export function traceAxis(axes: readonly LabberAxis[]): { axis: LabberAxis | undefined; role: "delay" | "frequency" | "other" } {
  const delays = axes.filter((a) => isUnitOf("s", a.unit) && isDelayName(a.name));
  const delay = delays.find((a) => /sequence duration/i.test(a.name)) ?? delays[0];
  if (delay !== undefined) return { axis: delay, role: "delay" };
  const nearly = axes.find((a) => isDelayName(a.name) && isWithoutUnit(a.unit));
  const frequency = nearly === undefined ? axes.find((a) => isUnitOf("Hz", a.unit)) : undefined;
  return frequency === undefined ? { axis: nearly ?? axes[0], role: "other" } : { axis: frequency, role: "frequency" };
}

/** Splits the stored points into traces; points after the end of an interrupted log are left out. */
export function groupsOf(log: LabberLog, outer: readonly LabberAxis[]): LabberGroup[] {
  const groups = new Map<string, { rows: number[]; indices: readonly number[]; entry: number }>();
  for (let e = 0; e < log.entries; e++) {
    const measured = e === log.entries - 1 ? log.lastPoints : log.points;
    for (let p = 0; p < measured; p++) {
      const indices = outer.map((a) => a.index(p, e));
      const key = indices.join(" ");
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { rows: [e * log.points + p], indices, entry: e });
      else group.rows.push(e * log.points + p);
    }
  }
  return [...groups.values()];
}

/** The value of an outer axis in one group. @throws ImportError when it changes within the group */
export function valueIn(axis: LabberAxis, group: LabberGroup, place: string): number {
  if (axis.column === undefined) return group.indices.length > 0 ? axis.index(0, group.entry) : Number.NaN;
  const { values } = axis.column;
  const value = values[group.rows[0]!]!;
  if (group.rows.some((row) => !Object.is(values[row], value))) throw new ImportError(formatMessages.labberMixedAxis(axis.name), place);
  return value;
}

/**
 * Whether an outer axis only counts: it is a manual, unitless channel that is called a repetition, and no other channel follows it,
 * neither by an equation nor by its stored values. Everything else was swept.
 */
export function isRepetition(log: LabberLog, axis: LabberAxis, outer: readonly LabberAxis[], groups: readonly LabberGroup[]): boolean {
  const channel = log.channels.get(axis.name);
  if (channel !== undefined && channel.instrument !== "" && !/^manual\b/i.test(channel.instrument)) return false;
  if (axis.unit.trim() !== "" || !isRepetitionName(axis.name)) return false;
  if (log.relations.some((r) => r.from.includes(axis.name))) return false;
  const names = new Set([...outer.map((a) => a.name), axis.name]);
  const followers = log.columns.filter((c) => c.stepped && !names.has(c.name));
  return !followers.some((c) => variesAlong(c, outer.indexOf(axis), groups));
}

/** True when a column differs between groups that differ in the index of that axis only. */
function variesAlong(column: LabberColumn, position: number, groups: readonly LabberGroup[]): boolean {
  const first = new Map<string, number>();
  for (const group of groups) {
    const key = group.indices.filter((_, k) => k !== position).join(" ");
    const value = column.values[group.rows[0]!]!;
    const known = first.get(key);
    if (known === undefined) first.set(key, value);
    else if (!Object.is(known, value)) return true;
  }
  return false;
}
