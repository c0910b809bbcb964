import type { Dataset } from "../../tables/dataset.ts";
import type { Folders } from "../folders.ts";
import { statedBeside } from "./beside.ts";
import { joinNotes, withStatements } from "./join.ts";
import { pathFacts } from "./path-facts.ts";

/**
 * The datasets of a file with what stands beside it and in its path: source power, temperature, attenuation, frequency, labels, time. What the file
 * says itself prevails, then the sidecars, then the path.
 * @param path relative to the scanned folder, with `/`
 */
export async function withSurroundings(
  datasets: readonly Dataset[],
  absolute: string,
  path: string,
  folders: Folders,
): Promise<readonly Dataset[]> {
  const beside = await statedBeside(absolute, folders);
  const named = pathFacts(path);
  const notes = [...beside.notes, ...named.notes];
  if (notes.length + beside.statements.length + named.statements.length === 0) return datasets;
  const several = new Set(datasets.map((d) => d.labels.qubit)).size > 1;
  // A name for the whole file cannot stand for each of its qubits.
  const statements = beside.statements.filter((one) => !(several && one.name === "qubit"));
  return datasets.map((dataset) => {
    const joined = withStatements(withStatements(dataset, statements, "sidecar", path), named.statements, "path", path);
    return { ...joined, notes: joinNotes(joined.notes, notes) };
  });
}
