import type { GroupLabels } from "../core/estimate.ts";
import { type Marker, swatch } from "./figures/marker.ts";
import { type Html, html } from "./html.ts";
import { groupName } from "./names.ts";

const MOST = 40;

/** Marker and name of every group in a figure. */
export function legend(groups: readonly GroupLabels[], markerOf: (labels: GroupLabels) => Marker): Html {
  const more = groups.length - MOST;
  return html`<ul class="legend">${groups.slice(0, MOST).map((l) => html`<li>${swatch(markerOf(l))} <bdi>${groupName(l)}</bdi></li>`)}${more > 0 && html`<li>and ${more} more</li>`}</ul>`;
}
