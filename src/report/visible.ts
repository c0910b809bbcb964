/** C0 and C1 controls, zero-width spaces and direction marks: characters that could hide or reorder the text around them. */
const HIDDEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]/u;
const HIDDEN_ALL = new RegExp(HIDDEN, "gu");

/** Text whose control and direction characters are shown as visible signs: `↵` for a line feed, `⟨U+202E⟩` for an override. */
export function visible(text: string): string {
  if (!HIDDEN.test(text)) return text;
  return text.replace(HIDDEN_ALL, (c) => {
    const code = c.charCodeAt(0);
    if (c === "\n") return "↵";
    if (c === "\t") return "⇥";
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}

/** At most `most` characters, the middle left out: both ends of a long name tell something. */
export function shortened(text: string, most: number): string {
  const shown = [...visible(text)];
  if (shown.length <= most) return shown.join("");
  const tail = Math.floor((most - 1) / 3);
  return `${shown.slice(0, most - 1 - tail).join("")}…${shown.slice(shown.length - tail).join("")}`;
}
