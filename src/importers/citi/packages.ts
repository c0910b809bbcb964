import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/import-citi.ts";
import { missing } from "../../core/messages/import-network.ts";
import { eachLine } from "../text/lines.ts";
import { isGap, NumberScanner, parseNumber } from "../text/numbers.ts";
import { type Data, FORMATS, type Format, type Package, type Variable, widthOf } from "./package.ts";

/**
 * Takes a CITIfile apart. Lines in front of the first `CITIFILE`, `#` lines, COMMENT and unknown keywords are passed over, as the format asks.
 * @throws ImportError with the line where lists, DATA and BEGIN ... END do not fit together
 */
export function readPackages(text: string, path: string): Package[] {
  return new PackageReader(path).read(text);
}

const SPELLINGS: ReadonlyMap<string, Format> = new Map([
  ["REAL", "RE"],
  ["IMAG", "IM"],
]);

/** A segment has a number of points without writing them: no analyser sweeps as many. */
const POINT_LIMIT = 5_000_000;

interface Open {
  readonly kind: "list" | "segments" | "block";
  readonly line: number;
  readonly numbers: number[];
  rows: number;
}

class PackageReader {
  readonly #path: string;
  readonly #scanner = new NumberScanner();
  readonly #packages: Package[] = [];
  #line = 0;
  #inside = false;
  #open: Open | undefined;
  #gaps = 0;
  #firstGap = 0;
  #name = "";
  #variables: { name: string; count: number; values: Float64Array | undefined }[] = [];
  #declared: { name: string; format: Format }[] = [];
  #data: Data[] = [];
  #constants: { name: string; values: string[] }[] = [];
  #notes: { code: string; text: string }[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  read(text: string): Package[] {
    eachLine(text, (start, end, line) => {
      this.#line = line;
      this.#takeLine(text.slice(start, end).trim());
    });
    this.#endPackage();
    if (this.#packages.length === 0) throw new ImportError(say.noPackage(), this.#path);
    return this.#packages;
  }

  #takeLine(line: string): void {
    if (line === "" || line === "\u001a") return;
    // Nearly all lines are numbers: they are not cut into words.
    if (this.#open !== undefined && this.#open.kind !== "segments" && startsNumber(line)) {
      this.#numbers(this.#open, line);
      return;
    }
    const [word = "", ...rest] = line.split(/\s+/);
    const keyword = word.toUpperCase();
    if (keyword === "CITIFILE") this.#beginPackage(rest.join(" "));
    else if (!this.#inside || line.startsWith("#") || line.startsWith("!")) return;
    else if (this.#open !== undefined) this.#inBlock(this.#open, keyword, line);
    else if (startsNumber(line)) this.#fail(say.outsidePackage(this.#line));
    else this.#keyword(keyword, rest, line);
  }

  #beginPackage(version: string): void {
    this.#endPackage();
    this.#inside = true;
    if (!/^A\.01\.0[01]$/i.test(version)) this.#notes.push({ code: "version", text: say.unknownVersion(this.#line, version) });
  }

  #keyword(keyword: string, rest: readonly string[], line: string): void {
    switch (keyword) {
      case "NAME":
        this.#name = rest.join(" ");
        return;
      case "VAR":
        this.#variable(rest, line);
        return;
      case "DATA":
        this.#declare(rest, line);
        return;
      case "CONSTANT":
        if (rest[0] !== undefined) this.#constants.push({ name: rest[0], values: rest.slice(1) });
        return;
      case "VAR_LIST_BEGIN":
        this.#open = { kind: "list", line: this.#line, numbers: [], rows: 0 };
        return;
      case "SEG_LIST_BEGIN":
        this.#open = { kind: "segments", line: this.#line, numbers: [], rows: 0 };
        return;
      case "BEGIN":
        if (this.#data.length === this.#declared.length) this.#fail(say.tooManyBlocks(this.#line));
        this.#open = { kind: "block", line: this.#line, numbers: [], rows: 0 };
        return;
      default:
        return;
    }
  }

  #variable(rest: readonly string[], line: string): void {
    const written = rest.at(-1) ?? "";
    const count = Number(written);
    if (rest.length < 2 || !/^\d+$/.test(written) || count < 1 || count > 1e9) this.#fail(say.badCount(this.#line, line));
    this.#variables.push({ name: rest[0]!, count, values: undefined });
  }

  #declare(rest: readonly string[], line: string): void {
    // ADS writes expressions with blanks as names; the format is the last word.
    if (rest.length < 2) this.#fail(say.badData(this.#line, line));
    const written = rest.at(-1)!;
    const word = written.toUpperCase();
    const format = SPELLINGS.get(word) ?? FORMATS.find((known) => known === word);
    if (format === undefined) this.#fail(say.unknownFormat(this.#line, written));
    this.#declared.push({ name: rest.slice(0, -1).join(" "), format });
  }

  #inBlock(open: Open, keyword: string, line: string): void {
    // Some programs end a list with END.
    if (
      keyword === "END" ||
      (keyword === "VAR_LIST_END" && open.kind === "list") ||
      (keyword === "SEG_LIST_END" && open.kind === "segments")
    )
      this.#close(open);
    else if (open.kind === "segments") this.#segment(open, line);
    else this.#numbers(open, line);
  }

  #segment(open: Open, line: string): void {
    const [start, stop, count] = /^SEG\s/i.test(line)
      ? line
          .split(/\s+/)
          .slice(1)
          .map((token) => parseNumber(token))
      : [];
    if (
      start === undefined ||
      stop === undefined ||
      count === undefined ||
      !Number.isInteger(count) ||
      count < 1 ||
      open.numbers.length + count > POINT_LIMIT
    )
      this.#fail(say.badSegment(this.#line, line));
    for (let i = 0; i < count; i++)
      open.numbers.push(count === 1 ? start : i === count - 1 ? stop : start + ((stop - start) * i) / (count - 1));
  }

  #numbers(open: Open, line: string): void {
    const before = open.numbers.length;
    let at = 0;
    while (at < line.length) {
      const value = this.#scanner.scan(line, at);
      let stop = this.#scanner.end;
      if (stop === at || !Number.isFinite(value) || (stop < line.length && !isSeparator(line.charCodeAt(stop)))) {
        const token = /^[^\s,]*/.exec(line.slice(at))![0];
        if (!isGap(token) || token === "") this.#fail(say.notANumber(this.#line, token || line));
        if (this.#gaps++ === 0) this.#firstGap = this.#line;
        stop = at + token.length;
        open.numbers.push(Number.NaN);
      } else open.numbers.push(value);
      at = stop;
      while (at < line.length && isSeparator(line.charCodeAt(at))) at++;
    }
    if (open.kind !== "block") return;
    open.rows++;
    const width = widthOf(this.#declared[this.#data.length]!.format);
    const found = open.numbers.length - before;
    if (found !== width) this.#fail(say.rowWidth(this.#line, found, width));
  }

  #close(open: Open): void {
    this.#open = undefined;
    if (open.kind === "block") {
      const declared = this.#declared[this.#data.length]!;
      const expected = this.#variables.reduce((product, variable) => product * variable.count, 1);
      if (this.#variables.length > 0 && open.rows !== expected) this.#fail(say.rowCount(declared.name, this.#line, open.rows, expected));
      this.#data.push({ ...declared, numbers: Float64Array.from(open.numbers) });
      return;
    }
    // A VAR may have no list at all: the next one that has as many values is meant.
    const variable = this.#variables.find(({ values, count }) => values === undefined && count === open.numbers.length);
    if (variable === undefined) this.#fail(say.listWithoutVar(open.line, open.numbers.length), open.line);
    variable.values = Float64Array.from(open.numbers);
  }

  #endPackage(): void {
    if (!this.#inside) return;
    if (this.#open !== undefined)
      this.#fail(say.openBlock(this.#open.line, this.#open.kind === "block" ? "block of data" : "list of values"), this.#open.line);
    const without = this.#declared[this.#data.length];
    if (without !== undefined) this.#fail(say.missingBlock(without.name));
    const bare = this.#variables.find(({ values }) => values === undefined);
    const twin = this.#variables.find(({ values, count }) => values !== undefined && count === bare?.count);
    if (bare !== undefined && twin !== undefined) this.#fail(say.ambiguousList(twin.name, bare.name, bare.count));
    const notes = this.#notes;
    if (this.#name !== "") notes.push({ code: "package", text: say.packageName(this.#name) });
    if (this.#gaps > 0) notes.push({ code: "missing_values", text: missing(this.#gaps, this.#firstGap) });
    const variables: readonly Variable[] = this.#variables;
    this.#packages.push({ name: this.#name, variables, data: this.#data, constants: this.#constants, notes });
    [this.#name, this.#gaps] = ["", 0];
    [this.#variables, this.#declared, this.#data, this.#constants, this.#notes] = [[], [], [], [], []];
  }

  #fail(sentence: string, line = this.#line): never {
    throw new ImportError(sentence, `${this.#path}:${line}`);
  }
}

const isSeparator = (code: number) => code === 44 || code === 32 || code === 9;

/** A digit, a sign or a point. */
function startsNumber(line: string): boolean {
  const code = line.charCodeAt(0);
  return (code >= 48 && code <= 57) || code === 45 || code === 43 || code === 46;
}
