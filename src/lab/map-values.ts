import * as say from "../core/messages/lab-maps.ts";
import { parseQuantity } from "../core/parse-quantity.ts";
import type { Quantity } from "../core/quantity.ts";
import { type Unit, unitConversion } from "../core/units.ts";
import { MAP_UNITS, type MapUnit, type RoleInUnit } from "../importers/maps/statement.ts";

/** What a text means, or what is wrong with it. */
export type Understood<T> = { readonly is: T } | { readonly problem: string };

/** What one count of a picture is worth, in any unit that a map can have. */
export function worthOf(value: unknown): Understood<Quantity<MapUnit>> {
  for (const unit of MAP_UNITS) {
    const parsed = parseQuantity(typeof value === "string" ? value : "", unit);
    if ("quantity" in parsed) return parsed.quantity.value === 0 ? { problem: say.countOfZero() } : { is: parsed.quantity };
  }
  return { problem: say.countExpected(described(value)) };
}

type Known = Readonly<Record<string, readonly [role: RoleInUnit["role"], units: readonly Unit[]]>>;

const AXES: Known = { x: ["x", ["m"]], y: ["y", ["m"]], z: ["z", ["m"]], time: ["time", ["s"]], t: ["time", ["s"]] };
const VALUES: Known = { u: ["u", ["J/m^2", "J/m"]], r_total: ["r_total", ["W/m^2", "W/m"]] };
/** `x [um]`. */
export const axisInUnit = (value: unknown) => roleInUnit(value, AXES, "x [um]");
/** `u [J/m^2]`. */
export const valueInUnit = (value: unknown) => roleInUnit(value, VALUES, "u [J/m^2]");

function roleInUnit(value: unknown, known: Known, example: string): Understood<RoleInUnit> {
  const [, name = "", unit = ""] = /^\s*(\w+)\s*\[([^\]]+)\]\s*$/.exec(typeof value === "string" ? value : "") ?? [];
  const [role, units] = (Object.hasOwn(known, name) ? known[name] : undefined) ?? [];
  const written = unitConversion(unit)?.unit;
  return role !== undefined && written !== undefined && units?.includes(written)
    ? { is: { role, unit } }
    : { problem: say.roleInUnit(described(value), Object.keys(known), example) };
}

/** A value of the lab file in a message. */
export function described(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a mapping" : JSON.stringify(value);
}
