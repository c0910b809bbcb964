import type { Gamma0Law, Gamma2Law, Regions } from "../../field/problem.ts";
import type { FieldFacts, StatedRegion } from "../../lab/field-statement.ts";

/** A smooth field where nothing is stated. */
export function gamma0Law(stated: FieldFacts): Gamma0Law {
  const law = stated.gamma0 ?? (stated.spots.length > 0 ? "spots" : "field");
  if (law === "regions") return { type: "regions", regions: regionsOf(stated.regions) };
  return law === "spots" ? { type: "spots", spots: stated.spots } : { type: law };
}

export function gamma2Law(stated: FieldFacts): Gamma2Law {
  return stated.gamma2 === "regions" ? { type: "regions", regions: regionsOf(stated.regions) } : { type: "scalar" };
}

/** Names in their order, several boxes of one name together. */
function regionsOf(stated: readonly StatedRegion[]): Regions {
  const names = [...new Set(stated.map((r) => r.name))];
  const boxes = stated.flatMap(({ name, box }) => (box ? [{ region: names.indexOf(name), low: box.from, high: box.to }] : []));
  return { names, boxes };
}
