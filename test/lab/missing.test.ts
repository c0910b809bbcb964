import { describe, expect, it } from "vitest";
import { missing as say } from "../../src/core/messages/lab.ts";
import { parseLab } from "../../src/lab/load.ts";
import { isOfQubit, missingFacts, missingPositions } from "../../src/lab/missing.ts";
import { makeDataset } from "../../src/tables/dataset.ts";

const groups = [
  { cooldown: "cd07", device: "", qubit: "q1" },
  { cooldown: "", device: "", qubit: "q2" },
];

describe("what is missing", () => {
  it("without a lab file: a lab file", () => {
    expect(missingFacts(undefined, groups)).toEqual([say.labFile()]);
  });
  it("one sentence per fact, naming every qubit that lacks it", () => {
    const both = "cd07/q1, q2";
    expect(missingFacts(parseLab(""), groups)).toEqual([
      say.frequency(both),
      say.attenuation(both),
      say.readout(both),
      say.equilibrium(both),
    ]);
  });
  it("names a dozen qubits and counts the others", () => {
    const names = Array.from({ length: 20 }, (_, i) => `q${i}`);
    const many = names.map((qubit) => ({ cooldown: "", device: "", qubit }));
    expect(say.who(names)).toBe(`${names.slice(0, 12).join(", ")} and 8 more`);
    expect(missingFacts(parseLab(""), many)).toContain(say.frequency(say.who(names)));
  });
  it("a described line asks for its origin and the geometry, described readout errors for their preparation", () => {
    const lab = parseLab(`
readout: { p1_given_0: 0.01, p0_given_1: 0.02 }
qubits: { q1: { frequency: 5 GHz, temperature: 50 mK }, q2: { frequency: 5 GHz, geometry: hanger, equilibrium_population: 0.01 } }
lines: { a: { qubits: [q1, q2], attenuation: 60 ± 1 dB } }`);
    expect(missingFacts(lab, groups)).toEqual([
      say.origin("cd07/q1, q2"),
      say.prepared("cd07/q1, q2"),
      say.geometry("cd07/q1"),
      say.gap("cd07/q1, q2"),
    ]);
  });
  it("no equilibrium where the data hold it", () => {
    expect(missingFacts(parseLab(""), groups, ({ qubit }) => qubit === "q1")).toContain(say.equilibrium("q2"));
  });
  it("a frequency of the attenuation without its ripple, which would be no use", () => {
    const line = (more: string) =>
      missingFacts(parseLab(`lines: { a: { qubits: [q1], attenuation: 60 dB, attenuation_at: 5 GHz${more} } }`), groups);
    expect(line("")).toContain(say.attenuationAt("cd07/q1"));
    expect(line(", ripple: 0.6 dB")).not.toContain(say.attenuationAt("cd07/q1"));
  });
  it("nothing where all is said", () => {
    const lab = parseLab(`
readout: { p1_given_0: 0.01, p0_given_1: 0.02, prepared: thermal, drive_to_readout: 0 s }
qubits: { q1: { frequency: 5 GHz, temperature: 50 mK, geometry: hanger } }
lines: { a: { qubits: [q1], attenuation: 60 ± 1 dB, attenuation_from: warm } }`);
    expect(missingFacts(lab, groups.slice(0, 1))).toEqual([]);
  });

  it("the places of qubits whose populations are a map; nothing of a map that has places", () => {
    const map = (qubit: string, role: "population" | "u") =>
      makeDataset({
        kind: "field",
        kindInferred: false,
        labels: { cooldown: "cd07", device: "", qubit, trace: "" },
        started: "",
        columns: [{ name: "n", unit: "1", role, values: Float64Array.of(0.1) }],
        conditions: [],
        axis: "single",
        noise: { type: "unknown" },
        notes: [],
      });
    const lab = parseLab("qubits: { q1: { position: [1 mm, 2 mm] } }");
    const maps = [map("q1", "population"), map("q2", "population"), map("map", "u")];
    expect(maps.map(isOfQubit)).toEqual([true, true, false]);
    expect(missingPositions(lab, maps)).toEqual([say.position("cd07/q2")]);
    expect(missingPositions(undefined, maps)).toEqual([say.position("cd07/q1, cd07/q2")]);
  });
});
