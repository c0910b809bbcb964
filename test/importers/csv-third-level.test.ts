import { describe, expect, it } from "vitest";
import { columnOf } from "../../src/tables/dataset.ts";
import { read, readOne, values } from "./import-text.ts";

const TABLE = "power [dBm],p0,p1,p2,shots\n-80,0.90,0.099,0.001,4000\n-70,0.51,0.478,0.012,4000\n";
const COLUMNS = { power: "power [dBm]", population: "p1", shots: "shots" };

describe("populations of three levels", () => {
  it("level 2 is a column of its own where the lab file says so", async () => {
    const table = await readOne("q1_sat.csv", TABLE, { kind: "population", columns: { ...COLUMNS, leakage: "p2" } });
    expect(values(table, "population")).toEqual([0.099, 0.478]);
    expect(values(table, "leakage")).toEqual([0.001, 0.012]);
    expect(table.noise).toEqual({ type: "binomial", shots: "column" });
  });
  it("percent become shares", async () => {
    const table = await readOne("q1_sat.csv", "power [dBm],p1 [%],p2 [%]\n-80,9.9,0.1\n-70,47.8,1.2\n", {
      kind: "population",
      columns: { power: "power [dBm]", population: "p1 [%]", leakage: "p2 [%]" },
    });
    expect(values(table, "leakage")[1]).toBeCloseTo(0.012, 12);
  });
  it("nobody guesses it, and one column can be no more than a share", async () => {
    const guessed = await readOne("q1_sat.csv", TABLE, { kind: "population", columns: COLUMNS });
    expect(columnOf(guessed, "leakage")).toBeUndefined();
    const volts = read("q1_sat.csv", "power [dBm],p1,p2 [mV]\n-80,0.1,1\n-70,0.4,2\n", {
      kind: "population",
      columns: { power: "power [dBm]", population: "p1", leakage: "p2 [mV]" },
    });
    await expect(volts).rejects.toThrow(/p2/);
  });
});
