import { type Html, html } from "../html.ts";

/** The pattern that `.prior` is filled with, once in the page: dark lines with light borders, seen on every colour of a map and on paper. */
export function hatchPattern(): Html {
  return html`<svg class="patterns" width="0" height="0" aria-hidden="true"><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="under" d="M3.5 0v7"/><path class="over" d="M3.5 0v7"/></pattern></svg>`;
}
