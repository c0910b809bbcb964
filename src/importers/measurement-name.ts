import type { Kind } from "../core/dataset.ts";

const T1_WORDS = new Set(["t1", "relaxation"]);
const OTHER_SEQUENCES =
  /^(t2|t2star|t2e|t2r|t1rho|echo|hahn|hahnecho|ramsey|rabi|cpmg|cp|xy4|xy8|spinlock|spec|spectrum|spectroscopy|twotone|allxy|rb|tomography|chevron)$/;
/** What else is measured; beside "T1" such a word only says against what, or for what. */
const OTHER_SUBJECTS = /^(resonator|ressweep|resscan|res|punchout|readout|ssro|flux|iqclouds|cal|calibration)$/;

/**
 * What the name that an experimenter gave a measurement says about its kind: `decay` for a T1, `other` for echo, Ramsey, Rabi, spectroscopy and the like,
 * undefined when it says neither or both. Only whole words count: `T1_repeat_2` and `T1Experiment` are T1s, `BOT10` and `T1rho` are not.
 */
export function kindOfName(name: string): Extract<Kind, "decay" | "other"> | undefined {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const t1 = words.some((word) => T1_WORDS.has(word));
  const sequence = words.some((word) => OTHER_SEQUENCES.test(word));
  if (t1) return sequence ? undefined : "decay";
  return sequence || words.some((word) => OTHER_SUBJECTS.test(word)) ? "other" : undefined;
}

/** The qubit that a text names (`T1 experiment q0` -> `q0`, `MQ PulseGen - Voltage, QB5` -> `QB5`), or an empty string. */
export function qubitOfName(text: string): string {
  const found = [...text.matchAll(/(?<![A-Za-z0-9])(q(?:b|ubit)?[ _]?\d+[a-z]?)(?![A-Za-z0-9])/gi)].map((m) => m[1]!.replace(/[ _]/g, ""));
  const distinct = new Set(found);
  return distinct.size === 1 ? found[0]! : "";
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
