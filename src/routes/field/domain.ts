import * as say from "../../core/messages/field-route.ts";
import type { Points } from "../../field/problem.ts";
import { FieldRefusal } from "./input.ts";
import type { FieldFact } from "./study.ts";

type Span = readonly [low: number, high: number];

/** Columns and rows may be occupied to this part for the points to be a grid. */
const OCCUPIED = 0.5;
/** Positions are written with few digits: a point this part of the domain outside it is on its side. */
const ROUNDING = 1e-5;

/**
 * The stated domain, else the box around all points of maps and sources, wider by half a spacing, as their cells are.
 * @throws FieldRefusal when the stated one has another dimension or does not hold the maps' points
 */
export function domainOf(
  stated: readonly Span[] | undefined,
  maps: readonly Points[],
  sources: readonly Points[],
): { readonly domain: readonly Span[]; readonly fact: FieldFact } {
  const dimensions = maps[0]!.y ? 2 : 1;
  if (!stated) {
    const boxes = [...maps, ...sources].map(boxOf);
    const domain = boxes[0]!.map(
      (_, axis): Span => [Math.min(...boxes.map((b) => b[axis]![0])), Math.max(...boxes.map((b) => b[axis]![1]))],
    );
    return { domain, fact: { sentence: say.domainAssumed(domain), assumed: true } };
  }
  if (stated.length !== dimensions) throw new FieldRefusal(say.domainDimension(stated.length, dimensions));
  for (const points of maps)
    for (const [axis, values] of [points.x, points.y].entries()) {
      const [low, high] = stated[axis] ?? [0, 0];
      const slack = ROUNDING * (high - low);
      const out = values?.find((v) => v < low - slack || v > high + slack);
      if (out !== undefined) throw new FieldRefusal(say.outsideDomain(axis === 0 ? "x" : "y", out, low, high));
    }
  return { domain: stated, fact: { sentence: say.domainStated(stated), assumed: false } };
}

/** Cells of a grid reach half a spacing beyond their centres; scattered points stand for an area of the same mean size each. */
function boxOf({ x, y }: Points): Span[] {
  const axes = [x, ...(y ? [y] : [])].map((values) => [...new Set(values)].sort((a, b) => a - b));
  const crossings = axes.reduce((product, values) => product * values.length, 1);
  if (axes.length === 1 || x.length >= OCCUPIED * crossings)
    return axes.map((values): Span => {
      const [a, b] = [values[0]!, values.at(-1)!];
      return [a - (values[1]! - a) / 2, b + (b - values.at(-2)!) / 2];
    });
  const spans = axes.map((values) => [values[0]!, values.at(-1)!] as const);
  const half = Math.sqrt(((spans[0]![1] - spans[0]![0]) * (spans[1]![1] - spans[1]![0])) / x.length) / 2;
  return spans.map(([a, b]): Span => [a - half, b + half]);
}
