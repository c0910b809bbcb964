import { meaningOf } from "../csv/names.ts";
import { AXES } from "./axes.ts";
import { headerOf } from "./layout.ts";
import type { NamedArray } from "./named-array.ts";

/**
 * Axes that were stored as a grid, as `numpy.meshgrid` makes them, become vectors: of two-dimensional arrays that are called like an axis and are equal
 * in every row (or column), and of all others of their shape that are equal along the other dimension. The arrays of that shape then name their dimensions.
 */
export function withoutMesh(arrays: readonly NamedArray[]): readonly NamedArray[] {
  const mesh = arrays.map((a) => ({ a, along: runsAlong(a) })).filter(({ along }) => along !== undefined);
  const axis = mesh.find(({ a }) => AXES.includes(meaningOf(headerOf(a))?.meaning ?? "other"));
  if (axis === undefined) return arrays;
  const { shape } = axis.a;
  const own = mesh.filter(({ a }) => a.shape.join() === shape.join());
  const outer = own.filter(({ along }) => along !== axis.along);
  const inner = own.filter(({ along }) => along === axis.along);
  const names = [0, 1].map((k) => (k === axis.along ? axis.a.path : (outer[0]?.a.path ?? "")));
  return arrays.map((a) => {
    const found = [...inner, ...outer].find((m) => m.a === a);
    if (found !== undefined) return vectorOf(a, found.along!);
    return a.shape.join() === shape.join() ? { ...a, dimensions: names } : a;
  });
}

/** The dimension along which a two-dimensional array changes; undefined where it changes along both or neither. */
function runsAlong({ shape, values, imaginary }: NamedArray): 0 | 1 | undefined {
  const [rows = 0, width = 0] = shape;
  if (shape.length !== 2 || rows < 2 || width < 2 || values === undefined || imaginary !== undefined) return undefined;
  const equalRows = values.every((x, n) => Object.is(x, values[n % width]));
  const equalColumns = values.every((x, n) => Object.is(x, values[n - (n % width)]));
  return equalRows === equalColumns ? undefined : equalRows ? 1 : 0;
}

function vectorOf(a: NamedArray, along: 0 | 1): NamedArray {
  const [rows = 0, width = 0] = a.shape;
  const values = along === 1 ? a.values!.slice(0, width) : Float64Array.from({ length: rows }, (_, r) => a.values![r * width]!);
  return { ...a, shape: [values.length], values };
}
