import type { Condition, Note } from "../../core/dataset.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import type { Attributes } from "../hdf5/reader.ts";
import type { Hints } from "../importer.ts";
import { qubitOfName } from "../meaning/measurement-name.ts";
import { siColumn } from "../meaning/si-column.ts";
import type { LabberAxis } from "./axes.ts";
import type { LabberLog } from "./log.ts";

/** What the reading of several logs of one file shares. */
export interface LabberContext {
  readonly file: string;
  readonly hints: Hints;
  /** Traces of each signal so far: the logs of one file are numbered through. */
  readonly counts: Map<string, number>;
  /** True when the file holds more than one log. */
  readonly several: boolean;
}

/** Attributes of the instrument that a channel belongs to. */
export type InstrumentSettings = (channel: string) => Promise<Attributes>;

/** `<signal>[<index>]`, numbered through all logs of the file, or the signal alone where there is one trace. */
export function traceName(signal: string, numbered: boolean, context: LabberContext): string {
  if (!numbered) return signal;
  const index = context.counts.get(signal) ?? 0;
  context.counts.set(signal, index + 1);
  return `${signal}[${index}]`;
}

/** What an outer axis was: repetitions of one measurement, or a setting. */
export function axisNote(axis: LabberAxis, repetition: boolean): Note {
  return repetition
    ? { code: "repetition_axis", text: formatMessages.repetitionAxis(axis.name) }
    : { code: "swept_axis", text: formatMessages.sweptAxis(axis.name) };
}

/** The qubit that a channel names; that of the log where nothing else was logged. */
export function qubitOf(log: LabberLog, signal: string, alone: boolean): string {
  return qubitOfName(signal) || (alone ? qubitOfName(log.name) : "");
}

export function conditionOf(axis: LabberAxis, value: number): Condition {
  const column = siColumn(axis.name, "condition", Float64Array.of(value), axis.unit);
  return { name: axis.name, value: column.values[0]!, unit: column.inferred === undefined ? column.unit : axis.unit };
}

/** Time stamps count from the log's creation, which is in seconds since 1970 (UTC). */
export function startedAt(log: LabberLog, entry: number): string {
  const seconds = log.created + (log.times[entry] ?? 0);
  return seconds > 0 && seconds < 4e9 ? new Date(Math.round(seconds * 1000)).toISOString() : "";
}
