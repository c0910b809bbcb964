import { unused as say } from "../../src/core/messages/lab.ts";
import { nearest } from "../../src/core/nearest.ts";
import type { Lab } from "../../src/lab/load.ts";
import type { StatedExclusion } from "../../src/lab/statements.ts";
import type { ImportedFile } from "./import.ts";
import type { PlacedDataset } from "./place.ts";

/**
 * What the lab file says of files, traces, points, qubits and cooldowns that are not there: a typing error, most likely, whose statement would
 * otherwise be dropped in silence. Meaningful only for all files and datasets of a folder, without --only, --qubit or --cooldown.
 */
export function unusedStatements(lab: Lab | undefined, files: readonly ImportedFile[], placed: readonly PlacedDataset[]): string[] {
  if (!lab) return [];
  return [
    ...unusedEntries(lab, files),
    ...lab.statements.exclusions.flatMap((x) => unusedExclusion(x, files, placed)),
    ...unusedNames(lab, placed),
  ];
}

function unusedEntries(lab: Lab, files: readonly ImportedFile[]): string[] {
  const used = new Set(files.map((f) => f.match?.entry.place));
  return lab.statements.files.flatMap(({ match, place, matches }) => {
    if (used.has(place)) return [];
    const own = files.filter((f) => matches(f.path));
    // A file whose match failed is listed with its failure.
    if (own.some((f) => f.match === undefined)) return [];
    return [own.length === 0 ? say.fileEntry(match, place) : say.fileEntryTaken(match, place)];
  });
}

function unusedExclusion(x: StatedExclusion, files: readonly ImportedFile[], placed: readonly PlacedDataset[]): string[] {
  const named = files.filter((f) => x.matches(f.path));
  if (named.length === 0) {
    const near = nearest(
      x.what,
      files.map((f) => f.path),
    );
    return [say.exclusionFile(x.what, x.place, near)];
  }
  const there = placed.filter((p) => p.dataset.sources.some((s) => x.matches(s.path)));
  if (there.length === 0) return [say.exclusionUnread(x.what, x.place)];
  const traces = there.filter((p) => x.trace === undefined || p.dataset.labels.trace === x.trace);
  if (traces.length === 0) return [say.exclusionTrace(x.what, x.trace ?? "", x.place, distinct(there.map((p) => p.dataset.labels.trace)))];
  const rows = traces.reduce((most, p) => Math.max(most, p.dataset.table.numRows), 0);
  const beyond = (x.points ?? []).filter((point) => point >= rows);
  return beyond.length > 0 ? [say.exclusionPoints(x.what, beyond, x.place, rows)] : [];
}

function unusedNames(lab: Lab, placed: readonly PlacedDataset[]): string[] {
  const { qubits, cooldowns } = lab.statements;
  const sentences: string[] = [];
  const known = distinct(placed.map((p) => p.dataset.labels.cooldown));
  // A name that is stated itself is no typing error of another one.
  const unstated = (names: readonly string[], stated: readonly { readonly name: string }[]) =>
    names.filter((n) => n !== "" && !stated.some((s) => s.name === n));
  for (const { name, place } of cooldowns)
    if (!known.includes(name)) sentences.push(say.cooldown(name, place, nearest(name, unstated(known, cooldowns))));
  // A map names its qubits inside, by their positions.
  if (placed.some((p) => p.dataset.kind === "field")) return sentences;
  const all = distinct(placed.map((p) => p.dataset.labels.qubit));
  const told = new Set<string>();
  for (const { name, cooldown, place } of qubits) {
    const everywhere = JSON.stringify([name]);
    const here = JSON.stringify([name, cooldown]);
    if (told.has(everywhere) || told.has(here)) continue;
    const absent = !all.includes(name);
    const missing =
      absent ||
      (cooldown !== "" &&
        known.includes(cooldown) &&
        !placed.some((p) => p.dataset.labels.qubit === name && p.dataset.labels.cooldown === cooldown));
    if (!missing) continue;
    told.add(absent ? everywhere : here);
    sentences.push(say.qubit(name, absent ? "" : cooldown, place, absent ? nearest(name, unstated(all, qubits)) : undefined));
  }
  return sentences;
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort();
