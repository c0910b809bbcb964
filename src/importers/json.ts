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
