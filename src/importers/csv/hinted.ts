import type { ColumnHint } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/csv.ts";
import type { Hints } from "../importer.ts";
import { columnFromHeader, columnFromHint, type FileColumn } from "./columns.ts";
import type { HeaderCell } from "./header.ts";
import { type Meaning, SIGNALS } from "./names.ts";

/** Maps have signals of their own. */
const STATED_SIGNALS: readonly Meaning[] = [...SIGNALS, "u", "r_total"];

/** What makes one complex number: where the lab file names one part, the other goes by its name. */
const PARTS: readonly (readonly (readonly Meaning[])[])[] = [
  [["i"], ["q"]],
  [["s_re"], ["s_im"]],
  [
    ["magnitude", "s_mag", "s_db"],
    ["phase", "s_deg"],
  ],
];

/**
 * The columns of a file: those that the lab file names as it says, the others by their headers.
 * Where the lab file names a signal, no other column becomes one by its name, except the other part of a complex number.
 * @throws ImportError when a named column is not there or is there twice
 */
export function resolveColumns(header: readonly HeaderCell[], hints: Hints, place: string): FileColumn[] {
  const stated = new Map<number, FileColumn>();
  const wanted = Object.entries(hints.columns ?? {}) as [ColumnHint, string][];
  if (typeof hints.shots === "string" && hints.columns?.shots === undefined) wanted.push(["shots", hints.shots]);
  for (const [role, text] of wanted) {
    const column = statedColumn(header, { role, meaning: role }, text, place);
    stated.set(column.index, column);
  }
  const meanings = new Set([...stated.values()].map((column) => column.meaning));
  const signalStated = STATED_SIGNALS.some((signal) => meanings.has(signal));
  return header.map((cell, index) => {
    const column = stated.get(index) ?? columnFromHeader(cell, index);
    const taken =
      !stated.has(index) &&
      (meanings.has(column.meaning) ||
        (signalStated && STATED_SIGNALS.includes(column.meaning) && !completes(column.meaning, meanings)) ||
        rival(column.meaning, meanings));
    return taken ? asOther(column) : column;
  });
}

/** Whether the lab file names one part of a complex number, and this is the other. */
function completes(meaning: Meaning, stated: ReadonlySet<Meaning>): boolean {
  return PARTS.some((parts) => {
    const own = parts.findIndex((part) => part.includes(meaning));
    return own >= 0 && !parts[own]!.some((same) => stated.has(same)) && parts[1 - own]!.some((other) => stated.has(other));
  });
}

/** `delay` and `time` are one axis under two names. */
function rival(meaning: Meaning, stated: ReadonlySet<Meaning>): boolean {
  return (meaning === "time" && stated.has("delay")) || (meaning === "delay" && stated.has("time"));
}

/** The column as a plain number. */
export function asOther(column: FileColumn): FileColumn {
  const { index, name, written, conversion, unitless } = column;
  return { index, name, written, conversion, unitless, meaning: "other" };
}

/**
 * The column that the lab file calls by its header.
 * @param what its role in the lab file's words, and what it means
 * @throws ImportError when it is not there or is there twice, or its unit cannot be
 */
export function statedColumn(
  header: readonly HeaderCell[],
  what: { readonly role: string; readonly meaning: Meaning },
  text: string,
  place: string,
): FileColumn {
  const { index, unit } = find(header, what.role, text, place);
  return columnFromHint(header[index]!, index, what.meaning, unit, place);
}

/**
 * Which column of texts names the qubit of each row: the one that the lab file says, else one that is called so; -1: none.
 * @throws ImportError when the stated one is not there, or holds numbers
 */
export function qubitColumnOf(
  header: readonly HeaderCell[],
  isText: readonly boolean[],
  stated: string | undefined,
  place: string,
): number {
  if (stated === undefined) return header.findIndex(({ name }, c) => isText[c] && /^qubit(?:s|[\s_]?names?)?$/i.test(name));
  const { index } = find(header, "qubit", stated, place);
  if (!isText[index]) throw new ImportError(say.numbersForQubits(header[index]!.raw), place);
  return index;
}

/** The literal header first, then the header without its bracket (which then states the unit), then a header that states a unit itself. */
function find(header: readonly HeaderCell[], role: string, text: string, place: string): { index: number; unit: string | undefined } {
  const wanted = text.trim();
  const bracket = /^(.*?)\s*[[(]([^\])]*)[\])]$/.exec(wanted);
  const base = (bracket?.[1] ?? wanted).trim();
  const unit = bracket === null || bracket[2]!.trim() === "" ? undefined : bracket[2]!.trim();
  const byNumber = /^#\s*(\d+)$/.exec(base);
  if (byNumber !== null) {
    const index = Number(byNumber[1]) - 1;
    if (index < 0 || index >= header.length) throw new ImportError(say.noSuchNumber(role, wanted, header.length), place);
    return { index, unit };
  }
  const attempts: [(cell: HeaderCell) => boolean, string | undefined][] = [
    [(cell) => cell.raw === wanted, undefined],
    [(cell) => cell.raw === base, unit],
    [(cell) => cell.raw !== "" && cell.name === base, unit],
  ];
  for (const [matches, statedUnit] of attempts) {
    const found = header.flatMap((cell, i) => (matches(cell) ? [i] : []));
    if (found.length > 1)
      throw new ImportError(
        say.ambiguousColumn(
          role,
          base,
          found.map((i) => i + 1),
        ),
        place,
      );
    if (found.length === 1) return { index: found[0]!, unit: statedUnit };
  }
  const names = header.map((cell) => cell.raw || cell.name);
  throw new ImportError(say.noSuchColumn(role, wanted, names, nearest(base, names)), place);
}

/** A header that differs only in case, blanks or a unit, or else contains or is contained in the wanted one; empty when none does. */
function nearest(wanted: string, names: readonly string[]): string {
  const fold = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const target = fold(wanted);
  return names.find((name) => fold(name) === target) ?? names.find((name) => target !== "" && fold(name).includes(target)) ?? "";
}
