import { isNumeric, numbersOfAll } from "../arrays/hdf5-arrays.ts";
import type { NamedArray } from "../arrays/named-array.ts";
import { refuseDamage } from "../hdf5/damage.ts";
import type { OutlineNode } from "../hdf5/reader.ts";
import type { FileContent } from "../importer.ts";
import { textOf } from "../netcdf/view.ts";
import { rowMajor } from "../numpy/npy.ts";

/** What a MAT-file of version 7.3 holds: arrays, and the paths of what consists of references. */
export interface Mat73 {
  readonly arrays: readonly NamedArray[];
  readonly references: readonly string[];
  /** The file holds more than was listed. */
  readonly truncated: boolean;
}

/** Where MATLAB keeps the members of cells and of arrays of structures, and the insides of objects. */
const HIDDEN = /^\/#(?:refs|subsystem)#/;

/**
 * The arrays of a MAT-file of version 7.3 (save -v7.3): HDF5 behind a user block of 512 bytes, with the class of each array in `MATLAB_class` and its
 * dimensions in reverse. Structures are groups.
 * @param hidden also the arrays under `/#refs#`, which only the lab file can name
 * @throws ImportError naming the array
 */
export async function mat73Arrays(file: FileContent, hidden: boolean): Promise<Mat73> {
  refuseDamage(file.probe.outline, file.probe.path);
  const reader = await file.hdf5();
  const { outline } = reader;
  const nodes = outline.nodes.filter((node) => node.type === "array" && (hidden || !HIDDEN.test(node.path)));
  const readable = nodes.filter((node) => isNumeric(node) && !("MATLAB_empty" in node.attributes));
  const numbers = await numbersOfAll(reader, readable, file.probe.path);
  const arrays = numbers.map(({ node, values, imaginary }) => inMatlabOrder(node, values, imaginary));
  const references = nodes.filter((node) => node.dtype === "reference").map((node) => node.path);
  return { arrays, references, truncated: outline.truncated === true };
}

function inMatlabOrder(node: OutlineNode, stored: Float64Array, imaginary: Float64Array | undefined): NamedArray {
  const path = node.path.slice(1);
  const shape = [...node.shape].reverse();
  const flat = shape.filter((n) => n > 1).length <= 1;
  const order = flat ? undefined : rowMajor(shape);
  const sorted = (values: Float64Array) => (order === undefined ? values : Float64Array.from(order, (from) => values[from]!));
  const values = sorted(stored);
  if (textOf(node.attributes.MATLAB_class) === "char") {
    const width = shape[1] ?? values.length;
    const rows = width === 0 ? 0 : values.length / width;
    const row = (r: number) => String.fromCharCode(...values.subarray(r * width, Math.min((r + 1) * width, r * width + LONGEST)));
    return { path, shape: [rows], texts: Array.from({ length: Math.min(rows, LONGEST) }, (_, r) => row(r).trimEnd()) };
  }
  return imaginary === undefined ? { path, shape, values } : { path, shape, values, imaginary: sorted(imaginary) };
}

/** Texts are names and notes, never data. */
const LONGEST = 10_000;
