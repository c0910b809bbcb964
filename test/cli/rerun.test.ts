import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { replacedOutputs } from "../../src/core/messages/cli.ts";
import { copyOf, FIXTURES, gammawatt, run, temporaryFolder } from "./command.ts";

/** Issue 2, "Second run": nothing is done twice, and each thing done again says why. */
describe("running again", () => {
  const lab = copyOf(join(FIXTURES, "lab"), /cd07\/(q[13]_|dataset)/);
  const first = run(lab);

  it("the first run fits everything and gives a reason for each", () => {
    expect(first.status, first.stderr).toBe(0);
    expect(first.summary.counts.fits.run).toBeGreaterThan(0);
    expect(first.summary.counts.fits.reused).toBe(0);
    expect(new Set(first.summary.reasons.map((r) => r.code))).toEqual(new Set(["new-input"]));
  });

  it("a second run does nothing and leaves the outputs as they are", () => {
    const before = ["report.html", "estimates.csv", "fits.csv"].map((n) => readFileSync(join(first.out, n), "utf8"));
    const again = run(lab);
    expect(again.status).toBe(0);
    expect(again.summary.counts.fits.run).toBe(0);
    expect(again.summary.counts.fits.reused).toBe(first.summary.counts.fits.run);
    expect(again.summary.counts.files).toMatchObject({ new: 0, changed: 0 });
    expect(again.summary.reasons).toEqual([]);
    expect(["report.html", "estimates.csv", "fits.csv"].map((n) => readFileSync(join(first.out, n), "utf8"))).toEqual(before);
  });

  it("a changed file is read and fitted again, alone, with before and after", () => {
    const file = "cd07/q1_t1_000.csv";
    const path = join(lab, file);
    const lines = readFileSync(path, "utf8").split("\n");
    const cells = lines[3]!.split(",");
    cells[1] = String(Number(cells[1]) + 0.01);
    lines[3] = cells.join(",");
    writeFileSync(path, lines.join("\n"));
    const r = run(lab);
    expect(r.summary.counts.files.changed).toBe(1);
    const imports = r.summary.reasons.filter((x) => x.stage === "import");
    expect(imports).toMatchObject([{ file, code: "input-changed" }]);
    expect(imports[0]!.before).not.toBe(imports[0]!.after);
    // Its own fit and the average of its series.
    expect(r.summary.counts.fits.run).toBe(2);
    // T1 enters the power route through the gap between drive and readout: computed again, and told of the same file.
    expect(r.summary.reasons.map((x) => x.file)).toEqual(r.summary.reasons.map(() => file));
    expect(r.summary.reasons.map((x) => x.stage)).toEqual(["import", "fit", "fit", "power", "joint"]);
  });

  it("a file touched without a change of content is not read again", () => {
    const path = join(lab, "cd07/q1_t1_000.csv");
    writeFileSync(path, readFileSync(path));
    const r = run(lab);
    expect(r.summary.counts.fits.run).toBe(0);
    expect(r.summary.reasons).toEqual([]);
  });

  it("an edited attenuation recomputes the power route of its qubits and no fit", () => {
    const path = join(lab, "gammawatt.yaml");
    const text = readFileSync(path, "utf8");
    const edited = text.replace(/(drive2:.*?attenuation: )([\d.]+)/s, (_all, before: string, dB: string) => `${before}${Number(dB) + 0.1}`);
    expect(edited).not.toBe(text);
    writeFileSync(path, edited);
    const r = run(lab);
    expect(r.summary.counts.fits.run).toBe(0);
    expect(r.summary.reasons.length).toBeGreaterThan(0);
    for (const x of r.summary.reasons) {
      expect(x).toMatchObject({ stage: expect.stringMatching(/^(power|joint)$/), code: "option-changed" });
      expect(x.file).toMatch(/q3/);
      expect(`${x.before} ${x.after}`).toMatch(/attenuation/);
    }
  });

  it("--dry-run says what it would do and writes nothing", () => {
    const path = join(lab, "cd07/q1_t1_001.csv");
    const text = readFileSync(path, "utf8");
    rmSync(join(first.out, "summary.json"));
    writeFileSync(
      path,
      text.replace(/,0\.(\d)/, (_all, digit: string) => `,0.${(Number(digit) + 1) % 10}`),
    );
    const dry = run(lab, "--dry-run");
    expect(dry.status).toBe(0);
    expect(dry.summary.reasons.some((x) => x.file === "cd07/q1_t1_001.csv")).toBe(true);
    expect(() => readFileSync(join(first.out, "summary.json"))).toThrow();
    const real = run(lab);
    expect(real.summary.counts.fits.run).toBe(2);
  });

  it("a missing output is written again without a fit", () => {
    rmSync(join(first.out, "report.html"));
    const r = run(lab);
    expect(r.summary.counts.fits.run).toBe(0);
    expect(r.report()).toContain("<!doctype html>");
  });
});

describe("two folders with one output folder", () => {
  const [one, other] = [7, 8].map((cooldown) => copyOf(join(FIXTURES, "lab"), new RegExp(`cd0${cooldown}/q1_t1_00[0-3]`)));
  const out = join(temporaryFolder(), "report");
  const reportOf = (lab: string) => gammawatt("run", lab, "--out", out);

  it("each run leaves its own report, and says that it replaced another's", () => {
    expect(reportOf(one!).stderr).not.toContain(replacedOutputs(out));
    expect(reportOf(other!).stderr).toContain(replacedOutputs(out));
    const again = reportOf(one!);
    expect(again.stdout).toContain("fits: 0 run");
    expect(again.stderr).toContain(replacedOutputs(out));
    const rates = readFileSync(join(out, "estimates.csv"), "utf8");
    expect(rates).toContain("cd07,");
    expect(rates).not.toContain("cd08,");
    expect(reportOf(one!).stderr).not.toContain(replacedOutputs(out));
  });
});
