import { scatterDesc, scatterTitle } from "../../core/messages/report-figures.ts";
import type { Comparison } from "../../routes/comparison.ts";
import { estimateText, shownSigma } from "../headline.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { measured } from "../number.ts";
import { makeAxis } from "./axis.ts";
import type { markersOf } from "./marker.ts";
import { mark } from "./marker.ts";
import { curve, horizontalBars, note, verticalBars } from "./marks.ts";
import { plot, svg } from "./plot.ts";

const WIDTH = 460;
const HEIGHT = 430;
const [LEFT, TOP, SIDE] = [58, 12, 368];
/** Rates that span more than this are drawn on logarithmic axes. */
const LOG_FROM = 3;
const MOST_NAMES = 14;

/** Groups with a number from both routes. */
export function comparable(comparisons: readonly Comparison[]): Comparison[] {
  return comparisons.filter(
    (c) => c.decay !== undefined && c.power !== undefined && Number.isFinite(c.decay.value) && Number.isFinite(c.power.value),
  );
}

/** Power route against decay route with total errors and the line of equality. @param pairs from {@link comparable}, at least one. */
export function scatterFigure(pairs: readonly Comparison[], markerOf: ReturnType<typeof markersOf>): Html {
  const data = pairs.map((c) => ({
    labels: c.labels,
    d: c.decay!.value,
    sd: known(shownSigma(c.decay!).sigma),
    p: c.power!.value,
    sp: known(shownSigma(c.power!).sigma),
    c,
  }));
  const values = data.flatMap((r) => [r.d, r.p]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const kind = low > 0 && high / low > LOG_FROM ? "log" : "linear";
  const lows = data.flatMap((r) => [r.d - r.sd, r.p - r.sp]);
  const highs = data.flatMap((r) => [r.d + r.sd, r.p + r.sp]);
  const domain: readonly [number, number] =
    kind === "log"
      ? [
          Math.min(low / 1.25, ...lows.filter((v) => v > low / 4)) / 1.05,
          Math.max(high * 1.25, Math.min(high * 4, ...[Math.max(...highs)])) * 1.05,
        ]
      : padded(Math.min(...lows), Math.max(...highs));
  const x = makeAxis({ name: "decay route 1/T1", unit: "1/s", domain, range: [0, SIDE], kind });
  const y = makeAxis({ name: "power route", unit: "1/s", domain, range: [SIDE, 0], kind });
  const named = data.length <= MOST_NAMES;
  const marks = [
    curve(
      [
        [0, SIDE],
        [SIDE, 0],
      ],
      "line reference identity",
    ),
    ...data.map((r) => {
      const marker = markerOf(r.labels);
      const [cx, cy] = [x.at(r.d), y.at(r.p)];
      const text = `${groupName(r.labels)}: decay ${estimateText(r.c.decay!)}, power ${estimateText(r.c.power!)}, ratio ${measured(r.c.ratio, r.c.sigmaRatio, "1")}`;
      return html`<g class="${marker.colour}">${verticalBars([[cx, y.at(r.p - r.sp), y.at(r.p + r.sp)]], SIDE)}${horizontalBars([[cy, x.at(r.d - r.sd), x.at(r.d + r.sd)]], 0)}${mark(marker, cx, cy, text, 60)}</g>`;
    }),
    ...(named ? names(data.map((r) => ({ text: groupName({ ...r.labels, device: "" }, 10), x: x.at(r.d), y: y.at(r.p) }))) : []),
    note(SIDE - 8, 20, "equal", "muted", "end"),
  ];
  return svg({
    width: WIDTH,
    height: HEIGHT,
    title: scatterTitle(),
    desc: scatterDesc(data.length, kind === "log"),
    body: [plot({ left: LEFT, top: TOP, x, y, marks })],
  });
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** Names beside their points, at the first of six places where nothing stands yet. */
function names(points: readonly { text: string; x: number; y: number }[]): Html[] {
  // The markers themselves are in the way as well.
  const placed: Box[] = points.map((p) => ({ left: p.x - 6, right: p.x + 6, y: p.y + 3.5 }));
  return points.map((p) => {
    const width = 6.4 * p.text.length;
    const candidates = [3.5, -8, 15].flatMap((dy) => [
      { left: p.x + 9, right: p.x + 9 + width, y: p.y + dy, anchor: "start" as const },
      { left: p.x - 9 - width, right: p.x - 9, y: p.y + dy, anchor: "end" as const },
    ]);
    const inside = candidates.filter((c) => c.left >= 0 && c.right <= SIDE && c.y > 8 && c.y < SIDE);
    const place = inside.find((c) => !placed.some((q) => overlaps(c, q))) ?? inside[0] ?? candidates[0]!;
    placed.push(place);
    return note(place.anchor === "start" ? place.left : place.right, place.y, p.text, "name", place.anchor);
  });
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && a.right > b.left && Math.abs(a.y - b.y) < 12;
}

function padded(low: number, high: number): readonly [number, number] {
  const margin = 0.08 * (high - low || Math.abs(high) || 1);
  return [low > 0 ? Math.max(0, low - margin) : low - margin, high + margin];
}

function known(sigma: number): number {
  return sigma > 0 ? sigma : 0;
}
