import type { BudgetLine, Estimate } from "../../core/estimate.ts";
import { budgetDesc, budgetTitle } from "../../core/messages/report-figures.ts";
import { isNoise } from "../../routes/budget.ts";
import { BUDGET_KINDS, type BudgetKind, budgetKind } from "../../routes/budget-kind.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { measured, plain } from "../number.ts";
import { shortened } from "../visible.ts";
import { note } from "./marks.ts";
import { px, svg } from "./plot.ts";

const WIDTH = 400;
const [LEFT, BAR_W, ROW] = [180, 160, 20];

/**
 * Inputs as bars under what they come from (statistical, attenuation, readout, ...), the largest source first: solid = statistical, hollow = common to
 * other estimates; the totals below. Lengths in percent of the value.
 */
export function budgetFigure(e: Estimate): Html {
  const rows: readonly Row[] = [
    ...budgetGroups(e.budget).flatMap(({ kind, lines }) => [{ heading: kind, size: together(lines) }, ...lines.map(rowOf)]),
    { text: "all statistical", size: e.sigmaStat, kind: "stat total" },
    { text: "all common", size: e.sigmaCommon, kind: "common total" },
  ];
  const largest = Math.max(...rows.map((r) => size(r.size)), Number.MIN_VALUE);
  const y = (i: number) => i * ROW + (i >= rows.length - 2 ? 8 : 0);
  const percent = (s: number) =>
    e.value === 0 || !Number.isFinite(e.value) ? measured(s, 0, e.unit) : `${plain((100 * s) / Math.abs(e.value), 2)} %`;
  const body = rows.map((r, i) => {
    if ("heading" in r)
      return note(LEFT - 8, y(i) + 15, `${r.heading}${Number.isFinite(r.size) ? `, ${percent(r.size)}` : ""}`, "strong", "end");
    const known = Number.isFinite(r.size);
    const length = (BAR_W * size(r.size)) / largest;
    const said = known ? `±${measured(r.size, Number.NaN, e.unit).replace("(?)", "")}` : "not known";
    return html`<g><title>${shortened(r.text, 200)}: ${said}</title>${note(LEFT - 8, y(i) + 14, shortened(r.text, 27), r.kind.includes("total") ? "strong" : "", "end")}<rect class="budget ${r.kind}" x="${LEFT}" y="${px(y(i) + 4)}" width="${px(known ? Math.max(length, 1) : 0)}" height="12"/>${note(LEFT + (known ? length : 0) + 6, y(i) + 14, known ? percent(r.size) : "– not known", "muted")}</g>`;
  });
  return svg({
    width: WIDTH,
    height: y(rows.length) + 4,
    title: budgetTitle(groupName(e.labels), e.quantity),
    desc: budgetDesc(e.budget.length),
    body: [...body, html`<path class="axis" d="M${LEFT} 0V${px(y(rows.length))}"/>`],
  });
}

/** A source and what its inputs make together, or one input. */
type Row = { readonly heading: string; readonly size: number } | { readonly text: string; readonly size: number; readonly kind: string };

const rowOf = (l: BudgetLine): Row => ({
  ...{ text: l.input, size: Math.abs(l.contribution), kind: isNoise(l) ? "stat" : "common" },
});

const together = (lines: readonly BudgetLine[]) => Math.hypot(...lines.map((l) => l.contribution));

/** Sources of a budget with their inputs, the largest first; what is not known counts as large. */
export function budgetGroups(budget: readonly BudgetLine[]): { readonly kind: BudgetKind; readonly lines: readonly BudgetLine[] }[] {
  const weight = (x: number) => (Number.isFinite(x) ? Math.abs(x) : Number.POSITIVE_INFINITY);
  return BUDGET_KINDS.map((kind) => ({
    kind,
    lines: budget.filter((l) => budgetKind(l) === kind).sort((a, b) => descending(weight(a.contribution), weight(b.contribution))),
  }))
    .filter((g) => g.lines.length > 0)
    .sort((a, b) => descending(weight(together(a.lines)), weight(together(b.lines))));
}

const descending = (a: number, b: number) => (a === b ? 0 : a < b ? 1 : -1);

function size(contribution: number): number {
  return Number.isFinite(contribution) ? Math.abs(contribution) : 0;
}
