import { describe, expect, it } from "vitest";
import { columnOf } from "../../src/tables/dataset.ts";
import { read, readOne, values } from "./import-text.ts";

describe("data of the power route beside the scattering", () => {
  it("a long table of Rabi oscillations is one trace per power", async () => {
    const rows = [-60, -57].flatMap((p) => [0, 50, 100].map((t) => `${p},${t},0.${t + 100}`)).join("\n");
    const traces = await read("q1_rabi.csv", `power [dBm],delay [ns],p1\n${rows}\n`, {
      kind: "rabi",
      columns: { power: "power [dBm]", delay: "delay [ns]", population: "p1" },
      shots: 1000,
    });
    expect(traces.map((d) => d.conditions)).toEqual([
      [{ name: "power", value: 1e-9, unit: "W" }],
      [{ name: "power", value: 1e-3 * 10 ** -5.7, unit: "W" }],
    ]);
    expect(values(traces[1]!, "delay")).toEqual([0, 5e-8, 1e-7]);
  });
  it("Rabi frequencies against power stay one table", async () => {
    const table = await readOne("q1_rabi.csv", "power [dBm],rabi [MHz],err [MHz]\n-60,1,0.01\n-57,1.41,0.01\n", {
      kind: "rabi",
      columns: { power: "power [dBm]", condition: "rabi [MHz]", sigma: "err [MHz]" },
    });
    expect(values(table, "condition")).toEqual([1e6, 1.41e6]);
    expect(values(table, "sigma")).toEqual([1e4, 1e4]);
    expect(columnOf(table, "power")!.unit).toBe("W");
  });
  it("what a qubit emits is a column, not a setting", async () => {
    const trace = await readOne("q1_em.csv", "delay [us],p_out [aW],p1\n0,40,0.9\n10,20,0.5\n20,40,0.9\n", {
      kind: "emission",
      columns: { delay: "delay [us]", power: "p_out [aW]", population: "p1" },
    });
    expect(values(trace, "power")).toEqual([4e-17, 2e-17, 4e-17]);
    expect(trace.conditions).toEqual([]);
  });
  it("both directions and the background of a power meter", async () => {
    const table = await readOne("q1_meter.csv", "in [pW],r [fW],r0 [fW],t [fW],t0 [fW],bg [fW]\n1,2,1,8,10,0.5\n2,3,2,17,20,0.5\n", {
      kind: "total-power",
      columns: {
        incident: "in [pW]",
        reflected: "r [fW]",
        reflected_off: "r0 [fW]",
        transmitted: "t [fW]",
        transmitted_off: "t0 [fW]",
        background: "bg [fW]",
      },
    });
    expect(values(table, "transmitted_off")).toEqual([1e-14, 2e-14]);
    expect(values(table, "background")).toEqual([5e-16, 5e-16]);
  });
});
