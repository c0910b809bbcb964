import type { RawBoundary, RawField } from "./field-schema.ts";
import type { FieldFacts, StatedBoundary } from "./field-statement.ts";
import { own } from "./own.ts";
import type { RawLab } from "./schema.ts";

/** Key by key what the cooldown's block states, else that of the whole lab. */
export function fieldFactsOf(lab: RawLab, cooldown: string): FieldFacts {
  const of = mergedField(lab, cooldown);
  const { domain, robin, initial, spread, gamma0, gamma2, background } = of;
  return {
    ...(domain ? { domain: domain.map(([low, high]) => [low!.value, high!.value] as const) } : {}),
    ...(of.boundary === undefined ? {} : { boundary: statedBoundary(of.boundary) }),
    ...(robin ? { robin: robin.value } : {}),
    ...(initial ? { initial } : {}),
    ...(spread ? { spread: spread.value } : {}),
    ...(of.source
      ? { sources: sourcesOf(of.source, own(lab.cooldowns, cooldown)?.field?.source ? `cooldowns.${cooldown}.field` : "field") }
      : {}),
    ...(gamma0 ? { gamma0 } : {}),
    ...(gamma2 ? { gamma2 } : {}),
    regions: (of.regions ?? []).map(({ name, from, to }) => ({
      name,
      ...(from && to ? { box: { from: values(from), to: values(to) } } : {}),
    })),
    spots: (of.spots ?? []).map((s) => ({ centre: values(s.centre), width: s.width.value, height: s.height.value })),
    background: background === "fitted",
  };
}

/** @returns the block as written, the cooldown's keys before the lab's */
export function mergedField(lab: RawLab, cooldown: string): RawField {
  const stated = (block: RawField | undefined) => Object.fromEntries(Object.entries(block ?? {}).filter(([, v]) => v !== undefined));
  return { ...stated(lab.field), ...stated(own(lab.cooldowns, cooldown)?.field) };
}

const values = (place: readonly { readonly value: number }[]) => place.map((q) => q.value);

function sourcesOf(stated: NonNullable<RawField["source"]>, block: string): NonNullable<FieldFacts["sources"]> {
  const spots = stated.flatMap((s) => (s === "none" ? [] : [s]));
  if (spots.length === 0) return "none";
  return spots.map(({ centre, width, power, on, free, scale, uncertainty }, i) => ({
    entry: `${block}.source.${i}`,
    ...{ centre: values(centre), width: width.value, power: power.value, free: free ?? [], scale: scale ?? "known" },
    ...(on ? { on: [on[0]!.value, on[1]!.value] as const } : {}),
    ...(uncertainty === undefined ? {} : { uncertainty }),
  }));
}

/** Without the sides that are not stated. */
function statedBoundary(raw: RawBoundary): StatedBoundary {
  return typeof raw === "string" ? raw : Object.fromEntries(Object.entries(raw).filter(([, side]) => side !== undefined));
}
