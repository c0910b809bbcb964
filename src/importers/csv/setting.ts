import type { Condition } from "../../core/dataset.ts";
import { unitConversion } from "../../core/units.ts";
import { isSettingName, subjectOf } from "../sidecar/statement.ts";

/** A longer comment is prose. */
const LONGEST = 200;

/** `power = -20 dBm` in a comment, as a condition in SI; nothing when the unit is not known. */
export function settingIn(comment: string): Condition[] {
  if (comment.length > LONGEST) return [];
  const match = /^\s*([\p{L}_][\p{L}\p{N}_ ]{0,40}?)\s*[=:]\s*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)\s*([\p{L}%°]{1,6})?\s*$/iu.exec(
    comment,
  );
  if (match === null) return [];
  const conversion = unitConversion(match[3] ?? "1");
  return conversion === undefined
    ? []
    : [{ name: settingNamed(match[1]!), value: conversion.toSI(Number(match[2])), unit: conversion.unit }];
}

/** `Power` and `source power` are one thing with `power`; other names stay. */
function settingNamed(written: string): string {
  const subject = subjectOf(written);
  return subject !== undefined && isSettingName(subject) ? subject : written;
}
