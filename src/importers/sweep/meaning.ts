import type { ColumnHint } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { formatMessages } from "../../core/messages/formats.ts";
import { sweepMessages } from "../../core/messages/import-qcodes.ts";
import { unitConversion } from "../../core/units.ts";
import { type Meaning, meaningOf, type Named, SIGNALS } from "../csv/names.ts";
import type { Hints } from "../importer.ts";
import type { MeasuredParameter, Parameter, SweptSignal } from "./parameter.ts";

/**
 * What a measured parameter is by its label and name, as a table's header would be understood: `q1_p1`, `S21 magnitude`; instruments put their own
 * name in front (`dmm_voltage`), so the last words of the name are tried as well. A voltage that is called anything else is a voltage.
 */
export function meaningOfParameter({ name, label, unit }: Parameter): Named {
  const conversion = unit.trim() === "" ? undefined : unitConversion(unit);
  const words = name.split("_");
  const tails = words.map((_, k) => words.slice(k).join("_"));
  for (const text of [label, ...tails]) {
    const found = meaningOf({ raw: text, name: text, ...(conversion === undefined ? {} : { conversion }) });
    if (found !== undefined && MEASURED.has(found.meaning)) return found;
  }
  return { meaning: conversion?.unit === "V" ? "voltage" : "other" };
}

/** Instruments measure no counts over shots. */
const MEASURED: ReadonlySet<Meaning> = new Set(SIGNALS.filter((signal) => signal !== "counts"));

/** What the lab file's `columns:` say about parameters, found by name or label. */
export interface StatedMeanings {
  role(parameter: Parameter): ColumnHint | undefined;
  /** The parameter with the unit that is stated for it. @throws ImportError when the file states another */
  withUnit<P extends MeasuredParameter>(parameter: P): P;
}

/** @throws ImportError when a stated name is not among the signals and setpoints of any run */
export function statedMeanings(hints: Hints, signals: readonly SweptSignal[], place: string): StatedMeanings {
  const parameters = signals.flatMap((signal) => [signal, ...signal.setpoints]);
  const stated = Object.entries(hints.columns ?? {}).map(([role, text]) => {
    const bracket = /^(.*?)\s*\[([^\]]*)\]\s*$/.exec(text.trim());
    const wanted = [text.trim(), ...(bracket === null ? [] : [bracket[1]!])];
    if (!parameters.some((p) => wanted.includes(p.name) || wanted.includes(p.label)))
      throw new ImportError(sweepMessages.noSuchParameter(role, text, [...new Set(parameters.map((p) => p.name))]), hints.place ?? place);
    return { role: role as ColumnHint, wanted, unit: bracket?.[2]?.trim() ?? "", text };
  });
  const entryOf = (p: Parameter) => stated.find(({ wanted }) => wanted.includes(p.name) || wanted.includes(p.label));
  return {
    role: (p) => entryOf(p)?.role,
    withUnit(p) {
      const entry = entryOf(p);
      if (entry === undefined || entry.unit === "") return p;
      const [own, wanted] = [p.unit.trim() === "" ? undefined : unitConversion(p.unit), unitConversion(entry.unit)];
      if (wanted === undefined) throw new ImportError(formatMessages.unitUnknown(entry.unit), hints.place ?? place);
      if (own !== undefined && (own.unit !== wanted.unit || own.toSI(1) !== wanted.toSI(1)))
        throw new ImportError(formatMessages.unitConflict(entry.text, entry.unit, p.unit), hints.place ?? place);
      return { ...p, unit: entry.unit };
    },
  };
}
