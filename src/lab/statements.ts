import type { FilePattern } from "./entries.ts";
import { type Pattern, pattern } from "./match.ts";
import type { RawLab } from "./schema.ts";
import type { Located, Path } from "./yaml.ts";

/** What the lab file says about something by its name, with the place: for telling what names nothing that is there. */
export interface Statements {
  readonly exclusions: readonly StatedExclusion[];
  readonly files: readonly { readonly match: string; readonly place: string; matches(path: string): boolean }[];
  /** Under `qubits:` and of lines; `cooldown` is empty for those of the whole lab. The same qubit may stand several times. */
  readonly qubits: readonly { readonly name: string; readonly cooldown: string; readonly place: string }[];
  readonly cooldowns: readonly { readonly name: string; readonly place: string }[];
}

export interface StatedExclusion {
  /** The path or pattern as it is written. */
  readonly what: string;
  readonly place: string;
  readonly trace?: string;
  readonly points?: readonly number[];
  matches(path: string): boolean;
}

/** @param file name of the lab file, for the places */
export function statementsOf(lab: RawLab, located: Located, patterns: readonly FilePattern[], file: string): Statements {
  const at = (path: Path, key = false) => {
    const { line, column } = located.at(path, key);
    return `${file}:${line}:${column}`;
  };
  const levels = [
    { cooldown: "", path: [] as Path, qubits: lab.qubits, lines: lab.lines },
    ...Object.entries(lab.cooldowns ?? {}).map(([cooldown, c]) => ({
      ...{ cooldown, path: ["cooldowns", cooldown], qubits: c.qubits, lines: c.lines },
    })),
  ];
  return {
    exclusions: (lab.exclude ?? []).map((x, i) => {
      const matches = matcher(x.file, x.match === undefined ? undefined : pattern(x.match));
      const { trace, points } = x;
      return {
        ...{ what: x.file ?? x.match ?? "", place: at(["exclude", i]), matches },
        ...(trace === undefined ? {} : { trace }),
        ...(points === undefined ? {} : { points }),
      };
    }),
    files: patterns.map(({ pattern: p, entry }) => ({
      ...{ match: p.text, place: entry.place },
      matches: (path) => p.match(path) !== undefined,
    })),
    qubits: levels.flatMap(({ cooldown, path, qubits, lines }) => [
      ...Object.keys(qubits ?? {}).map((name) => ({ name, cooldown, place: at([...path, "qubits", name], true) })),
      ...Object.entries(lines ?? {}).flatMap(([line, l]) =>
        (l.qubits ?? []).map((name, i) => ({ name, cooldown, place: at([...path, "lines", line, "qubits", i]) })),
      ),
    ]),
    cooldowns: Object.keys(lab.cooldowns ?? {}).map((name) => ({ name, place: at(["cooldowns", name], true) })),
  };
}

/** Whether an exclusion is about a path: what it states of file and match must both hold. */
export function matcher(file: string | undefined, compiled: Pattern | undefined): (path: string) => boolean {
  return (path) => (file === undefined || file === path) && (compiled === undefined || compiled.match(path) !== undefined);
}
