/** A table as a lab script writes it: header line, commas, LF. Numbers in at most 12 digits. */
export function csvFile(columns: Readonly<Record<string, readonly number[]>>): Uint8Array {
  const names = Object.keys(columns);
  const rows = Math.max(...names.map((name) => columns[name]!.length));
  const lines = [names.join(",")];
  for (let i = 0; i < rows; i++) lines.push(names.map((name) => digits(columns[name]![i]!)).join(","));
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

/** The shortest text of a number rounded to 12 significant digits. */
export function digits(x: number): string {
  return String(Number(x.toPrecision(12)));
}
