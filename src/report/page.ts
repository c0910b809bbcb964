import { sha256 } from "../core/hash.ts";
import { failureBanner, summaryLine } from "../core/messages/report.ts";
import { pageData } from "./data.ts";
import { FILM_SCRIPT } from "./film-script.ts";
import { type Html, html, jsonBlock } from "./html.ts";
import { plain } from "./number.ts";
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
  const sections = SECTIONS.map((s) => html`<section id="${s.id}"><h2>${s.title}</h2>${s.render(study)}</section>\n`);
  const title = `gammawatt: ${shortened(study.folder, 80)}`;
  // Style and script are constants of this program; everything else goes through the escaping tag.
  return [
    "<!doctype html>\n",
    html`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${title}</title>`,
    `<style>${STYLE}</style></head>\n<body>`,
    top(study),
    html`<main>${sections}</main>\n<footer>gammawatt ${study.versions.gammawatt ?? ""}, ${moment(study.created)}</footer>\n`,
    jsonBlock("gammawatt-data", pageData(study)),
    `<script>${SCRIPT}</script></body></html>\n`,
  ].join("");
}

function top(study: Study): Html {
  const imported = study.files.filter((f) => f.status === "imported").length;
  const refused = study.fits.filter((f) => f.outcome.state === "refused").length;
  const failures =
    study.failures.length > 0 && html`<p class="banner">${failureBanner(study.failures.length)} <a href="#files">Which, and why</a></p>`;
  return html`<header><h1>Energy relaxation measured two ways: <bdi>${shortened(study.folder, 80)}</bdi></h1><p class="sub">${moment(study.created)}. ${summaryLine(
    imported,
    study.fits.length,
    refused,
    plain(study.seconds, 2),
  )}</p>${failures}<nav aria-label="Sections"><ul>${SECTIONS.map((s) => html`<li><a href="#${s.id}">${s.title}</a></li>`)}</ul></nav></header>\n`;
}

/** `2026-11-02 10:00 UTC`; anything that is no ISO time as it stands. */
function moment(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : iso;
}

function digest(text: string): string {
  return `sha256-${Buffer.from(sha256(text), "hex").toString("base64")}`;
}
