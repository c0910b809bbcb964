import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/import-mdif.ts";
import { lateOptionLine } from "../../core/messages/touchstone.ts";
import { refuseTooMany } from "../network/sweep-dataset.ts";
import { eachLine } from "../text/lines.ts";
import { isGap, NumberScanner } from "../text/numbers.ts";
import { type Options, readOptions } from "../touchstone/options.ts";

/** One column of a block, as its `%` line names it. */
export interface BlockColumn {
  readonly name: string;
  readonly type: "real" | "complex" | "text";
}

/** Everything from BEGIN to END, with the VARs that were stated last. */
export interface Block {
  readonly name: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly options: Options | undefined;
  readonly columns: readonly BlockColumn[];
  /** Row by row; text is NaN. */
  readonly numbers: Float64Array;
  readonly width: number;
  readonly gaps: { readonly count: number; readonly firstLine: number };
}

/** @throws ImportError with the line where a block has no names, no end, or rows of another length */
export function readBlocks(text: string, path: string): Block[] {
  return new BlockReader(path).read(text);
}

class BlockReader {
  readonly #path: string;
  readonly #scanner = new NumberScanner();
  readonly #blocks: Block[] = [];
  readonly #variables = new Map<string, string>();
  #line = 0;
  #name: string | undefined;
  #begin = 0;
  #options: Options | undefined;
  #columns: BlockColumn[] = [];
  #width = 0;
  #numbers: number[] = [];
  #texts = new Set<number>();
  #gaps = { count: 0, firstLine: 0 };

  constructor(path: string) {
    this.#path = path;
  }

  read(text: string): Block[] {
    eachLine(text, (start, end, line) => {
      this.#line = line;
      this.#takeLine(text.slice(start, end).trim());
    });
    if (this.#name !== undefined) this.#fail(say.noEnd(this.#name, this.#begin));
    if (this.#blocks.length === 0) throw new ImportError(say.noBlocks(), this.#path);
    return this.#blocks;
  }

  #takeLine(line: string): void {
    if (line === "" || line.startsWith("!") || /^rem\b/i.test(line) || line === "\u001a") return;
    if (this.#name !== undefined && this.#width > 0 && /^[-+.\d]/.test(line)) {
      this.#row(line);
      return;
    }
    const begin = /^begin\s*(.*)$/i.exec(line);
    if (begin !== null) {
      if (this.#name !== undefined) this.#fail(say.nested(this.#line));
      [this.#name, this.#begin, this.#options] = [begin[1]!.replace(/!.*$/, "").trim(), this.#line, undefined];
      [this.#columns, this.#width, this.#numbers, this.#gaps] = [[], 0, [], { count: 0, firstLine: 0 }];
      this.#texts = new Set();
    } else if (this.#name === undefined) this.#variable(line);
    else if (/^end\b/i.test(line)) this.#end(this.#name);
    else if (line.startsWith("#")) this.#options ??= this.#optionLine(line);
    else if (line.startsWith("%")) this.#names(line.slice(1));
    else if (this.#goesOn(line)) this.#names(line);
    else this.#row(line);
  }

  /** Outside blocks only VAR has a meaning here. */
  #variable(line: string): void {
    if (!/^var\b/i.test(line)) return;
    const match = /^var\s+([^=\s(]+)\s*(?:\([^)]*\))?\s*=\s*(.+)$/i.exec(line.replace(/!.*$/, ""));
    if (match === null) this.#fail(say.badVariable(this.#line, line));
    this.#variables.set(match[1]!, match[2]!.trim().replace(/^"(.*)"$/, "$1"));
  }

  /** `# GHz S MA R 50`, also as `# AC ( GHZ S MA R 50 FC 1 0 )`. */
  #optionLine(line: string): Options {
    const plain = line
      .replace(/!.*$/, "")
      .replace(/^#\s*AC\s*\(/i, "# ")
      .replace(/\)\s*$/, "");
    if (this.#numbers.length > 0) this.#fail(lateOptionLine(this.#line));
    const conversion = /\bFC\s+(\S+)\s+(\S+)/i.exec(plain);
    if (conversion !== null && (Number(conversion[1]) !== 1 || Number(conversion[2]) !== 0))
      this.#fail(say.frequencyConversion(this.#line));
    return readOptions(plain.replace(/\bFC\s+\S+\s+\S+/i, ""), this.#line, this.#path);
  }

  /** Names of more than two ports may go on in the next lines without a `%`, as scikit-rf writes them. */
  #goesOn(line: string): boolean {
    const words = line.replace(/!.*$/, "").trim().split(/\s+/);
    return (
      this.#numbers.length === 0 && this.#width > 0 && this.#texts.size === 0 && words.every((word) => /^[a-z]/i.test(word) && !isGap(word))
    );
  }

  #names(text: string): void {
    for (const word of text
      .replace(/!.*$/, "")
      .split(/\s+/)
      .filter((w) => w !== "")) {
      const [, name = word, type = "real"] = /^(.+?)\((real|double|float|integer|int|complex|string|boolean|[0-4])\)$/i.exec(word) ?? [];
      const kind = /^(?:complex|3)$/i.test(type) ? "complex" : /^(?:string|2)$/i.test(type) ? "text" : "real";
      this.#columns.push({ name, type: kind });
      if (kind === "text") this.#texts.add(this.#width);
      this.#width += kind === "complex" ? 2 : 1;
    }
  }

  #row(line: string): void {
    const width = this.#width;
    if (width === 0) this.#fail(say.noColumns(this.#line, this.#name ?? ""));
    let first = true;
    let at = 0;
    while (at < line.length && line.charCodeAt(at) !== 33) {
      const column = this.#numbers.length % width;
      if (column === 0 && !first) this.#fail(say.rowInsideLine(this.#line, width));
      first = false;
      at = this.#value(line, at, column);
      while (at < line.length && isSeparator(line.charCodeAt(at))) at++;
    }
  }

  /** @returns where the value ends */
  #value(line: string, at: number, column: number): number {
    const shift = column === 0 && this.#options !== undefined ? this.#options.shift : 0;
    const value = this.#scanner.scan(line, at, 46, shift);
    const stop = this.#scanner.end;
    if (!this.#texts.has(column) && stop > at && Number.isFinite(value) && (stop === line.length || endsValue(line.charCodeAt(stop)))) {
      this.#numbers.push(value);
      return stop;
    }
    const token = /^(?:"[^"]*"|[^\s,!]+)/.exec(line.slice(at))?.[0] ?? line.slice(at);
    if (!this.#texts.has(column)) {
      if (!isGap(token)) this.#fail(say.notANumber(this.#line, token));
      if (this.#gaps.count++ === 0) this.#gaps.firstLine = this.#line;
    }
    this.#numbers.push(Number.NaN);
    return at + token.length;
  }

  #end(name: string): void {
    const rest = this.#width === 0 ? 0 : this.#numbers.length % this.#width;
    if (rest > 0) this.#fail(say.cutOff(this.#line, rest, this.#width));
    this.#name = undefined;
    if (this.#numbers.length === 0) return;
    const { columns, width, gaps, options } = { columns: this.#columns, width: this.#width, gaps: this.#gaps, options: this.#options };
    refuseTooMany(this.#blocks.length + 1, this.#path);
    this.#blocks.push({
      name,
      variables: new Map(this.#variables),
      options,
      columns,
      numbers: Float64Array.from(this.#numbers),
      width,
      gaps,
    });
  }

  #fail(sentence: string): never {
    throw new ImportError(sentence, `${this.#path}:${this.#line}`);
  }
}

const isSeparator = (code: number) => code === 32 || code === 9 || code === 44;
/** A separator or a comment. */
const endsValue = (code: number) => isSeparator(code) || code === 33;
