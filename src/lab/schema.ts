/** The only file that names zod: the shape of gammawatt.yaml (CONTRACT.md, "Lab file"). */
import { z } from "zod";
import { COLUMN_HINTS, KINDS } from "../core/dataset.ts";
import * as say from "../core/messages/lab.ts";
import { expectedQuantity } from "../core/messages/quantity.ts";
import { parseQuantity } from "../core/parse-quantity.ts";
import type { Unit } from "../core/units.ts";
import { ATTENUATION_ORIGINS } from "./lab.ts";
import { nearest } from "./nearest.ts";
import type { Located, Path, Problem } from "./yaml.ts";

/** Between the known keys in the message of an unknown one: told apart again in `problemsOf`. */
const KNOWN = "\u0000known\u0000";

const object = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? KNOWN + Object.keys(shape).join(KNOWN)
        : say.expectedType("A mapping of keys to values", described(issue.input)),
  });

const text = z.string({
  error: (issue) => say.expectedType('Text (in quotes if it looks like a number, as in "7")', described(issue.input)),
});
const number = z.number({ error: (issue) => say.expectedType("A number", described(issue.input)) });
const choice = <const T extends readonly string[]>(known: T) =>
  z.enum(known as unknown as [string, ...string[]], {
    error: (issue) => say.oneOf(String(issue.input), known, nearest(String(issue.input), known)),
  }) as unknown as z.ZodType<T[number]>;
const list = <T extends z.ZodType>(item: T) =>
  z.array(item, { error: (issue) => say.expectedType("A list, as in [a, b]", described(issue.input)) });
const named = <T extends z.ZodType>(item: T) =>
  z.record(z.string(), item, { error: (issue) => say.expectedType("A mapping of names to descriptions", described(issue.input)) });

/** Text with a unit, in SI; `range` refuses values that cannot be. */
function quantityOf<U extends Unit>(unit: U, range?: { readonly says: string; holds(x: number): boolean }) {
  return z.unknown().transform((value, context) => {
    const fail = (message: string) => {
      context.issues.push({ code: "custom", message, input: value });
      return z.NEVER;
    };
    if (typeof value === "number" && unit !== "1") return fail(say.bareNumber(value, unit, `${value} ${unit}`));
    if (typeof value !== "string" && typeof value !== "number") return fail(expectedQuantity(described(value), unit));
    const parsed = parseQuantity(String(value), unit);
    if ("problem" in parsed) return fail(parsed.problem);
    if (range && !range.holds(parsed.quantity.value)) return fail(say.outOfRange(`"${value}"`, range.says));
    return parsed.quantity;
  });
}
const probability = () => quantityOf("1", { says: "between 0 and 1", holds: (x) => x >= 0 && x <= 1 });
const positive = <U extends Unit>(unit: U) => quantityOf(unit, { says: "larger than 0", holds: (x) => x > 0 });
const notNegative = <U extends Unit>(unit: U) => quantityOf(unit, { says: "0 or larger", holds: (x) => x >= 0 });
const share = number.refine((x) => x > 0 && x <= 1, { error: say.outOfRange("A duty cycle", "above 0 and at most 1") });

const timing = {
  drive_to_readout: notNegative("s").optional(),
  drive_duration: positive("s").optional(),
  duty_cycle: share.optional(),
  if_bandwidth: positive("Hz").optional(),
};
const readout = object({
  p1_given_0: probability().optional(),
  p0_given_1: probability().optional(),
  prepared: choice(["thermal", "heralded", "reset"]).optional(),
  ...timing,
});
const bath = {
  temperature: notNegative("K").optional(),
  temperature_from: choice(["population", "fridge"]).optional(),
  equilibrium_population: quantityOf("1", { says: "between 0 and 0.5", holds: (x) => x >= 0 && x < 0.5 }).optional(),
};
const qubit = object({
  frequency: positive("Hz").optional(),
  anharmonicity: quantityOf("Hz").optional(),
  geometry: choice(["reflection", "two-sided", "hanger", "multiport", "separate-ports"]).optional(),
  couplings: object({ drive: positive("1/s"), detect: positive("1/s") }).optional(),
  ...bath,
  position: list(quantityOf("m")).optional(),
  participation: z.record(z.string(), number).optional(),
  ...timing,
});
const attenuation = z.unknown().transform((value, context) => {
  if (typeof value === "object" && value !== null) {
    context.issues.push({ code: "custom", message: say.attenuationFile(), input: value });
    return z.NEVER;
  }
  const parsed = notNegative("dB").safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.issues.push({ code: "custom", message: issue.message, input: value });
  return z.NEVER;
});
const line = object({
  qubits: list(text).optional(),
  attenuation: attenuation.optional(),
  attenuation_from: choice(ATTENUATION_ORIGINS).optional(),
  attenuation_at: positive("Hz").optional(),
  ripple: notNegative("dB").optional(),
  isolation: notNegative("dB").optional(),
  source_accuracy: notNegative("dB").optional(),
  repeatability: notNegative("dB").optional(),
  leakage: notNegative("dB").optional(),
  power_at: choice(["source", "device"]).optional(),
});
const statements = {
  device: text.optional(),
  readout: readout.optional(),
  qubits: named(qubit).optional(),
  lines: named(line).optional(),
};
const cooldown = object({ started: text.optional(), note: text.optional(), ...bath, ...statements });
const columns = object(
  Object.fromEntries(COLUMN_HINTS.map((role) => [role, text.optional()])) as Record<
    (typeof COLUMN_HINTS)[number],
    z.ZodOptional<typeof text>
  >,
);
const file = object({
  match: text,
  kind: choice(KINDS).optional(),
  columns: columns.optional(),
  shots: z.union([number, text]).optional(),
  power: quantityOf("W").optional(),
  power_unit: text.optional(),
  power_at: choice(["source", "device"]).optional(),
  off: choice(["detuned", "far-points", "high-power"]).optional(),
  detector: choice(["vna", "power-meter"]).optional(),
  averaging: choice(["complex", "power"]).optional(),
  on: list(quantityOf("s")).optional(),
  scale: choice(["known", "relative"]).optional(),
  boundary: choice(["no-flux", "dirichlet", "robin", "periodic"]).optional(),
  cooldown: text.optional(),
  device: text.optional(),
  qubit: text.optional(),
  trace: text.optional(),
  ...timing,
});
const exclusion = object({
  file: text.optional(),
  match: text.optional(),
  trace: text.optional(),
  points: list(z.int()).optional(),
  reason: text,
});

const SCHEMA = object({
  ...statements,
  cooldowns: named(cooldown).optional(),
  files: list(file).optional(),
  exclude: list(exclusion).optional(),
});

/** The lab file as it was read, in SI; which statement wins is decided in facts.ts. */
export type RawLab = z.infer<typeof SCHEMA>;
export type RawReadout = z.infer<typeof readout>;
export type RawQubit = z.infer<typeof qubit>;
export type RawLine = z.infer<typeof line>;
export type RawFile = z.infer<typeof file>;

/** @returns the lab, or every problem with its place. */
export function checkShape(located: Located): { readonly lab: RawLab } | { readonly problems: readonly Problem[] } {
  const parsed = SCHEMA.safeParse(located.value);
  if (parsed.success) return { lab: parsed.data };
  return { problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, located)) };
}

function problemsOf(issue: z.core.$ZodIssue, located: Located): Problem[] {
  const path = issue.path as Path;
  if (issue.code === "unrecognized_keys") {
    const known = issue.message.split(KNOWN).slice(1);
    return issue.keys.map((key) => ({ ...located.at([...path, key], true), message: say.unknownKey(key, nearest(key, known), known) }));
  }
  return [{ ...located.at(path), message: issue.message }];
}

function described(value: unknown): string {
  if (value === undefined) return "nothing (the key is missing)";
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a mapping" : JSON.stringify(value);
}
