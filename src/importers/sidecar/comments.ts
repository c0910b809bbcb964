import type { Note } from "../../core/dataset.ts";
import type { Dataset } from "../../tables/dataset.ts";
import { joinNotes, type Sayer, withStatements } from "./join.ts";
import { isSettingName, readStatement, type Statement, subjectOf } from "./statement.ts";

const PAIR = /(?:^|[,;]\s*|\s{2,}|\t)([\p{L}_][\p{L}\p{N}_ .()[\]/-]{0,40}?)\s*[:=]\s*([^,;\t]*?)(?=\s*(?:$|[,;\t]|\s{2}))/gu;

/** Behind so many characters of a line stand no settings. */
const LONGEST = 1000;

/** What the comments of a file state: `T = 12 mK, power: -20 dBm`. Words behind a known key that are no number say nothing, and no more do unknown keys. */
export function statedInComments(lines: readonly string[], place: string): { statements: Statement[]; notes: Note[] } {
  const found = lines.flatMap((line) =>
    [...line.slice(0, LONGEST).matchAll(PAIR)].flatMap(([, key = "", value = ""]) => {
      const subject = subjectOf(key);
      if (subject === undefined || (isSettingName(subject) && !/^[-+\u2212]?[\d.]/.test(value))) return [];
      return readStatement(key, value, "", place) ?? [];
    }),
  );
  const notes = found.filter((one) => "code" in one);
  // A date that is none is prose.
  return { statements: found.filter((one) => "name" in one), notes: notes.filter(({ code }) => code !== "no_date") };
}

/** The datasets with what the comments of their own file state. Where blocks or sweeps differ in a setting, a comment cannot speak for all of them. */
export function withComments(datasets: readonly Dataset[], lines: readonly string[], own: Sayer): Dataset[] {
  const { statements, notes } = statedInComments(lines, own("comments"));
  const differs = (name: string) =>
    new Set(datasets.map((d) => d.conditions.find((c) => c.name === name)?.value)).size > 1 ||
    (name === "qubit" && new Set(datasets.map((d) => d.labels.qubit)).size > 1);
  const common = statements.filter((one) => !differs(one.name));
  return datasets.map((dataset) => {
    const joined = withStatements(dataset, common, "file", own);
    return { ...joined, notes: joinNotes(joined.notes, notes) };
  });
}
