import * as say from "../../core/messages/field-route.ts";
import type { Boundary, Side } from "../../field/equation.ts";
import type { SideWord, StatedBoundary } from "../../lab/field-statement.ts";
import { type FieldInput, FieldRefusal } from "./input.ts";
import type { FieldFact } from "./study.ts";

/**
 * The boundary that the entries of the files state, else that of `field:`, else no flux.
 * @throws FieldRefusal when files state different ones, or a robin side has no h
 */
export function boundaryOf(
  { facts, maps, sources }: FieldInput,
  dimensions: 1 | 2,
): { readonly boundary: Boundary; readonly fact: FieldFact } {
  const entries = [...maps, ...sources].flatMap((d) => (d.entry ? [d.entry] : []));
  const stated = entries.flatMap(({ boundary, place }) => (boundary === undefined ? [] : [{ boundary, place }]));
  const other = stated.find((s) => JSON.stringify(s.boundary) !== JSON.stringify(stated[0]!.boundary));
  if (other) throw new FieldRefusal(say.twoBoundaries(stated[0]!.place, other.place));
  const words = stated[0]?.boundary ?? facts.boundary;
  const robin = entries.find((e) => e.robin !== undefined)?.robin ?? facts.robin;
  const side = (name: (typeof SIDES)[number]): Side => {
    const word = wordOf(words, name);
    if (word !== "robin") return { type: word };
    if (robin === undefined) throw new FieldRefusal(say.robinWithout());
    return { type: "robin", h: robin };
  };
  const boundary: Boundary = { x: [side("left"), side("right")], y: [side("bottom"), side("top")] };
  const names = SIDES.slice(0, 2 * dimensions);
  const assumed = words === undefined || (typeof words === "object" && names.every((name) => words[name] === undefined));
  return { boundary, fact: { sentence: say.boundary(assumed, names.map((name) => `${name} ${wordOf(words, name)}`).join(", ")), assumed } };
}

/** Those of a line first. */
const SIDES = ["left", "right", "bottom", "top"] as const;

function wordOf(stated: StatedBoundary | undefined, name: (typeof SIDES)[number]): SideWord {
  return (typeof stated === "string" ? stated : stated?.[name]) ?? "no-flux";
}
