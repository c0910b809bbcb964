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

/** Plain text columns, left-aligned, two spaces apart. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}
