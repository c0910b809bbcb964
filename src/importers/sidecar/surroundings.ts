import type { Dataset } from "../../tables/dataset.ts";
import { commentText } from "../csv/lines.ts";
import type { Folders } from "../folders.ts";
import type { Hints, Probe } from "../importer.ts";
import { contentsOf } from "../netcdf/view.ts";
import { statedInAttributes } from "./attributes.ts";
import { statedBeside } from "./beside.ts";
import { withComments } from "./comments.ts";
import { joinNotes, labelOf, type Sayer, sayers, withStatements } from "./join.ts";
import { pathFacts } from "./path-facts.ts";
import { isLabel } from "./statement.ts";

/**
 * The datasets of a file with what stands in its comments, beside it and in its path: source power, temperature, attenuation, frequency, labels, time.
 * What the lab file states prevails, then the file itself, then the sidecars, then the path.
 */
export async function withSurroundings(
  datasets: readonly Dataset[],
  absolute: string,
  probe: Probe,
  hints: Hints,
  folders: Folders,
): Promise<readonly Dataset[]> {
  const { path, text } = probe;
  const beside = await statedBeside(absolute, folders);
  const named = pathFacts(path);
  const notes = [...beside.notes, ...named.notes];
  const own = sayers(path, hints);
  const attributes = statedInAttributes(contentsOf(probe)?.attributes ?? {}, path);
  const commented = withComments(datasets, instrumentComments(text ?? ""), own).map((d) => withStatements(d, attributes, "file", own));
  if (notes.length + beside.statements.length + named.statements.length === 0) return commented;
  const several = new Set(datasets.map((d) => d.labels.qubit)).size > 1;
  // A name for the whole file cannot stand for each of its qubits.
  const statements = beside.statements.filter((one) => !(several && one.name === "qubit"));
  return commented.map((dataset) => {
    const labelled = withStatements(dataset, statements, "sidecar", own);
    // A label that a sidecar gave is the sidecar's word, not the file's.
    const given: Sayer = (name) =>
      (isLabel(name) && labelOf(dataset, name) === "" ? statements.find((s) => s.name === name)?.place : undefined) ?? own(name);
    const joined = withStatements(labelled, named.statements, "path", given);
    return { ...joined, notes: joinNotes(joined.notes, notes) };
  });
}

/** Comments as network analysers write them, in whatever format. */
function instrumentComments(text: string): string[] {
  if (!text.includes("!")) return [];
  return text
    .split(/\r\n|\r|\n/, 2000)
    .filter((line) => /^\s*!/.test(line))
    .map(commentText);
}
