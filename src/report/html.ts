import { visible } from "./visible.ts";

/**
 * Markup that is safe to put into the page. The class is not exported, so the only ways to a value are the escaping tag `html`,
 * `jsonBlock` and `picture`: a plain string can never become markup.
 */
class SafeHtml {
  readonly #markup: string;
  constructor(markup: string) {
    this.#markup = markup;
  }
  toString(): string {
    return this.#markup;
  }
}
export type Html = SafeHtml;

/** What may stand in a template: text and numbers are escaped, markup and lists of it are joined, false and undefined vanish. */
export type Part = Html | string | number | false | undefined | readonly Part[];

/** Text for element content and quoted attributes; control and direction characters become visible ones. */
function escapeText(text: string): string {
  const shown = visible(text);
  return /[&<>"'`]/.test(shown) ? shown.replace(/[&<>"'`]/g, (c) => ENTITIES[c]!) : shown;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

const checked = new WeakSet<TemplateStringsArray>();

/**
 * Builds markup; every interpolated value is escaped. Interpolation is refused (it is a bug in a template, not in the data) where escaping
 * would not make it inert: unquoted attributes, tag names, event handlers, style attributes, addresses other than `#...`, comments.
 * @throws TypeError for such a template.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  if (!checked.has(strings)) {
    refuseUnsafePlaces(strings);
    checked.add(strings);
  }
  let markup = strings[0] ?? "";
  for (let i = 0; i < parts.length; i++) markup += render(parts[i]) + (strings[i + 1] ?? "");
  return new SafeHtml(markup);
}

export const NOTHING: Html = html``;

/** Data for the page's script: JSON in which nothing can end the element or start another one. NaN and infinities become null. */
export function jsonBlock(id: string, value: unknown): Html {
  const text = JSON.stringify(value).replace(
    /[<>&\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return new SafeHtml(`<script type="application/json" id="${escapeText(id)}">${text}</script>`);
}

/**
 * A picture of its own bytes (PNG), an SVG element of the given place and size in the units around it. The address is made here of bytes alone, so nothing
 * of a label can be in it.
 * @param id name under which `use` shows it again, elsewhere and in part; empty = none
 */
export function picture(
  bytes: Uint8Array,
  place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  id = "",
): Html {
  const [x, y, width, height] = [place.x, place.y, place.width, place.height].map((v) => Math.round(v * 100) / 100);
  const name = id === "" ? "" : ` id="${escapeText(id)}"`;
  const address = `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;
  return new SafeHtml(
    `<image class="pixels"${name} x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none" href="${address}"/>`,
  );
}

function render(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof SafeHtml) return part.toString();
  if (typeof part === "string") return escapeText(part);
  if (typeof part === "number") return String(part);
  return part.map(render).join("");
}

function refuseUnsafePlaces(strings: TemplateStringsArray): void {
  let before = "";
  for (const text of strings.slice(0, -1)) {
    before += text;
    const tag = before.slice(before.lastIndexOf("<"));
    const inTag = tag.startsWith("<") && !tag.includes(">");
    const attribute = /\s([a-z:-]+)\s*=\s*"([^"]*)$/i.exec(tag);
    const fail = (why: string) => {
      throw new TypeError(`html: ${why}: ${JSON.stringify(tag.slice(-60))}`);
    };
    if (/<!--(?!.*-->)/s.test(before)) fail("a value inside a comment");
    if (/<(script|style)\b[^>]*>[^<]*$/i.test(before)) fail("a value inside script or style");
    if (!inTag) continue;
    if (!attribute) {
      fail("a value in a tag must stand in a quoted attribute");
      continue;
    }
    const [, name = "", start = ""] = attribute;
    if (/^on/i.test(name) || /^(style|srcdoc)$/i.test(name)) fail(`a value in the attribute ${name}`);
    if (/^(href|src|action|formaction|xlink:href|data|poster)$/i.test(name) && !start.startsWith("#"))
      fail(`an address from data in ${name}`);
    // A value stands for itself in the scan, so that the attribute is seen as still open.
    before += "x";
  }
}
