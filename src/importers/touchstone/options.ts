import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/touchstone.ts";
import type { PairFormat } from "../network/pair-format.ts";
import type { Parameter } from "../network/to-scattering.ts";
import { parseNumber } from "../text/numbers.ts";

/** What the option line says. */
export interface Options {
  /** Power of ten from the file's unit to Hz (or s). */
  readonly shift: number;
  /** `s` for a sweep in time. */
  readonly axis: "Hz" | "s";
  readonly parameter: Parameter;
  readonly format: PairFormat;
  /** Reference resistance, ohm: one for all ports, or (version 1.1 of 2024) one for each. */
  readonly references: readonly number[];
  readonly notes: readonly string[];
}

/** Touchstone, section "Option line": what holds where nothing is written. */
export const DEFAULTS: Options = { shift: 9, axis: "Hz", parameter: "S", format: "MA", references: [50], notes: [] };

const UNITS: Readonly<Record<string, number>> = { HZ: 0, KHZ: 3, MHZ: 6, GHZ: 9, THZ: 12 };
const PARAMETERS: readonly string[] = ["S", "Y", "Z", "G", "H"];
const FORMATS: readonly string[] = ["DB", "MA", "RI"];

/** Whether a line can be an option line and nothing else: used to recognise files whose name says nothing. */
export function isOptionLine(line: string): boolean {
  const tokens = line.trim().replace(/!.*/, "").toUpperCase().split(/\s+/);
  if (tokens[0] !== "#" && !/^#(?:[KMGT]?HZ)$/.test(tokens[0]!)) return false;
  const words = tokens.join(" ").slice(1).trim().split(" ");
  return words.some((word) => word in UNITS || FORMATS.includes(word)) && words.every(isOption);
}

function isOption(word: string): boolean {
  return word in UNITS || PARAMETERS.includes(word) || FORMATS.includes(word) || word === "R" || /^[-+(\d.]/.test(word);
}

/**
 * Reads `# [unit] [parameter] [format] [R n ..]`: any order, any case, every part optional.
 * A second S is a unit: seconds, in sweeps of time.
 * @throws ImportError at a word that is no option
 */
export function readOptions(text: string, line: number, path: string): Options {
  const tokens = text
    .trim()
    .slice(1)
    .trim()
    .split(/\s+/)
    .filter((token) => token !== "");
  let { shift, axis, parameter, format } = DEFAULTS;
  let references: number[] = [...DEFAULTS.references];
  const notes: string[] = [];
  const parameters: Parameter[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const word = tokens[i]!.toUpperCase();
    if (Object.hasOwn(UNITS, word)) {
      shift = UNITS[word]!;
      if (word === "THZ") notes.push(say.oddUnit("THz"));
    } else if (PARAMETERS.includes(word)) parameters.push(word as Parameter);
    else if (FORMATS.includes(word)) format = word as PairFormat;
    else if (word === "R") {
      // Some programs write R and nothing behind it.
      if (i + 1 === tokens.length) break;
      references = [];
      do references.push(readReference(tokens[++i]!, line, path, notes));
      while (i + 1 < tokens.length && /^[-+(\d.]/.test(tokens[i + 1]!));
    } else throw new ImportError(say.unknownOption(line, tokens[i]!), `${path}:${line}`);
  }
  if (parameters.length === 2 && parameters.includes("S")) {
    [shift, axis] = [0, "s"];
    notes.push(say.timeSweep());
    parameters.splice(parameters.indexOf("S"), 1);
  }
  if (parameters.length > 1) throw new ImportError(say.unknownOption(line, parameters[1]!), `${path}:${line}`);
  parameter = parameters[0] ?? parameter;
  return { shift, axis, parameter, format, references, notes };
}

/** One resistance per port. @throws ImportError where there are neither one nor as many as ports */
export function portReferences({ references }: Options, ports: number, path: string): readonly number[] {
  if (references.length === 1) return Array.from({ length: ports }, () => references[0]!);
  if (references.length !== ports) throw new ImportError(say.referenceCount(references.length, ports), path);
  return references;
}

function readReference(token: string, line: number, path: string, notes: string[]): number {
  const value = parseNumber(token);
  if (value !== undefined && value > 0 && value < Infinity) return value;
  const complex = /^\(?([-+]?[\d.]+(?:e[-+]?\d+)?)[-+][\d.]+(?:e[-+]?\d+)?[ij]\)?$/i.exec(token);
  if (complex === null) throw new ImportError(say.badReference(line, token), `${path}:${line}`);
  notes.push(say.complexReference(token));
  return Number(complex[1]);
}
