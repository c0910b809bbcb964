import type { Random } from "../../core/random.ts";
import type { Facts } from "../../lab/lab.ts";

interface StatedNumber {
  readonly quantity: { readonly value: number; readonly sigma: number; readonly unit: string };
  readonly entry: string;
}

const isStated = (x: unknown): x is StatedNumber =>
  typeof x === "object" && x !== null && "entry" in x && "quantity" in x && typeof (x as { quantity?: unknown }).quantity === "object";

/** Entries of readout and qubit whose error is known: what `drawFacts` draws. */
export function drawnEntries(facts: Facts): ReadonlySet<string> {
  const entries = new Set<string>();
  visit([facts.readout, { ...facts.qubit, couplings: undefined }], (x) => {
    if (x.quantity.sigma > 0) entries.add(x.entry);
    return x;
  });
  return entries;
}

/**
 * Readout and qubit with every stated number drawn from a normal of its sigma; one draw per entry of the lab file, because equal entries are one error.
 * The line and the couplings of separate ports are left as they are: the power scale multiplies every rate alike and is drawn behind the measurement.
 */
export function drawFacts(facts: Facts, random: Random): Facts {
  const drawn = new Map<string, number>();
  const move = (x: StatedNumber): StatedNumber => {
    const { value, sigma } = x.quantity;
    if (!(sigma > 0)) return x;
    const z = drawn.get(x.entry) ?? random.normal();
    drawn.set(x.entry, z);
    const moved = value + sigma * z;
    // A temperature or a time that is drawn below zero is one at zero.
    return {
      ...x,
      quantity: { ...x.quantity, value: x.quantity.unit === "1" ? moved : value > 0 ? Math.max(moved, 1e-6 * value) : moved },
    };
  };
  const { couplings } = facts.qubit;
  return { ...facts, readout: visit(facts.readout, move), qubit: { ...visit(facts.qubit, move), ...(couplings ? { couplings } : {}) } };
}

/** A copy with every stated number replaced. */
function visit<T>(value: T, replace: (x: StatedNumber) => StatedNumber): T {
  if (isStated(value)) return replace(value) as T;
  if (Array.isArray(value)) return value.map((x) => visit(x, replace)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, visit(v, replace)])) as T;
}
