import { type Html, html } from "./html.ts";

/** Splits a text at its subscripts: `n_{eq}` -> `n`, `eq`. Odd members are subscripts. */
export function subscripts(text: string): string[] {
  return text.split(/_\{([^{}]{1,8})\}/);
}

/** Text of this program (not labels) with `_{..}` as subscripts. */
export function prose(text: string): Html {
  return html`${subscripts(text).map((part, i) => (i % 2 ? html`<sub>${part}</sub>` : part))}`;
}

/** The same where no markup can stand: titles, read-outs. */
export function flat(text: string): string {
  return text.replace(/_\{([^{}]{1,8})\}/g, "_$1");
}
