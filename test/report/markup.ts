import type { Section } from "../../src/report/section.ts";
import type { Study } from "../../src/report/study.ts";

/** Every attribute of a page that could fetch or run something, with its value as the browser would decode it. */
export function addresses(markup: string): string[] {
  const body = markup.replace(/<style>.*?<\/style>/gs, "").replace(/<script\b.*?<\/script>/gs, "");
  const attributes = [...body.matchAll(/<[a-z][^<>]*?>/gi)].flatMap((tag) =>
    [...tag[0].matchAll(/\s([a-z:-]+)="([^"]*)"/gi)].map((m) => [m[1]!.toLowerCase(), m[2]!] as const),
  );
  const fetching = attributes.filter(([name]) =>
    /^(src|srcset|href|xlink:href|action|formaction|data|poster|background|ping|manifest|cite)$/.test(name),
  );
  return [...fetching.map(([, value]) => value), ...[...markup.matchAll(/url\(\s*["']?([^"')]*)/g)].map((m) => m[1]!)];
}

/** Element names that a page may hold nothing of beyond the report's own. */
export function elementNames(markup: string): Set<string> {
  return new Set([...markup.replace(/<(style|script)\b.*?<\/\1>/gs, "").matchAll(/<([a-z][a-z0-9-]*)/gi)].map((m) => m[1]!.toLowerCase()));
}

/** Attribute names in use, read tag by tag as a browser would. */
export function attributeNames(markup: string): Set<string> {
  const tags = markup.replace(/<(style|script)\b.*?<\/\1>/gs, "").matchAll(/<[a-z][a-z0-9-]*((?:\s+[^\s=>"/]+(?:="[^"]*")?)*)\s*\/?>/gi);
  return new Set([...tags].flatMap((t) => [...t[1]!.matchAll(/\s([^\s=>"/]+)(?:="[^"]*")?/g)].map((m) => m[1]!.toLowerCase())));
}

/** The text that a reader sees. */
export function textOf(markup: string): string {
  return markup
    .replace(/<(style|script|title|desc)\b.*?<\/\1>/gs, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&#96;/g, "`")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();
}

/** What a section puts into the page, or the reason why it puts nothing. */
export function contentOf(section: Section, study: Study): string {
  const content = section.render(study);
  return "absent" in content ? content.absent : content.toString();
}
