import type { Estimate } from "../../core/estimate.ts";
import { budgetIntro, budgetsCapped, noBudget, standsInCsv } from "../../core/messages/report.ts";
import { isNoise } from "../../routes/budget.ts";
import { CAPS } from "../caps.ts";
import { budgetFigure, budgetGroups } from "../figures/budget.ts";
import { markersOf, swatch } from "../figures/marker.ts";
import { comparisonOf, estimateText } from "../headline.ts";
import { type Html, html } from "../html.ts";
import { codeName, groupCells, groupName, label, none } from "../names.ts";
import { writtenFor } from "../number.ts";
import type { Section } from "../section.ts";
import type { Study } from "../study.ts";
import { figure, folded, sentence, table } from "../table.ts";

/** What each input contributes, statistical and common apart. */
export const budget: Section = {
  id: "budget",
  title: "Uncertainty budget",
  render(study) {
    const all = study.estimates.filter((e) => e.condition === "combined" && e.budget.length > 0 && Number.isFinite(e.value));
    if (all.length === 0) return { absent: noBudget() };
    const markerOf = markersOf(study);
    // A budget of one line is no picture; rates and ratios are what people ask about.
    const worth = all.filter((e) => e.budget.length > 1 && (e.quantity === "ratio_power_over_decay" || isQuoted(study, e)));
    const shown = worth.slice(0, CAPS.budgets);
    const panels = shown.map((e) => {
      const marker = markerOf(e.labels);
      return figure(
        html`<div class="${marker.colour}">${budgetFigure(e)}</div>`,
        html`<div class="name">${swatch(marker)} <bdi>${groupName(e.labels)}</bdi></div><div><code>${e.quantity}</code> ${e.route} <code>${e.estimator}</code></div><div>${estimateText(e)}</div>`,
      );
    });
    return html`${sentence(budgetIntro())}${shown.length < worth.length && sentence(budgetsCapped(shown.length, worth.length))}${
      panels.length > 0 && html`<div class="panels">${panels}</div>`
    }${folded(`All budgets as a table (${all.length})`, lines(all))}`;
  },
};

/** The value of a route that the comparison quotes; every one where there is no comparison. */
function isQuoted(study: Study, e: Estimate): boolean {
  if (e.quantity !== "gamma1_total") return false;
  const compared = comparisonOf(study, e.labels);
  const quoted = e.route === "decay" ? compared?.decay : e.route === "power" ? compared?.power : undefined;
  return quoted === undefined || quoted.estimator === e.estimator;
}

/** Lines of one source together. */
function inOrder(e: Estimate) {
  return budgetGroups(e.budget).flatMap((g) => g.lines.map((l) => ({ l, kind: g.kind })));
}

function lines(all: readonly Estimate[]): Html {
  const rows = all.flatMap((e) =>
    inOrder(e).map(({ l, kind }) => {
      const w = writtenFor(e.value, e.unit);
      const share = (l.contribution / Math.abs(e.value)) * 100;
      return [
        ...groupCells(e.labels),
        e.route,
        codeName(e.quantity),
        codeName(e.estimator),
        kind,
        label(l.input, 60),
        isNoise(l) ? "statistical" : html`common: ${label(l.shared ?? "", 48)}`,
        Number.isFinite(l.contribution) ? signed(l.contribution * w.factor) : none("the error of this input is not known"),
        w.unit,
        Number.isFinite(share) ? `${signed(share)} %` : none("the error of this input is not known"),
      ];
    }),
  );
  const shown = rows.slice(0, CAPS.rows);
  return html`${table({
    name: "Contributions to the errors of the combined values",
    columns: [
      { head: "cooldown" },
      { head: "device" },
      { head: "qubit" },
      { head: "route" },
      { head: "quantity" },
      { head: "estimator" },
      { head: "source" },
      { head: "input", wide: true },
      { head: "kind" },
      { head: "contribution", number: true },
      { head: "unit" },
      { head: "share", number: true },
    ],
    rows: shown,
  })}${shown.length < rows.length && sentence(standsInCsv(shown.length, rows.length, "the data inside this page"), "sub")}`;
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${Number(value.toPrecision(2))}`.replace("-", "−");
}
