import type { Check } from "../../core/check.ts";
import * as say from "../../core/messages/report-field.ts";
import type { FieldStudy } from "../../routes/field/study.ts";
import { checkCodes, statusBadge } from "../badge.ts";
import type { Fitted } from "../field-scales.ts";
import { boundaryText, foundText, notQuoted, profilesText } from "../field-words.ts";
import { type Html, html, NOTHING } from "../html.ts";
import { groupName, label } from "../names.ts";
import { engineering, plain } from "../number.ts";
import { prose } from "../prose.ts";
import type { Study } from "../study.ts";
import { sentence } from "../table.ts";

/** What was found, under which boundary condition, on which grid; what is doubtful or refused, and why. */
export function fieldHeadline(study: Study, field: FieldStudy): Html {
  const { outcome } = field;
  const badge = statusBadge(outcome.state === "stopped" ? "stopped" : field.status);
  const head = html`<h3><bdi>${groupName(field.labels)}</bdi>${field.name !== "" && html` · ${label(field.name, 60)}`} ${badge}</h3>`;
  return html`${head}${outcome.state === "refused" ? refusal(field, outcome.sentence, outcome.bound) : finding(study, field, outcome)}${facts(field)}${failedChecks(field)}`;
}

function refusal(field: FieldStudy, reason: string, bound: number): Html {
  const boundary = boundaryText(field);
  return html`${sentence(html`<strong>${say.refused()}</strong> <bdi>${reason}</bdi> ${checkCodes(field.outcome.checks)}`)}${Number.isFinite(bound) && sentence(say.bound(engineering(bound, "m^2/s")))}${boundary !== undefined && sentence(say.under(boundary))}`;
}

function finding(study: Study, field: FieldStudy, outcome: Fitted): Html {
  const { problem } = field;
  const warning = notQuoted(field);
  const found = prose(foundText(study, field, outcome));
  const more = [
    profilesText(field),
    problem ? say.law(outcome.law, problem.gamma2.type, problem.background) : "",
    say.quality(plain(outcome.chi2), plain(outcome.dof), outcome.n),
    outcome.grid.sentence,
  ];
  return html`${warning !== undefined && html`<p class="banner">${warning}</p>`}${sentence(warning === undefined ? html`<strong>${found}</strong>` : found)}${sentence(html`<bdi>${more.filter((t) => t !== "").join(" ")}</bdi>`)}`;
}

function facts({ facts: all }: FieldStudy): Html {
  if (all.length === 0) return NOTHING;
  return html`<details><summary>${say.restsOn()} (${all.length})</summary><ul>${all.map((f) => html`<li><bdi>${f.sentence}</bdi>${f.assumed && html` <span class="badge doubtful">${say.assumed()}</span>`}</li>`)}</ul></details>`;
}

function failedChecks({ outcome }: FieldStudy): Html {
  const held = outcome.checks.filter((c) => c.holds).length;
  // A refusal's own sentence stands above.
  const others = outcome.state === "refused" ? outcome.checks.filter((c) => c.sentence !== outcome.sentence) : outcome.checks;
  return html`${failedList(others)}${held > 0 && sentence(say.held(held), "sub")}`;
}

/** The checks that did not hold, each with its sentence. */
export function failedList(checks: readonly Check[]): Html {
  const failed = checks.filter((c) => !c.holds);
  if (failed.length === 0) return NOTHING;
  return html`<p>${say.failed()}</p><ul>${failed.map((c) => html`<li>${checkCodes([c])}<bdi>${c.sentence}</bdi></li>`)}</ul>`;
}
