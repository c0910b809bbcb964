/** The only file that names zod: the parts of which the shape of gammawatt.yaml is made (schema.ts). */
import { z } from "zod";
import * as say from "../core/messages/lab.ts";
import { emptyQuantity, exampleOf, expectedUnit } from "../core/messages/quantity.ts";
import { nearest } from "../core/nearest.ts";
import { parseQuantity } from "../core/parse-quantity.ts";
import type { Quantity } from "../core/quantity.ts";
import type { Unit } from "../core/units.ts";
import { described, type Understood } from "./map-values.ts";
import type { Located, Path, Problem } from "./yaml.ts";

export type Infer<T extends z.ZodType> = z.infer<T>;

/** Between the known keys in the message of an unknown one: told apart again in `problemsOf`. */
const KNOWN = "\u0000known\u0000";

/** A mapping; nothing behind the colon is an empty one. */
const mapping = <T extends z.ZodType>(type: T) => z.preprocess((value) => (value === null ? {} : value), type);

export const object = <S extends z.ZodRawShape>(shape: S) =>
  mapping(
    z.strictObject(shape, {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? KNOWN + Object.keys(shape).join(KNOWN)
          : say.expectedType("A mapping of keys to values", described(issue.input)),
    }),
  );

export const text = z.string({ error: (issue) => say.expectedType("Text", described(issue.input)) });
export const choice = <const T extends readonly string[]>(known: T) =>
  z.enum(known as unknown as [string, ...string[]], {
    error: ({ input }) =>
      typeof input === "string"
        ? say.oneOf(input, known, nearest(input, known))
        : say.expectedType(`One of ${known.join(", ")}`, described(input)),
  }) as unknown as z.ZodType<T[number]>;
export const list = <T extends z.ZodType>(item: T, message = (got: string) => say.expectedType("A list, as in [a, b]", got)) =>
  z.preprocess((value) => (value === null ? [] : value), z.array(item, { error: (issue) => message(described(issue.input)) }));
export const named = <T extends z.ZodType>(item: T) =>
  mapping(z.record(z.string(), item, { error: (issue) => say.expectedType("A mapping of names to descriptions", described(issue.input)) }));

/** What a text means, or what is wrong with it. */
export const read = <T>(parse: (value: unknown) => Understood<T>) =>
  z.unknown().transform((value, context) => {
    const result = parse(value);
    if ("is" in result) return result.is;
    context.issues.push({ code: "custom", message: result.problem, input: value });
    return z.NEVER;
  });

export const BARE = /^[-+\u2212]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+\u2212]?\d+)?$/;

interface Range {
  readonly says: string;
  holds(x: number): boolean;
}

/** Text with a unit, in SI; `range` refuses values that cannot be. */
export function quantityOf<U extends Unit>(unit: U, range?: Range, example = exampleOf(unit)) {
  return read<Quantity<U>>((value) => {
    if (value === null || value === undefined) return { problem: emptyQuantity(unit) };
    if (typeof value !== "string") return { problem: say.expectedType(`${expectedUnit(unit)}, as in ${example},`, described(value)) };
    const parsed = parseQuantity(value, unit);
    if ("error" in parsed) return { problem: parsed.error };
    if (range && !range.holds(parsed.quantity.value)) return { problem: say.outOfRange(`"${value}"`, range.says, example) };
    return { is: parsed.quantity };
  });
}

/** A plain number (or a percentage) without uncertainty. */
export const numberIn = (range: Range, example: string) =>
  read((value) => {
    const parsed = typeof value === "string" ? parseQuantity(value, "1") : { error: "" };
    if ("error" in parsed || !Number.isNaN(parsed.quantity.sigma))
      return { problem: say.expectedType(`A number, as in ${example},`, described(value)) };
    return range.holds(parsed.quantity.value)
      ? { is: parsed.quantity.value }
      : { problem: say.outOfRange(`"${value}"`, range.says, example) };
  });
export const wholeNumber = (least: number, message: (got: string) => string) =>
  read((value) => {
    const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : Number.NaN;
    return Number.isSafeInteger(number) && number >= least ? { is: number } : { problem: message(described(value)) };
  });
export const anyNumber = (example: string) => numberIn({ says: "a number", holds: Number.isFinite }, example);
export const positiveNumber = (example: string) => numberIn({ says: "larger than 0", holds: (x) => x > 0 }, example);
/** One of a kind, or a list of them. */
export const oneOrList = <T extends z.ZodType>(item: T) => z.preprocess((value) => (Array.isArray(value) ? value : [value]), list(item));
/** One shape where a mapping stands, another one elsewhere: the message is about what was meant. */
export const mappingOr = <M extends z.ZodType, T extends z.ZodType>(whole: M, plain: T) =>
  z.unknown().transform((value, context): z.infer<M> | z.infer<T> => {
    const parsed = (typeof value === "object" && value !== null && !Array.isArray(value) ? whole : plain).safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
    return z.NEVER;
  });

/** A located document against a shape. @returns what it says, or every problem with its place */
export function shaped<T extends z.ZodType>(
  shape: T,
  located: Located,
): { readonly value: z.infer<T> } | { readonly problems: readonly Problem[] } {
  const parsed = shape.safeParse(located.value);
  if (parsed.success) return { value: parsed.data };
  return { problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, located)) };
}

function problemsOf(issue: z.core.$ZodIssue, located: Located): Problem[] {
  const path = issue.path as Path;
  if (issue.code === "unrecognized_keys") {
    const known = issue.message.split(KNOWN).slice(1);
    return issue.keys.map((key) => ({ ...located.at([...path, key], true), message: say.unknownKey(key, nearest(key, known), known) }));
  }
  const key = path.at(-1);
  if (key !== undefined && missing(located.value, path)) return [{ ...located.at(path), message: say.missingKey(String(key)) }];
  const empty = issue.code === "invalid_type" && issue.expected === "string" && valueAt(located.value, path) === null;
  return [{ ...located.at(path), message: empty && key !== undefined ? say.emptyText(key) : issue.message }];
}

const valueAt = (value: unknown, path: Path) =>
  path.reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], value);

function missing(value: unknown, path: Path): boolean {
  const parent = valueAt(value, path.slice(0, -1));
  return typeof parent === "object" && parent !== null && !((path.at(-1) ?? "") in parent);
}
