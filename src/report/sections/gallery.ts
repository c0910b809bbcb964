import {
  dottedLaw,
  fitRowsCapped,
  galleryCounts,
  galleryIntro,
  leftOut,
  noFitDrawn,
  noFits,
  notDrawn,
} from "../../core/messages/report.ts";
import { parameterOf } from "../../fit/outcome.ts";
import { checkCodes, statusBadge } from "../badge.ts";
import { CAPS } from "../caps.ts";
import { decayFigure } from "../figures/decay.ts";
import { type Marker, markersOf, swatch } from "../figures/marker.ts";
import { byBadness, fitStatus, reducedChi2, t1Of } from "../fit-summary.ts";
import { chosenForGallery } from "../gallery-choice.ts";
import { type Html, html } from "../html.ts";
import { groupCells, groupName, label, none } from "../names.ts";
import { measured, plain } from "../number.ts";
import type { Section } from "../section.ts";
import type { StudyFit } from "../study.ts";
import { figure, folded, sentence, table } from "../table.ts";

/** Every trace with its fit and residuals as small multiples, worst first; what the caps leave out stands in a table. */
export const gallery: Section = {
  id: "gallery",
  title: "Decays",
  render(study) {
    if (study.fits.length === 0) return { absent: noFits() };
    const markerOf = markersOf(study);
    const { drawn, rest } = chosenForGallery(study.fits);
    const pictures = drawn.map((fit) => {
      const marker = markerOf(fit.labels);
      return figure(decayFigure(fit, marker), caption(fit, marker), "small");
    });
    return html`${sentence(`${galleryIntro()} ${galleryCounts(drawn.length, study.fits.length, CAPS.gallerySeries)}`)}<div class="panels small">${pictures}</div>${
      rest.length > 0 && folded(notDrawn(rest.length), restTable(rest))
    }`;
  },
};

function caption(fit: StudyFit, marker: Marker): Html {
  const { outcome } = fit;
  const t1 = t1Of(fit);
  const chi = reducedChi2(fit);
  const numbers =
    t1 && Number.isFinite(t1.value)
      ? html`<div>T1 ${measured(t1.value, t1.sigma, "s")}${Number.isFinite(chi) && `, χ²/dof ${plain(chi, 3)}`}${outcome.model !== "exponential" && html`, <code>${outcome.model}</code>`}${fit.axis === "mean" && ", fit of the average"}</div>`
      : html``;
  const why = outcome.state === "converged" ? "" : outcome.sentence;
  const other = fit.trace.better && parameterOf(fit.alternatives[fit.trace.better.law] ?? outcome, "t1");
  const better =
    fit.trace.better &&
    other &&
    html`<div class="sub">${dottedLaw(fit.trace.better.law)}: T1 ${measured(other.value, other.sigma, "s")}</div>`;
  const settings =
    fit.conditions.length > 0 &&
    html`<div class="sub">${fit.conditions.map((c) => `${c.name} = ${plain(c.value)}${c.unit && ` ${c.unit}`}`).join(", ")}</div>`;
  const file = fit.sources[0]?.split("/").at(-1) ?? "";
  const excluded = fit.trace.left_out.length > 0 && html`<div class="sub">${leftOut(fit.trace.left_out.length)}</div>`;
  return html`<div class="name">${swatch(marker)} <bdi>${groupName(fit.labels, 16)}</bdi> ${fit.labels.trace !== "" && "·"} ${label(fit.labels.trace, 44)}</div><div>${statusBadge(fitStatus(fit))} ${checkCodes(outcome.checks)}</div>${numbers}${better}${why !== "" && html`<div class="sub clamp" title="${why}"><bdi>${why}</bdi></div>`}${settings}${excluded}${file !== "" && html`<div class="sub">${label(file, 40)}</div>`}`;
}

function restTable(rest: readonly StudyFit[]): Html {
  const rows = [...rest].sort(byBadness).slice(0, CAPS.fitRows);
  return html`${table({
    name: "Fits that are not drawn, worst first",
    columns: [
      { head: "cooldown" },
      { head: "device" },
      { head: "qubit" },
      { head: "trace" },
      { head: "T1", number: true },
      { head: "χ²/dof", number: true },
      { head: "status, checks" },
      { head: "file", wide: true },
    ],
    rows: rows.map((fit) => {
      const t1 = t1Of(fit);
      const chi = reducedChi2(fit);
      const reason = fit.outcome.state === "refused" ? fit.outcome.sentence : noFitDrawn();
      return [
        ...groupCells(fit.labels),
        label(fit.labels.trace, 44),
        t1 && Number.isFinite(t1.value) ? measured(t1.value, t1.sigma, "s") : none(reason),
        Number.isFinite(chi) ? plain(chi, 3) : none(reason),
        html`${statusBadge(fitStatus(fit))} ${checkCodes(fit.outcome.checks)}`,
        label(fit.sources[0] ?? "", 40),
      ];
    }),
  })}${rows.length < rest.length && sentence(fitRowsCapped(rows.length, rest.length), "sub")}`;
}
