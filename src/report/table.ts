import { type Html, html } from "./html.ts";
import { prose } from "./prose.ts";

export interface TableColumn {
  readonly head: string | Html;
  /** Right-aligned, digits of equal width. */
  readonly number?: boolean;
  /** Free text: takes the room that is left. */
  readonly wide?: boolean;
}

export interface TableInput {
  /** What the table is, for readers that hear it and for the filter field. */
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly (Html | string)[])[];
}

/** From this many rows on, the page's script adds a filter field. */
const FILTER_FROM = 15;

/** A table that scrolls sideways by itself in a narrow window. */
export function table(input: TableInput): Html {
  const kinds = input.columns.map((c) => (c.number ? "num" : c.wide ? "wide" : "cell"));
  const filter = input.rows.length >= FILTER_FROM ? "filter" : "plain";
  return html`<div class="table" data-table="${filter}" tabindex="0" role="region" aria-label="${input.name}"><table><caption>${input.name}</caption><thead><tr>${input.columns.map(
    (c, i) => html`<th scope="col" class="${kinds[i] ?? "cell"}">${c.head}</th>`,
  )}</tr></thead><tbody>
${input.rows.map((row) => html`<tr>${row.map((cell, i) => html`<td class="${kinds[i] ?? "cell"}">${cell}</td>`)}</tr>\n`)}</tbody></table></div>`;
}

/** Bulk that opens on demand; on paper its heading stands with its count (the rows are in the CSV files), unless it was opened before printing. */
export function folded(summary: string | Html, content: Html): Html {
  return html`<details class="bulk"><summary>${summary}</summary>${content}</details>`;
}

/** A paragraph; in a text, `n_{eq}` gets a subscript. */
export function sentence(text: string | Html, kind = ""): Html {
  return html`<p class="${kind}">${typeof text === "string" ? prose(text) : text}</p>`;
}

/** A picture with what is written below it. */
export function figure(picture: Html, caption: Html | string, kind = ""): Html {
  return html`<figure class="${kind}">${picture}<figcaption>${caption}</figcaption></figure>`;
}
