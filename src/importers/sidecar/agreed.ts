import type { Note } from "../../core/dataset.ts";
import { sidecarMessages as say } from "../../core/messages/import-sidecars.ts";
import type { Statement } from "./statement.ts";

/** What somebody stated, and what is said about what cannot be used. */
export interface Stated {
  readonly statements: readonly Statement[];
  readonly notes: readonly Note[];
}

/** Facts and what is said about unusable ones, apart. */
export function separated(found: readonly (Statement | Note)[]): Stated {
  return { statements: found.filter((one) => "name" in one), notes: found.filter((one) => "code" in one) };
}

/** Each fact once. Where statements of equal rank differ in one, none of them is meant for sure: it is left out, and a note names their places. */
export function agreed(found: readonly (Statement | Note)[], file: string): Stated {
  const { statements, notes } = separated(found);
  const bySubject = new Map<string, Statement[]>();
  for (const one of statements) bySubject.set(one.name, [...(bySubject.get(one.name) ?? []), one]);
  const subjects = [...bySubject];
  const contradicted = subjects.filter(([, all]) => !all.every((one) => sameValue(one, all[0]!)));
  return {
    statements: subjects.flatMap(([, all]) => (all.every((one) => sameValue(one, all[0]!)) ? [all[0]!] : [])),
    notes: [
      ...notes,
      ...contradicted.map(([subject, all]) => {
        const places = all.map(({ place }) => place);
        return { code: "contradiction", text: say.severalStated(subject, places, file) };
      }),
    ],
  };
}

function sameValue(a: Statement, b: Statement): boolean {
  return "value" in a ? "value" in b && a.value === b.value : "text" in b && a.text === b.text;
}
