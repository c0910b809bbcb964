import { type Estimate, sigmaOf } from "../../core/estimate.ts";
import {
  commonUnknown,
  noCombined,
  noEstimates,
  noReasonGiven,
  operatingPoints,
  otherEstimates,
  refusedEstimates,
  standsInCsv,
} from "../../core/messages/report.ts";
import { quotedOf } from "../../routes/partition/quoted.ts";
import { checkCodes, statusBadge } from "../badge.ts";
import { CAPS } from "../caps.ts";
import { type Html, html } from "../html.ts";
import { codeName, groupCells, groupKey, label, none } from "../names.ts";
import { plain, rounded, writtenFor } from "../number.ts";
import type { Section } from "../section.ts";
import { folded, sentence, table } from "../table.ts";

/** All estimates: headline values first, other combined ones and single operating points folded, refused ones with their reason. */
export const estimates: Section = {
  id: "estimates",
  title: "Estimates",
  render(study) {
    if (study.estimates.length === 0) return sentence(noEstimates());
    const numbers = study.estimates.filter((e) => e.status !== "refused" && Number.isFinite(e.value));
    const refused = study.estimates.filter((e) => !numbers.includes(e));
    const combined = byGroup(numbers.filter((e) => e.condition === "combined"));
    // Where several combinations of data give the same share or rate, one of them is quoted.
    const isHeadline = (e: Estimate) =>
      HEADLINES.includes(e.quantity) && (e.route !== "partition" || e === quotedOf(e.quantity, combined, e.labels));
    const headlines = combined.filter(isHeadline);
    const others = combined.filter((e) => !isHeadline(e));
    const single = byGroup(numbers.filter((e) => e.condition !== "combined"));
    return html`${headlines.length > 0 ? list("Headline values", headlines, false) : sentence(noCombined())}${
      others.length > 0 && folded(otherEstimates(others.length), list("Other combined values", others, false))
    }${
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
    const show = (v: number) => (Number.isFinite(v) ? plain(v * w.factor) : "");
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
      remark(e.remark),
    ];
  });
  const more = shown.length < all.length && sentence(standsInCsv(shown.length, all.length, "estimates.csv"), "sub");
  return html`${table({ name, columns: columns(condition), rows })}${more}`;
}

/** Qubit by qubit in the order of their first row, decay before power, otherwise as given. */
function byGroup(all: readonly Estimate[]): Estimate[] {
  const groups = [...new Set(all.map((e) => groupKey(e.labels)))];
  const place = new Map(groups.map((key, i) => [key, i]));
  return all
    .map((e) => ({ e, group: place.get(groupKey(e.labels)) ?? 0, route: ROUTES.indexOf(e.route) }))
    .sort((a, b) => a.group - b.group || a.route - b.route)
    .map(({ e }) => e);
}

/** What a group meeting asks for; the rest of the combined values is folded. */
const HEADLINES: readonly Estimate["quantity"][] = [
  "gamma1_total",
  "t1_mean",
  "ratio_power_over_decay",
  "gamma_r",
  "gamma_nr",
  "f_nonradiative",
  "field_gamma0",
  "field_gamma2",
];

const ROUTES: readonly Estimate["route"][] = ["decay", "power", "compare", "partition", "field"];

/** A long remark shows its beginning and opens on demand. */
function remark(text: string): Html | string {
  if (text.length <= LONG_REMARK) return text === "" ? "" : html`<bdi class="sub">${text}</bdi>`;
  const end = text.slice(0, LONG_REMARK).search(/[.:;] [^.:;]*$/);
  const cut = end > LONG_REMARK / 3 ? end + 1 : text.lastIndexOf(" ", LONG_REMARK);
  if (cut <= 0) return label(text, LONG_REMARK);
  return html`<details class="more sub"><summary><bdi>${text.slice(0, cut)}${end + 1 !== cut && " …"}</bdi></summary><bdi>${text.slice(cut).trim()}</bdi></details>`;
}
const LONG_REMARK = 100;

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
