import type { Estimate } from "../../core/estimate.ts";
import { budgetDesc, budgetTitle } from "../../core/messages/report-figures.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { measured, plain } from "../number.ts";
import { shortened } from "../visible.ts";
import { note } from "./marks.ts";
import { px, svg } from "./plot.ts";

const WIDTH = 400;
const [LEFT, BAR_W, ROW] = [180, 160, 20];

/** Inputs as bars, largest first: solid = statistical, hollow = common to other estimates; the totals below. Lengths in percent of the value. */
export function budgetFigure(e: Estimate): Html {
  const lines = [...e.budget].sort((a, b) => size(b.contribution) - size(a.contribution));
  const rows = [
    ...lines.map((l) => ({
      text: l.input,
      size: size(l.contribution),
      known: Number.isFinite(l.contribution),
      kind: l.shared === undefined ? "stat" : "common",
    })),
    { text: "all statistical", size: size(e.sigmaStat), known: Number.isFinite(e.sigmaStat), kind: "stat total" },
    { text: "all common", size: size(e.sigmaCommon), known: Number.isFinite(e.sigmaCommon), kind: "common total" },
  ];
  const largest = Math.max(...rows.map((r) => r.size), Number.MIN_VALUE);
  const y = (i: number) => i * ROW + (i >= lines.length ? 8 : 0);
  const percent = (s: number) =>
    e.value === 0 || !Number.isFinite(e.value) ? measured(s, 0, e.unit) : `${plain((100 * s) / Math.abs(e.value), 2)} %`;
  const body = rows.map((r, i) => {
    const length = (BAR_W * r.size) / largest;
    return html`<g><title>${shortened(r.text, 200)}: ${r.known ? `±${measured(r.size, Number.NaN, e.unit).replace("(?)", "")}` : "not known"}</title>${note(LEFT - 8, y(i) + 14, shortened(r.text, 27), r.kind.includes("total") ? "strong" : "", "end")}<rect class="budget ${r.kind}" x="${LEFT}" y="${px(y(i) + 4)}" width="${px(r.known ? Math.max(length, 1) : 0)}" height="12"/>${note(LEFT + (r.known ? length : 0) + 6, y(i) + 14, r.known ? percent(r.size) : "– not known", "muted")}</g>`;
  });
  return svg({
    width: WIDTH,
    height: y(rows.length) + 4,
    title: budgetTitle(groupName(e.labels), e.quantity),
    desc: budgetDesc(lines.length),
    body: [...body, html`<path class="axis" d="M${LEFT} 0V${px(y(rows.length))}"/>`],
  });
}

function size(contribution: number): number {
  return Number.isFinite(contribution) ? Math.abs(contribution) : 0;
}
