import type { Note } from "../core/dataset.ts";
import { ImportError } from "../core/errors.ts";
import { hdf5FamilyMessages as say } from "../core/messages/import-hdf5.ts";
import { unknownHdf5Layout } from "../core/messages/importers.ts";
import type { ColumnData, Dataset } from "../tables/dataset.ts";
import { refuseDamage } from "./hdf5/damage.ts";
import type { Attributes, Hdf5Reader, Numbers, OutlineNode } from "./hdf5/reader.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { measuredSignals } from "./meaning/bare-signals.ts";
import { isDelayName, qubitOfName } from "./meaning/measurement-name.ts";
import { namedDatasets } from "./meaning/named-columns.ts";
import { namesArrays } from "./meaning/stated-delay.ts";
import { dividedByTexts, type TextAxis } from "./meaning/text-axis.ts";
import { numberOf, openNetcdf, textOf } from "./netcdf/view.ts";
import { type SweepAxis, sweepTableDatasets } from "./sweep/table.ts";
import { Unrecognised } from "./unrecognised.ts";
import { complexSignal, type Measured, type Signal } from "./xarray/signals.ts";

/**
 * plottr and labcore (ddh5): a group (`data`) of equally shaped arrays; measured ones carry `axes`, the names of the arrays they were measured along,
 * and perhaps `unit`. Complex numbers are records (r, i). Tags are empty files beside it: `__complete__`, `__interrupted__`, `__trash__`.
 */
export const ddh5: Importer = {
  name: "ddh5",
  version: 3,
  reference: "https://github.com/toolsforexperiments/plottr, datadict_storage",
  companions: (name) => (/\.(?:ddh5|dd\.h5|h5|hdf5)$/i.test(name) ? /^__\w+__\.tag$/ : undefined),
  recognise({ outline }: Probe): number {
    if (outline === undefined) return 0;
    const groups = outline.nodes.filter((node) => node.type === "group" && !node.path.slice(1).includes("/"));
    const stamped = groups.some((g) => "__creation_time_sec__" in g.attributes);
    const measured = outline.nodes.some((n) => n.type === "array" && "axes" in n.attributes && "__creation_time_sec__" in n.attributes);
    if (stamped) return 0.97;
    return measured || (groups.some((g) => g.path === "/data") && "__creation_time_sec__" in outline.attributes) ? 0.9 : 0;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    if (namesArrays(hints)) return namedDatasets(await openNetcdf(file), hints);
    refuseDamage(file.probe.outline, file.probe.path);
    const tags = new Set((await file.siblings()).flatMap((name) => /^__(\w+?)__\.tag$/.exec(name)?.[1] ?? []));
    if (tags.has("trash")) throw new Unrecognised(say.trash());
    const reader = await file.hdf5();
    const all: Dataset[] = [];
    for (const group of reader.outline.nodes.filter((n) => n.type === "group" && !n.path.slice(1).includes("/")))
      all.push(...(await readGroup(reader, group, file.probe.path, stateNotes(tags, group.attributes), hints)));
    const arrays = reader.outline.nodes.filter((n) => n.type === "array" && !n.shape.includes(0));
    if (all.length === 0 && arrays.length > 0 && !arrays.some((n) => axesOf(n).length > 0))
      throw new Unrecognised(
        unknownHdf5Layout(
          Object.keys(reader.outline.attributes),
          arrays.map((n) => n.path),
        ),
      );
    if (all.length === 0) throw new Unrecognised(say.noData("plottr or labcore"));
    return all;
  },
};

function stateNotes(tags: ReadonlySet<string>, group: Attributes): Note[] {
  if (tags.has("interrupted")) return [{ code: "interrupted", text: say.interrupted() }];
  const closed = tags.has("complete") || "__close_time_sec__" in group;
  return closed ? [] : [{ code: "not_closed", text: say.notClosed() }];
}

async function readGroup(reader: Hdf5Reader, group: OutlineNode, file: string, notes: readonly Note[], hints: Hints): Promise<Dataset[]> {
  const arrays = reader.outline.nodes.filter((n) => n.type === "array" && n.path.startsWith(`${group.path}/`));
  const dependents = arrays.filter((n) => axesOf(n).length > 0 && !n.shape.includes(0) && isNumeric(n));
  const sets = new Map<string, OutlineNode[]>();
  for (const node of dependents) {
    const key = axesOf(node).join("\n");
    sets.set(key, [...(sets.get(key) ?? []), node]);
  }
  const measurement = textOf(group.attributes["__dataset.name__"]) || folderName(file);
  const all: Dataset[] = [];
  for (const nodes of sets.values()) {
    const read = await Promise.all(nodes.map((node) => numbersOf(reader, node)));
    const rows = read[0]?.values.length ?? 0;
    const axes: SweepAxis[] = [];
    const texts: TextAxis[] = [];
    for (const name of axesOf(nodes[0]!)) {
      const path = `${group.path}/${name}`;
      if (arrays.some((n) => n.path === path && isText(n))) texts.push(await textAxisOf(reader, path, nodes[0]!, rows, file));
      else axes.push(await axisOf(reader, arrays, path, nodes[0]!, rows, measurement, file));
    }
    for (const [k, n] of read.entries())
      if (n.values.length !== rows) throw new ImportError(say.unequal(nodes[k]!.path, n.values.length, rows), `${file}:${nodes[k]!.path}`);
    const { signals, others } = signalsIn(nodes, read, file);
    const started = timeOf(numberOf(group.attributes.__creation_time_sec__));
    const table = { place: file, axes, signals, others, measurement, qubit: qubitOf(measurement), started, notes };
    for (const part of dividedByTexts(table, texts)) all.push(...sweepTableDatasets(part, hints));
  }
  return all;
}

function axesOf(node: OutlineNode): string[] {
  const { axes } = node.attributes;
  return Array.isArray(axes) ? axes.map(String) : typeof axes === "string" ? [axes] : [];
}

const isNumeric = (node: OutlineNode) => node.dtype === "complex" || /^([<>][iuf]\d|bool$)/.test(node.dtype);
const isText = (node: OutlineNode) => /^(?:str$|\|S)/.test(node.dtype);
const numbersOf = (reader: Hdf5Reader, node: OutlineNode): Promise<Numbers> => reader.numbers(node.path);
const nameOf = (node: OutlineNode) => node.path.slice(node.path.lastIndexOf("/") + 1);

async function axisOf(
  reader: Hdf5Reader,
  arrays: readonly OutlineNode[],
  path: string,
  along: OutlineNode,
  rows: number,
  measurement: string,
  file: string,
): Promise<SweepAxis> {
  const node = arrays.find((n) => n.path === path);
  if (node === undefined) throw new ImportError(say.noAxis(nameOf(along), path), `${file}:${along.path}`);
  const name = nameOf(node);
  const { values } = await reader.numbers(path);
  if (values.length !== rows) throw new ImportError(say.unequal(along.path, rows, values.length), `${file}:${along.path}`);
  const unit = textOf(node.attributes.unit);
  const whole = /^[<>][iu]\d$/.test(node.dtype);
  if (unit.trim() !== "" || !isDelayName(name, measurement) || !whole) return { name, unit, values };
  const largest = values.reduce((most, x) => Math.max(most, x), 0);
  // Whole seconds are no delays of a qubit: labcore's pulse programs count nanoseconds.
  return { name, unit: "ns", values, inferred: say.nanosecondsInferred(largest) };
}

async function textAxisOf(reader: Hdf5Reader, path: string, along: OutlineNode, rows: number, file: string): Promise<TextAxis> {
  const written = (await reader.records(path)).map(String);
  if (written.length !== rows) throw new ImportError(say.unequal(along.path, rows, written.length), `${file}:${along.path}`);
  const texts = [...new Set(written)];
  const numbers = new Map(texts.map((text, k) => [text, k]));
  return { name: path.slice(path.lastIndexOf("/") + 1), texts, place: Float64Array.from(written, (text) => numbers.get(text)!) };
}

function signalsIn(
  nodes: readonly OutlineNode[],
  read: readonly Numbers[],
  file: string,
): { signals: Signal[]; others: readonly ColumnData[] } {
  const unitOf = (node: OutlineNode) => textOf(node.attributes.unit);
  const complex: Signal[] = [];
  const real: Measured[] = [];
  for (const [k, node] of nodes.entries()) {
    const { values, imaginary } = read[k]!;
    const name = nameOf(node);
    if (imaginary === undefined) real.push({ id: name, name, longName: textOf(node.attributes.label), unit: unitOf(node), values });
    else complex.push(complexSignal(name, values, imaginary, unitOf(node)));
  }
  const { signals, others } = measuredSignals(real, file);
  return { signals: [...complex, ...signals], others };
}

/** `qA_T1` -> `qA`: labcore names measurements after the qubit. */
function qubitOf(measurement: string): string {
  const found = measurement.split(/[^A-Za-z0-9]+/).filter((word) => /^q[A-Za-z0-9]{1,2}$/i.test(word));
  return found.length === 1 ? found[0]! : qubitOfName(measurement);
}

/** The folder is named after the measurement: `2023-11-16T073542_09cf8c50-qA_T1`. */
function folderName(file: string): string {
  const folder = file.split("/").at(-2) ?? "";
  return folder.replace(/^\d{4}-\d\d-\d\dT\d{6}_[0-9a-f]{8}-/, "");
}

function timeOf(seconds: number | undefined): string {
  return seconds !== undefined && seconds > 0 && seconds < 4e9 ? new Date(seconds * 1000).toISOString() : "";
}
