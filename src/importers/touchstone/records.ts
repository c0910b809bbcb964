import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/touchstone.ts";
import { isGap, NumberScanner } from "../numbers.ts";
import { PortImpedances } from "./comments.ts";
import { DEFAULTS, type Options, readOptions } from "./options.ts";

/** A Touchstone file taken apart; numbers as written, except that frequencies are in Hz. */
export interface Records {
  readonly options: Options;
  /** Names of the ports in the order of the matrix: `1`, `2`, ...; mixed modes `D2,3`. */
  readonly ports: readonly string[];
  /** Reference resistance of each port, ohm. */
  readonly references: readonly number[];
  /** Whether Y, Z, G and H are normalised to the resistance (version 1), or in ohm and siemens (version 2). */
  readonly normalised: boolean;
  /** A two-port's records stand as N11 N21 N12 N22 (version 1) instead of row by row. */
  readonly columnsFirst: boolean;
  readonly frequencies: Float64Array;
  /** Pair by pair, 2 n^2 numbers per frequency in file order. */
  readonly pairs: Float64Array;
  /** Five numbers per line: frequency in Hz, minimum noise figure (dB), optimum reflection (magnitude, degrees), noise resistance over the reference. */
  readonly noise: readonly number[];
  /** HFSS's `! Port Impedance`: 2 numbers (ohm) per port and frequency; undefined where they are not stated for every frequency. */
  readonly impedances: Float64Array | undefined;
  readonly comments: readonly Comment[];
  readonly notes: readonly { readonly code: string; readonly text: string }[];
}
export interface Comment {
  readonly text: string;
  readonly line: number;
}

/** The comments of a file with one per frequency (port impedances) need not all be kept. */
const COMMENTS_KEPT = 500;

/**
 * Reads the records of a Touchstone 1 file: one line per record for one and two ports, wrapped as it likes for more.
 * A two-port file may end in noise data: lines of five numbers, from a frequency not above the last.
 * @param named number of ports by the file's name, or undefined
 * @throws ImportError with the line at anything that contradicts the format
 */
export function readRecords(text: string, named: number | undefined, path: string): Records {
  return new RecordReader(named, path).read(text);
}

class RecordReader {
  readonly #path: string;
  readonly #scanner = new NumberScanner();
  readonly #comments: Comment[] = [];
  readonly #impedances = new PortImpedances();
  readonly #noise: number[] = [];
  readonly #notes: { code: string; text: string }[] = [];
  #options: Options | undefined;
  #ports: number;
  #record = 0;
  #frequencies = new Float64Array(1024);
  #points = 0;
  #pairs = new Float64Array(1024);
  #values = 0;
  /** Numbers of the current record that are read; 0 between records. */
  #filled = 0;
  #line = 0;
  #noiseLines = 0;
  #noiseFrom = 0;
  #gaps = 0;
  #firstGap = 0;

  constructor(named: number | undefined, path: string) {
    this.#ports = named ?? 0;
    this.#record = named === undefined ? 0 : 1 + 2 * named * named;
    this.#path = path;
  }

  read(text: string): Records {
    let start = 0;
    let last = 0;
    while (start < text.length) {
      let end = start;
      let code = text.charCodeAt(end);
      while (end < text.length && code !== 10 && code !== 13) code = text.charCodeAt(++end);
      this.#line++;
      if (this.#takeLine(text, start, end)) last = this.#line;
      if (code === 13 && text.charCodeAt(end + 1) === 10) end++;
      start = end + 1;
    }
    if (this.#filled > 0) this.#fail(say.cutOff(last, this.#filled, this.#record), last);
    if (this.#points === 0) throw new ImportError(say.noData(), this.#path);
    if (this.#options === undefined) this.#note("option_line", say.noOptionLine());
    const options = this.#options ?? DEFAULTS;
    if (this.#noiseLines > 0) this.#note("noise_data", say.noiseRead(this.#noiseLines, this.#noiseFrom, options.reference));
    if (this.#gaps > 0) this.#note("missing_values", say.missing(this.#gaps, this.#firstGap));
    return {
      options,
      ports: Array.from({ length: this.#ports }, (_, i) => String(i + 1)),
      references: Array.from({ length: this.#ports }, () => options.reference),
      normalised: true,
      columnsFirst: this.#ports === 2,
      noise: this.#noise,
      impedances: this.#impedances.perPoint(this.#ports, this.#points),
      frequencies: this.#frequencies.slice(0, this.#points),
      pairs: this.#pairs.slice(0, this.#values),
      comments: this.#comments,
      notes: this.#notes,
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
      else this.#options = readOptions(mark < 0 ? written : written.slice(0, mark), this.#line, this.#path);
      return false;
    }
    if (code === 91) this.#fail(say.noVersion(this.#line, text.slice(at + 1, end).replace(/\].*/, "")));
    this.#data(text, at, end);
    return true;
  }

  #data(text: string, start: number, end: number): void {
    const first = this.#values;
    const startsRecord = this.#filled === 0;
    let frequency = Number.NaN;
    let count = 0;
    let at = start;
    while (at < end) {
      if (text.charCodeAt(at) === 33) {
        this.#comment(text.slice(at + 1, end));
        break;
      }
      const isFrequency = startsRecord && count === 0;
      const value = this.#number(text, at, end, isFrequency ? (this.#options ?? DEFAULTS).shift : 0);
      at = this.#scanner.end;
      count++;
      if (isFrequency) frequency = value;
      else this.#push(value);
      while (at < end && isBlank(text.charCodeAt(at))) at++;
    }
    if (startsRecord) this.#beginRecord(frequency, count, first);
    else this.#filled += count;
    if (this.#noiseLines > 0 && this.#filled === 0) return;
    // Up to two ports a record is one line; more ports wrap.
    if (this.#filled > this.#record || (this.#ports <= 2 && this.#filled < this.#record)) this.#wrongCount(count, text, end);
    if (this.#filled === this.#record) this.#filled = 0;
  }

  #beginRecord(frequency: number, count: number, first: number): void {
    if (this.#record === 0) this.#countPorts(count);
    if (this.#noiseLines > 0) {
      if (count === this.#record) this.#fail(say.afterNoise(this.#line));
      if (count !== 5) this.#fail(say.badNoise(this.#line, count));
    }
    const lastFrequency = this.#points === 0 ? Infinity : this.#frequencies[this.#points - 1]!;
    // In a sweep that falls, five numbers are a record that is cut off.
    const falling = lastFrequency < this.#frequencies[0]!;
    if (this.#noiseLines > 0 || (this.#ports === 2 && count === 5 && this.#points > 0 && !falling && frequency <= lastFrequency)) {
      if (this.#noiseLines++ === 0) this.#noiseFrom = this.#line;
      this.#noise.push(frequency, ...this.#pairs.subarray(first, first + 4));
      this.#values = first;
      return;
    }
    if (this.#points === this.#frequencies.length) this.#frequencies = doubled(this.#frequencies);
    if (!Number.isFinite(frequency)) this.#fail(say.notANumber(this.#line, String(frequency)));
    this.#frequencies[this.#points++] = frequency;
    this.#filled = count;
  }

  /** Without an ending .sNp: three numbers are one port, nine are two. */
  #countPorts(count: number): void {
    if (count !== 3 && count !== 9) this.#fail(say.portsUnknown(count));
    this.#ports = count === 3 ? 1 : 2;
    this.#record = count;
  }

  #wrongCount(count: number, text: string, end: number): never {
    const last = text.slice(end).trim() === "";
    if (last && this.#filled < this.#record) this.#fail(say.cutOff(this.#line, this.#filled, this.#record));
    this.#fail(say.wrongCount(this.#line, count, this.#record, this.#ports));
  }

  #number(text: string, at: number, end: number, shift: number): number {
    const value = this.#scanner.scan(text, at, 46, shift);
    const stop = this.#scanner.end;
    if (stop > at && stop <= end && Number.isFinite(value)) {
      const next = stop === end ? 32 : text.charCodeAt(stop);
      if (isBlank(next) || next === 33) return value;
    }
    const rest = text.slice(at, end);
    const token = /^[^\s!]+/.exec(rest)?.[0] ?? rest;
    if (!isGap(token)) this.#fail(say.notANumber(this.#line, token));
    this.#scanner.end = at + token.length;
    if (this.#gaps++ === 0) this.#firstGap = this.#line;
    return Number.NaN;
  }

  #push(value: number): void {
    if (this.#values === this.#pairs.length) this.#pairs = doubled(this.#pairs);
    this.#pairs[this.#values++] = value;
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

/** Blanks between numbers; 26 is the mark that DOS wrote at the end of a text. */
export const isBlank = (code: number) => code === 32 || code === 9 || code === 12 || code === 11 || code === 0xa0 || code === 26;

export function doubled(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
