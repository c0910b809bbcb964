import * as say from "../../core/messages/field-route.ts";
import type { Boundary, Side } from "../../field/equation.ts";
import type { SideWord, StatedBoundary } from "../../lab/field-statement.ts";
import { type FieldInput, FieldRefusal } from "./input.ts";
import type { FieldFact } from "./study.ts";

/**
 * The boundary that the entries of the files state, else that of `field:`, else no flux.
 * @throws FieldRefusal when files state different ones, or a robin side has no h
 */
export function boundaryOf({ facts, maps, sources }: FieldInput): { readonly boundary: Boundary; readonly fact: FieldFact } {
  const entries = [...maps, ...sources].flatMap((d) => (d.entry ? [d.entry] : []));
  const stated = entries.flatMap(({ boundary, place }) => (boundary === undefined ? [] : [{ boundary, place }]));
  const other = stated.find((s) => JSON.stringify(s.boundary) !== JSON.stringify(stated[0]!.boundary));
  if (other) throw new FieldRefusal(say.twoBoundaries(stated[0]!.place, other.place));
  const words = stated[0]?.boundary ?? facts.boundary;
  const robin = entries.find((e) => e.robin !== undefined)?.robin ?? facts.robin;
  const side = (name: "left" | "right" | "bottom" | "top"): Side => {
    const word = wordOf(words, name);
    if (word !== "robin") return { type: word };
    if (robin === undefined) throw new FieldRefusal(say.robinWithout());
    return { type: "robin", h: robin };
  };
  const boundary: Boundary = { x: [side("left"), side("right")], y: [side("bottom"), side("top")] };
  return { boundary, fact: { sentence: say.boundary(words === undefined, describe(words)), assumed: words === undefined } };
}

function wordOf(stated: StatedBoundary | undefined, name: "left" | "right" | "bottom" | "top"): SideWord {
  return (typeof stated === "string" ? stated : stated?.[name]) ?? "no-flux";
}

function describe(stated: StatedBoundary | undefined): string {
  if (stated === undefined || typeof stated === "string") return stated ?? "no-flux";
  return (["left", "right", "bottom", "top"] as const).map((name) => `${name} ${wordOf(stated, name)}`).join(", ");
}
