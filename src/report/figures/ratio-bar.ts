import { type Html, html } from "../html.ts";
import { type Marker, mark } from "./marker.ts";
import { px } from "./plot.ts";

const WIDTH = 120;
const HEIGHT = 20;

/** Ratio of the routes in dB on a line, with its error: small enough for a table's cell. @param reach end of the line, dB, both ways. */
export function ratioBar(db: number, sigma: number, reach: number, marker: Marker): Html {
  const at = (v: number) => WIDTH / 2 + (Math.max(-1, Math.min(1, v / reach)) * (WIDTH - 16)) / 2;
  const bar = sigma > 0 ? html`<path class="bar" d="M${px(at(db - sigma))} 10H${px(at(db + sigma))}"/>` : html``;
  return html`<svg class="mini" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"><path class="axis" d="M8 10H${WIDTH - 8}M${px(at(0))} 3V17M${px(at(-reach))} 7V13M${px(at(reach))} 7V13"/>${
    Number.isFinite(db) && html`<g class="${marker.colour}">${bar}${mark(marker, at(db), 10, "", 44)}</g>`
  }</svg>`;
}
