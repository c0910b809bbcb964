import type { Dataset } from "../tables/dataset.ts";
import { type DraftEntry, draftEntries } from "./draft-entries.ts";
import { isOfQubit } from "./missing.ts";

/** A file and what was recognised in it, with final labels. */
export interface DraftFile {
  readonly path: string;
  readonly datasets: readonly Dataset[];
}

/**
 * A commented `gammawatt.yaml` from what is recognised: qubits, cooldowns, file patterns. What the files do not say stands as a comment to be filled in.
 * It loads as it is, and with every # before a key removed; it gives every file the labels and the kind that it has without it.
 */
export function draftLab(files: readonly DraftFile[]): string {
  const used = files.filter((f) => f.datasets.length > 0);
  const all = used.flatMap((f) => f.datasets);
  const qubits = distinct(all.filter(isOfQubit).map((d) => d.labels.qubit));
  const cooldowns = distinct(all.map((d) => d.labels.cooldown).filter((c) => c !== ""));
  const lines = [
    "# Drafted by `gammawatt init` from the files in this folder. Lines that begin with # are what only you can know: fill in, then remove the #.",
    "# Quantities carry unit and uncertainty (one standard deviation): 72.3 ± 0.5 dB, 5.0123 GHz, 52 ± 5 mK.",
    "# device: chipA",
    "# readout: { p1_given_0: 0.012 ± 0.002, p0_given_1: 0.045 ± 0.004, prepared: heralded, drive_to_readout: 40 ns }",
  ];
  if (qubits.length > 0)
    lines.push(
      "qubits:",
      ...qubits.flatMap((q) => [`  ${quoted(q)}:`, ...QUBIT]),
      "# lines:",
      `#   drive1: { qubits: [${qubits.map(quoted).join(", ")}], attenuation: 72.3 ± 1.5 dB, attenuation_from: warm }`,
    );
  if (cooldowns.length > 0) lines.push("cooldowns:", ...cooldowns.flatMap((c) => [`  ${quoted(c)}:`, ...COOLDOWN]));
  if (all.some((d) => d.kind === "field")) lines.push(...FIELD);
  const entries = draftEntries(used);
  if (entries.length > 0) lines.push("files:   # first match wins; {names} become labels", ...entries.map(entryLine));
  return `${lines.join("\n")}\n`;
}

const QUBIT = [
  "    # frequency: 5.0123 GHz",
  "    # anharmonicity: -220 MHz",
  "    # geometry: reflection   # or two-sided, hanger, multiport, separate-ports",
  "    # temperature: 52 ± 5 mK   # of the qubit, or equilibrium_population: 0.012 ± 0.002",
];
/** For maps. */
const FIELD = [
  "# field:   # what maps are fitted with",
  "#   boundary: no-flux   # or dirichlet, robin, periodic; { left: .., right: .., bottom: .., top: .. }",
  "#   domain: [[0 mm, 5 mm], [0 mm, 4 mm]]   # where the film ends, if not half a spacing beyond the points; of a line [[0 mm, 5 mm]]",
];
const COOLDOWN = ["    # started: 2026-09-03", '    # note: "..."'];

function entryLine({ match, kind, inferred }: DraftEntry): string {
  const entry = `- { match: ${quoted(match)}, kind: ${kind} }`;
  // The kind that was inferred is for a person to state.
  if (inferred) return `  # ${entry}   # looks like it, but neither name nor file says so`;
  if (kind === "field-source") return `  ${entry}   # when is it on, how well is it known? then: on: [0 s, 1.0 ms], uncertainty: 5 %`;
  return kind === "scattering" && /(?:^|[_/])off[_.]/i.test(match)
    ? `  ${entry}   # with the qubit off? then: kind: reference, off: detuned`
    : `  ${entry}`;
}

/** Sorted by code unit, without the one name that the lab file does not take. */
const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].filter((t) => t !== "__proto__").sort();

/** As a YAML key or value: quoted whenever a plain one could be read as something else. JSON strings are YAML. */
const quoted = (text: string): string =>
  /^[A-Za-z][\w-]*$/.test(text) && text !== "null" ? text : JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped);

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
