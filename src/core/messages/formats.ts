import { UNIT_EXAMPLES } from "../units.ts";
import { clip } from "./importers.ts";

/** A usual unit of what is no time. */
const UNIT_OF: Readonly<Record<string, string>> = {
  ...{ x: "um", y: "um", z: "um", u: "J/m^2", r_total: "W/m^2", frequency: "GHz", power: "dBm", incident: "W", reflected: "W" },
};

/** What importers of HDF5 and netCDF formats say about what they inferred, assumed or could not use. */
export const formatMessages = {
  unknownUnit: (unit: string) =>
    unit.trim() === ""
      ? "the file states no unit; the numbers are as they stand in the file"
      : `the file's unit "${unit}" is not known; the numbers are as they stand in the file`,
  kindFromName: (what: string, name: string) => `${what} "${name}" says which measurement this is.`,
  kindInferred: () =>
    "The file does not say which measurement this is; it has a delay axis and is fitted as a T1. State the kind under files: in gammawatt.yaml.",
  polarToIq: (magnitude: string, phase: string) => `i and q were computed from "${magnitude}" and "${phase}" (magnitude and angle).`,
  sameTrace: (left: readonly string[], kept: string) =>
    `${left.map((name) => `"${name}"`).join(", ")}: the trace that "${kept}" holds already, written in another way; left out.`,
  phaseUnit: (name: string, largest: number) =>
    `"${name}" has no unit and its values (up to ${Number(largest.toPrecision(3))}) may be degrees or radians. Name the columns with their units under files: in gammawatt.yaml.`,
  calibrationLayout: (zero: number, one: number, jump: number) =>
    `The last two points were recognised as calibration points (0 in row ${zero}, 1 in row ${one}) by the format's known layout: the last one lies where the decay starts, ${Number(jump.toPrecision(2))} noise widths from the points before.`,
  notMeasured: (rows: number) => `${rows} rows at the end hold no numbers: the measurement was ended before they were taken.`,
  incompleteEntries: (done: number, planned: number) => `${done} of ${planned} planned traces were measured.`,
  incompleteTrace: (done: number, planned: number) =>
    `The last trace was ended after ${done} of ${planned} points; the points that exist are kept.`,
  repetitionAxis: (name: string) => `"${name}" sets no instrument: its values are repetitions of one measurement.`,
  sweptAxis: (name: string) => `"${name}" was swept: one dataset per value, never averaged over.`,
  voltageNotS: () =>
    "A readout voltage against frequency, not a scattering parameter: listed only. State kind: scattering under files: in gammawatt.yaml to use it.",
  voltageAsS: () => "a voltage, taken as a scattering parameter before normalisation",
  secondsInferred: (unit: string) => `seconds, as tergite writes them; the file's units attribute is "${unit}"`,
  hertzInferred: (unit: string) => `hertz, as tergite writes them; the file's units attribute is "${unit}"`,
  noCoordinate: (name: string) => `No variable holds the values along which "${name}" was measured.`,
  implausibleSeconds: (largest: number, unit: string) =>
    `The delays reach ${largest} and their units attribute is "${unit}": that cannot be seconds. Name the column with its unit under files: in gammawatt.yaml.`,
  noTraces: () => "A log without any measured trace: it was ended before the first one was complete.",
  noVariables: () => "A netCDF file without any measured variable; it is listed and left alone.",
  lengths: (name: string, length: number, other: string, expected: number) =>
    `"${name}" has ${length} values, "${other}" has ${expected}: they cannot belong to the same points.`,
  labberShape: (shape: readonly number[], channels: number) =>
    `The data have the shape ${shape.join(" x ")}; points x ${channels} channels x traces was expected.`,
  labberSteps: (points: number, planned: number) => `A trace has ${points} points, but the first step dimension is ${planned}.`,
  labberEntries: (entries: number, planned: number) => `The file holds ${entries} traces, more than the ${planned} of its step dimensions.`,
  labberMixedAxis: (axis: string) => `The values of "${axis}" change within one trace; the step dimensions do not describe these data.`,
  labberComplex: (name: string) => `The channel "${name}" has a real or an imaginary part only.`,
  labberComment: (text: string) => `The log's comment: "${clip(text, 300)}".`,
  labberTags: (tags: readonly string[]) => `The log's tags: ${clip(tags.join("; "), 300)}.`,
  labberPulses: (pulses: number, meaning: string) => `"# of pi pulses" is ${pulses} in the pulse generator's settings: ${meaning}.`,
  roleNotForArrays: (role: string) => `The column "${role}" is not read from arrays inside a file.`,
  noSuchPath: (text: string, known: readonly string[]) =>
    `There is no array "${text}" in the file. Arrays: ${known.slice(0, 12).join(", ")}${known.length > 12 ? ` and ${known.length - 12} more` : ""}.`,
  unitConflict: (text: string, stated: string, own: string) =>
    `"${text}" states the unit ${stated}, but the file says ${own}. Correct gammawatt.yaml.`,
  unitMissing: (role: string, name: string, own: string) =>
    `"/${name}" has ${own === "" ? "no unit" : `the unknown unit "${own}"`}. Write it behind the path, for example ${role}: "/${name} [${UNIT_OF[role] ?? "us"}]".`,
  unitUnknown: (unit: string) => `The unit "${clip(unit)}" is not known. Units that are: ${UNIT_EXAMPLES}`,
  offsetFrequency: (name: string) => `"${name}" holds negative frequencies: an offset from a carrier, not the frequency itself.`,
} as const;
