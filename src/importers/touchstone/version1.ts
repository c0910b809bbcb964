import type { Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import { resistances } from "../../core/messages/import-network.ts";
import * as say from "../../core/messages/touchstone.ts";
import { eachLine } from "../lines.ts";
import { PortImpedances } from "./comments.ts";
import { DataLines, isBlank } from "./data-lines.ts";
import { fullMatrix } from "./matrix.ts";
import { DEFAULTS, type Options, portReferences, readOptions } from "./options.ts";
import { COMMENTS_KEPT, type Comment, type Records } from "./records.ts";

/**
 * Reads a Touchstone 1 file: one line per record for one and two ports, wrapped as it likes for more.
 * A two-port file may end in noise data: lines of five numbers, from a frequency not above the last.
 * @param named number of ports by the file's name, or undefined
 * @throws ImportError with the line at anything that contradicts the format
 */
export function readVersion1(text: string, named: number | undefined, path: string): Records {
  return new Version1Reader(named, path).read(text);
}

class Version1Reader {
  readonly #path: string;
  readonly #lines: DataLines;
  readonly #comments: Comment[] = [];
  readonly #impedances = new PortImpedances();
  readonly #notes: Note[] = [];
  #options: Options | undefined;
  #ports: number;
  /** Numbers of a record; 0 until the first line of data, where the name does not say it. */
  #width: number;
  #points = 0;
  /** Numbers of the current record that are read; 0 between records. */
  #filled = 0;
  #line = 0;
  /** Line in which the noise data begin; 0 while there are none. */
  #noiseFrom = 0;

  constructor(named: number | undefined, path: string) {
    this.#ports = named ?? 0;
    this.#width = named === undefined ? 0 : 1 + 2 * named * named;
    this.#path = path;
    this.#lines = new DataLines(path);
  }

  read(text: string): Records {
    let last = 0;
    eachLine(text, (start, end, line) => {
      this.#line = line;
      if (this.#takeLine(text, start, end)) last = line;
    });
    if (this.#filled > 0) this.#fail(say.cutOff(last, this.#filled, this.#width), last);
    if (this.#points === 0) throw new ImportError(say.noData(), this.#path);
    if (this.#options === undefined) this.#note("option_line", say.noOptionLine());
    const options = this.#options ?? DEFAULTS;
    const end = this.#points * this.#width;
    const noise = this.#lines.between(end, this.#lines.count);
    const references = portReferences(options, this.#ports, this.#path);
    if (noise.length > 0) this.#note("noise_data", say.noiseRead(noise.length / 5, this.#noiseFrom, references[0]!));
    if (new Set(references).size > 1) this.#note("reference", say.severalReferences(resistances(references)));
    return {
      options,
      ports: Array.from({ length: this.#ports }, (_, i) => String(i + 1)),
      references,
      normalised: true,
      numbers: this.#lines.between(0, end),
      width: this.#width,
      elements: fullMatrix(this.#ports, this.#ports === 2),
      noise,
      impedances: this.#impedances.perPoint(this.#ports, this.#points),
      comments: this.#comments,
      notes: [...this.#notes, ...this.#lines.notes],
    };
  }

  /** Returns whether the line held data. */
  #takeLine(text: string, start: number, end: number): boolean {
    let at = start;
    while (at < end && isBlank(text.charCodeAt(at))) at++;
    if (at === end) return false;
    const code = text.charCodeAt(at);
    if (code === 33) {
      this.#comment(text.slice(at + 1, end));
      return false;
    }
    if (code === 35) {
      const written = text.slice(at, end);
      const mark = written.indexOf("!");
      if (this.#options !== undefined) this.#note("option_line", say.secondOptionLine(this.#line));
      else if (this.#lines.count > 0) this.#fail(say.lateOptionLine(this.#line));
      else this.#options = readOptions(mark < 0 ? written : written.slice(0, mark), this.#line, this.#path);
      return false;
    }
    if (code === 91) this.#fail(say.noVersion(this.#line, text.slice(at + 1, end).replace(/\].*/, "")));
    const before = this.#lines.count;
    const shift = this.#filled === 0 ? (this.#options ?? DEFAULTS).shift : undefined;
    const stop = this.#lines.take(text, at, end, this.#line, shift);
    this.#data(before, text, end);
    if (stop < end) this.#comment(text.slice(stop + 1, end));
    return true;
  }

  /** Puts the numbers of the line that ends at `end`, those from `first` on, into their record. */
  #data(first: number, text: string, end: number): void {
    const count = this.#lines.count - first;
    if (this.#filled === 0) {
      if (this.#width === 0) this.#countPorts(count);
      if (this.#isNoise(first, count)) return;
      this.#points++;
    }
    this.#filled += count;
    // Up to two ports a record is one line; more ports wrap.
    const short = this.#filled < this.#width;
    if (short && this.#ports <= 2 && text.slice(end).trim() === "") this.#fail(say.cutOff(this.#line, this.#filled, this.#width));
    if (this.#filled > this.#width || (short && this.#ports <= 2)) this.#fail(say.wrongCount(this.#line, count, this.#width, this.#ports));
    if (!short) this.#filled = 0;
  }

  #isNoise(first: number, count: number): boolean {
    if (this.#noiseFrom > 0) {
      if (count === this.#width) this.#fail(say.afterNoise(this.#line));
      if (count !== 5) this.#fail(say.badNoise(this.#line, count));
      return true;
    }
    if (this.#ports !== 2 || count !== 5 || this.#points === 0) return false;
    const last = this.#lines.at((this.#points - 1) * this.#width);
    // In a sweep that falls, five numbers are a record that is cut off.
    if (last < this.#lines.at(0) || this.#lines.at(first) > last) return false;
    this.#noiseFrom = this.#line;
    return true;
  }

  /** Without an ending .sNp: three numbers are one port, nine are two. */
  #countPorts(count: number): void {
    if (count !== 3 && count !== 9) this.#fail(say.portsUnknown(count));
    this.#ports = count === 3 ? 1 : 2;
    this.#width = count;
  }

  #comment(text: string): void {
    this.#impedances.comment(text, this.#points - 1);
    if (this.#comments.length < COMMENTS_KEPT) this.#comments.push({ text: text.trim(), line: this.#line });
  }

  #note(code: string, text: string): void {
    this.#notes.push({ code, text });
  }

  #fail(sentence: string, line = this.#line): never {
    throw new ImportError(sentence, `${this.#path}:${line}`);
  }
}
