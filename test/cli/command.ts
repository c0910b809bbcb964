import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The real command, as built by `npm test`. */
export const MAIN = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
export const DATA = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
export const FIXTURES = fileURLToPath(new URL("../../fixtures/", import.meta.url));
export const HAS_DATA = existsSync(DATA);

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command and waits for it. */
export function gammawatt(...args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: "utf8",
    timeout: 120_000,
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

/** A new empty folder below the system's temporary one. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "gammawatt-test-"));
}

/** A writable copy of a folder. @param keep which of the cooldowns' files; all by default */
export function copyOf(folder: string, keep = /^/): string {
  const copy = join(temporaryFolder(), "lab");
  const isKept = (path: string) => !/cd\d+[/\\]./.test(path) || keep.test(path.replaceAll("\\", "/"));
  // Somebody may have run on the original: its store is not part of the lab.
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith(".gammawatt") && isKept(path) });
  return copy;
}

export interface RunOutcome extends Ended {
  readonly summary: {
    counts: { files: Record<string, number>; fits: { run: number; reused: number; refused: number } };
    reasons: { file: string; stage: string; code: string; before: string; after: string }[];
    failures: { file: string; place: string; message: string }[];
    seconds: number;
    outputs: string[];
  };
  readonly out: string;
  estimates(): Record<string, string>[];
  fits(): Record<string, string>[];
  report(): string;
}

/** `run --json` into a folder beside the data. */
export function run(folder: string, ...more: readonly string[]): RunOutcome {
  const out = `${folder}-report`;
  const ended = gammawatt("run", folder, "--out", out, "--json", ...more);
  const read = (name: string) => readFileSync(join(out, name), "utf8");
  return {
    ...ended,
    out,
    get summary() {
      return JSON.parse(ended.stdout) as RunOutcome["summary"];
    },
    estimates: () => parseCsv(read("estimates.csv")),
    fits: () => parseCsv(read("fits.csv")),
    report: () => read("report.html"),
  };
}

/** RFC 4180: quotes, doubled quotes, newlines inside quotes. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[i++];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "," || c === "\n") {
      rows.at(-1)!.push(cell);
      cell = "";
      if (c === "\n") rows.push([]);
    } else if (c !== "\r") cell += c;
  }
  const [header, ...body] = rows.filter((r) => r.length > 0);
  return body.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i] ?? ""])));
}
