import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/touchstone.ts";
import { parseNumber } from "../text/numbers.ts";
import { DEFAULTS, type Options, portReferences, readOptions } from "./options.ts";

/** A matrix of more ports is no measurement, and its records would not fit into memory. */
const MOST_PORTS = 999;
/** A file of other keywords is not repeated in its notes. */
const MOST_NOTES = 50;

/** What a Touchstone 2 file says in front of its numbers. */
export class Header {
  readonly #path: string;
  readonly notes: { code: string; text: string }[] = [];
  readonly #seen = new Set<string>();
  #options: Options | undefined;
  #references: number[] | undefined;
  ports = 0;
  twoPortOrder: "12_21" | "21_12" | undefined;
  frequencies: number | undefined;
  noiseFrequencies: number | undefined;
  matrix: "Full" | "Lower" | "Upper" = "Full";
  modes: { readonly names: string[]; readonly line: number } | undefined;
  /** Line at which an information block began, while it is open. */
  informationFrom = 0;

  constructor(path: string) {
    this.#path = path;
  }

  get options(): Options {
    return this.#options ?? DEFAULTS;
  }

  /** Called where the data begin: what has to stand in front of them is then known to be there or not. */
  close(): void {
    if (this.#options === undefined) this.notes.push({ code: "option_line", text: say.noOptionLine() });
  }

  /** One resistance per port: `[Reference]`, else R of the option line. */
  get references(): readonly number[] {
    return this.#references ?? portReferences(this.options, this.ports, this.#path);
  }

  /** True while `[Reference]` has fewer numbers than there are ports: they go on in the next line. */
  get referenceOpen(): boolean {
    return this.#references !== undefined && this.#references.length < this.ports;
  }

  /** @param late whether it stands behind data */
  optionLine(text: string, line: number, late: boolean): void {
    if (this.#options === undefined && late) this.#fail(say.lateOptionLine(line), line);
    if (this.#options === undefined) this.#options = readOptions(text, line, this.#path);
    else if (!this.notes.some((note) => note.code === "option_line"))
      this.notes.push({ code: "option_line", text: say.secondOptionLine(line) });
  }

  /** @param name keyword without brackets, in lower case, blanks single */
  keyword(name: string, argument: string, line: number): void {
    if (this.#seen.has(name)) this.#fail(say.keywordTwice(line, name), line);
    if (name !== "begin information") this.#seen.add(name);
    switch (name) {
      case "version":
        if (!/^2\.[01]$/.test(argument)) this.#fail(say.unknownVersion(line, argument), line);
        return;
      case "number of ports":
        this.ports = this.#count("Number of Ports", argument, line);
        return;
      case "number of frequencies":
        this.frequencies = this.#count("Number of Frequencies", argument, line);
        return;
      case "number of noise frequencies":
        this.noiseFrequencies = this.#count("Number of Noise Frequencies", argument, line);
        return;
      case "two-port data order":
      case "two-port order":
        if (argument !== "12_21" && argument !== "21_12")
          this.#fail(say.badArgument(line, "Two-Port Data Order", argument, "12_21 or 21_12"), line);
        this.twoPortOrder = argument;
        return;
      case "matrix format": {
        const found = (["Full", "Lower", "Upper"] as const).find((format) => format.toLowerCase() === argument.toLowerCase());
        if (found === undefined) this.#fail(say.badArgument(line, "Matrix Format", argument, "Full, Lower or Upper"), line);
        this.matrix = found;
        return;
      }
      case "reference":
        if (this.ports === 0) this.#fail(say.missingKeyword("Number of Ports", `[Reference] in line ${line} needs it`), line);
        this.#references = [];
        this.reference(argument, line);
        return;
      case "mixed-mode order":
        this.modes = { names: [], line };
        this.moreModes(argument);
        return;
      case "noise data":
        this.#fail(say.noiseFirst(line), line);
        break;
      case "begin information":
        this.informationFrom = line;
        return;
      default:
        if (this.notes.length < MOST_NOTES) this.notes.push({ code: "unknown_keyword", text: say.unknownKeyword(line, name) });
    }
  }

  /** True while `[Mixed-Mode Order]` has fewer modes than there are ports. */
  get modesOpen(): boolean {
    return this.modes !== undefined && this.modes.names.length < this.ports;
  }

  /** Modes of `[Mixed-Mode Order]`, on its line or the next ones. */
  moreModes(text: string): void {
    this.modes!.names.push(...text.split(/\s+/, MOST_PORTS + 1).filter((mode) => mode !== ""));
  }

  /** Numbers of `[Reference]`, on its line or the next ones. */
  reference(text: string, line: number): void {
    for (const token of text.split(/\s+/).filter((word) => word !== "")) {
      const ohm = parseNumber(token);
      if (ohm === undefined || !(ohm > 0 && ohm < Infinity)) this.#fail(say.badReference(line, token), line);
      if (!this.referenceOpen) this.#fail(say.badArgument(line, "Reference", token, `one of ${this.ports} resistances`), line);
      this.#references!.push(ohm);
    }
  }

  #count(keyword: string, argument: string, line: number): number {
    const count = Number(argument);
    const largest = keyword === "Number of Ports" ? MOST_PORTS : 1e9;
    const least = keyword === "Number of Noise Frequencies" ? 0 : 1;
    if (!/^\d+$/.test(argument) || !(count >= least && count <= largest))
      this.#fail(say.badArgument(line, keyword, argument, `a whole number from ${least} to ${largest}`), line);
    return count;
  }

  #fail(sentence: string, line: number): never {
    throw new ImportError(sentence, `${this.#path}:${line}`);
  }
}
