import { unitConversion } from "../core/units.ts";

/**
 * The number in a label, in SI: `-62.5`, `m62p5` (a minus as `m`, a decimal point as `p`), or with its own unit, `-95dBm`.
 * @param unit what stands for the unit elsewhere: behind the label in the pattern, or stated
 * @returns undefined where the label is no number; the unit is `1` where none is known
 */
export function labelledNumber(text: string, unit: string): { readonly value: number; readonly unit: string } | undefined {
  const parts = /^([-+\u2212m]?)(\d+(?:[.p]\d+)?(?:e[-+]?\d+)?)\s*([A-Za-z\u00b5\u03bc%]*)$/.exec(text);
  if (!parts) return undefined;
  const [, sign = "", digits = "", own = ""] = parts;
  const conversion = unitConversion(own || unit);
  if (!conversion) return own === "" ? labelledNumber(text, "1") : undefined;
  const size = Number(digits.replace("p", "."));
  return { value: conversion.toSI(sign === "" || sign === "+" ? size : -size), unit: conversion.unit };
}

/** Letters behind `{name}` in a pattern: `dBm` of `{power}dBm.s1p`. */
export function unitBehind(pattern: string, name: string): string {
  return /^[ _]?([A-Za-z\u00b5\u03bc]+)/.exec(pattern.split(`{${name}}`)[1] ?? "")?.[1] ?? "";
}
