/** A pattern of the lab file: `*` and `{name}` are one or more characters other than `/`, `**` crosses folders (and may be nothing before `/`). */
export interface Pattern {
  readonly text: string;
  readonly names: readonly string[];
  /** The captured labels, or undefined when the path does not match. */
  match(path: string): Readonly<Record<string, string>> | undefined;
}

/** @throws RangeError for an empty or doubled name: `{}`, `{a}{a}`. */
export function pattern(text: string): Pattern {
  const names: string[] = [];
  const source = text.replace(/\*\*\/|\*\*|\*|\{([^{}]*)\}|[^*{]+|[*{]/g, (token, name: string | undefined) => {
    if (token === "**/") return "(?:.*/)?";
    if (token === "**") return ".+";
    if (token === "*") return "[^/]+";
    if (name === undefined) return token.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    if (!/^\w+$/.test(name)) throw new RangeError(`"{${name}}" is not a name. Write letters, digits and _ between the braces.`);
    if (names.includes(name)) throw new RangeError(`"{${name}}" stands twice in "${text}". Give each its own name.`);
    names.push(name);
    // Lazy: in `{qubit}_t1_*.csv` the qubit ends at the first `_t1_`.
    return "([^/]+?)";
  });
  const regex = new RegExp(`^${source}$`, "su");
  return {
    text,
    names,
    match(path) {
      const found = regex.exec(path);
      return found ? Object.fromEntries(names.map((name, i) => [name, found[i + 1]!])) : undefined;
    },
  };
}

/**
 * Does `earlier` match everything that `later` can match? Decided on samples of `later`: every wildcard filled with short and odd texts.
 * A sample that `earlier` misses proves that `later` is not hidden.
 */
export function alwaysHides(earlier: Pattern, later: Pattern): boolean {
  const fills = ["a", "zz9", "Q-7", "0_1", "x.y"];
  const many = ["a", "b/c9", "d/e/f"];
  const samples: string[] = [];
  for (const [i, fill] of fills.entries())
    for (const deep of many)
      for (const gap of ["", `${deep}/`])
        samples.push(
          later.text.replace(/\*\*\/|\*\*|\*|\{[^{}]*\}/g, (token) => (token === "**/" ? gap : token === "**" ? deep : `${fill}${i}`)),
        );
  return samples.every((s) => earlier.match(s) !== undefined);
}
