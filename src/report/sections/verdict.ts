import { cooldownsIntro, forestIntro, verdictIntro } from "../../core/messages/comparison-section.ts";
import { noGroups } from "../../core/messages/report.ts";
import * as say from "../../core/messages/report-field.ts";
import { checkCodes, statusBadge, verdictBadge } from "../badge.ts";
import { CAPS } from "../caps.ts";
import { cooldownTable } from "../cooldown-table.ts";
import { isFitted } from "../field-scales.ts";
import { fieldName, foundText, notQuoted, profilesText } from "../field-words.ts";
import { forestFigure, forestReach } from "../figures/forest.ts";
import { markersOf } from "../figures/marker.ts";
import { forestGroups, inFigures } from "../forest-groups.ts";
import { type Html, html } from "../html.ts";
import type { Section } from "../section.ts";
import type { Study } from "../study.ts";
import { figure, sentence } from "../table.ts";
import { verdictTable } from "../verdict-table.ts";

/**
 * The two routes side by side: what each attenuation says altogether, the ratios as a picture, every qubit and cooldown with what its ratio rests on,
 * and what changed from cooldown to cooldown.
 */
export const verdict: Section = {
  id: "verdict",
  title: "Verdict",
  render(study) {
    const fields = fieldLines(study);
    if (study.comparisons.length === 0) return study.fields.length > 0 ? fields : sentence(noGroups());
    const markerOf = markersOf(study);
    return html`${sentence(verdictIntro())}${lineList(study)}${forest(study)}<div class="across">${verdictTable(study, markerOf)}${
      study.cooldowns.length > 0 && html`<h3>From cooldown to cooldown</h3>${sentence(cooldownsIntro())}${cooldownTable(study)}`
    }</div>${study.fields.length > 0 && html`<h3>${say.title()}</h3>${fields}`}`;
  },
};

/** What was found of each field, and what makes it doubtful. */
function fieldLines(study: Study): Html {
  return html`${study.fields.slice(0, CAPS.fields).map((f) => {
    const { outcome } = f;
    const text = notQuoted(f) ?? (isFitted(outcome) ? [foundText(study, f, outcome), profilesText(f)].join(" ") : outcome.sentence);
    return html`<p class="line-test">${statusBadge(outcome.state === "stopped" ? "stopped" : f.status)} <a href="#field">${fieldName(f)}</a>: <bdi>${text}</bdi> ${checkCodes(outcome.checks)}</p>`;
  })}`;
}

/** One sentence per attenuation on which two or more ratios rest; of a single one the table speaks. */
function lineList(study: Study): Html {
  const shared = study.lines.filter((t) => t.members.length > 1);
  return html`${shared.map((t) => html`<p class="line-test">${verdictBadge(t.verdict)} <bdi>${t.sentence}</bdi></p>`)}`;
}

function forest(study: Study): Html {
  const groups = forestGroups(study, markersOf(study));
  if (groups.length === 0) return html``;
  const reach = forestReach(groups);
  return html`${sentence(forestIntro())}${inFigures(groups, CAPS.forest).map((part) => figure(forestFigure(part, reach), "", "full"))}`;
}
