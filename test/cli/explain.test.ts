import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { excluded, notInFolder } from "../../src/core/messages/cli.ts";
import { badTraces, methodNames } from "../../src/core/messages/explain.ts";
import { unknownLaw } from "../../src/core/messages/fit.ts";
import { noSuchTrace } from "../../src/core/messages/laws.ts";
import { DECAY_LAWS } from "../../src/fit/models/index.ts";
import { copyOf, FIXTURES, gammawatt, run } from "./command.ts";

describe("explain", () => {
  const lab = copyOf(join(FIXTURES, "lab"), /cd07\/(q1_t1_00[37]|T1_q2)/);

  it("before a run: what would be done and why", () => {
    const r = gammawatt("explain", lab, "cd07/q1_t1_003.csv");
    expect(r.status, r.stderr).toBe(0);
    expect(r.stdout).toContain("would be read: new");
    expect(r.stdout).toContain("would be fitted: new");
  });

  it("after a run: the lab file's entry, the fit that stands, and why a file has none", () => {
    expect(run(lab).status).toBe(0);
    const fitted = gammawatt("explain", lab, join(lab, "cd07/q1_t1_003.csv"));
    expect(fitted.stdout).toMatch(/gammawatt\.yaml:\d+:\d+/);
    expect(fitted.stdout).toMatch(/in the store: exponential, T1 = 31\.7/);
    const out = gammawatt("explain", lab, "cd07/q1_t1_007.csv");
    expect(out.stdout).toContain(excluded(undefined, "burst of quasiparticles, seen on all qubits"));
    expect(out.stdout).not.toContain("in the store: exponential");
    const noise = gammawatt("explain", lab, "cd07/T1_q2_repeat.hdf5");
    expect(noise.stdout).toContain("check no_signal");
  });

  it("intervals of every kind side by side, and how often they hold the truth", () => {
    const r = gammawatt("explain", lab, "cd07/q1_t1_003.csv", "--intervals", "--coverage", "100");
    expect(r.status, r.stderr).toBe(0);
    for (const [, name] of methodNames) expect(r.stdout).toMatch(new RegExp(`${name} +[\\d.e-]+ \\.\\. [\\d.e-]+ 1/s`));
    expect(r.stdout).toMatch(/interval held the truth in \d+ of 100 simulated traces/);
  });

  it("another law: what the data leave open is said (with its intervals in explain.full.test.ts)", () => {
    const r = gammawatt("explain", lab, "cd07/q1_t1_003.csv", "--law", "biexponential", "--coverage", "5");
    expect(r.stdout).toMatch(/do not tell the biexponential law from the exponential/);
    expect(r.stdout).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("an unknown law, trace or number of traces", () => {
    const said = (...flags: string[]) => gammawatt("explain", lab, "cd07/q1_t1_003.csv", ...flags);
    expect(said("--law", "cubic").stderr.trim()).toBe(unknownLaw("cubic", Object.keys(DECAY_LAWS)));
    expect(said("--trace", "p2").stderr.trim()).toBe(noSuchTrace("p2", ["p1"]));
    expect(said("--coverage", "many").stderr.trim()).toBe(badTraces("many"));
    expect(said("--coverage", "many").status).toBe(1);
  });

  it("a file that is not there", () => {
    const r = gammawatt("explain", lab, "nope.csv");
    expect([r.status, r.stderr.trim()]).toEqual([1, notInFolder("nope.csv", lab)]);
  });
});
