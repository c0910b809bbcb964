import { sha256 } from "../core/hash.ts";
import { failureBanner, nothingToShow, pageTitle, summaryLine } from "../core/messages/report.ts";
import { pageData } from "./data.ts";
import { FILM_SCRIPT } from "./film-script.ts";
import { type Html, html, jsonBlock, NOTHING } from "./html.ts";
import { plain } from "./number.ts";
import { prose } from "./prose.ts";
import { SCRIPT as PAGE_SCRIPT } from "./script.ts";
import { SECTIONS } from "./sections/registry.ts";
import type { Study } from "./study.ts";
import { FIGURE_STYLE } from "./style-figure.ts";
import { PAGE_STYLE } from "./style-page.ts";
import { shortened } from "./visible.ts";

const STYLE = PAGE_STYLE + FIGURE_STYLE;
const SCRIPT = PAGE_SCRIPT + FILM_SCRIPT;
// Nothing may be loaded (pictures lie in the page itself) and nothing run but these two texts, whatever a label holds.
const POLICY = `default-src 'none'; img-src data:; style-src '${digest(STYLE)}'; script-src '${digest(SCRIPT)}'; base-uri 'none'; form-action 'none'`;

/**
 * The report as one HTML file that opens offline: reads in the order verdict, changes, numbers, pictures, files, provenance.
 * Pure: the same study gives the same bytes.
 */
export function renderReport(study: Study): string {
  const parts = SECTIONS.map(({ id, title, render }) => ({ id, title, content: render(study) }));
  const shown = parts.flatMap(({ content, ...part }) => ("absent" in content ? [] : [{ ...part, content }]));
  const absent = parts.flatMap(({ content, title }) => ("absent" in content ? [{ title, reason: content.absent }] : []));
  const sections = shown.map((s) => html`<section id="${s.id}"><h2>${s.title}</h2>${s.content}</section>\n`);
  const title = `gammawatt: ${shortened(study.folder, 80)}`;
  // Style and script are constants of this program; everything else goes through the escaping tag.
  return [
    "<!doctype html>\n",
    html`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${title}</title>`,
    `<style>${STYLE}</style></head>\n<body>`,
    top(study, shown),
    html`<main>${sections}${absences(absent)}</main>\n<footer>gammawatt ${study.versions.gammawatt ?? ""}, ${moment(study.created)}</footer>\n`,
    jsonBlock("gammawatt-data", pageData(study)),
    `<script>${SCRIPT}</script></body></html>\n`,
  ].join("");
}

/** One line for everything that there is nothing to show for, with the reasons behind it. */
function absences(absent: readonly { readonly title: string; readonly reason: string }[]): Html {
  if (absent.length === 0) return NOTHING;
  const reasons = [...new Set(absent.map((a) => a.reason))];
  const titles = (own: typeof absent) => own.map((a) => a.title).join(", ");
  return html`<details class="absent"><summary>${nothingToShow(titles(absent))}</summary><dl>${reasons.map(
    (reason) => html`<dt>${titles(absent.filter((a) => a.reason === reason))}</dt><dd>${prose(reason)}</dd>`,
  )}</dl></details>\n`;
}

function top(study: Study, sections: readonly { readonly id: string; readonly title: string }[]): Html {
  const imported = study.files.filter((f) => f.status === "imported").length;
  const outcomes = [...study.fits, ...study.fields].map((f) => f.outcome.state);
  const refused = outcomes.filter((state) => state === "refused").length;
  const failures =
    study.failures.length > 0 && html`<p class="banner">${failureBanner(study.failures.length)} <a href="#files">Which, and why</a></p>`;
  return html`<header><h1>${pageTitle(study.fields.length > 0 && study.comparisons.length === 0)}: <bdi>${shortened(study.folder, 80)}</bdi></h1><p class="sub">${moment(study.created)}. ${summaryLine(
    imported,
    outcomes.length,
    refused,
    plain(study.seconds, 2),
  )}</p>${failures}<nav aria-label="Sections"><ul>${sections.map((s) => html`<li><a href="#${s.id}">${s.title}</a></li>`)}</ul></nav></header>\n`;
}

/** `2026-11-02 10:00 UTC`; anything that is no ISO time as it stands. */
function moment(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : iso;
}

function digest(text: string): string {
  return `sha256-${Buffer.from(sha256(text), "hex").toString("base64")}`;
}
