import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/plan.ts";
import { gammawatt, temporaryFolder } from "./command.ts";

const LAB = `
readout: { p1_given_0: 0.012 ± 0.002, p0_given_1: 0.045 ± 0.004, prepared: heralded }
qubits:
  q1: { frequency: 5.0123 GHz, geometry: reflection, temperature: 52 ± 5 mK }
  q2: { geometry: hanger }
lines:
  drive1: { qubits: [q1, q2], attenuation: 72.3 ± 1.5 dB, attenuation_from: warm, isolation: 20 dB }
`;

/** CONTRACT.md, Commands: `gammawatt plan <lab file>`. */
describe("gammawatt plan", () => {
  const file = join(temporaryFolder(), "gammawatt.yaml");
  writeFileSync(file, LAB);

  it("plans what the lab file allows, says what it assumes, and what is missing for the others", () => {
    const { status, stdout } = gammawatt("plan", file, "--t1", "30 us");
    expect(status).toBe(0);
    expect(stdout).toContain(say.origin("T1", "30 us", "given", ""));
    expect(stdout).toContain("ASSUMED");
    expect(stdout).toContain("attenuation of drive1");
    expect(stdout).toContain(say.needsFrequency("q2"));
  });

  it("prints one JSON object", () => {
    const { status, stdout } = gammawatt(
      "plan",
      file,
      "--json",
      "--qubit",
      "q1",
      "--t1",
      "30 us",
      "--t2",
      "20 us",
      "--gamma-r",
      "5000 1/s",
    );
    expect(status).toBe(0);
    const { qubits } = JSON.parse(stdout);
    expect(qubits).toHaveLength(1);
    expect(qubits[0].best.relative).toBeGreaterThan(0.34);
    expect(qubits[0].expected.gammaR).toEqual({ value: 5000, from: "given" });
  });

  it("refuses what cannot be, with what to type", () => {
    expect(gammawatt("plan", join(file, "..", "other.yaml")).stderr).toContain(say.noLabFile(join(file, "..", "other.yaml")));
    expect(gammawatt("plan", file, "--t1", "30")).toMatchObject({ status: 1, stderr: expect.stringContaining("--t1") });
    expect(gammawatt("plan", file, "--t1", "10 us", "--t2", "30 us")).toMatchObject({ status: 1, stderr: expect.stringContaining("--t2") });
    expect(gammawatt("plan", file, "--qubit", "q9")).toMatchObject({ status: 1, stderr: expect.stringContaining("q1, q2") });
  });
});
