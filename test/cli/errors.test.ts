import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { labFileExists, noSuchFolder, notAFolder, nothingToRead, unknownPipeline } from "../../src/core/messages/cli.ts";
import { gammawatt, run, temporaryFolder } from "./command.ts";

const T1 = "delay [us],p1\n0,0.98\n10,0.71\n20,0.53\n30,0.41\n40,0.31\n50,0.25\n60,0.21\n80,0.15\n100,0.11\n120,0.09\n160,0.06\n200,0.05\n";

/** A wrong path, a broken file, no lab file, an unknown unit: what a newcomer meets first. */
describe("what a newcomer gets wrong", () => {
  it("a folder that is not there", () => {
    const folder = join(temporaryFolder(), "nowhere");
    const r = gammawatt("run", folder);
    expect([r.status, r.stderr.trim()]).toEqual([1, noSuchFolder(folder)]);
  });

  it("a file instead of a folder", () => {
    const file = join(temporaryFolder(), "a.csv");
    writeFileSync(file, T1);
    const r = gammawatt("run", file);
    expect([r.status, r.stderr.trim()]).toEqual([1, notAFolder(file)]);
  });

  it("a folder with nothing to read", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "note.txt"), "warm-up on Monday\n");
    const r = gammawatt("run", folder, "--out", `${folder}-report`);
    expect(r.status).toBe(1);
    expect(r.stderr).toContain(nothingToRead(folder));
  });

  it("an unknown pipeline", () => {
    const r = gammawatt("run", temporaryFolder(), "--pipeline", "t1");
    expect([r.status, r.stderr.trim()]).toEqual([1, unknownPipeline("t1", ["cooldown", "decay", "field-map"])]);
  });

  it("an unknown option, a missing argument and a senseless number", () => {
    for (const args of [["run", ".", "--colour"], ["run"], ["run", ".", "--jobs", "many"], ["rum", "."]]) {
      const r = gammawatt(...args);
      expect(r.status, args.join(" ")).toBe(1);
      expect(r.stderr.length, args.join(" ")).toBeGreaterThan(10);
      expect(r.stderr, args.join(" ")).not.toMatch(/\n\s+at /);
    }
  });

  it("a wrong lab file: file, line and column", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "q1_t1.csv"), T1);
    writeFileSync(join(folder, "gammawatt.yaml"), "qubits:\n  q1:\n    frequncy: 5 GHz\n");
    const r = gammawatt("run", folder, "--out", `${folder}-report`);
    expect(r.status).toBe(1);
    expect(r.stderr).toContain("gammawatt.yaml:3:5");
    expect(r.stderr).toContain("frequency");
  });

  it("init never overwrites, and what it drafts can be run", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "cd01"));
    writeFileSync(join(folder, "cd01/q1_t1.csv"), T1);
    expect(gammawatt("init", folder).status).toBe(0);
    const again = gammawatt("init", folder);
    expect([again.status, again.stderr.trim()]).toEqual([1, labFileExists(join(folder, "gammawatt.yaml"))]);
    const r = run(folder);
    expect(r.status, r.stderr).toBe(0);
    expect(r.estimates().find((e) => e.quantity === "gamma1_total")).toMatchObject({ cooldown: "cd01", qubit: "q1" });
  });

  it("--json prints one object and nothing else, --quiet nothing at all", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "q1_t1.csv"), T1);
    expect(run(folder).summary.counts.fits.run).toBe(1);
    const quiet = gammawatt("run", folder, "--out", `${folder}-report`, "--quiet");
    expect([quiet.status, quiet.stdout, quiet.stderr]).toEqual([0, "", ""]);
  });
});
