import * as say from "../../core/messages/report-field.ts";
import type { FieldStudy } from "../../routes/field/study.ts";
import { checkCodes, statusBadge } from "../badge.ts";
import type { Fitted } from "../field-scales.ts";
import { boundaryText, gamma2Numbers, intervalText, lengthRange, numberText } from "../field-words.ts";
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
  return html`${sentence(html`<strong>${say.refused(reason)}</strong>`)}${Number.isFinite(bound) && sentence(say.bound(engineering(bound, "m^2/s")))}${boundary !== undefined && sentence(say.under(boundary))}`;
}

function finding(study: Study, field: FieldStudy, outcome: Fitted): Html {
  const gamma2 = gamma2Numbers(field);
  const mean = outcome.numbers.find((n) => n.name === "gamma0_mean");
  const found = say.found({
    gamma2: gamma2
      .map((g) => say.ofRegion(gamma2.length > 1 ? g.name.replace(/^gamma2 ?/, "") : "", numberText(study, field, g)))
      .join(", "),
    gamma0: mean ? numberText(study, field, mean) : "–",
    length: lengthRange(outcome.map.diffusionLength),
    boundary: boundaryText(field) ?? "",
  });
  const { problem } = field;
  const more = [
    ...gamma2.map((g) => `${intervalText(g)}.`),
    problem ? say.law(outcome.law, problem.gamma2.type, problem.background) : "",
    say.quality(plain(outcome.chi2), plain(outcome.dof), outcome.n),
    outcome.grid.sentence,
  ];
  return html`${outcome.state === "stopped" && html`<p class="banner">${say.stopped(outcome.sentence)}</p>`}${sentence(html`<strong>${prose(found)}</strong>`)}${sentence(html`<bdi>${more.filter((t) => t !== "").join(" ")}</bdi>`)}`;
}

function facts({ facts: all }: FieldStudy): Html {
  if (all.length === 0) return NOTHING;
  return html`<details><summary>${say.restsOn()} (${all.length})</summary><ul>${all.map((f) => html`<li><bdi>${f.sentence}</bdi>${f.assumed && html` <span class="badge doubtful">${say.assumed()}</span>`}</li>`)}</ul></details>`;
}

function failedChecks({ outcome }: FieldStudy): Html {
  const failed = outcome.checks.filter((c) => !c.holds);
  const held = outcome.checks.length - failed.length;
  return html`${failed.length > 0 && html`<p>${say.failed()}</p><ul>${failed.map((c) => html`<li>${checkCodes([c])}<bdi>${c.sentence}</bdi></li>`)}</ul>`}${held > 0 && sentence(say.held(held), "sub")}`;
}
