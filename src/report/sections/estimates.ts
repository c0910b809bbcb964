import { type Estimate, sigmaOf } from "../../core/estimate.ts";
import {
  commonUnknown,
  noCombined,
  noEstimates,
  noReasonGiven,
  operatingPoints,
  refusedEstimates,
  standsInCsv,
} from "../../core/messages/report.ts";
import { checkCodes, statusBadge } from "../badge.ts";
import { CAPS } from "../caps.ts";
import { type Html, html } from "../html.ts";
import { codeName, groupCells, label, none } from "../names.ts";
import { rounded, writtenFor } from "../number.ts";
import type { Section } from "../section.ts";
import { folded, sentence, table } from "../table.ts";

/** All estimates: combined values first, single operating points folded, refused ones with their reason. */
export const estimates: Section = {
  id: "estimates",
  title: "Estimates",
  render(study) {
    if (study.estimates.length === 0) return sentence(noEstimates());
    const numbers = study.estimates.filter((e) => e.status !== "refused" && Number.isFinite(e.value));
    const refused = study.estimates.filter((e) => !numbers.includes(e));
    const combined = numbers.filter((e) => e.condition === "combined");
    const single = numbers.filter((e) => e.condition !== "combined");
    return html`${combined.length > 0 ? list("Combined values", combined, false) : sentence(noCombined())}${
      single.length > 0 && folded(operatingPoints(single.length), list("Single operating points", single, true))
    }${refused.length > 0 && refusals(refused)}`;
  },
};

function list(name: string, all: readonly Estimate[], condition: boolean): Html {
  const shown = all.slice(0, CAPS.rows);
  const rows = shown.map((e) => {
    const total = sigmaOf(e);
    const known = Number.isFinite(total);
    const w = writtenFor(e.value, e.unit);
    const show = (v: number) => (Number.isFinite(v) ? rounded(v * w.factor, 0) : "");
    const error = (v: number, reason: string) => (Number.isFinite(v) ? twoDigits(v * w.factor) : none(reason));
    return [
      ...groupCells(e.labels),
      e.route,
      codeName(e.quantity),
      codeName(e.estimator),
      ...(condition ? [label(e.condition, 32)] : []),
      html`<strong>${known ? rounded(e.value * w.factor, total * w.factor) : Number.isFinite(e.sigmaStat) ? html`${rounded(e.value * w.factor, e.sigmaStat * w.factor)}<span class="sub" title="${commonUnknown()}"> stat.</span>` : show(e.value)}</strong>`,
      w.unit,
      error(e.sigmaStat, "the statistical error is not known"),
      error(e.sigmaCommon, commonUnknown()),
      html`${statusBadge(e.status)} ${checkCodes(e.checks)}`,
      e.remark === "" ? "" : html`<bdi class="sub">${e.remark}</bdi>`,
    ];
  });
  const more = shown.length < all.length && sentence(standsInCsv(shown.length, all.length, "estimates.csv"), "sub");
  return html`${table({ name, columns: columns(condition), rows })}${more}`;
}

function columns(condition: boolean) {
  return [
    { head: "cooldown" },
    { head: "device" },
    { head: "qubit" },
    { head: "route" },
    { head: "quantity" },
    { head: "estimator" },
    ...(condition ? [{ head: "condition" }] : []),
    { head: "value", number: true },
    { head: "unit" },
    { head: "± stat.", number: true },
    { head: "± common", number: true },
    { head: "status, checks" },
    { head: "remark", wide: true },
  ];
}

function twoDigits(sigma: number): string {
  return sigma === 0 ? "0" : Number(sigma.toPrecision(2)) >= 10 ? sigma.toFixed(0) : String(Number(sigma.toPrecision(2)));
}

function refusals(all: readonly Estimate[]): Html {
  const shown = all.slice(0, CAPS.rows);
  return html`<h3>${refusedEstimates(all.length)}</h3>${table({
    name: "Refused estimates",
    columns: [
      { head: "cooldown" },
      { head: "device" },
      { head: "qubit" },
      { head: "route" },
      { head: "quantity" },
      { head: "estimator" },
      { head: "condition" },
      { head: "checks" },
      { head: "reason", wide: true },
    ],
    rows: shown.map((e) => [
      ...groupCells(e.labels),
      e.route,
      codeName(e.quantity),
      codeName(e.estimator),
      label(e.condition, 32),
      checkCodes(e.checks),
      reasonOf(e),
    ]),
  })}${shown.length < all.length && sentence(standsInCsv(shown.length, all.length, "estimates.csv"), "sub")}`;
}

function reasonOf(e: Estimate): string {
  const failed = e.checks.filter((c) => !c.holds).map((c) => c.sentence);
  return e.remark || failed[0] || noReasonGiven();
}
