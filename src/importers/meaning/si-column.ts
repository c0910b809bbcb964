import type { Column, Role } from "../../core/dataset.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import { type Unit, unitConversion } from "../../core/units.ts";
import type { ColumnData } from "../../tables/dataset.ts";

/**
 * A column in SI from numbers in the file's unit.
 * @param unit unit text of the file; one that is absent or not known leaves the numbers as they are, and the column says so
 */
export function siColumn(name: string, role: Role, values: Float64Array, unit: string, more: Partial<Column> = {}): ColumnData {
  const conversion = unit.trim() === "" ? undefined : unitConversion(unit);
  if (conversion === undefined) return { name, role, unit: "1", values, inferred: formatMessages.unknownUnit(unit), ...more };
  const identity = conversion.toSI(1) === 1 && conversion.toSI(2) === 2;
  return { name, role, unit: conversion.unit, values: identity ? values : values.map((x) => conversion.toSI(x)), ...more };
}

/** True when the text is a unit of that kind: `us` of `s`. */
export function isUnitOf(unit: Unit, text: string): boolean {
  return text.trim() !== "" && unitConversion(text)?.unit === unit;
}
