import type { Condition } from "../../core/dataset.ts";
import { unitConversion } from "../../core/units.ts";
import { isSettingName, subjectOf } from "../sidecar/statement.ts";
import { parseHeaderCell } from "./header.ts";

/** A longer comment is prose. */
const LONGEST = 200;
const NUMBER = String.raw`([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)\s*([\p{L}%°]{1,6})?`;
const NAMED = new RegExp(String.raw`^([\p{L}_][^=:]{0,40}?)\s*[=:]\s*${NUMBER}$`, "iu");
const SPOKEN = new RegExp(String.raw`^(\p{L}[\p{L}\d_ ]{0,40}?)\s+${NUMBER}$`, "iu");
const BARE = new RegExp(`^${NUMBER}$`, "iu");
/** What a number with a unit alone is about, as blocks are headed by it: `# -60 dBm`. */
const OF_UNIT: Readonly<Record<string, string>> = { W: "power", K: "temperature" };

/** `power = -20 dBm, T = 12 mK`, `power [dBm]: -20`, `flux 0.1 V` or `-20 dBm` in a comment, as conditions in SI; what has an unknown unit is passed over. */
export function settingsIn(comment: string): Condition[] {
  if (comment.length > LONGEST) return [];
  return comment.split(/[,;](?=\s|\p{L})|\t|\s{2,}/u).flatMap((part) => {
    const [, written = "", digits, unit] =
      NAMED.exec(part.trim()) ?? withUnit(SPOKEN.exec(part.trim())) ?? (["", "", ...(BARE.exec(part.trim())?.slice(1) ?? [])] as const);
    if (digits === undefined) return [];
    const key = parseHeaderCell(written);
    const conversion = unitConversion(unit ?? key.unitText ?? "1");
    const name = written === "" ? OF_UNIT[conversion?.unit ?? ""] : settingNamed(key.name);
    return conversion === undefined || name === undefined ? [] : [{ name, value: conversion.toSI(Number(digits)), unit: conversion.unit }];
  });
}

/** `run 3` counts, `flux 0.1 V` sets. */
const withUnit = (spoken: RegExpExecArray | null) => (spoken?.[3] === undefined ? undefined : spoken);

/** `Power` and `source power` are one thing with `power`; other names stay. */
function settingNamed(written: string): string {
  const subject = subjectOf(written);
  return subject !== undefined && isSettingName(subject) ? subject : written;
}
