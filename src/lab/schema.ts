/** The only file that names zod: the shape of gammawatt.yaml (CONTRACT.md, "Lab file"). */
import { z } from "zod";
import { COLUMN_HINTS, KINDS } from "../core/dataset.ts";
import * as say from "../core/messages/lab.ts";
import * as sayMap from "../core/messages/lab-maps.ts";
import { emptyQuantity, exampleOf, expectedUnit } from "../core/messages/quantity.ts";
import { nearest } from "../core/nearest.ts";
import { parseQuantity } from "../core/parse-quantity.ts";
import type { Quantity } from "../core/quantity.ts";
import type { Unit } from "../core/units.ts";
import { MAP_AXES } from "../importers/maps/statement.ts";
import { isDate } from "./date.ts";
import { ATTENUATION_ORIGINS } from "./lab.ts";
import { axisInUnit, described, type Understood, valueInUnit, worthOf } from "./map-values.ts";
import type { Located, Path, Problem } from "./yaml.ts";

/** Between the known keys in the message of an unknown one: told apart again in `problemsOf`. */
const KNOWN = "\u0000known\u0000";

/** A mapping; nothing behind the colon is an empty one. */
const mapping = <T extends z.ZodType>(type: T) => z.preprocess((value) => (value === null ? {} : value), type);

const object = <S extends z.ZodRawShape>(shape: S) =>
  mapping(
    z.strictObject(shape, {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? KNOWN + Object.keys(shape).join(KNOWN)
          : say.expectedType("A mapping of keys to values", described(issue.input)),
    }),
  );

const text = z.string({ error: (issue) => say.expectedType("Text", described(issue.input)) });
const choice = <const T extends readonly string[]>(known: T) =>
  z.enum(known as unknown as [string, ...string[]], {
    error: ({ input }) =>
      typeof input === "string"
        ? say.oneOf(input, known, nearest(input, known))
        : say.expectedType(`One of ${known.join(", ")}`, described(input)),
  }) as unknown as z.ZodType<T[number]>;
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (value === null ? [] : value),
    z.array(item, { error: (issue) => say.expectedType("A list, as in [a, b]", described(issue.input)) }),
  );
const named = <T extends z.ZodType>(item: T) =>
  mapping(z.record(z.string(), item, { error: (issue) => say.expectedType("A mapping of names to descriptions", described(issue.input)) }));

/** What a text means, or what is wrong with it. */
const read = <T>(parse: (value: unknown) => Understood<T>) =>
  z.unknown().transform((value, context) => {
    const result = parse(value);
    if ("is" in result) return result.is;
    context.issues.push({ code: "custom", message: result.problem, input: value });
    return z.NEVER;
  });

const BARE = /^[-+\u2212]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+\u2212]?\d+)?$/;

interface Range {
  readonly says: string;
  holds(x: number): boolean;
}

/** Text with a unit, in SI; `range` refuses values that cannot be. */
function quantityOf<U extends Unit>(unit: U, range?: Range, example = exampleOf(unit)) {
  return read<Quantity<U>>((value) => {
    if (value === null || value === undefined) return { problem: emptyQuantity(unit) };
    if (typeof value !== "string") return { problem: say.expectedType(`${expectedUnit(unit)}, as in ${example},`, described(value)) };
    const parsed = parseQuantity(value, unit);
    if ("error" in parsed) return { problem: parsed.error };
    if (range && !range.holds(parsed.quantity.value)) return { problem: say.outOfRange(`"${value}"`, range.says, example) };
    return { is: parsed.quantity };
  });
}

/** A plain number (or a percentage) without uncertainty. */
const numberIn = (range: Range, example: string) =>
  read((value) => {
    const parsed = typeof value === "string" ? parseQuantity(value, "1") : { error: "" };
    if ("error" in parsed || !Number.isNaN(parsed.quantity.sigma))
      return { problem: say.expectedType(`A number, as in ${example},`, described(value)) };
    return range.holds(parsed.quantity.value)
      ? { is: parsed.quantity.value }
      : { problem: say.outOfRange(`"${value}"`, range.says, example) };
  });
const wholeNumber = (least: number, message: (got: string) => string) =>
  read((value) => {
    const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : Number.NaN;
    return Number.isSafeInteger(number) && number >= least ? { is: number } : { problem: message(described(value)) };
  });
const date = text.refine(isDate, { error: ({ input }) => say.notADate(String(input)) });

const probability = () => quantityOf("1", { says: "between 0 and 1", holds: (x) => x >= 0 && x <= 1 });
const positive = <U extends Unit>(unit: U) => quantityOf(unit, { says: "larger than 0", holds: (x) => x > 0 });
const notNegative = <U extends Unit>(unit: U) => quantityOf(unit, { says: "0 or larger", holds: (x) => x >= 0 });
const share = numberIn({ says: "above 0 and at most 1", holds: (x) => x > 0 && x <= 1 }, "0.1");

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
  driven_port: wholeNumber(1, say.notAPort).optional(),
  ...bath,
  position: list(quantityOf("m"))
    .refine((x) => x.length >= 1 && x.length <= 3, { error: ({ input }) => say.coordinates((input as unknown[]).length) })
    .optional(),
  participation: named(numberIn({ says: "0 or larger", holds: (x) => x >= 0 }, "3e-4")).optional(),
  ...timing,
});
const oneWayLoss = quantityOf("dB", { says: "0 or larger: a loss is positive here", holds: (x) => x >= 0 });
const attenuationTable = object({
  file: text,
  columns: object({ frequency: text, attenuation: text, sigma: text.optional() }),
  uncertainty: notNegative("dB").optional(),
});
/** One number, or a table against frequency. */
const attenuation = z.unknown().transform((value, context) => {
  const parsed = (typeof value === "object" && value !== null ? attenuationTable : oneWayLoss).safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
  return z.NEVER;
});
const line = object({
  qubits: list(text).optional(),
  attenuation: attenuation.optional(),
  attenuation_from: choice(ATTENUATION_ORIGINS).optional(),
  attenuation_at: positive("Hz").optional(),
  ripple: notNegative("dB").optional(),
  gain: quantityOf("dB").optional(),
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
const cooldown = object({ started: date.optional(), note: text.optional(), ...bath, ...statements });
const columns = object(
  Object.fromEntries(COLUMN_HINTS.map((role) => [role, text.optional()])) as Record<
    (typeof COLUMN_HINTS)[number],
    z.ZodOptional<typeof text>
  >,
);
/** A constant, or the header of a column. */
const shots = read<number | string>((value) => {
  if (typeof value !== "string" || value === "" || BARE.test(value))
    return typeof value === "string" && /^0*[1-9]\d*$/.test(value) && Number.isSafeInteger(Number(value))
      ? { is: Number(value) }
      : { problem: say.notACount(described(value)) };
  return { is: value };
});
const anyNumber = (example: string) => numberIn({ says: "a number", holds: Number.isFinite }, example);
const positiveNumber = (example: string) => numberIn({ says: "larger than 0", holds: (x) => x > 0 }, example);
/** One of a kind, or a list of them. */
const oneOrList = <T extends z.ZodType>(item: T) => z.preprocess((value) => (Array.isArray(value) ? value : [value]), list(item));
const length = quantityOf("m", { says: "other than 0", holds: (x) => x !== 0 }, "2 um");
const map = {
  pixel: oneOrList(length)
    .refine((p) => p.length <= 2, { error: sayMap.pixel })
    .optional(),
  origin: list(quantityOf("m"))
    .refine((p) => p.length === 2, { error: sayMap.origin })
    .optional(),
  frame: positive("s").optional(),
  start: quantityOf("s").optional(),
  times: list(quantityOf("s"))
    .refine((t) => t.length > 0 && t.every((x, k) => k === 0 || x.value > t[k - 1]!.value), { error: sayMap.times })
    .optional(),
  count: read(worthOf).optional(),
  dark: anyNumber("100").optional(),
  gain: positiveNumber("2.1").optional(),
  read_noise: positiveNumber("1.6").optional(),
  mask: oneOrList(anyNumber("65535")).optional(),
  bin: wholeNumber(1, sayMap.bin).optional(),
  axes: list(choice(MAP_AXES))
    .refine((axes) => axes.length > 0 && new Set(axes).size === axes.length, { error: sayMap.axes })
    .optional(),
  matrix: object({ across: read(axisInUnit), down: read(axisInUnit), values: read(valueInUnit) }).optional(),
};
const file = object({
  match: text,
  kind: choice(KINDS).optional(),
  columns: columns.optional(),
  shots: shots.optional(),
  power: quantityOf("W").optional(),
  power_unit: text.optional(),
  power_at: choice(["source", "device"]).optional(),
  off: choice(["detuned", "far-points", "high-power", "through"]).optional(),
  detector: choice(["vna", "power-meter"]).optional(),
  averaging: choice(["complex", "power"]).optional(),
  background: notNegative("W").optional(),
  bandwidth: positive("Hz").optional(),
  on: list(quantityOf("s"))
    .refine((t) => t.length === 2 && t[0]!.value < t[1]!.value, { error: say.interval })
    .optional(),
  scale: choice(["known", "relative"]).optional(),
  boundary: choice(["no-flux", "dirichlet", "robin", "periodic"]).optional(),
  ...map,
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
  points: list(wholeNumber(0, say.notARow)).optional(),
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
export type RawAttenuationTable = z.infer<typeof attenuationTable>;
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
  const key = path.at(-1);
  if (key !== undefined && missing(located.value, path)) return [{ ...located.at(path), message: say.missingKey(String(key)) }];
  const empty = issue.code === "invalid_type" && issue.expected === "string" && valueAt(located.value, path) === null;
  return [{ ...located.at(path), message: empty && key !== undefined ? say.emptyText(key) : issue.message }];
}

const valueAt = (value: unknown, path: Path) =>
  path.reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], value);

function missing(value: unknown, path: Path): boolean {
  const parent = valueAt(value, path.slice(0, -1));
  return typeof parent === "object" && parent !== null && !((path.at(-1) ?? "") in parent);
}
