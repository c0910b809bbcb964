import { ImportError } from "../../core/errors.ts";
import { resistances } from "../../core/messages/import-network.ts";
import * as say from "../../core/messages/touchstone.ts";
import { LineCursor } from "../text/line-cursor.ts";
import type { EncodedText } from "../text/text.ts";
import { behindBlanks, DataLines } from "./data-lines.ts";
import { Header } from "./keywords.ts";
import { fullMatrix, triangle } from "./matrix.ts";
import { mixedModes } from "./modes.ts";
import { COMMENTS_KEPT, type Comment, type Records } from "./records.ts";

/** Whether the first line that is no comment is `[Version]`: then keywords decide, not the file's name. */
export function isVersion2(text: EncodedText): boolean {
  const lines = new LineCursor(text.bytes);
  while (lines.next()) {
    const start = behindBlanks(text.bytes, lines.start, lines.end);
    if (start < lines.end && text.bytes[start] !== EXCLAMATION) return /^\[version\]/i.test(text.slice(start, start + 9));
  }
  return false;
}
const EXCLAMATION = 33;

/**
 * Reads a Touchstone 2.0 or 2.1 file: keywords, then records of one frequency and the matrix (full, or one triangle of a symmetric one), then noise data.
 * Nothing behind `[End]` is read, nothing between `[Begin Information]` and `[End Information]`.
 * @throws ImportError with the line at anything that contradicts the format, or when there are not as many frequencies as stated
 */
export function readVersion2(text: EncodedText, path: string): Records {
  return new Version2Reader(text, path).read();
}

class Version2Reader {
  readonly #text: EncodedText;
  readonly #path: string;
  readonly #lines: DataLines;
  readonly #comments: Comment[] = [];
  readonly #header: Header;
  #section: "header" | "network" | "noise" | "end" = "header";
  #line = 0;
  #width = 0;
  #networkEnd = 0;
  #noiseFrom = 0;

  constructor(text: EncodedText, path: string) {
    this.#text = text;
    this.#path = path;
    this.#header = new Header(path);
    this.#lines = new DataLines(text, path);
  }

  read(): Records {
    const lines = new LineCursor(this.#text.bytes);
    while (this.#section !== "end") {
      this.#wholeRecords(lines);
      if (!lines.next()) break;
      this.#line = lines.number;
      this.#takeLine(lines.start, lines.end);
    }
    const header = this.#header;
    if (this.#section !== "end" && header.frequencies === undefined) header.notes.push({ code: "keywords", text: say.noEnd() });
    if (header.informationFrom > 0) this.#fail(say.unclosedInformation(header.informationFrom));
    if (this.#section !== "noise") this.#endNetwork();
    if (this.#networkEnd === 0) throw new ImportError(say.noData(), this.#path);
    return this.#records();
  }

  /** Reads the records that stand on a line each without anything else, where that can be. */
  #wholeRecords(lines: LineCursor): void {
    const { ports, options } = this.#header;
    if (this.#section !== "network" || ports > 2 || this.#lines.count % this.#width !== 0) return;
    this.#lines.records(lines, this.#width, options.shift);
    this.#line = lines.number;
  }

  #takeLine(start: number, end: number): void {
    const text = this.#text;
    const at = behindBlanks(text.bytes, start, end);
    if (at === end) return;
    const code = text.bytes[at];
    const header = this.#header;
    if (code === 91) this.#keyword(text.slice(at, end));
    else if (header.informationFrom > 0) return;
    else if (code === 33) this.#comment(text.slice(at + 1, end));
    else if (code === 35) header.optionLine(withoutComment(text.slice(at, end)), this.#line, this.#section !== "header");
    else if (header.referenceOpen) header.reference(withoutComment(text.slice(at, end)), this.#line);
    else if (header.modesOpen && /^[dcs]\d/i.test(text.slice(at, at + 2))) header.moreModes(withoutComment(text.slice(at, end)));
    else {
      if (this.#section === "header") {
        header.notes.push({ code: "keywords", text: say.noNetworkDataKeyword(this.#line) });
        this.#beginNetwork();
      }
      this.#data(at, end);
    }
  }

  #keyword(line: string): void {
    const header = this.#header;
    const match = /^\[\s*([^\]]*?)\s*\]\s*(.*)$/.exec(withoutComment(line));
    const name = (match?.[1] ?? line).toLowerCase().replace(/\s+/g, " ");
    const argument = (match?.[2] ?? "").trim();
    if (header.informationFrom > 0) {
      if (name === "end information") header.informationFrom = 0;
      return;
    }
    if (name === "end") this.#section = this.#endOf(this.#section);
    else if (name === "network data" && this.#section === "header") this.#beginNetwork();
    else if (name === "noise data" && this.#section === "network") {
      this.#endNetwork();
      this.#section = "noise";
      this.#noiseFrom = this.#line;
    } else if (this.#section !== "header") this.#fail(say.keywordAfterData(this.#line, name));
    else header.keyword(name, argument, this.#line);
  }

  #endOf(section: "header" | "network" | "noise" | "end"): "end" {
    if (section === "network") this.#endNetwork();
    return "end";
  }

  #beginNetwork(): void {
    const header = this.#header;
    const { ports } = header;
    if (ports === 0) this.#fail(say.missingKeyword("Number of Ports", "the records cannot be cut without it"));
    if (header.referenceOpen) this.#fail(say.badArgument(this.#line, "Reference", resistances(header.references), `${ports} resistances`));
    if (ports === 2 && header.twoPortOrder === undefined && header.matrix === "Full")
      this.#fail(say.missingKeyword("Two-Port Data Order", "S21 and S12 cannot be told apart without it"));
    this.#width = 1 + (header.matrix === "Full" ? 2 * ports * ports : ports * (ports + 1));
    this.#section = "network";
    header.close();
  }

  #endNetwork(): void {
    if (this.#section === "header" || this.#networkEnd > 0) return;
    if (this.#lines.count === 0) throw new ImportError(say.noData(), this.#path);
    const rest = this.#lines.count % this.#width;
    if (rest > 0) this.#fail(say.cutOff(this.#line, rest, this.#width));
    const points = this.#lines.count / this.#width;
    const stated = this.#header.frequencies;
    if (stated !== undefined && stated !== points) this.#fail(say.frequencyCount("Number of Frequencies", stated, points));
    this.#networkEnd = this.#lines.count;
  }

  #data(at: number, end: number): void {
    const record = this.#section === "noise" ? 5 : this.#width;
    const filled = (this.#lines.count - this.#networkEnd) % record;
    const before = this.#lines.count;
    const stop = this.#lines.take(at, end, this.#line, filled === 0 ? this.#header.options.shift : undefined);
    if (filled + this.#lines.count - before > record) this.#fail(say.recordInsideLine(this.#line, record));
    if (stop < end) this.#comment(this.#text.slice(stop + 1, end));
  }

  #records(): Records {
    const { options, references, ports, matrix, modes, notes, twoPortOrder, noiseFrequencies } = this.#header;
    const rest = (this.#lines.count - this.#networkEnd) % 5;
    if (rest > 0) this.#fail(say.cutOff(this.#line, rest, 5));
    const noise = this.#noise(references[0]!);
    if (noiseFrequencies !== undefined && noiseFrequencies !== noise.length / 5) {
      const sentence = say.frequencyCount("Number of Noise Frequencies", noiseFrequencies, noise.length / 5);
      // Without [Noise Data] the network data are whole.
      if (this.#noiseFrom > 0) this.#fail(sentence);
      notes.push({ code: "noise_data", text: sentence });
    }
    if (noise.length > 0) notes.push({ code: "noise_data", text: say.noiseRead(noise.length / 5, this.#noiseFrom + 1, references[0]!) });
    const mixed = modes === undefined ? undefined : mixedModes(modes.names, references, modes.line, this.#path);
    if (mixed !== undefined) notes.push({ code: "mixed_mode", text: say.mixedModes(modes!.names) });
    return {
      options,
      ports: mixed?.names ?? Array.from({ length: ports }, (_, i) => String(i + 1)),
      references: mixed?.references ?? references,
      normalised: false,
      columns: this.#lines.columns(this.#width, this.#networkEnd),
      elements: matrix === "Full" ? fullMatrix(ports, twoPortOrder === "21_12" && ports === 2) : triangle(ports, matrix),
      noise,
      impedances: undefined,
      comments: this.#comments,
      notes: [...notes, ...this.#lines.notes],
    };
  }

  /** Version 2 writes the noise resistance in ohm; it is kept over the reference, as version 1 does. */
  #noise(ohm: number): Float64Array {
    return this.#lines.between(this.#networkEnd, this.#lines.count).map((x, i) => (i % 5 === 4 ? x / ohm : x));
  }

  #comment(text: string): void {
    if (this.#comments.length < COMMENTS_KEPT) this.#comments.push({ text: text.trim(), line: this.#line });
  }

  #fail(sentence: string): never {
    throw new ImportError(sentence, `${this.#path}:${this.#line}`);
  }
}

const withoutComment = (text: string) => text.replace(/!.*$/, "").trim();
