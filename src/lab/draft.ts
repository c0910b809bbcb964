import type { Dataset } from "../tables/dataset.ts";
import { type Pattern, pattern } from "./match.ts";

/** A file and what was recognised in it, with final labels. */
export interface DraftFile {
  readonly path: string;
  readonly datasets: readonly Dataset[];
}

/**
 * A commented `gammawatt.yaml` from what is recognised: qubits, cooldowns, file patterns. What the files do not say stands as a comment to be filled in.
 * It loads as it is, and gives every file the labels that it has without it.
 */
export function draftLab(files: readonly DraftFile[]): string {
  const used = files.filter((f) => f.datasets.length > 0);
  const all = used.flatMap((f) => f.datasets);
  const qubits = distinct(all.filter((d) => d.kind !== "other").map((d) => d.labels.qubit));
  const cooldowns = distinct(all.map((d) => d.labels.cooldown).filter((c) => c !== ""));
  const lines = [
    "# Drafted by `gammawatt init` from the files in this folder. Lines that begin with # are what only you can know: fill in, then remove the #.",
    "# Quantities carry unit and uncertainty (one standard deviation): 72.3 ± 0.5 dB, 5.0123 GHz, 52 ± 5 mK.",
    "# device: chipA",
    "# readout: { p1_given_0: 0.012 ± 0.002, p0_given_1: 0.045 ± 0.004, prepared: heralded, drive_to_readout: 40 ns }",
  ];
  if (qubits.length > 0) {
    lines.push("qubits:");
    for (const q of qubits)
      lines.push(
        `  ${quoted(q)}: {}`,
        "    # frequency: 5.0123 GHz   anharmonicity: -220 MHz   geometry: reflection   temperature: 52 ± 5 mK",
      );
    lines.push(
      "# lines:",
      `#   drive1: { qubits: [${qubits.map(quoted).join(", ")}], attenuation: 72.3 ± 1.5 dB, attenuation_from: warm }`,
    );
  }
  if (cooldowns.length > 0) {
    lines.push("cooldowns:");
    for (const c of cooldowns) lines.push(`  ${quoted(c)}: {}   # started: 2026-09-03, note: "..."`);
  }
  const entries = fileEntries(used);
  if (entries.length > 0)
    lines.push("files:   # first match wins", ...entries.map((e) => `  - { match: ${quoted(e.match)}, kind: ${e.kind} }`));
  return `${lines.join("\n")}\n`;
}

interface Entry {
  readonly match: string;
  readonly kind: string;
}

/** One entry per pattern and kind; a pattern is proposed only when it gives every file the labels that it has. */
function fileEntries(files: readonly DraftFile[]): Entry[] {
  const proposed: (Entry & { readonly pattern: Pattern })[] = [];
  for (const f of files) {
    const kinds = distinct(f.datasets.map((d) => d.kind));
    // A kind that was inferred is for a person to state; files of several kinds and of none need no entry.
    if (kinds.length !== 1 || kinds[0] === "other" || f.datasets.some((d) => d.kindInferred)) continue;
    const match = generalised(f);
    if (proposed.some((p) => p.match === match)) continue;
    proposed.push({ match, kind: kinds[0]!, pattern: pattern(match) });
  }
  return proposed.filter((entry, i) => {
    const first = (path: string) => proposed.findIndex((p) => p.pattern.match(path));
    return files.every((f) => first(f.path) !== i || agrees(entry, f)) && files.some((f) => first(f.path) === i);
  });
}

/** `cd07/q1_t1_003.csv` -> `{cooldown}/{qubit}_t1_*.csv`. */
function generalised({ path, datasets }: DraftFile): string {
  const { cooldown, qubit } = datasets[0]!.labels;
  const parts = path.split("/");
  const name = parts.pop()!;
  if (parts.length > 0 && parts[0] === cooldown) parts[0] = "{cooldown}";
  const one = new Set(datasets.map((d) => d.labels.qubit)).size === 1;
  const head = one && name.startsWith(`${qubit}_`) ? "{qubit}" : "";
  const rest = (head ? name.slice(qubit.length) : name).replace(/\d+(?=\.[^.]*$)/, "*");
  return [...parts.map((p) => (p === "{cooldown}" ? p : literal(p))), head + literal(rest)].join("/");
}

/** Braces in a name are no label: they are matched by `*`. */
const literal = (text: string) => text.replace(/[{}]+/g, "*");

function agrees(entry: Entry & { readonly pattern: Pattern }, f: DraftFile): boolean {
  const cut = entry.pattern.match(f.path);
  if (!cut) return true;
  return f.datasets.every(
    (d) =>
      d.kind === entry.kind &&
      (cut.cooldown ?? d.labels.cooldown) === d.labels.cooldown &&
      (cut.qubit ?? d.labels.qubit) === d.labels.qubit,
  );
}

/** Sorted by code point. */
const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

/** As a YAML key or value: quoted whenever a plain one could be read as something else. JSON strings are YAML. */
const quoted = (text: string): string =>
  /^[A-Za-z][\w-]*$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text) ? text : JSON.stringify(text);
