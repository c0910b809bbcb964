import type { GroupLabels } from "../../core/estimate.ts";
import { type Html, html, NOTHING } from "../html.ts";
import type { Study } from "../study.ts";
import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from "./d3-shape.ts";
import { px } from "./plot.ts";

const SHAPES: readonly SymbolType[] = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolCross, symbolStar, symbolWye];
/** Number of colours in the style sheet (c0, c1, ...). */
export const COLOURS = 7;

/** How one qubit of one cooldown is drawn in every figure: colour by qubit, shape by cooldown, hollow from the second round of colours on. */
export interface Marker {
  readonly colour: string;
  readonly shape: number;
  readonly hollow: boolean;
}

export const PLAIN_MARKER: Marker = { colour: "c0", shape: 0, hollow: false };

/** Markers for all groups of a study, in code-point order of their labels, so that the same study always looks the same. */
export function markersOf(study: Pick<Study, "comparisons" | "power" | "estimates" | "fits">): (labels: GroupLabels) => Marker {
  // Rows of a whole line are of no qubit; every other row of that route stands among the comparisons.
  const estimates = study.estimates.filter((e) => e.route !== "compare");
  const all = [...study.comparisons, ...study.power, ...estimates, ...study.fits].map((r) => r.labels);
  const qubits = [...new Set(all.map(qubitKey))].sort();
  const cooldowns = [...new Set(all.map((l) => l.cooldown))].sort();
  const numbers = new Map(qubits.map((q, i) => [q, i]));
  const shapes = new Map(cooldowns.map((c, i) => [c, i % SHAPES.length]));
  return (labels) => {
    const i = numbers.get(qubitKey(labels)) ?? 0;
    return { colour: `c${i % COLOURS}`, shape: shapes.get(labels.cooldown) ?? 0, hollow: Math.floor(i / COLOURS) % 2 === 1 };
  };
}

function qubitKey(labels: GroupLabels): string {
  return JSON.stringify([labels.device, labels.qubit]);
}

const outlines = new Map<string, string>();

/** The marker as a mark with its hover text; nothing where the place is not known. @param size area in square pixels. */
export function mark(marker: Marker, x: number, y: number, title: string, size = 44, hollow = marker.hollow): Html {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return NOTHING;
  const key = `${marker.shape} ${size}`;
  let d = outlines.get(key);
  if (d === undefined) {
    d = symbol(SHAPES[marker.shape] ?? symbolCircle, size).digits(1)() ?? "";
    outlines.set(key, d);
  }
  return html`<path class="mark ${marker.colour}${hollow && " hollow"}" transform="translate(${px(x)},${px(y)})" d="${d}">${title !== "" && html`<title>${title}</title>`}</path>`;
}

/** The marker alone, for legends and tables. */
export function swatch(marker: Marker): Html {
  return html`<svg class="swatch" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">${mark(marker, 0, 0, "", 56)}</svg>`;
}
