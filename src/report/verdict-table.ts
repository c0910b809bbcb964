import { type Estimate, type GroupLabels, sigmaOf } from "../core/estimate.ts";
import * as say from "../core/messages/comparison-section.ts";
import { toShrink } from "../core/messages/cures.ts";
import { attenuationText } from "../core/messages/lines.ts";
import { noNumberFrom, notComparable } from "../core/messages/report.ts";

import { budgetKind, largestLine } from "../routes/budget-kind.ts";
import type { Comparison } from "../routes/comparison.ts";
import { quotedShare } from "../routes/partition/quoted.ts";
import { checkCodes, verdictBadge } from "./badge.ts";
import { type markersOf, swatch } from "./figures/marker.ts";
import { estimateText, shownSigma } from "./headline.ts";
import { type Html, html } from "./html.ts";
import { codeName, groupKey, label, none } from "./names.ts";
import { inverse, plain, rounded } from "./number.ts";
import type { Study } from "./study.ts";
import { table } from "./table.ts";

/** One row per qubit and cooldown: everything that a doubter asks for before believing the ratio. */
export function verdictTable(study: Study, markerOf: ReturnType<typeof markersOf>): Html {
  const rows = study.comparisons.map((c) => [
    html`${swatch(markerOf(c.labels))} ${nameCell(c.labels)}`,
    rateCell(c.decay, "decay"),
    rateCell(c.power, "power"),
    ratioCell(c),
    equilibriumCell(study, c),
    howCell(study, c),
    lineCell(c),
    shareCell(study, c.labels),
    wordsCell(study, c),
  ]);
  return table({
    name: "Verdict per qubit and cooldown",
    columns: [
      { head: "qubit" },
      { head: "1/T1, decay", number: true },
      { head: "rate, power", number: true },
      { head: "power/decay", number: true },
      { head: "n_eq", number: true },
      { head: "how" },
      { head: "attenuation" },
      { head: "non-radiative", number: true },
      { head: "verdict, failing checks, what would help most", wide: true },
    ],
    rows,
  });
}

function nameCell({ cooldown, device, qubit }: GroupLabels): Html {
  const rest = [cooldown, device].filter((t) => t !== "");
  return html`<strong>${qubit === "" ? none("not known") : label(qubit, 24)}</strong>${rest.length > 0 && html`<div class="sub">${rest.map((t, i) => html`${i > 0 && " / "}${label(t, 24)}`)}</div>`}`;
}

/** The rate, and T1 = 1/Gamma1_total below it; a refusal gives its reason. */
function rateCell(e: Estimate | undefined, route: string): Html {
  if (e === undefined) return none(noNumberFrom(route));
  if (!Number.isFinite(e.value)) return none(e.remark || noNumberFrom(route));
  const { sigma, lowerBound } = shownSigma(e);
  return html`<strong>${estimateText(e)}</strong><div class="sub">${inverse(e.value, sigma)}${lowerBound && " stat."}</div>`;
}

function ratioCell(c: Comparison): Html {
  if (!Number.isFinite(c.ratio)) return none(notComparable());
  const pull = Number.isFinite(c.pull) ? `${plain(c.pull, 2)} σ` : none("the error of one route is not known");
  return html`<strong>${c.ratioDb > 0 && "+"}${rounded(c.ratioDb, c.sigmaDb)} dB</strong><div class="sub">${rounded(c.ratio, c.sigmaRatio)}, ${pull}</div>`;
}

const find = (study: Study, labels: GroupLabels, quantity: Estimate["quantity"]) =>
  study.estimates.find(
    (e) => e.quantity === quantity && e.condition === "combined" && Number.isFinite(e.value) && groupKey(e.labels) === groupKey(labels),
  );

function equilibriumCell(study: Study, c: Comparison): Html {
  const e = find(study, c.labels, "n_eq");
  if (!e) return none(say.noEquilibriumHere());
  return html`${rounded(e.value * 100, sigmaOf(e) * 100)} %<div class="sub">${say.SOURCE_WORDS[e.estimator] ?? e.estimator}</div>`;
}

/** Estimator, detector, and over which saturation. */
function howCell(study: Study, c: Comparison): Html {
  if (!c.power) return none(noNumberFrom("power"));
  const key = groupKey(c.labels);
  const points = study.power.find((p) => p.estimator === c.power?.estimator && groupKey(p.labels) === key)?.points ?? [];
  const range = points.filter((p) => p.used && p.saturation > 0).map((p) => p.saturation);
  const [low, high] = [Math.min(...range), Math.max(...range)];
  return html`<code>${c.power.estimator}</code><div class="sub">${c.detectors.join(", ")}</div><div class="sub keep">${
    range.length > 0 ? say.saturationRange(plain(low, 2), plain(high, 2)) : none(say.noRange())
  }</div>`;
}

function lineCell(c: Comparison): Html {
  if (!c.line) return none(say.noLineHere());
  const { name, attenuation, sigma, origin, standing } = c.line;
  return html`<span class="keep">${attenuationText(attenuation, sigma)}</span><div class="sub">${label(name, 24)}, ${origin}</div><div class="sub">${say.STANDING_WORDS[standing]}</div>`;
}

function shareCell(study: Study, labels: GroupLabels): Html {
  const e = quotedShare(study.estimates, labels);
  return e ? html`${rounded(e.value, shownSigma(e).sigma)}<div class="sub">${codeName(e.estimator)}</div>` : none(say.noShare());
}

const ratioOf = (study: Study, c: Comparison) =>
  study.estimates.find(
    (e) => e.quantity === "ratio_power_over_decay" && e.condition === "combined" && groupKey(e.labels) === groupKey(c.labels),
  );

function wordsCell(study: Study, c: Comparison): Html {
  const ratio = ratioOf(study, c);
  const worst = ratio && largestLine(ratio.budget);
  const help = ratio && worst && toShrink(worst.input, (100 * Math.abs(worst.contribution)) / ratio.value, budgetKind(worst));
  const checks = ratio?.checks ?? [...(c.decay?.checks ?? []), ...(c.power?.checks ?? [])];
  const failed = checks.some((check) => !check.holds) && html`<div>${checkCodes(checks)}</div>`;
  const missing = c.missing.length > 0 && html`<ul class="sub">${c.missing.map((m) => html`<li>${m}</li>`)}</ul>`;
  return html`${verdictBadge(c.verdict)} <bdi>${c.sentence}</bdi>${failed}${help !== undefined && html`<div class="sub"><bdi>${help}</bdi></div>`}${missing}`;
}
