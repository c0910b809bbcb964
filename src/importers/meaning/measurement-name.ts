import type { Kind } from "../../core/dataset.ts";

/** What is done between preparation and readout, or to the qubit instead: no such measurement is a T1. */
const SEQUENCES: readonly (readonly [kind: NamedKind, words: RegExp])[] = [
  ["decay", /^(t1|relaxation)$/],
  ["coherence", /ramsey|echo|hahn|cpmg|^(t2[a-z]*|t1rho|tphi|fid|cp|dd|udd|pdd|kdd|xy\d+|spinlock|spinlocking|dephasing|coherence)$/],
  ["rabi", /rabi|^chevron$/],
  // T1_ef is the decay of another transition.
  ["other", /spectro|^(spec|spectrum|twotone|allxy|rb|irb|benchmarking|tomography|drag|stark|starkshift|(t1)?(ef|fe))$/],
];
/** What else is measured; beside "T1" such a word only says against what, or for what. */
const OTHER_SUBJECTS = /^(resonator|ressweep|resscan|res|punchout|readout|ssro|flux|iqclouds|cal|calibration)$/;

/** What a name can say about a measurement. */
export type NamedKind = Extract<Kind, "decay" | "coherence" | "rabi" | "other">;

/**
 * The pulse sequences that a name speaks of, each once. Only whole words count where a part could be chance: `T1_repeat_2` and `T1Experiment` are T1s;
 * `BOT10`, `T20mK` and `T1rho` are not.
 */
export function sequencesIn(name: string): readonly NamedKind[] {
  const words = wordsOf(name);
  return SEQUENCES.filter(([, known]) => words.some((word) => known.test(word))).map(([kind]) => kind);
}

/**
 * What the name that an experimenter gave a measurement says about its kind: `decay` for a T1, `other` for echo, Ramsey, Rabi, spectroscopy and the like,
 * undefined when it says neither or both.
 */
export function kindOfName(name: string): Extract<Kind, "decay" | "other"> | undefined {
  const sequences = sequencesIn(name);
  if (sequences.includes("decay")) return sequences.length > 1 ? undefined : "decay";
  return sequences.length > 0 || wordsOf(name).some((word) => OTHER_SUBJECTS.test(word)) ? "other" : undefined;
}

/** Lower-case words; `T1Experiment` is two, `spin_lock` and `spin-lock` are one and `T2*` is `t2`. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .replace(/(?<![a-z0-9])spin[\s_-]+(?=lock|echo)/g, "spin")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** The qubit that a text names (`T1 experiment q0` -> `q0`, `MQ PulseGen - Voltage, QB5` -> `QB5`), or an empty string. */
export function qubitOfName(text: string): string {
  const found = [...text.matchAll(/(?<![A-Za-z0-9])(q(?:b|ubit)?[ _]?\d+[a-z]?)(?![A-Za-z0-9])/gi)].map((m) => m[1]!.replace(/[ _]/g, ""));
  const distinct = new Set(found);
  return distinct.size === 1 ? found[0]! : "";
}

/** `q1` of `cd07/q1_t1.csv`; empty where the file's name does not begin with a qubit. */
export function leadingQubit(path: string): string {
  return /^(q[a-z0-9]+)_/i.exec(path.slice(path.lastIndexOf("/") + 1))?.[1] ?? "";
}

/** Whether a sweep parameter of unit s is the delay of a decay, by what it is called. A bare `time` may be a clock, and is a delay only in a stated T1. */
export function isDelayName(name: string, measurement = ""): boolean {
  if (/\btrig|stamp|\brise|\bring|\bintegration|\baver/i.test(name)) return false;
  if (/delay|tau|wait|idle|duration|evolution|relaxation/i.test(name)) return true;
  return /^(time|t)$/i.test(name.trim()) && kindOfName(measurement) === "decay";
}

/** Whether an axis counts repetitions by what it is called: `Repetition`, `Manual - Value 5`, `repeat`, `counter`, `iteration`. */
export function isRepetitionName(name: string): boolean {
  return /^(repetition|repeat|rep\b|manual\b|counter|count\b|iteration|iter\b|loop|run\b|index|idx|shot|sample|average)/i.test(name.trim());
}
