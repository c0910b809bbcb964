import type { Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import type { Attributes, Hdf5Reader, OutlineNode } from "../hdf5/reader.ts";
import { numberOf, textOf } from "../netcdf/view.ts";

/** One log of a Labber file as it is stored: the file's root, or `/Log_2`, `/Log_3`, .. of a log that was run again into the same file. */
export interface LabberLog {
  /** Path of the log inside the file, empty for the root. */
  readonly at: string;
  readonly name: string;
  /** Seconds since 1970; NaN when it is not stated. */
  readonly created: number;
  /** Number of points per trace and of traces that were stored. */
  readonly points: number;
  readonly entries: number;
  /** Points of the last trace that were measured; fewer than `points` when the log was ended within it. */
  readonly lastPoints: number;
  readonly completed: boolean;
  /** Lengths of the stepped axes, innermost first, ones left out; the product beyond the first is the planned number of traces. */
  readonly dimensions: readonly { readonly channel: string; readonly length: number }[];
  readonly columns: readonly LabberColumn[];
  /** Settings of a channel: unit, instrument. */
  readonly channels: ReadonlyMap<string, LabberChannel>;
  /** Names of the stepped channels whose value is computed from others, with those others. */
  readonly relations: readonly { readonly channel: string; readonly from: readonly string[] }[];
  /** Seconds after `created` at which each trace was stored. */
  readonly times: Float64Array;
  /** What was written by hand: the comment, and tags of project, user and any other kind. */
  readonly notes: readonly Note[];
}

export interface LabberChannel {
  readonly instrument: string;
  readonly quantity: string;
  readonly unit: string;
}

/** A channel with its numbers: `values[entry * points + point]`. A complex channel has an imaginary part. */
export interface LabberColumn {
  readonly name: string;
  readonly stepped: boolean;
  readonly values: Float64Array;
  readonly imaginary?: Float64Array;
}

/**
 * Reads one log.
 * @param at path of the log inside the file, empty for the root
 * @throws ImportError when the pieces contradict each other
 */
export async function readLog(reader: Hdf5Reader, file: string, at: string): Promise<LabberLog> {
  const root = at === "" ? reader.outline.attributes : await reader.attributes(at);
  const data = await reader.attributes(`${at}/Data`);
  const names = (await reader.records(`${at}/Data/Channel names`)).map(row);
  const { values, shape } = await reader.numbers(`${at}/Data/Data`);
  const [points = 0, width = 0, entries = 0] = shape;
  if (shape.length !== 3 || width !== names.length)
    throw new ImportError(formatMessages.labberShape(shape, names.length), `${file}:${at}/Data/Data`);
  const steps = (await rows(reader, `${at}/Step list`)).map((r) => ({
    channel: text(r.channel_name),
    related: r.use_relations === 1,
    equation: text(r.equation),
  }));
  const logged = new Set((await rows(reader, `${at}/Log list`)).map((r) => text(r.channel_name)));
  const stepped = new Set(steps.map((s) => s.channel));
  const dimensions = dimensionsOf(numbers(data, root), steps, `${file}:${at}/Data`, points, entries);
  const relations = [];
  for (const step of steps)
    if (step.related) relations.push({ channel: step.channel, from: await sourcesOf(reader, at, step.channel, step.equation) });
  return {
    at,
    name: textOf(root.log_name),
    created: numberOf(root.creation_time) ?? Number.NaN,
    points,
    entries,
    lastPoints: Math.min(points, numberOf(data["Entries, last trace"]) ?? points),
    completed: data.Completed !== false && data.Completed !== 0,
    dimensions,
    columns: columnsOf(names, values, points, entries, (name) => stepped.has(name) && !logged.has(name), `${file}:${at}/Data`),
    channels: await channelsOf(reader, at),
    relations,
    times: has(reader, `${at}/Data/Time stamp`) ? (await reader.numbers(`${at}/Data/Time stamp`)).values : new Float64Array(0),
    notes: await handwritten(reader, at, textOf(root.comment)),
  };
}

async function handwritten(reader: Hdf5Reader, at: string, comment: string): Promise<Note[]> {
  const tags = has(reader, `${at}/Tags`) === undefined ? {} : await reader.attributes(`${at}/Tags`);
  const words = Object.entries(tags).flatMap(([kind, value]) => {
    const texts = [value].flat().filter((x) => typeof x === "string" && x.trim() !== "");
    return texts.length === 0 ? [] : [`${kind}: ${texts.join(", ")}`];
  });
  return [
    ...(comment.trim() === "" ? [] : [{ code: "comment", text: formatMessages.labberComment(comment.trim()) }]),
    ...(words.length === 0 ? [] : [{ code: "tags", text: formatMessages.labberTags(words) }]),
  ];
}

const numbers = (data: Attributes, root: Attributes) => data["Step dimensions"] ?? root["Step dimensions"];

export function has(reader: Hdf5Reader, path: string): OutlineNode | undefined {
  return reader.outline.nodes.find((node) => node.path === path);
}

type Row = Readonly<Record<string, string | number>>;
const row = (r: string | Row): Row => (typeof r === "string" ? { name: r } : r);
const text = (value: string | number | undefined) => (typeof value === "string" ? value.trim() : "");

async function rows(reader: Hdf5Reader, path: string): Promise<Row[]> {
  return has(reader, path) === undefined ? [] : (await reader.records(path)).map(row);
}

function dimensionsOf(
  stated: Attributes[string] | undefined,
  steps: readonly { channel: string }[],
  place: string,
  points: number,
  entries: number,
): LabberLog["dimensions"] {
  const lengths = Array.isArray(stated) ? stated.map(Number) : typeof stated === "number" ? [stated] : undefined;
  if (lengths === undefined)
    return [
      { channel: steps[0]?.channel ?? "", length: points },
      ...(entries > 1 ? [{ channel: steps[1]?.channel ?? "", length: entries }] : []),
    ];
  const dimensions = lengths.map((length, k) => ({ channel: steps[k]?.channel ?? "", length })).filter((d) => d.length > 1);
  const inner = points > 1 ? dimensions.slice(0, 1) : [];
  if (points > 1 && inner[0]?.length !== points) throw new ImportError(formatMessages.labberSteps(points, inner[0]?.length ?? 1), place);
  const planned = dimensions.slice(inner.length).reduce((total, d) => total * d.length, 1);
  if (entries > planned) throw new ImportError(formatMessages.labberEntries(entries, planned), place);
  return dimensions;
}

function columnsOf(
  names: readonly Row[],
  values: Float64Array,
  points: number,
  entries: number,
  isStepped: (name: string) => boolean,
  place: string,
): LabberColumn[] {
  const width = names.length;
  const column = (c: number) => {
    const out = new Float64Array(points * entries);
    for (let e = 0; e < entries; e++) for (let p = 0; p < points; p++) out[e * points + p] = values[(p * width + c) * entries + e]!;
    return out;
  };
  const find = (name: string, part: string) => names.findIndex((r) => text(r.name) === name && text(r.info) === part);
  const columns: LabberColumn[] = [];
  for (const name of new Set(names.map((r) => text(r.name)))) {
    const real = find(name, "Real");
    const imaginary = find(name, "Imaginary");
    const plain = find(name, "");
    if (plain >= 0) columns.push({ name, stepped: isStepped(name), values: column(plain) });
    else if (real >= 0 && imaginary >= 0) columns.push({ name, stepped: false, values: column(real), imaginary: column(imaginary) });
    else throw new ImportError(formatMessages.labberComplex(name), `${place}/Channel names`);
  }
  return columns;
}

async function channelsOf(reader: Hdf5Reader, at: string): Promise<Map<string, LabberChannel>> {
  const all = await rows(reader, `${at}/Channels`);
  return new Map(all.map((r) => [text(r.name), { instrument: text(r.instrument), quantity: text(r.quantity), unit: text(r.unitPhys) }]));
}

/** Channels whose values stand in a stepped channel's equation (`p1 + p2`): its own step values are called `x`. */
async function sourcesOf(reader: Hdf5Reader, at: string, channel: string, equation: string): Promise<string[]> {
  const path = `${at}/Step config/${channel}/Relation parameters`;
  if (channel.includes("/") || has(reader, `${at}/Step config/${channel}`) === undefined) return [];
  const used = new Set(equation.match(/[A-Za-z_]\w*/g) ?? []);
  const parameters = await rows(reader, path);
  return parameters.filter((r) => used.has(text(r.variable)) && text(r.channel_name) !== "Step values").map((r) => text(r.channel_name));
}
