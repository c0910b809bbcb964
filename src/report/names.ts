import type { GroupLabels } from "../core/estimate.ts";
import { type Html, html } from "./html.ts";
import { shortened, visible } from "./visible.ts";

const LONGEST = 48;

/** A label or path as text: isolated, so that its direction does not turn its surroundings, and shortened with the whole in the title. */
export function label(text: string, most = LONGEST): Html {
  const short = shortened(text, most);
  // Titles of 10 kB names repeated in every row would be the report's bulk.
  return short === visible(text) ? html`<bdi>${text}</bdi>` : html`<bdi title="${shortened(text, 400)}">${short}</bdi>`;
}

/** `cd07 / chipA / q1`, without what is not known; shortened for titles of figures. */
export function groupName(labels: GroupLabels, most = 24): string {
  const parts = [labels.cooldown, labels.device, labels.qubit].filter((p) => p !== "").map((p) => shortened(p, most));
  return parts.length === 0 ? "no labels" : parts.join(" / ");
}

/** One text per group, for maps. */
export function groupKey(labels: GroupLabels): string {
  return JSON.stringify([labels.cooldown, labels.device, labels.qubit]);
}

/** Cells for cooldown, device and qubit. */
export function groupCells(labels: GroupLabels): [Html, Html, Html] {
  return [
    orNone(labels.cooldown, "not known: the file lies in the folder's root"),
    orNone(labels.device, "not stated"),
    orNone(labels.qubit, "not known"),
  ];
}

function orNone(text: string, reason: string): Html {
  return text === "" ? none(reason) : label(text, 40);
}

/** An unknown number or name: an en dash with the reason. */
export function none(reason: string): Html {
  return html`<span class="none" title="${reason}">–</span>`;
}

/** A name of this program (quantity, estimator), which may break after its underscores. */
export function codeName(name: string): Html {
  const parts = visible(name).split("_");
  return html`<code>${parts.map((part, i) => (i < parts.length - 1 ? html`${part}_<wbr>` : part))}</code>`;
}
