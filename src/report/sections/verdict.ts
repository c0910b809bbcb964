import type { Estimate } from "../../core/estimate.ts";
import { noGroups, noNumberFrom, notComparable, ratioScale, verdictIntro } from "../../core/messages/report.ts";
import type { Comparison } from "../../routes/comparison.ts";
import { checkCodes, verdictBadge } from "../badge.ts";
import { markersOf, swatch } from "../figures/marker.ts";
import { ratioBar } from "../figures/ratio-bar.ts";
import { estimateText, shownSigma } from "../headline.ts";
import { type Html, html } from "../html.ts";
import { groupCells, none } from "../names.ts";
import { inverse, rounded } from "../number.ts";
import type { Section } from "../section.ts";
import { sentence, table } from "../table.ts";

/** One glance: every qubit and cooldown, T1 by both routes, their ratio, the pull, the verdict in words. */
export const verdict: Section = {
  id: "verdict",
  title: "Verdict",
  render(study) {
    if (study.comparisons.length === 0) return sentence(noGroups());
    const markerOf = markersOf(study);
    const ratios = study.comparisons.filter((c) => Number.isFinite(c.ratioDb));
    const widest = Math.max(0.5, ...ratios.map((c) => Math.abs(c.ratioDb) + (c.sigmaDb > 0 ? c.sigmaDb : 0)));
    const reach = [0.5, 1, 2, 3, 5, 10, 20, 30].find((r) => r >= widest) ?? 30;
    const rows = study.comparisons.map((c) => {
      const marker = markerOf(c.labels);
      const missing = c.missing.length > 0 && html`<ul class="sub">${c.missing.map((m) => html`<li>${m}</li>`)}</ul>`;
      return [
        swatch(marker),
        ...groupCells(c.labels),
        verdictBadge(c.verdict),
        timeCell(c.decay, "decay"),
        timeCell(c.power, "power"),
        ratioCell(c),
        Number.isFinite(c.ratioDb) ? ratioBar(c.ratioDb, c.sigmaDb, reach, marker) : none(notComparable()),
        Number.isFinite(c.pull) ? c.pull.toFixed(2).replace("-", "−") : none(notComparable()),
        html`<bdi>${c.sentence}</bdi>${missing}`,
      ];
    });
    return html`${sentence(verdictIntro())}${table({
      name: "Verdict per qubit and cooldown",
      columns: [
        { head: "" },
        { head: "cooldown" },
        { head: "device" },
        { head: "qubit" },
        { head: "verdict" },
        { head: "T1, decay", number: true },
        { head: "T1, power", number: true },
        { head: "ratio", number: true },
        { head: ratios.length > 0 ? ratioScale(String(reach)) : "" },
        { head: "pull", number: true },
        { head: "in words", wide: true },
      ],
      rows,
    })}`;
  },
};

/** T1 = 1/Gamma1_total, and the rate below it; a refusal gives its reason. */
function timeCell(e: Estimate | undefined, route: string): Html {
  if (e === undefined) return none(noNumberFrom(route));
  if (!Number.isFinite(e.value)) return html`${none(e.remark || noNumberFrom(route))}<div class="sub codes">${checkCodes(e.checks)}</div>`;
  const { sigma, lowerBound } = shownSigma(e);
  const doubtful = e.status !== "usable" && html`<div class="sub codes">${e.status}: ${checkCodes(e.checks)}</div>`;
  return html`<strong>${inverse(e.value, sigma)}</strong>${lowerBound && " stat."}<div class="sub">${estimateText(e)}</div>${doubtful}`;
}

function ratioCell(c: Comparison): Html {
  if (!Number.isFinite(c.ratio)) return none(notComparable());
  return html`${rounded(c.ratio, c.sigmaRatio)}<div class="sub">${rounded(c.ratioDb, c.sigmaDb)} dB</div>`;
}
