/** Visits the lines of a text, ended by LF, CR LF or CR, without cutting them out: where each starts and ends, and its number from 1. */
export function eachLine(text: string, visit: (start: number, end: number, line: number) => void): void {
  let start = 0;
  for (let line = 1; start < text.length; line++) {
    let end = start;
    let code = text.charCodeAt(end);
    while (end < text.length && code !== 10 && code !== 13) code = text.charCodeAt(++end);
    visit(start, end, line);
    if (code === 13 && text.charCodeAt(end + 1) === 10) end++;
    start = end + 1;
  }
}
