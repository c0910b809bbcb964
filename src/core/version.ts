/** The program's version; a test holds it against package.json. */
export const VERSION = "0.1.0";

/** What the numbers depend on, for summaries and reports. */
export function versions(): Readonly<Record<string, string>> {
  return { gammawatt: VERSION, node: process.versions.node };
}
