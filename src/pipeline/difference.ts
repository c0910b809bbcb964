/** Where two canonical texts (core/hash.ts) differ, in words that a person can compare with the lab file. */

export interface Difference {
  /** `lines.drive1.attenuation`; empty for the whole value. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

type Parsed = { readonly atom: string } | { readonly list: readonly Parsed[] } | { readonly members: ReadonlyMap<string, Parsed> };
const NOTHING: Parsed = { atom: "not stated" };

/** The differing leaves, in the order of the keys; a quantity or a stated quantity counts as one leaf. */
export function differences(before: string, after: string): Difference[] {
  const found: Difference[] = [];
  compare(parse(before), parse(after), "", found);
  return found;
}

function compare(a: Parsed, b: Parsed, path: string, found: Difference[]): void {
  const [textA, textB] = [leafText(a), leafText(b)];
  if (textA !== undefined && textB !== undefined) {
    // Two leaves may print alike (numbers that differ beyond the printed form do not exist, long texts do): then show them whole.
    if (!same(a, b)) found.push({ path: entryOf(b) ?? entryOf(a) ?? path, before: textA, after: textB });
    return;
  }
  if ("members" in a && "members" in b) {
    const names = [...new Set([...a.members.keys(), ...b.members.keys()])].sort();
    for (const name of names)
      compare(a.members.get(name) ?? NOTHING, b.members.get(name) ?? NOTHING, path === "" ? name : `${path}.${name}`, found);
    return;
  }
  if ("list" in a && "list" in b) {
    for (let i = 0; i < Math.max(a.list.length, b.list.length); i++)
      compare(a.list[i] ?? NOTHING, b.list[i] ?? NOTHING, `${path}[${i}]`, found);
    return;
  }
  found.push({ path: entryOf(b) ?? entryOf(a) ?? path, before: textA ?? printable(show(a)), after: textB ?? printable(show(b)) });
}

/** Text of an atom or of a quantity (`{value, sigma, unit}`, also inside `{quantity, entry}`); undefined for anything with parts of its own. */
function leafText(value: Parsed): string | undefined {
  if ("atom" in value) return printable(value.atom);
  if (!("members" in value)) return undefined;
  const inner = entryOf(value) === undefined ? value : (value.members.get("quantity") ?? value);
  if (!("members" in inner) || inner.members.size !== 3) return undefined;
  const [number, sigma, unit] = ["value", "sigma", "unit"].map((name) => inner.members.get(name));
  if (!(number && sigma && unit && "atom" in number && "atom" in sigma && "atom" in unit)) return undefined;
  const written = unit.atom === '"1"' ? "" : ` ${JSON.parse(unit.atom)}`;
  return `${number.atom}${sigma.atom === "NaN" ? "" : ` ± ${sigma.atom}`}${written}`;
}

/** The lab file's own name of a stated quantity. */
function entryOf(value: Parsed): string | undefined {
  if (!("members" in value) || value.members.size !== 2 || !value.members.has("quantity")) return undefined;
  const entry = value.members.get("entry");
  return entry && "atom" in entry && entry.atom.startsWith('"') ? (JSON.parse(entry.atom) as string) : undefined;
}

function same(a: Parsed, b: Parsed): boolean {
  return show(a) === show(b);
}

function show(value: Parsed): string {
  if ("atom" in value) return value.atom;
  if ("list" in value) return `[${value.list.map(show).join(",")}]`;
  return `{${[...value.members].map(([name, v]) => `${name}: ${show(v)}`).join(", ")}}`;
}

/** Shortened to what fits on a line; simple texts lose their quotes. */
export function printable(text: string): string {
  const plain = /^"[^"\\;]*"$/.test(text) ? text.slice(1, -1) : text;
  return plain.length <= 80 ? plain : `${plain.slice(0, 60)}…(${plain.length} characters)`;
}

/** Reads a canonical text. @throws SyntaxError with the position. */
function parse(text: string): Parsed {
  let at = 0;
  const value = parseValue();
  if (at !== text.length) throw new SyntaxError(`canonical text goes on at ${at}`);
  return value;

  function parseValue(): Parsed {
    if (text[at] === "{") return { members: new Map(parseItems("}", () => [parseName(), parseValue()] as const)) };
    if (text[at] === "[") return { list: parseItems("]", parseValue) };
    return { atom: text[at] === '"' ? parseText() : parseWord() };
  }
  function parseItems<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    at++;
    while (text[at] !== end) {
      if (items.length > 0 && text[at++] !== ",") throw new SyntaxError(`canonical text: "," or "${end}" expected at ${at - 1}`);
      items.push(item());
    }
    at++;
    return items;
  }
  function parseName(): string {
    const name = JSON.parse(parseText()) as string;
    if (text[at++] !== ":") throw new SyntaxError(`canonical text: ":" expected at ${at - 1}`);
    return name;
  }
  function parseText(): string {
    const start = at++;
    while (text[at] !== '"') {
      if (at >= text.length) throw new SyntaxError(`canonical text: open string at ${start}`);
      at += text[at] === "\\" ? 2 : 1;
    }
    return text.slice(start, ++at);
  }
  function parseWord(): string {
    const word = /[^,\]}]+/y;
    word.lastIndex = at;
    const found = word.exec(text)?.[0];
    if (found === undefined) throw new SyntaxError(`canonical text: a value is missing at ${at}`);
    at += found.length;
    return found;
  }
}
