import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { random } from "../src/core/random.ts";
import { readBody } from "../src/importers/csv/body.ts";
import { detectLayout } from "../src/importers/csv/layout.ts";
import { importFile } from "../src/importers/import-file.ts";
import { type EncodedText, encodedText } from "../src/importers/text/text.ts";
import { readVersion1 } from "../src/importers/touchstone/version1.ts";
import { pythonWith, scriptPath } from "./peers/python.ts";
import { medians } from "./processor-time.ts";

const BYTES = 24e6;
const COLUMNS = 9;
const ROUNDS = 5;
/** Measured readers and the lines that they are measured by. */
const HEADERS = {
  csv: "frequency [GHz],re(S11),im(S11),re(S21),im(S21),re(S12),im(S12),re(S22),im(S22)",
  touchstone: "# GHz S RI R 50",
} as const;
type Kind = keyof typeof HEADERS;

/** Two-port S-parameters as CSV and Touchstone, with 6 to 17 digits: megabytes per second of processor time on one core, and ratios to other readers in the same run. */
export async function textBench(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const kind of ["csv", "touchstone"] as const)
    for (const digits of [6, 9, 15, 17]) lines.push(await measured(join(folder, kind === "csv" ? "long.csv" : "long.s2p"), kind, digits));
  lines.push(
    "text: `read` is bytes to columns of doubles, every number rounded as Number rounds it; `import` adds opening, two hashes and the dataset. All on one core; files are imported side by side.",
  );
  return lines;
}

async function measured(path: string, kind: Kind, digits: number): Promise<string> {
  await writeFile(path, fileText(kind, digits));
  const bytes = await readFile(path);
  const name = kind === "csv" ? "long.csv" : "long.s2p";
  const times = await medians(
    {
      read: () => readNumbers(kind, encodedText(bytes) as EncodedText),
      import: async () => {
        const result = await importFile(path, name, {});
        if (result.status !== "imported") throw new Error(result.message);
      },
      split: () => splitNumbers(bytes, kind === "csv" ? "," : " "),
    },
    ROUNDS,
  );
  const speed = (milliseconds: number) => `${(bytes.length / 1000 / milliseconds).toFixed(0)} MB/s`;
  const numbers = COLUMNS * countLines(bytes);
  const ratio = (milliseconds: number) => `${(milliseconds / times.read).toFixed(1)} x`;
  const peers = peerTimes(path, kind).map(({ name, seconds }) =>
    seconds === undefined ? `${name} is not installed` : `${ratio(1000 * seconds)} ${name} (${speed(1000 * seconds)})`,
  );
  return [
    `${kind}, ${digits} digits: read ${speed(times.read)} (${((1e6 * times.read) / bytes.length).toFixed(1)} ns per byte, ${((1e6 * times.read) / numbers).toFixed(0)} ns per number)`,
    `import ${speed(times.import)}`,
    `read is ${ratio(times.split)} split and Number (${speed(times.split)})`,
    ...peers,
  ].join("; ");
}

function readNumbers(kind: Kind, text: EncodedText): unknown {
  if (kind === "touchstone") return readVersion1(text, 2, "long.s2p");
  const layout = detectLayout(text, "long.csv");
  return readBody(
    text,
    layout,
    layout.header.map((_, c) => (c === 0 ? 9 : 0)),
    "long.csv",
  );
}

/** What a reader of ten lines does. */
function splitNumbers(bytes: Buffer, delimiter: string): Float64Array[] {
  const rows = bytes.toString("utf8").trimEnd().split("\n").slice(1);
  const columns = Array.from({ length: COLUMNS }, () => new Float64Array(rows.length));
  for (const [i, row] of rows.entries()) {
    const cells = row.split(delimiter);
    for (let c = 0; c < COLUMNS; c++) columns[c]![i] = Number(cells[c]);
  }
  return columns;
}

function fileText(kind: Kind, digits: number): string {
  const source = random(digits);
  const lines: string[] = [HEADERS[kind]];
  const separator = kind === "csv" ? "," : " ";
  for (let i = 0, length = 0; length < BYTES; i++) {
    const values = Array.from({ length: COLUMNS }, (_, c) => (c === 0 ? 5 + i * 1e-6 : source.uniform() - 0.5));
    // 17 digits as Python prints them.
    const line = values.map((x) => (digits === 17 ? String(x) : Number(x.toPrecision(digits)))).join(separator);
    lines.push(line);
    length += line.length + 1;
  }
  return `${lines.join("\n")}\n`;
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === 10) count++;
  return count - 1;
}

interface PeerTime {
  readonly name: string;
  readonly seconds?: number;
}

let python: string | undefined;

function peerTimes(path: string, kind: Kind): PeerTime[] {
  const script = scriptPath("read_text.py");
  python ??= pythonWith("numpy, pandas") ?? pythonWith("numpy") ?? "";
  if (python === "" || script === undefined) return [{ name: "numpy (bench/peers/README.md)" }];
  const ended = spawnSync(python, [script, path, kind], { encoding: "utf8" });
  return ended.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as PeerTime);
}
