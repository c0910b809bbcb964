/** Sentences about the store of results. */

const USE_STORE = "Give a folder that can be written: --store <dir>";

export const storeNotWritable = (dir: string, why: string) => `The store "${dir}" cannot be written (${why}). ${USE_STORE}`;
export const storeNotReadable = (dir: string, why: string) => `The store "${dir}" cannot be read (${why}). ${USE_STORE}`;
export const storeInUse = (dir: string, holder: string, file: string) =>
  `The store "${dir}" is in use by ${holder}. Wait until it has ended, or give another store: --store <dir>. If that program no longer runs, delete "${file}".`;
export const lockHolder = (pid: number, host: string, here: boolean, since: string) =>
  `process ${pid}${here ? "" : ` on the computer "${host}"`} since ${since}`;
export const unreadableLockHolder = () => "a program that is just starting, or that left an unreadable lock";
export const lockTakenOver = (pid: number, since: string) =>
  `Process ${pid}, which used the store since ${since}, ended without closing it; its lock was taken over. What it had written is kept.`;
export const manifestSetAside = (why: string, aside: string) =>
  `The store's list of records is damaged (${why}). It was set aside as "${aside}" and everything is computed again.`;
export const otherFormat = (format: string) => `written by another version of gammawatt, format ${format}`;
export const wouldSetAside = (why: string) => `The store's list of records is damaged (${why}); a run would compute everything again.`;
export const recordLost = (stage: string, name: string, why: string) =>
  `The stored result of ${stage} for ${name} is lost (${why}); it is computed again.`;
export const namedLost = (name: string, why: string) => `The stored "${name}" is damaged (${why}) and was left out.`;
export const segmentsLost = (count: number) =>
  `${count === 1 ? "1 stored result was" : `${count} stored results were`} found damaged while the store was tidied; ${count === 1 ? "it is" : "they are"} computed again when needed.`;
export const closedStore = () => "The store is closed: nothing can be computed into it.";
export const unknownStart = () => "an unknown time";

/** The codes of reasons in words, as `explain` and the terminal show them. */
const REASONS: Readonly<Record<string, (before: string, after: string) => string>> = {
  "new-input": () => "new",
  "input-changed": (before, after) => `its input changed: ${before} -> ${after}`,
  "option-changed": (before, after) => `an option changed: ${before} -> ${after}`,
  "stage-version": (before, after) => `the program changed: ${before} -> ${after}`,
  "missing-output": () => "its stored result is missing",
  "corrupt-record": (before) => `its stored result was damaged${before === "" ? "" : ` (${before})`}`,
  forced: () => "forced (--force)",
};

/** Why something was computed again, in words: `an option changed: lines.drive1.attenuation: 72.3 dB -> 72.9 dB`. */
export function reasonText(reason: { readonly code: string; readonly before: string; readonly after: string }): string {
  const text = REASONS[reason.code];
  if (text === undefined) throw new RangeError(`There is no reason "${reason.code}". Known: ${Object.keys(REASONS).join(", ")}.`);
  // `path: old` and `path: new` read as `path: old -> new`.
  const path = /^(.*?: )/s.exec(reason.before)?.[1];
  const single = path !== undefined && !reason.before.includes("; ") && reason.after.startsWith(path);
  return text(reason.before, single ? reason.after.slice(path.length) : reason.after);
}
