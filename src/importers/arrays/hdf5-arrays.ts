import { ImportError } from "../../core/errors.ts";
import { numpyMessages } from "../../core/messages/import-numpy.ts";
import { meaningOf } from "../csv/names.ts";
import type { Hdf5Reader, Numbers, OutlineNode } from "../hdf5/reader.ts";
import { numberOf, textOf } from "../netcdf/view.ts";
import { MOST_NUMBERS } from "../numpy/npy.ts";
import { AXES } from "./axes.ts";
import { headerOf } from "./layout.ts";
import { type NamedArray, squeezed } from "./named-array.ts";

/** Whether an array of an HDF5 file holds real or complex numbers that can be read: not half or extended precision. */
export const isNumeric = (node: OutlineNode) => /^(?:[<>][iu][1248]|[<>]f[48]|bool|complex)$/.test(node.dtype);

/**
 * The numbers of some arrays.
 * @param nodes of numbers
 * @throws ImportError for more numbers than are read at once, or naming the array that cannot be read
 */
export async function numbersOfAll(
  reader: Hdf5Reader,
  nodes: readonly OutlineNode[],
  place: string,
): Promise<(Numbers & { node: OutlineNode })[]> {
  const total = nodes.reduce((sum, node) => sum + node.shape.reduce((a, b) => a * b, 1), 0);
  if (!(total <= MOST_NUMBERS)) throw new ImportError(numpyMessages.tooMany(total, MOST_NUMBERS), place);
  const all: (Numbers & { node: OutlineNode })[] = [];
  for (const node of nodes) all.push({ node, ...(await reader.numbers(node.path)) });
  return all;
}

/** Records of more rows are no table of a measurement's points. */
const MOST_RECORDS = 1e5;

/**
 * All arrays of numbers of a file, the columns of its records and the numbers among its attributes, by path, with the unit that an attribute `unit` or
 * `units` states. None, and nothing is read, where no array is called like the axis of a measurement.
 * @throws ImportError naming the array that cannot be read
 */
export async function hdf5Arrays(reader: Hdf5Reader, place: string): Promise<NamedArray[]> {
  const nodes = reader.outline.nodes.filter((node) => node.type === "array" && !node.shape.includes(0));
  const records = nodes.filter(({ dtype, shape }) => dtype === "compound" && shape.length === 1 && shape[0]! <= MOST_RECORDS);
  if (records.length === 0 && !nodes.some(isAxis)) return [];
  const arrays = (await numbersOfAll(reader, nodes.filter(isNumeric), place)).map(({ node, ...numbers }): NamedArray => {
    const unit = textOf(node.attributes.units) || textOf(node.attributes.unit);
    const dimensions = node.scales?.map((path) => path.slice(1));
    return { path: node.path.slice(1), ...numbers, ...(unit === "" ? {} : { unit }), ...(dimensions === undefined ? {} : { dimensions }) };
  });
  for (const node of records) arrays.push(...(await columnsOf(reader, node)));
  const lengths = new Set(arrays.flatMap(({ shape }) => (squeezed(shape).length === 2 ? shape : [])));
  for (const node of nodes)
    if (/^(?:str$|\|S)/.test(node.dtype) && node.shape.length === 1 && lengths.has(node.shape[0]!))
      arrays.push({ path: node.path.slice(1), shape: node.shape, texts: (await reader.records(node.path)).map(String) });
  return [...arrays, ...settingsOf(reader)];
}

/** Numbers among the attributes of the root and of groups (`shots`, `temperature_mK`) are settings of what stands there; texts may name qubits. */
function settingsOf({ outline }: Hdf5Reader): NamedArray[] {
  const groups = outline.nodes.filter((node) => node.type === "group");
  return [{ path: "", attributes: outline.attributes }, ...groups].flatMap(({ path, attributes }) =>
    Object.keys(attributes).flatMap((name): NamedArray[] => {
      const written = attributes[name];
      if (/qubit/i.test(name) && Array.isArray(written))
        return [{ path: `${path}/${name}`.slice(1), shape: [written.length], texts: written.map(String) }];
      const value = numberOf(written);
      return value === undefined ? [] : [{ path: `${path}/${name}`.slice(1), shape: [], values: Float64Array.of(value) }];
    }),
  );
}

function isAxis({ path, shape }: OutlineNode): boolean {
  const named = meaningOf(headerOf({ path, shape }));
  return squeezed(shape).length === 1 && named !== undefined && AXES.includes(named.meaning);
}

/** The members of an array of records that are numbers in every row. */
async function columnsOf(reader: Hdf5Reader, node: OutlineNode): Promise<NamedArray[]> {
  const rows = (await reader.records(node.path)).filter((row) => typeof row === "object");
  const names = Object.keys(rows[0] ?? {}).filter((name) => rows.every((row) => typeof row[name] === "number"));
  return names.map((name) => ({
    path: `${node.path.slice(1)}/${name}`,
    shape: [rows.length],
    values: Float64Array.from(rows, (row) => row[name] as number),
  }));
}
