/** A Python literal as NPY headers hold them. Tuples and lists are arrays. */
export type Literal = string | number | boolean | null | readonly Literal[] | ReadonlyMap<string, Literal>;

/** Deepest nesting of structured types that is followed. */
const DEEPEST = 32;

/**
 * Reads a Python literal of dicts, lists, tuples, texts, integers, True, False and None.
 * @throws SyntaxError at anything else
 */
export function parseLiteral(text: string): Literal {
  const reader = new LiteralReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Literal {
    if (depth > DEEPEST) throw new SyntaxError("it is nested too deeply");
    this.#space();
    const c = this.#text[this.#at];
    if (c === "{") return this.#dict(depth);
    if (c === "(" || c === "[") return this.#list(c === "(" ? ")" : "]", depth);
    // Python 2 wrote u'...' for names.
    if (c === "'" || c === '"' || /^[ub]['"]/.test(this.#text.slice(this.#at, this.#at + 2))) return this.#string();
    const word = /^(?:True|False|None|-?\d{1,20}L?)/.exec(this.#text.slice(this.#at, this.#at + 24))?.[0];
    if (word === undefined) throw new SyntaxError(`"${this.#text.slice(this.#at, this.#at + 12)}" cannot stand at character ${this.#at}`);
    this.#at += word.length;
    if (word === "None") return null;
    if (word === "True" || word === "False") return word === "True";
    return Number(word.replace("L", ""));
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) throw new SyntaxError(`"${this.#text.slice(this.#at, this.#at + 12)}" follows behind its end`);
  }

  #dict(depth: number): ReadonlyMap<string, Literal> {
    const found = new Map<string, Literal>();
    this.#at++;
    while (!this.#closes("}")) {
      const key = this.value(depth + 1);
      if (typeof key !== "string" || found.has(key)) throw new SyntaxError("a key is no text or stands twice");
      this.#expect(":");
      found.set(key, this.value(depth + 1));
      if (!this.#closes("}", true)) this.#expect(",");
    }
    return found;
  }

  #list(close: string, depth: number): readonly Literal[] {
    const found: Literal[] = [];
    this.#at++;
    while (!this.#closes(close)) {
      found.push(this.value(depth + 1));
      if (!this.#closes(close, true)) this.#expect(",");
    }
    return found;
  }

  /** Passes over the closing bracket, or only looks whether it is next. */
  #closes(bracket: string, lookOnly = false): boolean {
    this.#space();
    if (this.#text[this.#at] !== bracket) return false;
    if (!lookOnly) this.#at++;
    return true;
  }

  #expect(mark: string): void {
    this.#space();
    if (this.#text[this.#at] !== mark) throw new SyntaxError(`"${mark}" is missing at character ${this.#at}`);
    this.#at++;
  }

  #string(): string {
    if (/[ub]/.test(this.#text[this.#at]!)) this.#at++;
    const quote = this.#text[this.#at++];
    let found = "";
    for (;;) {
      const c = this.#text[this.#at++];
      if (c === undefined) throw new SyntaxError("a text has no end");
      if (c === quote) return found;
      found += c === "\\" ? this.#escape() : c;
    }
  }

  #escape(): string {
    const rest = this.#text.slice(this.#at, this.#at + 9);
    const code = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))/i.exec(rest);
    if (code !== null) {
      this.#at += code[0].length;
      const point = Number.parseInt(code[1] ?? code[2] ?? code[3]!, 16);
      if (point > 0x10ffff) throw new SyntaxError("a text holds a character that does not exist");
      return String.fromCodePoint(point);
    }
    this.#at++;
    const plain: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };
    const found = plain[rest[0] ?? ""];
    if (found === undefined) throw new SyntaxError(`a text holds the unknown escape \\${rest[0] ?? ""}`);
    return found;
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? "")) this.#at++;
  }
}
