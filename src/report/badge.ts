import type { Check, Status } from "../core/check.ts";
import { type CheckCode, failedCodes } from "../core/check.ts";
import { CHECKS } from "../core/checks.ts";
import { VERDICT_WORDS } from "../core/messages/report.ts";
import type { Comparison } from "../routes/comparison.ts";
import { type Html, html } from "./html.ts";

// Sign and word say the same as the colour: for grey paper and for eyes that see colours otherwise.
const SIGNS: Readonly<Record<Status | "stopped", string>> = { usable: "✓", doubtful: "!", refused: "×", stopped: "!" };

export function statusBadge(status: Status | "stopped"): Html {
  return html`<span class="badge ${status}"><span aria-hidden="true">${SIGNS[status]}</span> ${status}</span>`;
}

const VERDICT_KIND = {
  agree: "usable",
  tension: "doubtful",
  disagree: "refused",
  bound: "doubtful",
  empty: "doubtful",
  "one-route": "quiet",
  none: "quiet",
} as const;
const VERDICT_SIGNS = { agree: "✓", tension: "~", disagree: "≠", bound: "≤", empty: "∅", "one-route": "1", none: "–" } as const;

export function verdictBadge(verdict: Comparison["verdict"]): Html {
  return html`<span class="badge ${VERDICT_KIND[verdict]}"><span aria-hidden="true">${VERDICT_SIGNS[verdict]}</span> ${VERDICT_WORDS[verdict]}</span>`;
}

/** Codes of the checks that did not hold, each leading to its explanation in the page. */
export function checkCodes(checks: readonly Check[]): Html {
  return html`${failedCodes(checks).map((code) => html`<a class="code" href="#check-${code}" title="${meaningOf(code)}">${code}</a> `)}`;
}

/** What a code means; codes of a newer or older store that are not known here say so. */
export function meaningOf(code: string): string {
  return code in CHECKS ? CHECKS[code as CheckCode].meaning : "This version does not know the code.";
}
