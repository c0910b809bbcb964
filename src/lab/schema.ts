/** The shape of gammawatt.yaml (CONTRACT.md, "Lab file"). */
import { COLUMN_HINTS, KINDS } from "../core/dataset.ts";
import * as say from "../core/messages/lab.ts";
import * as sayMap from "../core/messages/lab-maps.ts";
import type { Unit } from "../core/units.ts";
import { MAP_AXES } from "../importers/maps/statement.ts";
import { isDate } from "./date.ts";
import { boundary, fieldBlock, initial, robin, spread, switching, uncertainty } from "./field-schema.ts";
import { ATTENUATION_ORIGINS } from "./lab.ts";
import { axisInUnit, described, valueInUnit, worthOf } from "./map-values.ts";
import {
  anyNumber,
  BARE,
  choice,
  type Infer,
  list,
  mappingOr,
  named,
  numberIn,
  object,
  oneOrList,
  positiveNumber,
  quantityOf,
  read,
  shaped,
  text,
  wholeNumber,
} from "./shapes.ts";
import type { Located, Problem } from "./yaml.ts";

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
const attenuation = mappingOr(attenuationTable, oneWayLoss);
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
const cooldown = object({ field: fieldBlock.optional(), started: date.optional(), note: text.optional(), ...bath, ...statements });
const columns = object({
  ...(Object.fromEntries(COLUMN_HINTS.map((role) => [role, text.optional()])) as Record<
    (typeof COLUMN_HINTS)[number],
    ReturnType<typeof text.optional>
  >),
  qubit: text.optional(),
});
/** A constant, or the header of a column. */
const shots = read<number | string>((value) => {
  if (typeof value !== "string" || value === "" || BARE.test(value))
    return typeof value === "string" && /^0*[1-9]\d*$/.test(value) && Number.isSafeInteger(Number(value))
      ? { is: Number(value) }
      : { problem: say.notACount(described(value)) };
  return { is: value };
});
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
  on: switching.optional(),
  scale: choice(["known", "relative"]).optional(),
  boundary: boundary.optional(),
  robin: robin.optional(),
  initial: initial.optional(),
  spread: spread.optional(),
  uncertainty: uncertainty.optional(),
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
  field: fieldBlock.optional(),
  cooldowns: named(cooldown).optional(),
  files: list(file).optional(),
  exclude: list(exclusion).optional(),
});

/** The lab file as it was read, in SI; which statement wins is decided in facts.ts. */
export type RawLab = Infer<typeof SCHEMA>;
export type RawReadout = Infer<typeof readout>;
export type RawQubit = Infer<typeof qubit>;
export type RawLine = Infer<typeof line>;
export type RawAttenuationTable = Infer<typeof attenuationTable>;
export type RawFile = Infer<typeof file>;

/** @returns the lab, or every problem with its place. */
export function checkShape(located: Located): { readonly lab: RawLab } | { readonly problems: readonly Problem[] } {
  const parsed = shaped(SCHEMA, located);
  return "problems" in parsed ? parsed : { lab: parsed.value };
}
