import type { Note } from "../../core/dataset.ts";
import { sidecarMessages as say } from "../../core/messages/import-sidecars.ts";
import { leadingQubit, qubitOfName } from "../meaning/measurement-name.ts";
import type { Stated } from "./agreed.ts";
import { near } from "./join.ts";
import { pathFacts } from "./path-facts.ts";
import { isSetting, type Statement } from "./statement.ts";

/**
 * What is stated of a whole folder, as far as it holds for this file: a qubit, power, temperature or time that the file's own name contradicts cannot
 * be that of every file, and is left out with a note.
 * @param name of the file
 */
export function folderWide({ statements, notes }: Stated, name: string): Stated {
  const contradictions: Note[] = [];
  const named = factsOfName(name);
  const holding = statements.filter((one) => {
    const own = named.find((fact) => fact.name === one.name);
    if (own === undefined || agrees(own, one)) return true;
    // The time of a session is no contradiction, but less than the file's own.
    if (one.name !== "started" || !near(textOf(own), textOf(one)))
      contradictions.push({ code: "contradiction", text: say.folderFact(one.name, textOf(own), textOf(one), one.place) });
    return false;
  });
  return { statements: holding, notes: [...notes, ...contradictions] };
}

function factsOfName(name: string): readonly Statement[] {
  const { statements } = pathFacts(name);
  const qubit = leadingQubit(name) || qubitOfName(name);
  return qubit === "" ? statements : [...statements, { name: "qubit", text: qubit, place: say.thePath() }];
}

function agrees(own: Statement, other: Statement): boolean {
  if (isSetting(own)) return isSetting(other) && Math.abs(own.value - other.value) <= Math.max(own.rounding, other.rounding);
  return !isSetting(other) && own.text.toLowerCase() === other.text.toLowerCase();
}

const textOf = (one: Statement) => (isSetting(one) ? one.written : one.text);
