import type { Check } from "../../core/check.ts";
import { CHECKS } from "../../core/checks.ts";
import type { GroupLabels } from "../../core/estimate.ts";
import { checkCounts, moreSentences, noFailedChecks, SEVERITY_WORDS } from "../../core/messages/report.ts";
import { meaningOf } from "../badge.ts";
import { CAPS } from "../caps.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import type { Section } from "../section.ts";
import type { Study } from "../study.ts";
import { sentence } from "../table.ts";

interface Failure {
  readonly check: Check;
  readonly where: string;
}

/** Every failed code with its meaning and the measured sentences. */
export const checks: Section = {
  id: "checks",
  title: "Checks explained",
  render(study) {
    const all = allChecks(study);
    const failed = all.filter((f) => !f.check.holds);
    if (failed.length === 0) return sentence(noFailedChecks(all.length));
    const byCode = new Map<string, Failure[]>();
    for (const f of failed) {
      const list = byCode.get(f.check.code);
      if (list) list.push(f);
      else byCode.set(f.check.code, [f]);
    }
    const order = Object.keys(CHECKS);
    const codes = [...byCode.keys()].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    return html`${sentence(checkCounts(failed.length, all.length - failed.length))}<dl class="checks">${codes.map((code) => explained(code, byCode.get(code)!))}</dl>`;
  },
};

function explained(code: string, failures: readonly Failure[]): Html {
  const severity = code in CHECKS ? CHECKS[code as Check["code"]].severity : "informs";
  // The same sentence at several places is one sentence with its places.
  const places = new Map<string, Set<string>>();
  for (const f of failures) {
    const at = places.get(f.check.sentence) ?? new Set();
    at.add(f.where);
    places.set(f.check.sentence, at);
  }
  const entries = [...places.entries()];
  const more = entries.length - CAPS.sentences;
  return html`<dt id="check-${code}"><code>${code}</code> <span class="severity ${severity}">${SEVERITY_WORDS[severity]}</span> <span class="sub">${failures.length}×</span></dt><dd>${meaningOf(code)}<ul>${entries
    .slice(0, CAPS.sentences)
    .map(
      ([text, where]) => html`<li><bdi>${text}</bdi> <span class="sub">${placesText(where)}</span></li>`,
    )}${more > 0 && html`<li class="sub">${moreSentences(more)}</li>`}</ul></dd>`;
}

function placesText(where: ReadonlySet<string>): string {
  const names = [...where];
  return names.length <= 4 ? names.join(", ") : `${names.slice(0, 4).join(", ")} and ${names.length - 4} more`;
}

function allChecks(study: Study): Failure[] {
  const of = (checks: readonly Check[], labels: GroupLabels & { trace?: string }, what: string) =>
    checks.map((check) => ({ check, where: `${groupName(labels)}${what && ` (${what})`}` }));
  const estimates = study.estimates.flatMap((e) => of(e.checks, e.labels, `${e.route} ${e.quantity}`));
  // Checks of a field stand with its estimates, where it has any.
  const said = new Set(estimates.map((f) => f.check.sentence));
  return [
    ...study.fits.flatMap((f) => of(f.outcome.checks, f.labels, "decay fit")),
    ...estimates,
    ...study.fields.flatMap((f) => of(f.outcome.checks, f.labels, "field model")).filter((f) => !said.has(f.check.sentence)),
  ];
}
