import { CHECKS } from "./checks.ts";

export type CheckCode = keyof typeof CHECKS;

/** One named, measured fact about a result: not "good" or "bad" but what was measured against which limit. */
export interface Check {
  readonly code: CheckCode;
  readonly holds: boolean;
  /** The measured number and the limit it is held against, both in the unit that the sentence names; NaN where the check is not numeric. */
  readonly measured: number;
  readonly limit: number;
  /** Cause and cure, with the numbers in it. */
  readonly sentence: string;
}

/** usable: every check that matters holds; doubtful: a number, to be read with its checks; refused: no number. */
export type Status = "usable" | "doubtful" | "refused";

/** Makes a check; NaN comparisons never hold, so pass the comparison itself as `holds`. */
export function check(code: CheckCode, holds: boolean, sentence: string, measured = Number.NaN, limit = Number.NaN): Check {
  return { code, holds, measured, limit, sentence };
}

/** The status that the failed checks allow: the worst severity among them. */
export function statusOf(checks: readonly Check[]): Status {
  let status: Status = "usable";
  for (const c of checks) {
    if (c.holds) continue;
    const severity = CHECKS[c.code].severity;
    if (severity === "refuses") return "refused";
    if (severity === "doubts") status = "doubtful";
  }
  return status;
}

/** The codes of the checks that did not hold, sorted by code point, without repeats. */
export function failedCodes(checks: readonly Check[]): string[] {
  return [...new Set(checks.filter((c) => !c.holds).map((c) => c.code))].sort();
}
