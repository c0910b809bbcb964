import * as say from "../../core/messages/field-route.ts";
import type { Points } from "../../field/problem.ts";
import { FieldRefusal } from "./input.ts";
import type { FieldFact } from "./study.ts";

type Span = readonly [low: number, high: number];

/** Columns and rows may be occupied to this part for the points to be a grid. */
const OCCUPIED = 0.5;
/** Positions are written with few digits: a point this part of the domain outside it is on its side. */
const ROUNDING = 1e-5;
const DIGITS = 4;
/** Steps that differ by less than this share are equal. */
const EQUAL_STEPS = 2e-3;

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

/** Positions are written with few digits, and the ends of the domain with as many: 4 behind the leading one of the spacing. */
function rounded(end: number, spacing: number): number {
  const unit = 10 ** (Math.floor(Math.log10(spacing)) - DIGITS);
  return Number((Math.round(end / unit) * unit).toPrecision(12)) + 0;
}

/** Cells of a grid reach half a spacing beyond their centres; scattered points stand for an area of the same mean size each. */
export function boxOf({ x, y }: Points): Span[] {
  const axes = [x, ...(y ? [y] : [])].map((values) => [...new Set(values)].sort((a, b) => a - b));
  const crossings = axes.reduce((product, values) => product * values.length, 1);
  if (axes.length === 1 || x.length >= OCCUPIED * crossings)
    return axes.map((values): Span => {
      const [a, b] = [values[0]!, values.at(-1)!];
      const mean = (b - a) / (values.length - 1);
      const even = values.every((v, i) => i === 0 || Math.abs(v - values[i - 1]! - mean) < EQUAL_STEPS * mean);
      const [first, last] = even ? [mean, mean] : [values[1]! - a, b - values.at(-2)!];
      return [rounded(a - first / 2, first), rounded(b + last / 2, last)];
    });
  const spans = axes.map((values) => [values[0]!, values.at(-1)!] as const);
  const half = Math.sqrt(((spans[0]![1] - spans[0]![0]) * (spans[1]![1] - spans[1]![0])) / x.length) / 2;
  return spans.map(([a, b]): Span => [rounded(a - half, half), rounded(b + half, half)]);
}
