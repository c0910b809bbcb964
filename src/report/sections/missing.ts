import { missingIntro, nothingMissing } from "../../core/messages/report.ts";
import { html } from "../html.ts";
import type { Section } from "../section.ts";
import { sentence } from "../table.ts";

/** What the lab file could still say, and what that would unlock. */
export const missing: Section = {
  id: "missing",
  title: "What is missing, and what it would unlock",
  render(study) {
    const all = [...new Set(study.missing)];
    if (all.length === 0) return sentence(nothingMissing());
    return html`${sentence(missingIntro(study.labFile))}<ul>${all.map((m) => html`<li><bdi>${m}</bdi></li>`)}</ul>`;
  },
};
