import type { FieldRun } from "../../pipelines/steps/field.ts";
import { fieldLine } from "../core/messages/verdicts.ts";

export const isOfMap = (kind: string) => kind === "field" || kind === "field-source";

/** The fit that a map is part of: what it rests on, its numbers, the checks that did not hold. */
export function fieldLines({ studies, estimates }: FieldRun): string[] {
  return studies.flatMap(({ labels, files, facts, outcome }) => [
    `  fitted by the field model, together with ${files.join(", ")}:`,
    ...facts.map((f) => `    ${f.assumed ? "assumed" : "stated"}: ${f.sentence}`),
    `  ${fieldLine(labels, estimates)}`,
    ...outcome.checks.filter((c) => !c.holds).map((c) => `    ${c.code}: ${c.sentence}`),
  ]);
}
