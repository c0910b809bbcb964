import { forestDesc, forestTitle } from "../../core/messages/report-figures.ts";
import { type Html, html, NOTHING } from "../html.ts";
import { rounded } from "../number.ts";
import { shortened } from "../visible.ts";
import { makeAxis } from "./axis.ts";
import { type Marker, mark } from "./marker.ts";
import { note } from "./marks.ts";
import { px, svg } from "./plot.ts";

/** One ratio of the routes in dB. */
export interface ForestRow {
  readonly name: string;
  readonly db: number;
  /** Own noise alone; NaN where it is not known. */
  readonly stat: number;
  /** With everything shared; NaN where a part of it is not known. */
  readonly total: number;
  /** No independent test. */
  readonly hollow: boolean;
  /** Absent: the combined value of its group. */
  readonly marker?: Marker;
}

/** The ratios that rest on one attenuation, the combined one last. */
export interface ForestGroup {
  readonly title: string;
  readonly rows: readonly ForestRow[];
}

const [WIDTH, LEFT, PLOT_W, ROW] = [640, 168, 330, 19];
/** dB beyond which a ratio stands at the edge, with its number beside it. */
const FARTHEST = 10;

/** Reach of the axis that all figures of a study share, dB. */
export function forestReach(groups: readonly ForestGroup[]): number {
  const ends = groups.flatMap((g) => g.rows.map((r) => Math.abs(r.db) + (r.total > 0 ? r.total : r.stat > 0 ? r.stat : 0)));
  return Math.min(FARTHEST, Math.max(0.5, ...ends.filter(Number.isFinite)) * 1.08);
}

/** Ratios power/decay in dB by line and cooldown: thick bars own noise, thin bars the whole error, diamonds what one attenuation says altogether. */
export function forestFigure(groups: readonly ForestGroup[], reach: number): Html {
  const x = makeAxis({ name: "power/decay", unit: "dB", domain: [-reach, reach], range: [0, PLOT_W], suffix: "dB", count: 9 });
  const inside = (db: number) => x.at(Math.max(-reach, Math.min(reach, db)));
  const parts: Html[] = [];
  let y = 4;
  for (const group of groups) {
    parts.push(note(0, y + 13, shortened(group.title, 96), "name strong"));
    y += ROW;
    for (const row of group.rows) {
      parts.push(html`<g transform="translate(${LEFT},${px(y + ROW / 2)})">${rowMarks(row, inside)}</g>`);
      y += ROW;
    }
    y += 7;
  }
  const bottom = y;
  const scale = html`<g transform="translate(${LEFT},0)"><path class="grid" d="${x.ticks.map((t) => `M${px(t.at)} 0V${bottom}`).join("")}"/><path class="axis" d="M0 ${bottom}H${PLOT_W}M${px(x.at(0))} 0V${bottom}"/>${x.ticks.map((t) => html`<text class="tick" x="${px(t.at)}" y="${bottom + 13}" text-anchor="middle">${t.text}</text>`)}<text class="label" x="${PLOT_W / 2}" y="${bottom + 30}" text-anchor="middle">${x.label}</text></g>`;
  const all = groups.flatMap((g) => g.rows);
  return svg({
    width: WIDTH,
    height: bottom + 36,
    title: forestTitle(),
    desc: forestDesc(all.filter((r) => r.marker).length, groups.length, all.filter((r) => r.marker && r.hollow).length),
    body: [scale, ...parts],
  });
}

function rowMarks(row: ForestRow, at: (db: number) => number): Html {
  const { db, stat, total, marker, hollow } = row;
  const bar = (sigma: number, kind: string) =>
    sigma > 0 ? html`<path class="${kind}" d="M${px(at(db - sigma))} 0H${px(at(db + sigma))}"/>` : NOTHING;
  const known = Number.isFinite(total);
  const text = `${db > 0 ? "+" : ""}${rounded(db, known ? total : stat)} dB${known ? "" : " stat."}`;
  const title = `${row.name}: ${text}`;
  const point = marker ? mark(marker, at(db), 0, title, 46, hollow) : diamond(at(db), hollow, title);
  const name = note(-10, 4, shortened(row.name, 26), marker ? "" : "strong", "end");
  return html`${name}<g class="${marker?.colour ?? "whole"}">${bar(stat, "bar own")}${bar(total, "bar")}${point}</g>${note(PLOT_W + 10, 4, text, marker ? "muted" : "strong")}`;
}

function diamond(x: number, hollow: boolean, title: string): Html {
  return html`<path class="mark${hollow && " hollow"}" d="M${px(x - 7)} 0L${px(x)} -5.5L${px(x + 7)} 0L${px(x)} 5.5Z"><title>${title}</title></path>`;
}
