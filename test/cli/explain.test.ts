import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { excluded, notInFolder } from "../../src/core/messages/cli.ts";
import { copyOf, FIXTURES, gammawatt, run } from "./command.ts";

describe("explain", () => {
  const lab = copyOf(join(FIXTURES, "lab"));

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

  it("a file that is not there", () => {
    const r = gammawatt("explain", lab, "nope.csv");
    expect([r.status, r.stderr.trim()]).toEqual([1, notInFolder("nope.csv", lab)]);
  });
});
