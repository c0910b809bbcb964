import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { copyOf, FIXTURES, run } from "./command.ts";

describe("what the lab file takes out, and what a name changes", () => {
  const lab = copyOf(join(FIXTURES, "lab"), /cd07\/(q|T1_q2|dataset|note)/);
  const first = run(lab);
  const rate = (r: typeof first, qubit: string) =>
    r
      .estimates()
      .find(
        (e) =>
          `${e.cooldown}/${e.qubit}` === qubit &&
          e.quantity === "gamma1_total" &&
          e.estimator === "complex_s" &&
          e.condition === "combined",
      )!.value;
  const before = { q1: rate(first, "cd07/q1"), q2: rate(first, "cd07/q2") };

  it("points of a population are taken out of the power route too, and the report says so", () => {
    const path = join(lab, "gammawatt.yaml");
    writeFileSync(
      path,
      `${readFileSync(path, "utf8")}  - { file: "cd07/q1_sat.csv", points: [0, 1, 2], reason: "readout resonator was warm" }\n`,
    );
    const r = run(lab);
    expect(r.status, r.stderr).toBe(0);
    expect(r.summary.counts.fits.run).toBe(0);
    expect(r.summary.reasons.map((x) => x.stage)).toEqual(["power", "joint"]);
    expect(rate(r, "cd07/q1")).not.toBe(before.q1);
    expect(rate(r, "cd07/q2")).toBe(before.q2);
    expect(r.report()).toContain("readout resonator was warm");
  });

  it("a renamed file is read under its new name and nothing is fitted again", () => {
    renameSync(join(lab, "cd07/q1_t1_000.csv"), join(lab, "cd07/q1_t1_999.csv"));
    const r = run(lab);
    expect(r.summary.counts.files).toMatchObject({ new: 1, changed: 0 });
    expect(r.summary.counts.fits.run).toBe(0);
  });

  it("reports of an earlier run inside the folder are not measurements", () => {
    const inside = join(lab, "reports-here");
    const one = run(lab, "--out", inside);
    expect(one.status, one.stderr).toBe(0);
    const two = run(lab);
    expect(two.status, two.stderr).toBe(0);
    expect(two.summary.counts.files.failed).toBe(0);
    expect(two.summary.counts.files.unrecognised).toBe(first.summary.counts.files.unrecognised);
  });
});
