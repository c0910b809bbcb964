import { describe, expect, it } from "vitest";
import { copyOf, DATA, HAS_DATA, run } from "./command.ts";

/** Numbers from ../shared/data/README.md; tolerance 0.3 of the stated sigma (issue 2). Times in us. */
const us = (seconds: string | undefined) => Number(seconds) * 1e6;

describe.skipIf(!HAS_DATA)("real files, no lab file (skipped: ../shared/data is not here)", () => {
  it("labber-mit-equs: T1 of QB5 and QB1, noise refused", () => {
    const r = run(copyOf(`${DATA}labber-mit-equs`));
    expect(r.status).toBe(0);
    const rows = r.estimates();
    // BFC3 and OTL2 are two logs under equal labels: a series is made of the file with signal.
    const value = (qubit: string, quantity: string) =>
      rows.find((e) => e.qubit === qubit && e.quantity === quantity && e.condition === "combined");
    const ofFile = (file: string, qubit: string) => r.fits().filter((f) => f.source?.includes(file) && f.qubit === qubit);
    const average = (file: string, qubit: string) => ofFile(file, qubit).filter((f) => f.trace!.endsWith("[mean]"));
    const bfc = "BFC3-16-Qu5_T1_repeat_2";
    expect(Math.abs(us(value("QB5", "t1_of_average")?.value) - 27.52)).toBeLessThan(0.3 * 0.55);
    expect(us(value("QB5", "t1_mean")?.value)).toBeCloseTo(27.5, 0);
    expect(us(value("QB5", "t1_scatter")?.value)).toBeCloseTo(13.7, 0);
    expect(us(value("QB5", "t1_median_sigma")?.value)).toBeCloseTo(1.84, 1);
    const t1s = r
      .fits()
      .filter(
        (f) =>
          f.source?.includes(bfc) && f.qubit === "QB5" && f.parameter === "t1" && f.model === "exponential" && !f.trace!.includes("[mean]"),
      );
    expect(t1s).toHaveLength(43);
    const values = t1s.map((f) => us(f.value));
    expect(Math.min(...values)).toBeCloseTo(3.0, 1);
    expect(Math.max(...values)).toBeCloseTo(54.2, 1);
    // gamma1_total is the unweighted mean of the rates: README gives 1/mean(1/T1) = 14.3 us
    expect(1e6 / Number(value("QB5", "gamma1_total")?.value)).toBeCloseTo(14.3, 0);
    for (const qubit of ["QB1", "QB2", "QB3", "QB4"]) {
      expect(
        average(bfc, qubit).map((f) => [f.value, f.status]),
        qubit,
      ).toEqual([["", "refused"]]);
    }
    const otl = "OTL2-A20-T1_q1_repeat";
    expect(Math.abs(us(value("QB1", "t1_of_average")?.value) - 4.66)).toBeLessThan(0.3 * 0.14);
    expect(value("QB1", "t1_of_average")?.status).toBe("doubtful");
    expect(Math.abs(us(value("QB2", "t1_of_average")?.value) - 35.3)).toBeLessThan(0.3 * 2.6);
    for (const qubit of ["QB3", "QB4", "QB5"]) {
      expect(
        average(otl, qubit).map((f) => [f.value, f.status]),
        qubit,
      ).toEqual([["", "refused"]]);
    }
    for (const qubit of ["QB3", "QB4"]) expect(value(qubit, "gamma1_total"), qubit).toMatchObject({ value: "", status: "refused" });
  });

  it("tergite-chalmers: mean, scatter and median sigma of ten qubits", () => {
    const r = run(copyOf(`${DATA}tergite-chalmers`));
    expect(r.status).toBe(0);
    const expected: Record<string, [number, number, number]> = {
      q16: [87.0, 7.7, 3.1],
      q17: [76.3, 3.4, 1.5],
      q18: [81.2, 2.5, 1.5],
      q19: [83.7, 2.5, 1.9],
      q20: [66.7, 9.0, 2.1],
      q21: [66.2, 5.9, 1.1],
      q22: [87.2, 1.6, 3.8],
      q23: [29.9, 2.8, 0.5],
      q24: [63.6, 6.9, 2.2],
      q25: [76.6, 2.8, 3.0],
    };
    const rows = r.estimates();
    for (const [qubit, [mean, scatter, sigma]] of Object.entries(expected)) {
      const value = (quantity: string) =>
        us(rows.find((e) => e.qubit === qubit && e.quantity === quantity && e.condition === "combined")?.value);
      expect(Math.abs(value("t1_mean") - mean), `${qubit} mean`).toBeLessThan(0.3 * sigma);
      expect(Math.abs(value("t1_scatter") - scatter), `${qubit} scatter`).toBeLessThan(0.06);
      expect(Math.abs(value("t1_median_sigma") - sigma), `${qubit} median sigma`).toBeLessThan(0.06);
    }
  });

  it("quantify-core: rotated T1s, echo not reported, copies marked", () => {
    const r = run(copyOf(`${DATA}quantify-core`));
    expect(r.status).toBe(0);
    const t1 = (source: string, model: string) =>
      us(r.fits().find((f) => f.source?.includes(source) && f.parameter === "t1" && f.model === model)?.value);
    expect(Math.abs(t1("20210322-205253", "exponential") - 12.89)).toBeLessThan(0.3 * 0.45);
    const main = r.fits().find((f) => f.source?.includes("20210827-174946") && f.parameter === "t1");
    expect(Math.abs(us(main?.value) - 7.716)).toBeLessThan(0.3 * 0.055);
    expect(r.fits().filter((f) => /echo/i.test(f.source ?? ""))).toEqual([]);
    expect(r.fits().find((f) => f.source?.includes("20210322-205253"))?.checks).toContain("duplicate_data");
  });
});
