import type { Condition, Role } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import type { Dataset } from "../../tables/dataset.ts";
import type { Attributes, Hdf5Reader, OutlineNode } from "../hdf5/reader.ts";
import { isDelayName } from "../meaning/measurement-name.ts";
import { isUnitOf, siColumn } from "../meaning/si-column.ts";
import { datasetOf } from "../meaning/signal.ts";
import { numberOf, textOf } from "../netcdf/view.ts";
import { axesOf, isRepetition, type LabberGroup, valueIn } from "./axes.ts";
import { axisNote, conditionOf, type InstrumentSettings, type LabberContext, qubitOf, startedAt, traceName } from "./context.ts";
import { labberKind } from "./kind.ts";
import { has, type LabberLog } from "./log.ts";
import { signalColumns } from "./signal.ts";

/**
 * Vector logs: `/Traces/<channel>` (points, parts, traces), parts 0 and 1 real and imaginary when its attribute `complex` is set, the axis as start and
 * step per trace in `<channel>_t0dt` or as a last part of its own, lengths in `<channel>_N`. Trace t belongs to point `t mod n` of stored trace `t div n`.
 */
export async function readVectors(
  reader: Hdf5Reader,
  log: LabberLog,
  settings: InstrumentSettings,
  context: LabberContext,
): Promise<Dataset[]> {
  const under = `${log.at}/Traces/`;
  const vectors = reader.outline.nodes.filter(
    (n) => n.type === "array" && n.path.startsWith(under) && !/_(N|t0dt)$/.test(n.path) && n.shape.length === 3,
  );
  const all: Dataset[] = [];
  for (const node of vectors) {
    const name = node.path.slice(under.length);
    const qubit = qubitOf(log, name, vectors.length === 1);
    all.push(...(await readVector(reader, log, node, { name, qubit }, settings, context)));
  }
  return all;
}

async function readVector(
  reader: Hdf5Reader,
  log: LabberLog,
  node: OutlineNode,
  { name, qubit }: { readonly name: string; readonly qubit: string },
  settingsOf: InstrumentSettings,
  context: LabberContext,
): Promise<Dataset[]> {
  const { values, shape } = await reader.numbers(node.path);
  const [points = 0, parts = 0, traces = 0] = shape;
  const complex = node.attributes.complex === true || numberOf(node.attributes.complex) === 1;
  if (parts < (complex ? 2 : 1)) throw new ImportError(formatMessages.labberComplex(name), `${context.file}:${node.path}`);
  const lengths = await side(reader, `${node.path}_N`);
  const starts = await side(reader, `${node.path}_t0dt`);
  const xName = textOf(node.attributes["x, name"]);
  const xUnit = textOf(node.attributes["x, unit"]);
  const role = roleOf(xName, xUnit);
  const axes = axesOf(log);
  const groups = Array.from({ length: traces }, (_, t) => groupOf(log, axes, t));
  const repeated = axes.map((a) => isRepetition(log, a, axes, groups));
  const settings = await settingsOf(name);
  const kind = labberKind(settings, log.name);
  const fixed = sourcePower(
    log,
    name,
    settings,
    axes.map((a) => a.name),
  );
  return groups.flatMap((group, t) => {
    if (group.entry >= log.entries) return [];
    const length = Math.min(points, at(lengths, t, 1, 0) ?? points);
    const part = (c: number) => Float64Array.from({ length }, (_, k) => values[(k * parts + c) * traces + t]!);
    const last = parts > (complex ? 2 : 1) ? part(parts - 1) : undefined;
    // A real trace may keep an empty second part.
    const own = last?.some((x) => x !== last[0]) ? last : undefined;
    const [t0, dt] = [at(starts, t, 2, 0), at(starts, t, 2, 1)];
    const x = own ?? Float64Array.from({ length }, (_, k) => (t0 ?? Number.NaN) + k * (dt ?? Number.NaN));
    const signal = { name, stepped: false, values: part(0), ...(complex ? { imaginary: part(1) } : {}) };
    const swept = axes.filter((_, k) => !repeated[k]);
    return [
      datasetOf(
        {
          axis: siColumn(xName || "x", role, x, xUnit),
          signal: signalColumns(signal, log.channels.get(name), role),
          qubit,
          trace: traceName(name, context.several || traces > 1, context),
          started: startedAt(log, group.entry),
          conditions: [...swept.map((a) => conditionOf(a, valueIn(a, group, context.file))), ...fixed],
          repetition: traces === 1 ? "single" : repeated.every(Boolean) ? "repeat" : "swept",
          notes: [
            ...(kind.note !== undefined && role === "delay" ? [kind.note] : []),
            ...log.notes,
            ...axes.map((a, k) => axisNote(a, repeated[k] === true)),
          ],
          stated: kind.stated,
        },
        context.hints,
      ),
    ];
  });
}

/** An oscilloscope's or digitiser's time axis is no delay. */
function roleOf(name: string, unit: string): Role {
  if (isUnitOf("Hz", unit)) return "frequency";
  if (!isUnitOf("s", unit)) return "other";
  return isDelayName(name) && !/^time$/i.test(name.trim()) ? "delay" : "time";
}

function groupOf(log: LabberLog, axes: ReturnType<typeof axesOf>, trace: number): LabberGroup {
  const per = Math.max(1, log.points);
  const [p, entry] = [trace % per, Math.floor(trace / per)];
  return { rows: [trace], indices: axes.map((a) => a.index(p, entry)), entry };
}

async function side(reader: Hdf5Reader, path: string): Promise<Float64Array | undefined> {
  return has(reader, path) === undefined ? undefined : (await reader.numbers(path)).values;
}

/** Cell of a table with one row per trace, or with one row for all. */
function at(table: Float64Array | undefined, trace: number, width: number, cell: number): number | undefined {
  return table?.[table.length === width ? cell : trace * width + cell];
}

/** Output power of the instrument that gave the signal, where the file states it with its unit and it was not swept. */
function sourcePower(log: LabberLog, signal: string, settings: Attributes, swept: readonly string[]): Condition[] {
  const instrument = log.channels.get(signal)?.instrument;
  const value = numberOf(settings["Output power"]);
  const channel = [...log.channels].find(([, c]) => c.instrument === instrument && c.quantity === "Output power");
  if (value === undefined || channel === undefined || swept.includes(channel[0]) || !isUnitOf("W", channel[1].unit)) return [];
  const column = siColumn(channel[0], "condition", Float64Array.of(value), channel[1].unit);
  return [{ name: column.name, value: column.values[0]!, unit: column.unit }];
}
