import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unused as say } from "../../src/core/messages/lab.ts";
import { copyOf, FIXTURES, gammawatt, temporaryFolder } from "./command.ts";

/** T1 = 40 us, 1000 shots, 12 delays. */
const DECAY = `delay [us],p1,shots\n${Array.from({ length: 12 }, (_, i) => `${i * 10},${Math.exp(-i / 4).toFixed(3)},1000`).join("\n")}\n`;

const LAB = `qubits:
  q1:
  q01: { frequency: 5 GHz }
lines:
  a: { qubits: [q1, q7, q01] }
cooldowns:
  cd7:
  cd08: { qubits: { q1: { frequency: 5 GHz }, q2: { frequency: 5 GHz } } }
  cd99: { qubits: { q1: { frequency: 5 GHz } } }
files:
  - { match: "{cooldown}/{qubit}_t1_*.csv", kind: decay }
  - { match: "{cooldown}/{qubit}_echo_*.csv", kind: coherence }
  - { match: "**/q1_t1_0.*", kind: decay }
exclude:
  - { file: cd07/q1_t1_3.csv, reason: a }
  - { match: "*/*_t2_*", reason: b }
  - { file: cd07/q1_t1_1.csv, trace: p2, reason: c }
  - { file: cd07/q1_t1_1.csv, points: [0, 11, 12, 40], reason: d }
  - { file: cd07/notes.md, reason: e }
  - { match: "cd08/**", trace: p1, points: [11], reason: f }
`;

function folder(): string {
  const lab = temporaryFolder();
  for (const cd of ["cd07", "cd08"]) mkdirSync(join(lab, cd));
  for (const name of ["cd07/q1_t1_0", "cd07/q1_t1_1", "cd07/q2_t1_0", "cd08/q2_t1_0"]) writeFileSync(join(lab, `${name}.csv`), DECAY);
  writeFileSync(join(lab, "cd07/notes.md"), "cold since Monday");
  writeFileSync(join(lab, "gammawatt.yaml"), LAB);
  return lab;
}
const notes = (stderr: string) => stderr.split("\n").filter((line) => line.startsWith("note: "));

describe("what the lab file says of something that is not there", () => {
  const lab = folder();
  const out = temporaryFolder();
  const at = (line: number, column: number) => `gammawatt.yaml:${line}:${column}`;
  const expected = [
    say.fileEntry("{cooldown}/{qubit}_echo_*.csv", at(12, 14)),
    say.fileEntryTaken("**/q1_t1_0.*", at(13, 14)),
    say.exclusionFile("cd07/q1_t1_3.csv", at(15, 5), "cd07/q1_t1_0.csv"),
    say.exclusionFile("*/*_t2_*", at(16, 5), undefined),
    say.exclusionTrace("cd07/q1_t1_1.csv", "p2", at(17, 5), ["p1"]),
    say.exclusionPoints("cd07/q1_t1_1.csv", [12, 40], at(18, 5), 12),
    say.exclusionUnread("cd07/notes.md", at(19, 5)),
    say.cooldown("cd7", at(7, 3), "cd07"),
    say.cooldown("cd99", at(9, 3), undefined),
    say.qubit("q01", "", at(3, 3), undefined),
    say.qubit("q7", "", at(5, 21), undefined),
    say.qubit("q1", "cd08", at(8, 21), undefined),
  ];

  it("is a note each on the terminal, and stands in the report", () => {
    const { status, stderr } = gammawatt("run", lab, "--out", out);
    expect(status, stderr).toBe(0);
    expect(notes(stderr).sort()).toEqual(expected.map((text) => `note: ${text}`).sort());
    const report = readFileSync(join(out, "report.html"), "utf8");
    for (const place of [at(12, 14), at(18, 5), at(7, 3), at(5, 21)]) expect(report).toContain(place);
  });
  it("is said again when nothing has changed, and when nothing is computed", () => {
    expect(notes(gammawatt("run", lab, "--out", out).stderr)).toHaveLength(expected.length);
    expect(notes(gammawatt("run", lab, "--out", out, "--dry-run").stderr)).toHaveLength(expected.length);
  });
  it("is not said of a part of the folder", () => {
    for (const filter of [
      ["--qubit", "q2"],
      ["--cooldown", "cd08"],
      ["--only", "cd08/*"],
    ])
      expect(notes(gammawatt("run", lab, "--out", temporaryFolder(), ...filter).stderr)).toEqual([]);
  });
  it("a lab file that speaks only of what is there causes no note", () => {
    const { status, stderr } = gammawatt("run", copyOf(join(FIXTURES, "lab")), "--out", temporaryFolder(), "--dry-run");
    expect(status, stderr).toBe(0);
    expect(notes(stderr)).toEqual([]);
  });
});
