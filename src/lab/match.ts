import {
  emptyPattern,
  patternBackslash,
  patternName,
  patternNameTwice,
  patternPath,
  patternTouching,
  unclosedBrace,
} from "../core/messages/lab.ts";
import { includes, type Step } from "./inclusion.ts";

/** A pattern of the lab file: `*` and `{name}` are one or more characters other than `/`, `**` crosses folders (and may be nothing before `/`). */
export interface Pattern {
  readonly text: string;
  readonly names: readonly string[];
  readonly steps: readonly Step[];
  /** The captured labels, or undefined when the path does not match. */
  match(path: string): Readonly<Record<string, string>> | undefined;
}

/**
 * @throws RangeError for what cannot be meant: `{}`, `{a}{a}`, an unclosed brace, a path that does not begin at the folder's root or has `\`, and a name
 *   beside another name or a star (in `{qubit}*.csv` nothing says where the qubit ends).
 */
export function pattern(text: string): Pattern {
  if (text === "") throw new RangeError(emptyPattern());
  if (/^(?:\/|\.\.?\/)/.test(text)) throw new RangeError(patternPath(text));
  if (text.includes("\\")) throw new RangeError(patternBackslash(text));
  const names: string[] = [];
  const steps: Step[] = [];
  const source = text.replace(/\*\*\/|\*\*|\*|\{([^{}]*)\}|[{}]|[^*{}]+/g, (token, name: string | undefined) => {
    if (token === "**/") return add(steps, "folders", "(?:.*/)?");
    if (token === "**") return add(steps, "anything", ".+");
    if (token === "*") return add(steps, "name", "[^/]+");
    if (token === "{" || token === "}") throw new RangeError(unclosedBrace(text));
    if (name === undefined) {
      for (const char of token) steps.push({ char });
      return token.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    }
    if (!/^\w+$/.test(name)) throw new RangeError(patternName(name));
    if (names.includes(name)) throw new RangeError(patternNameTwice(name, text));
    names.push(name);
    // Lazy: in `{qubit}_t1_*.csv` the qubit ends at the first `_t1_`.
    return add(steps, "name", "([^/]+?)");
  });
  // `**/` ends at a slash: what follows it is told apart.
  const touching = /(\{\w+\})(\{\w+\}|\*+)|(\*+)(\{\w+\})/.exec(text);
  if (touching) throw new RangeError(patternTouching(touching[1] ?? touching[3]!, touching[2] ?? touching[4]!, text));
  const regex = new RegExp(`^${source}$`, "su");
  return {
    text,
    names,
    steps,
    match(path) {
      const found = regex.exec(path);
      return found ? Object.fromEntries(names.map((name, i) => [name, found[i + 1]!])) : undefined;
    },
  };
}

function add(steps: Step[], step: Step, source: string): string {
  steps.push(step);
  return source;
}

/** Whether every path that `later` can match is matched by `earlier` already: decided exactly, for all texts. */
export function alwaysHides(earlier: Pattern, later: Pattern): boolean {
  return includes(earlier.steps, later.steps);
}
