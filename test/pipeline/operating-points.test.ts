import { describe, expect, it } from "vitest";
import { withOperatingPoints } from "../../pipelines/steps/operating-points.ts";
import { type Condition, NO_LABELS } from "../../src/core/dataset.ts";
import { makeDataset } from "../../src/tables/dataset.ts";

const decay = (conditions: readonly Condition[], qubit = "q1") => ({
  dataset: makeDataset({
    ...{ kind: "decay", kindInferred: false, labels: { ...NO_LABELS, qubit }, started: "", axis: "single", notes: [] },
    ...{ conditions, noise: { type: "unknown" }, columns: [{ name: "t", unit: "s", role: "delay", values: Float64Array.of(0, 1) }] },
  }),
});
const kelvin = (value: number): Condition => ({ name: "temperature", value, unit: "K" });
const watt = (value: number): Condition => ({ name: "power", value, unit: "W" });
const axes = (...all: ReturnType<typeof decay>[]) => withOperatingPoints(all).map(({ dataset }) => dataset.axis);

describe("decays under equal labels", () => {
  it("at settings that differ are steps of a sweep", () => {
    expect(axes(decay([kelvin(0.03)]), decay([kelvin(0.09)]), decay([kelvin(0.03)]))).toEqual(["swept", "swept", "swept"]);
    expect(axes(decay([watt(1e-6)]), decay([watt(1.01e-6)]))).toEqual(["swept", "swept"]);
  });
  it("at one setting, or at a temperature that only wandered, are repeats", () => {
    expect(axes(decay([kelvin(0.0151)]), decay([kelvin(0.0162)]))).toEqual(["single", "single"]);
    expect(axes(decay([watt(1e-6)]), decay([watt(1.001e-6)]))).toEqual(["single", "single"]);
    expect(axes(decay([]), decay([]))).toEqual(["single", "single"]);
  });
  it("of which only some state a setting, or of different qubits, are left as they are", () => {
    expect(axes(decay([kelvin(0.03)]), decay([]))).toEqual(["single", "single"]);
    expect(axes(decay([kelvin(0.03)], "q1"), decay([kelvin(0.09)], "q2"))).toEqual(["single", "single"]);
  });
  it("keep their ids", () => {
    const all = [decay([kelvin(0.03)]), decay([kelvin(0.09)])];
    expect(withOperatingPoints(all).map(({ dataset }) => dataset.id)).toEqual(all.map(({ dataset }) => dataset.id));
  });
});
