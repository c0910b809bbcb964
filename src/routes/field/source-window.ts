import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/field-route.ts";
import type { SourceTerm } from "../../field/problem.ts";
import { boxOf } from "./domain.ts";
import type { FieldFact } from "./study.ts";

/** Of the largest R: a map of the source that ends where more is absorbed than this ends within the source. */
const RIM = 0.01;
/** Of the domain: sides closer than this are the same. */
const SAME = 1e-3;

/** A source's map that covers less than the domain, beyond which R counts as zero; undefined where it covers all. */
export function windowOf(
  { name, shape }: Pick<SourceTerm, "name" | "shape">,
  domain: readonly (readonly [low: number, high: number])[],
): { readonly fact: FieldFact; readonly check?: Check } | undefined {
  if (shape.type !== "map") return undefined;
  const { points, values } = shape;
  const box = boxOf(points);
  const axes = [points.x, ...(points.y ? [points.y] : [])];
  const largest = values.reduce((most, r) => Math.max(most, Math.abs(r)), 0);
  const rims = axes.flatMap((at, axis) => {
    const [low, high] = domain[axis]!;
    const slack = SAME * (high - low);
    const open = [box[axis]![0] > low + slack, box[axis]![1] < high - slack] as const;
    const ends = at.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)] as [number, number], [Infinity, -Infinity] as [number, number]);
    return open.flatMap((isOpen, end) => (isOpen ? [Math.max(...at.map((v, i) => (v === ends[end] ? Math.abs(values[i]!) : 0)))] : []));
  });
  if (rims.length === 0) return undefined;
  const share = Math.max(...rims) / largest;
  const sentence = say.sourceWindow(name, box, share);
  return {
    fact: { sentence, assumed: true },
    ...(share > RIM ? { check: check("field_source_window", false, sentence, share, RIM) } : {}),
  };
}
