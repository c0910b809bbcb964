import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/csv.ts";
import type { Quantity } from "./quantities.ts";

/** The columns of one signal: its own, and those that all signals share. */
export interface Series {
  readonly qubit: string;
  /** How the signal is called in `trace`. */
  readonly signal: string;
  readonly quantities: readonly Quantity[];
  /** One of several columns that repeat one trace. */
  readonly repeated: boolean;
}

const SIGNALS: readonly Quantity["role"][] = [
  "population",
  "i",
  "q",
  "voltage",
  "s_re",
  "s_im",
  "s_mag",
  "u",
  "r_total",
  "incident",
  "reflected",
  "reflected_off",
  "transmitted",
  "transmitted_off",
];
/** Roles that belong to one signal where there are several. */
const OWNED: readonly Quantity["role"][] = [...SIGNALS, "delay", "frequency", "sigma", "shots"];

/**
 * Separates signals that stand side by side: qubits (`q1_p1`, `q2_p1`), repeats (`p1_0`, `p1_1`, or one name several times).
 * @throws ImportError when two different columns claim the same role
 */
export function separateSeries(all: readonly Quantity[], place: string): Series[] {
  const numbered = numberDuplicates(all, place);
  const groups = new Map<string, { qubit: string; repeat: number | undefined }>();
  for (const { role, qubit, repeat } of numbered) {
    if (SIGNALS.includes(role)) groups.set(`${qubit ?? ""}/${repeat ?? ""}`, { qubit: qubit ?? "", repeat });
  }
  if (groups.size === 0) return [{ qubit: "", signal: "", quantities: numbered, repeated: false }];
  const repeats = new Set([...groups.values()].map((group) => group.repeat));
  return [...groups.values()].map(({ qubit, repeat }) => {
    const own = (quantity: Quantity) => (quantity.qubit ?? qubit) === qubit && (quantity.repeat ?? repeat) === repeat;
    const quantities = numbered.filter((quantity) =>
      SIGNALS.includes(quantity.role) ? own(quantity) && exact(quantity, qubit, repeat) : own(quantity),
    );
    return { qubit, quantities: nearestOf(quantities), signal: signalName(quantities), repeated: repeats.size > 1 };
  });
}

function exact(quantity: Quantity, qubit: string, repeat: number | undefined): boolean {
  return (quantity.qubit ?? "") === qubit && quantity.repeat === repeat;
}

/** Of a shared and an own column of one role, the own one. */
function nearestOf(quantities: readonly Quantity[]): Quantity[] {
  const rank = (q: Quantity) => (q.repeat === undefined ? 0 : 1) + (q.qubit === undefined ? 0 : 1);
  return quantities.filter(
    (a) => !OWNED.includes(a.role) || !quantities.some((b) => b !== a && b.role === a.role && b.port === a.port && rank(b) > rank(a)),
  );
}

function signalName(quantities: readonly Quantity[]): string {
  const first = quantities.find((q) => q.role === "population") ?? quantities.find((q) => SIGNALS.includes(q.role));
  if (first === undefined) return "";
  if (first.role === "i" || first.role === "q") return "iq";
  if (first.role === "s_re" || first.role === "s_im") return first.port === undefined ? "S" : `S${first.port}`;
  let name = first.name;
  if (first.repeat !== undefined) name = name.replace(/[^\p{L}\p{N}]+\d+$/u, "");
  if (first.qubit !== undefined) name = name.replace(new RegExp(`^${first.qubit}[_\\s-]+|[_\\s-]+${first.qubit}$`, "i"), "");
  return name === "" ? first.role : name;
}

/** Columns of one name and role become repeats 0, 1, ...; equal axes are one axis; two names for one role are a question to the user. */
function numberDuplicates(all: readonly Quantity[], place: string): Quantity[] {
  const result: Quantity[] = [];
  const signals = Math.max(
    1,
    ...SIGNALS.map(
      (role) => all.filter((q) => q.role === role && q.repeat === undefined && q.qubit === undefined && q.port === undefined).length,
    ),
  );
  const counters = new Map<string, number>();
  for (const quantity of all) {
    const same = OWNED.includes(quantity.role)
      ? all.filter(
          (q) => q.role === quantity.role && q.port === quantity.port && q.qubit === quantity.qubit && q.repeat === quantity.repeat,
        )
      : [];
    if (same.length < 2) {
      result.push(quantity);
      continue;
    }
    const axis = quantity.role === "delay" || quantity.role === "frequency";
    if (axis && same.every((q) => sameValues(q.values, same[0]!.values))) {
      if (quantity === same[0]) result.push(quantity);
      continue;
    }
    if (same.some((q) => q.name !== same[0]!.name) || (axis && same.length !== signals))
      throw new ImportError(
        say.repeatedRole(
          quantity.role,
          same.map((q) => q.name),
        ),
        place,
      );
    const key = `${quantity.role}/${quantity.qubit ?? ""}`;
    const number = counters.get(key) ?? 0;
    counters.set(key, number + 1);
    result.push({ ...quantity, repeat: number });
  }
  return result;
}

function sameValues(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((x, i) => Object.is(x, b[i]));
}
