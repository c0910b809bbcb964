import type { Estimate, GroupLabels } from "../core/estimate.ts";
import { type AttenuationOrigin, CIRCULAR_ORIGINS, type LineFacts } from "../lab/lab.ts";

/**
 * Whether agreement of the two routes says anything, by where the attenuation comes from: `independent`; `unknown` (not stated); `unclear` (from the T1 of
 * another qubit, while several qubits are compared with it and one of them may be that one); `circular` (made from the same relaxation).
 */
export type Standing = "independent" | "unknown" | "unclear" | "circular";

/** The attenuation that a comparison rests on. */
export interface ComparedLine {
  readonly name: string;
  /** Entry of the lab file: equal entry, equal error, one test. */
  readonly entry: string;
  /** dB, one-way, NaN for a table without the qubit's frequency; its error NaN where none is stated. */
  readonly attenuation: number;
  readonly sigma: number;
  readonly origin: AttenuationOrigin;
  readonly standing: Standing;
  /** A stated error that stays between cooldowns of an unchanged line. */
  readonly repeatability: boolean;
}

/** A power rate, and the line that drove the qubit. */
export interface LineUse {
  readonly labels: GroupLabels;
  readonly line: LineFacts | undefined;
  readonly power: Estimate | undefined;
}

/** The attenuation that each power rate rests on: undefined where its budget does not name one. */
export function comparedLines(uses: readonly LineUse[]): (ComparedLine | undefined)[] {
  const entries = uses.map(({ line, power }) => {
    const entry = entryOf(line);
    return entry !== undefined && power?.budget.some((l) => l.shared === entry) ? entry : undefined;
  });
  const qubits = new Map<string, Set<string>>();
  uses.forEach(({ labels }, i) => {
    const entry = entries[i];
    if (entry === undefined) return;
    const on = qubits.get(entry) ?? new Set();
    qubits.set(entry, on.add(JSON.stringify([labels.device, labels.qubit])));
  });
  return uses.map(({ line }, i) => {
    const entry = entries[i];
    if (entry === undefined || !line) return undefined;
    const { value = Number.NaN, sigma = Number.NaN } = line.attenuation?.quantity ?? {};
    return {
      name: line.name,
      entry,
      attenuation: value,
      sigma: sigma > 0 ? sigma : Number.NaN,
      origin: line.attenuation_from,
      standing: standingOf(line.attenuation_from, qubits.get(entry)?.size ?? 0),
      repeatability: line.repeatability !== undefined,
    };
  });
}

/** Name under which budgets share the attenuation's error; a table keeps it where the qubit's frequency is not stated. */
const entryOf = (line: LineFacts | undefined) => line?.attenuation?.entry ?? line?.attenuation_table?.entry;

/** A calibration from another qubit's T1 tests nothing on that qubit, and the lab file does not say which it is. */
function standingOf(origin: AttenuationOrigin, qubits: number): Standing {
  if (CIRCULAR_ORIGINS.includes(origin)) return "circular";
  if (origin === "unknown") return "unknown";
  return origin === "other-qubit" && qubits > 1 ? "unclear" : "independent";
}
