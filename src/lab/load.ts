import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LabFileError } from "../core/errors.ts";
import type { GroupLabels } from "../core/estimate.ts";
import { labUnreadable, moreProblems, notUtf8, otherName } from "../core/messages/lab.ts";
import { consistencyProblems } from "./consistency.ts";
import { type EntryMatch, type FilePattern, filePatterns, matchEntry } from "./entries.ts";
import { factsOf, type Tables } from "./facts.ts";
import { fieldFactsOf } from "./field-facts.ts";
import type { FieldFacts } from "./field-statement.ts";
import type { Exclusion, Facts, FileEntry } from "./lab.ts";
import { pattern } from "./match.ts";
import { readAttenuationTables } from "./read-attenuation.ts";
import { checkShape, type RawLab } from "./schema.ts";
import { matcher, type Statements, statementsOf } from "./statements.ts";
import { type Located, type Problem, parseLocated } from "./yaml.ts";

export const LAB_FILE = "gammawatt.yaml";

export type Match = EntryMatch;

/** A loaded lab file. */
export interface Lab {
  /** Name for messages: `gammawatt.yaml`. */
  readonly file: string;
  /** Device of the whole lab; empty when it is not stated. */
  readonly device: string;
  readonly cooldowns: Readonly<Record<string, { readonly started: string; readonly note: string; readonly device: string }>>;
  /** The first entry of `files:` that matches, with the labels it cuts out of the path. @throws LabFileError when a cut-out power is no power */
  entryFor(path: string): Match | undefined;
  /**
   * Everything stated about one qubit in one cooldown, the nearest statement having won.
   * @param entries the entries of `files:` that its data matched: their timing wins
   */
  facts(labels: GroupLabels, entries?: readonly FileEntry[]): Facts;
  /** What is stated for the maps of a cooldown, key by key the nearest statement. */
  field(cooldown: string): FieldFacts;
  /** What the lab file takes out of the fits for a trace of a file. */
  exclusionsFor(path: string, trace: string): readonly Exclusion[];
  /** Everything that is said of something by its name. */
  readonly statements: Statements;
  /** Files that belong to the lab file and hold no measurement of a qubit: attenuation tables, with `/`, relative to it. */
  readonly tables: readonly string[];
}

/**
 * Reads `gammawatt.yaml` at the folder's root.
 * @returns undefined when there is none
 * @throws LabFileError listing every problem with line, column and what to write
 */
export async function loadLab(folder: string): Promise<Lab | undefined> {
  return (await loadLabFile(join(folder, LAB_FILE))) ?? noneUnderOtherName(folder);
}

/** Reads a lab file of any name. @returns undefined when there is none @throws LabFileError as `loadLab` */
export async function loadLabFile(path: string): Promise<Lab | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new LabFileError(labUnreadable((error as Error).message), LAB_FILE, { cause: error });
  }
  const checked = checkedLab(decoded(bytes));
  const { tables, problems } = await readAttenuationTables(dirname(path), checked.raw, checked.located);
  if (problems.length > 0) throw labError(problems);
  return makeLab(checked, tables);
}

/** What people call the file, and their editors. @throws LabFileError */
async function noneUnderOtherName(folder: string): Promise<undefined> {
  let names: string[] = [];
  try {
    names = await readdir(folder);
  } catch (error) {
    // That the folder cannot be listed is said by the scan, which comes next.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
  const [other] = names.filter((name) => /^\.?gammawatt\.ya?ml(?:\.txt)?$/i.test(name)).sort();
  if (other !== undefined) throw new LabFileError(otherName(other), other);
  return undefined;
}

/** @throws LabFileError with the place of the first byte that is no UTF-8 */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    const before = wholePart(bytes);
    const text = before.replace(/^\ufeff/, "");
    const place = `${LAB_FILE}:${text.split("\n").length}:${text.length - text.lastIndexOf("\n")}`;
    throw new LabFileError(notUtf8(bytes[Buffer.byteLength(before)] ?? 0), place, { cause: error });
  }
}

/** The text before the first byte that is no UTF-8: bisection, since what is wrong once stays wrong. */
function wholePart(bytes: Uint8Array): string {
  // As a stream, an unfinished character at the end is no error yet, and is held back.
  const read = (end: number) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, end), { stream: true });
  let [text, good, bad] = ["", 0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      text = read(middle);
      good = middle;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      bad = middle;
    }
  }
  return text;
}

/** The same from its text alone: no file that it names is read. @throws LabFileError as `loadLab` */
export function parseLab(text: string): Lab {
  return makeLab(checkedLab(text), new Map());
}

interface CheckedLab {
  readonly raw: RawLab;
  readonly located: Located;
  readonly patterns: readonly FilePattern[];
}

function checkedLab(text: string): CheckedLab {
  const located = parseLocated(text);
  const shape = located.problems.length > 0 ? { problems: located.problems } : checkShape(located);
  if ("problems" in shape) throw labError(shape.problems);
  const { patterns, problems: ofPatterns } = filePatterns(shape.lab, located);
  const problems = [...ofPatterns, ...consistencyProblems(shape.lab, located)];
  if (problems.length > 0) throw labError(problems);
  return { raw: shape.lab, located, patterns };
}

function makeLab({ raw, located, patterns }: CheckedLab, tables: Tables): Lab {
  const exclusions = (raw.exclude ?? []).map((x): { matches: (path: string) => boolean; exclusion: Exclusion } => ({
    matches: matcher(x.file, x.match === undefined ? undefined : pattern(x.match)),
    exclusion: Object.fromEntries(Object.entries(x).filter(([, v]) => v !== undefined)) as unknown as Exclusion,
  }));
  const cooldowns = Object.entries(raw.cooldowns ?? {}).map(
    ([name, c]) => [name, { started: c.started ?? "", note: c.note ?? "", device: c.device ?? "" }] as const,
  );
  return {
    file: LAB_FILE,
    device: raw.device ?? "",
    // Without a prototype: a cooldown may be called anything.
    cooldowns: Object.assign(Object.create(null), Object.fromEntries(cooldowns)),
    entryFor: (path) => matchEntry(patterns, path),
    facts: (labels, entries) => factsOf(raw, labels, entries, tables),
    field: (cooldown) => fieldFactsOf(raw, cooldown),
    exclusionsFor: (path, trace) =>
      exclusions
        .filter(({ matches, exclusion: x }) => matches(path) && (x.trace === undefined || x.trace === trace))
        .map(({ exclusion }) => exclusion),
    statements: statementsOf(raw, located, patterns, LAB_FILE),
    tables: [...new Set([...tables.values()].map((t) => t.file))],
  };
}

/** Problems behind the first that are printed. */
const MOST_PROBLEMS = 40;

function labError(problems: readonly Problem[]): LabFileError {
  const at = (p: Problem) => `${LAB_FILE}:${p.line}:${p.column}`;
  // Two mistakes of one kind may be told at one place.
  const each = new Map(problems.map((p) => [`${at(p)} ${p.message}`, p]));
  const sorted = [...each.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  const [first, ...rest] = sorted;
  const others = rest.slice(0, MOST_PROBLEMS).map((p) => `${at(p)}: ${p.message}`);
  const more = rest.length > MOST_PROBLEMS ? [moreProblems(rest.length - MOST_PROBLEMS)] : [];
  const message = [first!.message, ...others, ...more].join("\n");
  return new LabFileError(message, at(first!));
}
