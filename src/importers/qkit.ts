import { ImportError } from "../core/errors.ts";
import { hdf5FamilyMessages as say } from "../core/messages/import-hdf5.ts";
import type { Dataset } from "../tables/dataset.ts";
import { refuseDamage } from "./hdf5/damage.ts";
import type { Hdf5Reader, OutlineNode } from "./hdf5/reader.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { measuredSignals } from "./meaning/bare-signals.ts";
import { qubitOfName } from "./meaning/measurement-name.ts";
import { namedDatasets } from "./meaning/named-columns.ts";
import { namesArrays } from "./meaning/stated-delay.ts";
import { numberOf, openNetcdf, textOf } from "./netcdf/view.ts";
import { alongGrid, type SweepAxis, sweepTableDatasets } from "./sweep/table.ts";
import { Unrecognised } from "./unrecognised.ts";
import type { Measured } from "./xarray/signals.ts";

/** `ds_type` of what was measured: over one, two or three coordinates. */
const MEASURED = [1, 2, 3];
const URLS = ["x_ds_url", "y_ds_url", "z_ds_url"] as const;

/**
 * qkit (HDF5 with a NeXus frame): root attribute `qkit`, arrays in `/entry/data0` with `unit`, `ds_type` and the paths of their coordinates,
 * `x_ds_url` outermost. Rows of a matrix are appended as they are measured: an interrupted one has fewer rows than its coordinate.
 */
export const qkit: Importer = {
  name: "qkit",
  version: 3,
  reference: "https://github.com/qkitgroup/qkit, qkit/storage",
  recognise({ outline }: Probe): number {
    if (outline === undefined) return 0;
    const entry = outline.nodes.find((node) => node.path === "/entry" && node.type === "group");
    const typed = outline.nodes.some((n) => n.path.startsWith("/entry/data0/") && "ds_type" in n.attributes);
    if ("qkit" in outline.attributes || "qt-file" in outline.attributes) return entry === undefined ? 0.7 : 0.97;
    return entry !== undefined && typed ? 0.8 : 0;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    if (namesArrays(hints)) return namedDatasets(await openNetcdf(file), hints);
    refuseDamage(file.probe.outline, file.probe.path);
    const reader = await file.hdf5();
    const measured = reader.outline.nodes.filter(isMeasured);
    const sets = new Map<string, OutlineNode[]>();
    for (const node of measured) {
      const key = [...coordinatesOf(node), node.shape.join("x")].join("\n");
      sets.set(key, [...(sets.get(key) ?? []), node]);
    }
    const all: Dataset[] = [];
    for (const nodes of sets.values()) all.push(...(await readSet(reader, nodes, file.probe, hints)));
    if (all.length === 0) throw new Unrecognised(say.noData("qkit"));
    return all;
  },
};

function isMeasured(node: OutlineNode): boolean {
  if (node.type !== "array" || !/^\/entry\/data\d+\//.test(node.path) || !/^[<>][iuf]\d$/.test(node.dtype)) return false;
  const coordinates = coordinatesOf(node);
  return !node.shape.includes(0) && coordinates.length > 0 && !coordinates.includes(node.path) && MEASURED.includes(typeOf(node));
}

/** Files from before `ds_type` existed: the number of coordinates tells the type. */
const typeOf = (node: OutlineNode) => numberOf(node.attributes.ds_type) ?? node.shape.length;

function coordinatesOf(node: OutlineNode): string[] {
  const stated = URLS.map((url) => textOf(node.attributes[url])).filter((url) => url !== "");
  return stated.slice(0, node.shape.length);
}

async function readSet(reader: Hdf5Reader, nodes: readonly OutlineNode[], probe: Probe, hints: Hints): Promise<Dataset[]> {
  const first = nodes[0]!;
  const { shape } = first;
  const place = `${probe.path}:${first.path}`;
  const axes: SweepAxis[] = [];
  for (const [k, path] of coordinatesOf(first).entries()) axes.push(await axisOf(reader, first, path, k, place));
  if (axes.length !== shape.length) throw new ImportError(say.noAxis(nameOf(first), `axis ${axes.length + 1}`), place);
  const measured: Measured[] = [];
  for (const node of nodes) {
    const { values } = await reader.numbers(node.path);
    measured.push({ id: nameOf(node), name: nameOf(node), longName: "", unit: textOf(node.attributes.unit), values });
  }
  const measurement = measurementOf(probe);
  return sweepTableDatasets(
    { place, axes, ...measuredSignals(measured, probe.path), measurement, qubit: qubitOfName(measurement), started: "", notes: [] },
    hints,
  );
}

const nameOf = (node: OutlineNode) => node.path.slice(node.path.lastIndexOf("/") + 1);

/** The coordinate's values, repeated for every row of the long table. */
async function axisOf(reader: Hdf5Reader, along: OutlineNode, path: string, k: number, place: string): Promise<SweepAxis> {
  const node = reader.outline.nodes.find((n) => n.path === path && n.type === "array");
  if (node === undefined) throw new ImportError(say.noAxis(nameOf(along), path), place);
  const { values } = await reader.numbers(path);
  const length = along.shape[k] ?? 0;
  // The last row or matrix may be missing, a value without coordinate may not be.
  if (values.length < length || (k === along.shape.length - 1 && k > 0 && values.length !== length))
    throw new ImportError(say.unequal(nameOf(along), length, values.length), place);
  return { name: nameOf(node), unit: textOf(node.attributes.unit), values: alongGrid(values, along.shape, k, place) };
}

/** `S3GQ1A_T1_q2.h5` or the folder `113059_T1_q2`: what stands behind the identifier. */
function measurementOf(probe: Probe): string {
  return probe.name.replace(/\.[^.]*$/, "").replace(/^[0-9A-Z]{6}_/, "");
}
