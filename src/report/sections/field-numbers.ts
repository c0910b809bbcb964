import * as say from "../../core/messages/report-field.ts";
import type { FieldNumber } from "../../field/outcome.ts";
import type { FieldStudy } from "../../routes/field/study.ts";
import type { Fitted } from "../field-scales.ts";
import { boundaryText, fieldName, gamma2Numbers, intervalText, profileText } from "../field-words.ts";
import { profileFigure } from "../figures/field-profile.ts";
import { type Html, html, NOTHING } from "../html.ts";
import { codeName, label, none } from "../names.ts";
import { measured, plain } from "../number.ts";
import { figure, sentence, table } from "../table.ts";
import { failedList } from "./field-headline.ts";

/** The laws compared, every fitted number, and a second field. */
export function fieldNumbers(outcome: Fitted): Html {
  return html`${laws(outcome)}<h4>${say.numbersTitle()}</h4>${numberTable(say.numbersTitle(), outcome.numbers)}${sentence(outcome.method, "sub")}${twoFields(outcome)}`;
}

/** Profile of gamma2; with a gamma2 per region there is no one number to hold. */
export function profilePanel(field: FieldStudy, outcome: Fitted): Html {
  const [gamma2, ...others] = gamma2Numbers(field);
  if (!gamma2 || others.length > 0 || outcome.profile.length < 2) return NOTHING;
  return figure(
    profileFigure(outcome.profile, gamma2, fieldName(field)),
    say.profileCaption(profileText(gamma2), boundaryText(field) ?? ""),
  );
}

function laws({ comparisons }: Fitted): Html {
  if (comparisons.length === 0) return NOTHING;
  const rows = comparisons.map((c) => [
    label(c.simpler, 60),
    label(c.richer, 60),
    ...[...c.chi2, ...c.parameters].map((v) => plain(v)),
    html`<strong>${label(c.preferred, 60)}</strong>`,
    html`<bdi>${c.sentence}</bdi>`,
  ]);
  const number = (head: string) => ({ head, number: true });
  const columns = [
    ...[{ head: "simpler" }, { head: "richer" }, number("χ² simpler"), number("χ² richer"), number("parameters"), number("parameters")],
    ...[{ head: "preferred" }, { head: "why", wide: true }],
  ];
  return html`<h4>${say.lawsTitle()}</h4>${table({ name: say.lawsTitle(), columns, rows })}`;
}

/** The second field, where the data ask for one; else why not. */
function twoFields({ twoFields: second }: Fitted): Html {
  if (!second) return NOTHING;
  const fit = second.state === "fitted" || second.state === "stopped" ? second : undefined;
  return html`<h4>${say.twoFieldsTitle()}</h4>${sentence(html`<bdi>${second.sentence}</bdi>`)}${
    fit &&
    html`${sentence(html`<bdi>${fit.law}</bdi> ${say.quality(plain(fit.chi2), plain(fit.dof), fit.n)}`)}${numberTable(say.twoFieldsTitle(), fit.numbers)}${failedList(fit.checks)}`
  }`;
}

function numberTable(name: string, numbers: readonly FieldNumber[]): Html {
  const columns = [
    ...[{ head: "number" }, { head: "value", number: true }, { head: "68 % interval", number: true }, { head: "what it is", wide: true }],
  ];
  const rows = numbers.map((n) => [
    codeName(n.name),
    html`<strong>${measured(n.value, n.sigma, n.unit)}</strong>`,
    intervalText(n) ?? none("the data do not bound it"),
    html`<bdi>${say.numberWords(n.name)}</bdi>`,
  ]);
  return html`<div class="compact">${table({ name, columns, rows })}</div>`;
}
