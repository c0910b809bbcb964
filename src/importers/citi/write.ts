import * as say from "../../core/messages/network-writers.ts";
import type { Complex } from "../network/complex.ts";
import { toPair } from "../network/pair-format.ts";
import { numberText } from "../text/number-text.ts";
import { COMPLEX_FORMATS, type Segment } from "./package.ts";

/** What one package of a CITIfile holds. */
export interface CitiPackage {
  readonly name?: string;
  /** The first is the outermost loop; FREQ is in Hz, TIME in s, POWER in dBm. */
  readonly variables: readonly CitiVariable[];
  readonly data: readonly CitiData[];
  readonly constants?: readonly { readonly name: string; readonly values: readonly (number | string)[] }[];
  readonly comments?: readonly string[];
}

/** A VAR with its values, with segments of equidistant ones, or with their number only. */
export type CitiVariable =
  | { readonly name: string; readonly values: readonly number[] | Float64Array }
  | { readonly name: string; readonly segments: readonly Segment[] }
  | { readonly name: string; readonly count: number };

export interface CitiData {
  /** `S[2,1]`. */
  readonly name: string;
  /** `RI` where absent: the only one that keeps every bit. */
  readonly format?: keyof typeof COMPLEX_FORMATS;
  /** The last VAR runs fastest. */
  readonly values: readonly Complex[];
}

/**
 * The text of a CITIfile of one or several packages, numbers in their shortest decimal.
 * @throws RangeError for names or numbers that the format cannot hold, and data that are not as long as their VARs ask
 * @see HP 8753D Network Analyzer User's Guide (1994), appendix A
 */
export function writeCiti(packages: readonly CitiPackage[]): string {
  return `${packages.flatMap(packageLines).join("\n")}\n`;
}

function packageLines({ name, variables, data, constants = [], comments = [] }: CitiPackage): string[] {
  const points = variables.reduce((product, variable) => product * countOf(variable), 1);
  return [
    "CITIFILE A.01.01",
    ...(name === undefined ? [] : [`NAME ${phrase("NAME", name)}`]),
    ...comments.flatMap((comment) => comment.split(/\r\n|\r|\n/)).map((line) => `COMMENT ${line}`),
    ...constants.map((c) => ["CONSTANT", word("CONSTANT", c.name), ...c.values.map((x) => constantText(c.name, x))].join(" ")),
    ...variables.map((variable) => `VAR ${word("VAR", variable.name)} MAG ${countOf(variable)}`),
    ...data.map((array) => `DATA ${phrase("DATA", array.name)} ${array.format ?? "RI"}`),
    ...variables.flatMap(listLines),
    ...data.flatMap((array) => ["BEGIN", ...rows(array, points), "END"]),
  ];
}

function countOf(variable: CitiVariable): number {
  if ("count" in variable) return variable.count;
  return "values" in variable ? variable.values.length : variable.segments.reduce((sum, { count }) => sum + count, 0);
}

function listLines(variable: CitiVariable): string[] {
  if ("values" in variable) return ["VAR_LIST_BEGIN", ...Array.from(variable.values, (x) => numberText(x)), "VAR_LIST_END"];
  if ("count" in variable) return [];
  const segments = variable.segments.map(({ start, stop, count }) => `SEG ${numberText(start)} ${numberText(stop)} ${count}`);
  return ["SEG_LIST_BEGIN", ...segments, "SEG_LIST_END"];
}

function rows({ name, format = "RI", values }: CitiData, points: number): string[] {
  if (values.length !== points) throw new RangeError(say.valueCount(name, values.length, points));
  return values.map((value, i) => {
    const pair = toPair(COMPLEX_FORMATS[format], value);
    if (pair.some((x) => Math.abs(x) === Number.POSITIVE_INFINITY)) throw new RangeError(say.notFinite(`${name}, value ${i}`, format));
    return pair.map((x) => numberText(x)).join(",");
  });
}

const constantText = (name: string, value: number | string) =>
  typeof value === "number" ? numberText(value) : word(`CONSTANT ${name}`, value);

/** A control character makes the file binary, half a surrogate pair is no character. */
const UNWRITABLE = /[\p{Cc}\p{Cs}]/u;

function word(what: string, name: string): string {
  if (!/^\S+$/.test(name) || UNWRITABLE.test(name)) throw new RangeError(say.badName(what, name));
  return name;
}

/** Words with one blank between them: more would be read as one. */
function phrase(what: string, name: string): string {
  if (!/^\S+(?: \S+)*$/.test(name) || UNWRITABLE.test(name)) throw new RangeError(say.badName(what, name));
  return name;
}
