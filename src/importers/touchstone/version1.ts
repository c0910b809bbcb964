import type { Note } from "../../core/dataset.ts";
import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/touchstone.ts";
import { LineCursor } from "../text/line-cursor.ts";
import type { EncodedText } from "../text/text.ts";
import { PortImpedances } from "./comments.ts";
import { behindBlanks, DataLines } from "./data-lines.ts";
import { fullMatrix } from "./matrix.ts";
import { DEFAULTS, type Options, portReferences, readOptions } from "./options.ts";
import { COMMENTS_KEPT, type Comment, type Records } from "./records.ts";

/**
 * Reads a Touchstone 1 file: one line per record for one and two ports, wrapped as it likes for more.
 * A two-port file may end in noise data: lines of five numbers, from a frequency not above the last.
 * @param named number of ports by the file's name, or undefined
 * @throws ImportError with the line at anything that contradicts the format
 */
export function readVersion1(text: EncodedText, named: number | undefined, path: string): Records {
  return new Version1Reader(text, named, path).read();
}

class Version1Reader {
  readonly #text: EncodedText;
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

  constructor(text: EncodedText, named: number | undefined, path: string) {
    this.#text = text;
    this.#ports = named ?? 0;
    this.#width = named === undefined ? 0 : 1 + 2 * named * named;
    this.#path = path;
    this.#lines = new DataLines(text, path);
  }

  read(): Records {
    const lines = new LineCursor(this.#text.bytes);
    let last = 0;
    for (;;) {
      if (this.#wholeRecords(lines)) last = lines.number;
      if (!lines.next()) break;
      this.#line = lines.number;
      if (this.#takeLine(lines.start, lines.end)) last = lines.number;
    }
    if (this.#filled > 0) this.#fail(say.cutOff(last, this.#filled, this.#width), last);
    if (this.#points === 0) throw new ImportError(say.noData(), this.#path);
    if (this.#options === undefined) this.#note("option_line", say.noOptionLine());
    const options = this.#options ?? DEFAULTS;
    const end = this.#points * this.#width;
    const noise = this.#lines.between(end, this.#lines.count);
    const references = portReferences(options, this.#ports, this.#path);
    if (noise.length > 0) this.#note("noise_data", say.noiseRead(noise.length / 5, this.#noiseFrom, references[0]!));
    return {
      options,
      ports: Array.from({ length: this.#ports }, (_, i) => String(i + 1)),
      references,
      normalised: true,
      columns: this.#lines.columns(this.#width, end),
      elements: fullMatrix(this.#ports, this.#ports === 2),
      noise,
      impedances: this.#impedances.perPoint(this.#ports, this.#points),
      comments: this.#comments,
      notes: [...this.#notes, ...this.#lines.notes],
    };
  }

  /** Reads the records that stand on a line each without anything else, where that can be; returns whether there were any. */
  #wholeRecords(lines: LineCursor): boolean {
    if (this.#filled > 0 || this.#width === 0 || this.#ports > 2 || this.#noiseFrom > 0) return false;
    const records = this.#lines.records(lines, this.#width, (this.#options ?? DEFAULTS).shift);
    this.#points += records;
    return records > 0;
  }

  /** Returns whether the line held data. */
  #takeLine(start: number, end: number): boolean {
    const text = this.#text;
    const at = behindBlanks(text.bytes, start, end);
    if (at === end) return false;
    const code = text.bytes[at];
    if (code === 33) {
      this.#comment(text.slice(at + 1, end));
      return false;
    }
    if (code === 35) {
      const written = text.slice(at, end);
      const mark = written.indexOf("!");
      if (this.#options !== undefined) this.#noteOnce("option_line", say.secondOptionLine(this.#line));
      else if (this.#lines.count > 0) this.#fail(say.lateOptionLine(this.#line));
      else this.#options = readOptions(mark < 0 ? written : written.slice(0, mark), this.#line, this.#path);
      return false;
    }
    if (code === 91) this.#fail(say.noVersion(this.#line, text.slice(at + 1, end).replace(/\].*/, "")));
    const before = this.#lines.count;
    const shift = this.#filled === 0 ? (this.#options ?? DEFAULTS).shift : undefined;
    const stop = this.#lines.take(at, end, this.#line, shift);
    this.#data(before, end);
    if (stop < end) this.#comment(text.slice(stop + 1, end));
    return true;
  }

  /** Puts the numbers of the line that ends at `end`, those from `first` on, into their record. */
  #data(first: number, end: number): void {
    const count = this.#lines.count - first;
    if (this.#filled === 0) {
      if (this.#width === 0) this.#countPorts(count);
      if (this.#isNoise(first, count)) return;
      this.#points++;
    }
    this.#filled += count;
    // Up to two ports a record is one line; more ports wrap.
    const short = this.#filled < this.#width;
    if (short && this.#ports <= 2 && this.#text.isBlankFrom(end)) this.#fail(say.cutOff(this.#line, this.#filled, this.#width));
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

  #noteOnce(code: string, text: string): void {
    if (!this.#notes.some((note) => note.code === code)) this.#note(code, text);
  }

  #note(code: string, text: string): void {
    this.#notes.push({ code, text });
  }

  #fail(sentence: string, line = this.#line): never {
    throw new ImportError(sentence, `${this.#path}:${line}`);
  }
}
