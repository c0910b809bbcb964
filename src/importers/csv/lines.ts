export type Delimiter = "," | ";" | "\t" | "|" | " ";

/** One line of a text: its characters without the line end, its number from 1, and where it starts. */
export interface Line {
  readonly text: string;
  readonly number: number;
  readonly start: number;
}

/** Lines of the first `window` characters, ended by LF, CR LF or CR; a line that the window cuts is left off. */
export function linesOf(text: string, window = text.length): Line[] {
  const lines: Line[] = [];
  let start = 0;
  const end = Math.min(window, text.length);
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code !== 10 && code !== 13) continue;
    lines.push({ text: text.slice(start, i), number: lines.length + 1, start });
    if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
    start = i + 1;
  }
  const whole = end === text.length;
  if (start < end && (whole || lines.length === 0)) lines.push({ text: text.slice(start, end), number: lines.length + 1, start });
  return lines;
}

/** `#`, `%`, `!` and `//` begin a comment; `;` too, where it does not separate columns. Excel's `#N/A` and `#DIV/0!` begin none. */
export function isComment(line: string, delimiter: Delimiter = ";"): boolean {
  return (delimiter === ";" ? /^\s*(?:#(?!(?:N\/A|DIV\/0!))|[%!]|\/\/)/ : /^\s*(?:#(?!(?:N\/A|DIV\/0!))|[%!;]|\/\/)/).test(line);
}

/** Lines that only frame a table in instrument exports: `BEGIN CH1_DATA`, `END`, and the Ctrl-Z with which DOS ended a file. */
export function isMarker(line: string): boolean {
  return line === "\u001a" || /^\s*(?:BEGIN(?:\s+\w+)?|END)\s*$/.test(line);
}

/** The text of a comment without its marks. */
export function commentText(line: string): string {
  return line.replace(/^\s*(?:[#%!;]|\/\/)+/, "").trim();
}

/** Cells of a line, trimmed; a quoted cell may hold the delimiter, `""` inside it is a quote. A blank delimiter stands for any run of blanks. */
export function splitCells(line: string, delimiter: Delimiter): string[] {
  if (delimiter === " ") return joinUnits(line.trim().match(/"[^"]*"|\S+/g) ?? []);
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (c === '"' && quoted && line[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (c === '"') quoted = !quoted;
    else if (c === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += c;
  }
  cells.push(cell.trim());
  return cells;
}

/** Where blanks separate, names of several words stand two blanks apart, or end in their unit: `delay time (us) p1`. */
export function splitNames(line: string, width: number): readonly string[] | undefined {
  return [/\s{2,}|\t/, /(?<=[\])])\s+/].map((gap) => line.trim().split(gap)).find((names) => names.length === width);
}

/** In a header separated by blanks, `delay [us]` is one cell; a complex number is a cell of its own. */
function joinUnits(tokens: readonly string[]): string[] {
  const cells: string[] = [];
  for (const token of tokens) {
    const plain = token.startsWith('"') && token.endsWith('"') && token.length > 1 ? token.slice(1, -1) : token;
    if (/^[[(]/.test(plain) && !/^\(.*\d[ij]\)$/.test(plain) && cells.length > 0) cells[cells.length - 1] += ` ${plain}`;
    else cells.push(plain);
  }
  return cells;
}
