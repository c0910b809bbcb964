import { type Html, html } from "../html.ts";
import { type Marker, mark } from "./marker.ts";
import { band, curve } from "./marks.ts";

/** One row of a figure's key: what is drawn, and what it is. */
export interface KeyRow {
  readonly sample: Html;
  readonly text: Html | string;
}

/** A line with its band (either may be left out) as a sample; classes as in the figure. */
export function lineSample(kind: string, filled = "", edges = ""): Html {
  const at = (y: number) =>
    [
      [0, y],
      [26, y],
    ] as const;
  return html`<svg class="swatch" width="26" height="12" viewBox="0 0 26 12" aria-hidden="true">${
    filled !== "" &&
    band(
      [0, 26].map((x) => [x, 1.5, 10.5] as const),
      filled,
    )
  }${edges !== "" && [curve(at(1.5), edges), curve(at(10.5), edges)]}${kind !== "" && curve(at(6), kind)}</svg>`;
}

export function markSample(marker: Marker, hollow: boolean): Html {
  return html`<svg class="swatch" width="26" height="12" viewBox="0 0 26 12" aria-hidden="true">${mark(marker, 13, 6, "", 44, hollow)}</svg>`;
}

/** What the marks of a figure mean, below it. */
export function key(rows: readonly KeyRow[]): Html {
  return html`<ul class="key">${rows.map((r) => html`<li>${r.sample} ${r.text}</li>`)}</ul>`;
}
