import { execFile } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/page.ts";
import { SECTIONS } from "../../src/report/sections/registry.ts";
import { HOSTILE, richStudy } from "./example-study.ts";
import { attributeNames, elementNames } from "./markup.ts";

/** A Chromium on the path, or undefined. */
function chromium(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const all = (process.env.PATH ?? "").split(delimiter).flatMap((dir) => names.map((name) => join(dir, name)));
  return all.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch (error) {
      // Not there or not executable: the next one may be.
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      return false;
    }
  });
}

const browser = chromium();
const QUIET =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage".split(
    " ",
  );

describe.skipIf(browser === undefined)("in Chromium (skipped: no chromium on the path)", () => {
  const folder = mkdtempSync(join(tmpdir(), "gammawatt-report-"));
  const study = richStudy({ names: HOSTILE, cooldowns: [HOSTILE[0], HOSTILE[4]] });
  let dom = "";
  let log = "";

  beforeAll(async () => {
    const page = renderReport(study);
    writeFileSync(join(folder, "report.html"), page);
    const run = await promisify(execFile)(
      browser!,
      [
        ...QUIET,
        `--user-data-dir=${join(folder, "profile")}`,
        "--enable-logging=stderr",
        "--virtual-time-budget=2000",
        "--dump-dom",
        `file://${folder}/report.html`,
      ],
      { maxBuffer: 64e6, timeout: 100_000 },
    );
    dom = run.stdout;
    log = run.stderr;
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("opens without an error and without a refusal by the policy", () => {
    expect(log.split("\n").filter((line) => /CONSOLE|Content.Security|Refused to|Uncaught/i.test(line))).toEqual([]);
  });

  it("shows every section and runs its own script", () => {
    const shown = SECTIONS.filter((s) => !("absent" in s.render(study)));
    expect(shown.length).toBeGreaterThan(15);
    expect(dom.match(/<section id=/g)).toHaveLength(shown.length);
    expect(dom).toContain('id="readout"');
    expect(dom).toContain('type="search"');
    // The film is shown, with its controls.
    expect(dom).toMatch(/<figure class="strip film" data-film/);
    expect(dom).toMatch(/<div class="controls"><button type="button">(play|next)<\/button><input type="range"/);
  });

  it("made no element and no handler of the names", () => {
    // Sets, not the whole page: a failure must be readable.
    const elements = elementNames(dom);
    expect(["img", "iframe", "object", "embed", "link", "base", "form"].filter((name) => elements.has(name))).toEqual([]);
    expect(dom.match(/<script\b/g)).toHaveLength(2);
    expect([...attributeNames(dom)].filter((name) => name.startsWith("on"))).toEqual([]);
  });
});
