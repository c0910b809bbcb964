import * as say from "../../core/messages/field-route.ts";
import type { Gamma0Law, Gamma2Law, Regions } from "../../field/problem.ts";
import type { FieldFacts, StatedRegion } from "../../lab/field-statement.ts";
import { FieldRefusal } from "./input.ts";

type Domain = readonly (readonly [low: number, high: number])[];

/**
 * A smooth field where nothing is stated.
 * @throws FieldRefusal for a spot or a region that is not in the domain
 */
export function gamma0Law(stated: FieldFacts, domain: Domain): Gamma0Law {
  const law = stated.gamma0 ?? (stated.spots.length > 0 ? "spots" : "field");
  if (law === "regions") return { type: "regions", regions: regionsOf(stated.regions, domain) };
  if (law !== "spots") return { type: law };
  for (const [i, { centre }] of stated.spots.entries()) {
    const name = `spot ${i + 1}`;
    if (centre.length !== domain.length) throw new FieldRefusal(say.coordinates(name, centre.length, domain.length));
    if (!domain.every(([low, high], axis) => centre[axis]! >= low && centre[axis]! <= high))
      throw new FieldRefusal(say.notInDomain(name, domain));
  }
  return { type: "spots", spots: stated.spots };
}

export function gamma2Law(stated: FieldFacts, domain: Domain): Gamma2Law {
  return stated.gamma2 === "regions" ? { type: "regions", regions: regionsOf(stated.regions, domain) } : { type: "scalar" };
}

/** Names in their order, several boxes of one name together. */
function regionsOf(stated: readonly StatedRegion[], domain: Domain): Regions {
  const names = [...new Set(stated.map((r) => r.name))];
  const boxes = stated.flatMap(({ name, box }) => (box ? [{ region: names.indexOf(name), low: box.from, high: box.to }] : []));
  for (const { region, low, high } of boxes) {
    const name = `region "${names[region]}"`;
    if (low.length !== domain.length) throw new FieldRefusal(say.coordinates(name, low.length, domain.length));
    if (!domain.every(([from, to], axis) => low[axis]! < to && high[axis]! > from)) throw new FieldRefusal(say.notInDomain(name, domain));
  }
  return { names, boxes };
}
