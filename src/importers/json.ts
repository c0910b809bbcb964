import { ImportError } from "../core/errors.ts";
import { qubitJsonMessages } from "../core/messages/import-qubit-json.ts";

/** A value of a JSON text. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** @throws ImportError when the text is no JSON. Python's NaN, Infinity and -Infinity, which JSON does not know, are read as null. */
export function parseJson(text: string, place: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const python = withoutPythonFloats(text);
    if (python !== text) return parseJson(python, place);
    throw new ImportError(qubitJsonMessages.notJson(error instanceof Error ? error.message : String(error)), place, { cause: error });
  }
}

/** Python's json module writes floats that are no numbers by name; texts in quotes are left as they are. */
function withoutPythonFloats(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (token) => (token.startsWith('"') ? token : "null"));
}

/** Numbers of a list, nested up to three deep and rectangular, row-major; undefined when it is none. */
export function numbersIn(value: Json | undefined): { readonly shape: readonly number[]; readonly values: Float64Array } | undefined {
  if (!Array.isArray(value)) return undefined;
  const shape: number[] = [];
  for (let level: Json | undefined = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  if (shape.length > 3) return undefined;
  const flat: number[] = [];
  const fill = (level: Json, depth: number): boolean => {
    if (depth === shape.length) return typeof level === "number" && flat.push(level) > 0;
    return Array.isArray(level) && level.length === shape[depth] && level.every((inner: Json) => fill(inner, depth + 1));
  };
  return fill(value, 0) ? { shape, values: Float64Array.from(flat) } : undefined;
}
