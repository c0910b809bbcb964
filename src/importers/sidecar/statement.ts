import type { Note } from "../../core/dataset.ts";
import { sidecarMessages as say } from "../../core/messages/import-sidecars.ts";
import { type Unit, unitConversion } from "../../core/units.ts";
import { instantOf } from "../csv/clock.ts";
import { parseHeaderCell } from "../csv/header.ts";

/** What may be stated about a measurement beside its numbers: settings with their SI unit, and labels. */
const SETTINGS = { power: "W", temperature: "K", attenuation: "dB", frequency: "Hz" } as const satisfies Record<string, Unit>;
export type SettingName = keyof typeof SETTINGS;
const LABELS = ["device", "qubit", "cooldown", "started"] as const;
export type LabelName = (typeof LABELS)[number];
export const isLabel = (name: string): name is LabelName => (LABELS as readonly string[]).includes(name);

/** A setting as somebody wrote it down. */
export interface StatedSetting {
  readonly name: SettingName;
  /** SI. */
  readonly value: number;
  readonly unit: Unit;
  /** Half a unit of the last digit that was written, in SI: 17 mK may be 16.6 mK. */
  readonly rounding: number;
  /** As it was written, for messages. */
  readonly written: string;
  readonly place: string;
}

/** A label or a time as somebody wrote it down. */
export interface StatedLabel {
  readonly name: LabelName;
  readonly text: string;
  readonly place: string;
  /** What was assumed to read it: which number of a date is the day. */
  readonly assumed?: string;
}
export type Statement = StatedSetting | StatedLabel;

export const isSetting = (statement: Statement): statement is StatedSetting => "value" in statement;

/** Longer texts are prose. */
const LONGEST = 200;

const NAMES: Readonly<Record<SettingName | LabelName, string>> = {
  power:
    "power p source_power drive_power vna_power port_power stimulus_power generator_power rf_power set_power p_source p_set p_drive pow leistung",
  temperature:
    "temperature temp temperatur t mxc t_mxc mxc_temperature t_mc mc_temperature mixing_chamber mixing_chamber_temperature fridge_temperature base_temperature fridge_temp base_temp mxc_temp mc_temp sample_temp sample_temperature stage_temperature bath_temperature t_fridge t_base t_bath t_sample",
  attenuation:
    "attenuation atten att line_attenuation input_attenuation drive_attenuation total_attenuation cryo_attenuation attenuator daempfung dampfung",
  frequency: "frequency drive_frequency source_frequency f_drive f_source frequenz",
  device: "device device_name chip chip_name chip_id sample sample_name sample_id",
  qubit: "qubit qubit_name qb target_qubit",
  cooldown: "cooldown cooldown_id cooldown_name cool_down",
  started:
    "started start_time time_started timestamp time_stamp datetime date_time date acquired measured_at measured created creation_time start_timestamp zeitpunkt datum",
};
const NAME_OF: ReadonlyMap<string, SettingName | LabelName> = new Map(
  Object.entries(NAMES).flatMap(([name, spellings]) => spellings.split(" ").map((s) => [s, name as SettingName | LabelName] as const)),
);

const fold = (text: string) =>
  text
    .toLowerCase()
    .replace(/ä/g, "a")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");

/** What a key is about (`temperature_mK` -> temperature), or undefined. */
export function subjectOf(key: string): SettingName | LabelName | undefined {
  return NAME_OF.get(fold(key)) ?? NAME_OF.get(fold(parseHeaderCell(key).name));
}

/**
 * One statement from a key and what stands behind it: `temperature_mK` and 16.5, `TEMP` and `16.553 mK`, `power` and -20 with the unit apart.
 * @param unit stated apart from both; empty where there is none
 * @returns a note where the fact cannot be used, undefined where the key is none that is known
 */
export function readStatement(key: string, value: string | number, unit: string, place: string): Statement | Note | undefined {
  const name = subjectOf(key);
  if (name === undefined) return undefined;
  const text = typeof value === "number" ? String(value) : value.trim();
  if (text === "" || text.length > LONGEST || key.length > LONGEST || /^(?:nan|none|null|n\/a|-+)$/i.test(text)) return undefined;
  if (name === "started") {
    const instant = instantOf(text, key);
    return instant === undefined
      ? { code: "no_date", text: say.notADate(key, text, place) }
      : { name, text: instant.iso, place, ...(instant.note === "" ? {} : { assumed: instant.note }) };
  }
  if (!isSettingName(name)) return { name, text, place };
  return readSetting(name, key, text, unit, place);
}

function readSetting(name: SettingName, key: string, stated: string, unit: string, place: string): StatedSetting | Note | undefined {
  // `16,5` has a decimal comma; `16,500` may be thousands.
  const text = stated.replace(/^([-+\u2212]?\d+),(\d{1,2}|\d{4,})(?!\d)/, "$1.$2");
  const number = /^([-+\u2212]?)\s*((?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)\s*([\p{L}%°].*)?$/iu.exec(text);
  if (number === null) return note(say.notANumber(key, text, place));
  const digits = `${number[1] === "" ? "" : number[1] === "+" ? "" : "-"}${number[2]}`;
  const cell = parseHeaderCell(key);
  const units = [number[3] ?? "", unit, cell.unitText ?? ""].map((u) => u.trim()).filter((u) => u !== "");
  const [used] = units;
  // One letter has many meanings: without a unit that fits, it is another one.
  const letter = fold(cell.name).length === 1;
  if (letter && (used === undefined || unitConversion(used)?.unit !== SETTINGS[name])) return undefined;
  if (used === undefined) return note(say.noUnit(key, text, place, EXAMPLES[name]));
  const conversion = unitConversion(used);
  const other = units.find((u) => unitConversion(u)?.unit !== conversion?.unit || unitConversion(u)?.toSI(1) !== conversion?.toSI(1));
  if (other !== undefined) return note(say.unitsDiffer(key, used, other, place));
  const written = `${digits} ${used}`;
  if (name === "power" && conversion?.unit === "dB") return note(say.powerInDecibel(key, written, place));
  if (conversion?.unit !== SETTINGS[name]) return note(say.wrongUnit(key, written, place, EXAMPLES[name]));
  const [mantissa = "", power = "0"] = digits.split(/e/i);
  const { exponent } = conversion;
  // Rounded once: 16.553 mK is 0.016553 K.
  const value = exponent === undefined ? conversion.toSI(Number(digits)) : Number(`${mantissa}e${Number(power) + exponent}`);
  const decimals = mantissa.includes(".") ? mantissa.length - mantissa.indexOf(".") - 1 : 0;
  const rounding = 0.5 * 10 ** (Number(power) - decimals) * Math.abs(conversion.scaleAt(Number(digits)));
  return { name, value, unit: conversion.unit, rounding, written, place };
}

/** An example of a unit for each setting, for messages. */
const EXAMPLES: Readonly<Record<SettingName, string>> = { power: "dBm", temperature: "mK", attenuation: "dB", frequency: "GHz" };

/** Whether something is a number with a unit, and no label. */
export const isSettingName = (name: SettingName | LabelName): name is SettingName => name in SETTINGS;
const note = (text: string): Note => ({ code: "sidecar", text });
