import { clip, few } from "./importers.ts";

/** What is said about facts that stand beside a measurement (conditions.csv, JSON, XML) and in its path, and about contradictions among them. */
export const sidecarMessages = {
  thePath: () => "the path",
  fileOrSidecar: (file: string) => `${clip(file)} or a file beside it`,
  noUnit: (key: string, text: string, place: string, unit: string) =>
    `${place}: "${clip(key)}" = ${clip(text)} has no unit: not used. Write it with its unit, e.g. ${clip(text)} ${unit}.`,
  wrongUnit: (key: string, written: string, place: string, unit: string) =>
    `${place}: "${clip(key)}" = ${clip(written)} is in no unit that is known for it: not used. Write it like ${unit}.`,
  unitsDiffer: (key: string, one: string, other: string, place: string) =>
    `${place}: "${clip(key)}" is in ${clip(one)} and in ${clip(other)} at the same time: not used. Correct one of them.`,
  notANumber: (key: string, text: string, place: string) =>
    `${place}: "${clip(key)}" = "${clip(text)}" is not one number with a unit: not used.`,
  notADate: (key: string, text: string, place: string) =>
    `${place}: "${clip(key)}" = "${clip(text)}" is no date that can be told for sure: not used. Write it like 2026-11-02T10:23:11.`,
  powerInDecibel: (key: string, written: string, place: string) =>
    `${place}: "${clip(key)}" = ${written} may be a power in dBm or a ratio (an attenuation, a gain): not used. Write dBm if it is a power.`,
  severalStated: (subject: string, places: readonly string[], file: string) =>
    `${file} states several values of ${subject} (${few(places, 4)}): none is used.`,
  rowsWithoutFile: (file: string, rows: number) =>
    `${file} has ${rows} rows; neither a column nor the power or temperature in this file's name says which of them is its own: none is used. Add a column "file".`,
  noRow: (file: string, rows: number) => `${file} names ${rows} file${rows === 1 ? "" : "s"}, and not this one: nothing is taken from it.`,
  unreadable: (name: string, why: string) => `${name} beside it cannot be read (${clip(why, 160)}): not used.`,
  tooLarge: (name: string, limit: number) =>
    `${name} beside it is larger than ${limit / 2 ** 20} MiB, too large for notes on a measurement: not used.`,
  attenuation: (written: string, place: string) =>
    `${place}: attenuation ${written} is recorded, and not used as the line's: some write a loss as negative, and it may leave out cables. State it under lines: in gammawatt.yaml.`,
  contradiction: (what: string, used: string, usedPlace: string, other: string, otherPlace: string) =>
    `${what}: ${clip(used)} (${usedPlace}) is used, but ${otherPlace} says ${clip(other)}. Correct one of them.`,
  settingOf: (value: number, unit: string) =>
    unit === "W" && value > 0 ? `${Number((10 * Math.log10(value / 1e-3)).toPrecision(6))} dBm` : `${Number(value.toPrecision(6))} ${unit}`,
  fromPath: (name: string, written: string) => `${name} ${written} taken from the path`,
  signOrHyphen: (text: string) =>
    `"${clip(text)}" in the path: the "-" may be a minus or a hyphen, so no power is taken from it. Write _-20dBm or _m20dBm.`,
  decibelInPath: (text: string) =>
    `"${clip(text)}" in the path may be a power in dBm or an attenuation in dB: neither is taken from it. State power: in gammawatt.yaml, or write dBm.`,
  folderDiffers: (what: string, used: string, other: string) =>
    `${what}: ${used} (the nearest name in the path) is used, but a folder above it says ${other}. Correct one of them.`,
  folderFact: (what: string, named: string, other: string, place: string) =>
    `${what}: ${place} says ${clip(other)} for the whole folder, this file's name says ${clip(named)}: what is said of the whole folder is not used for this file. Correct one of them, or name the file in a conditions.csv.`,
  notThere: (names: readonly string[]) => `It names ${few(names, 4)}, which ${names.length === 1 ? "is" : "are"} not in its folder.`,
  severalInPath: (name: string, values: readonly string[]) =>
    `One name in the path has several values of ${name} (${few(values, 4)}): none is used.`,
} as const;
