/** The only file that writes to the terminal. Labels are data: control characters are shown, never sent. */

/** Makes text from files safe to print: control and bidirectional characters become visible escapes. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (c) => {
    return c === "\n" ? "\\n" : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

export function out(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function err(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A progress line that overwrites itself; only on a terminal. */
export class ProgressLine {
  private shown = 0;
  private last = 0;
  private readonly enabled: boolean;
  constructor(quiet: boolean) {
    this.enabled = !quiet && process.stderr.isTTY === true;
  }
  update(text: string): void {
    const now = performance.now();
    if (!this.enabled || now - this.last < 80) return;
    this.last = now;
    const line = visible(text).slice(0, (process.stderr.columns ?? 80) - 1);
    process.stderr.write(`\r${line.padEnd(this.shown)}`);
    this.shown = line.length;
  }
  clear(): void {
    if (this.shown > 0) process.stderr.write(`\r${" ".repeat(this.shown)}\r`);
    this.shown = 0;
  }
}

/** Characters of a line of the terminal; undefined for a file or a pipe, where nothing is cut. */
export const terminalWidth = () => (process.stdout.isTTY ? process.stdout.columns : undefined);

/** To these widths columns are cut, one after the other, until a row fits: the first one, of names, last. */
const CUTS = [24, 12, 6];

/** Plain text columns, left-aligned, two spaces apart. @param width of the terminal: where the rows are wider, the widest columns are cut */
export function columns(rows: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  const over = () => widths.reduce((sum, w) => sum + w + 2, -2) - width;
  for (const [step, least] of CUTS.entries())
    for (const i of [...widths.keys()].reverse()) {
      const floor = i === 0 ? (CUTS[step - 1] ?? 36) : least;
      if (over() > 0 && widths[i]! > floor) widths[i] = Math.max(floor, widths[i]! - over());
    }
  return rows.map((row) =>
    row
      .map((cell, i) => cut(cell, i === 0, width === Number.POSITIVE_INFINITY ? cell.length : widths[i]!).padEnd(widths[i]!))
      .join("  ")
      .trimEnd(),
  );
}

/** Names differ at their ends: they are cut in the middle. */
function cut(text: string, isName: boolean, width: number): string {
  if (text.length <= width) return text;
  const tail = isName ? Math.floor((2 * width) / 3) : 0;
  return `${text.slice(0, width - tail - 1)}\u2026${tail === 0 ? "" : text.slice(-tail)}`;
}
