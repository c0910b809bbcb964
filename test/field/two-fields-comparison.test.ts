import { describe, expect, it } from "vitest";
import { compareTwoFields } from "../../src/field/two-fields-comparison.ts";
import { filmsOf, oneField, problemOf, twoPowers } from "./two-field-lab.ts";

const SLOPE = 1e15;
const lab = twoPowers(SLOPE, "constant");
const films = filmsOf(lab);
const one = oneField(problemOf(lab, films, 1));

describe("one field against two", () => {
  it("finds the second field of films at two powers, with its rate, diffusion and feedback", async () => {
    const said: string[] = [];
    const { twoFields, comparison, check } = await compareTwoFields(one, { progress: (text) => said.push(text) });
    if (twoFields.state !== "fitted") throw new Error(twoFields.sentence);
    const truth: Record<string, number> = {
      gamma0_mean: 2e4,
      gamma2: lab.gamma2,
      bath_rate: lab.bath.rate,
      bath_diffusion: lab.bath.diffusion,
      bath_slope: SLOPE,
    };
    for (const [name, value] of Object.entries(truth)) {
      const number = twoFields.numbers.find((n) => n.name === name)!;
      expect(Math.abs(number.value - value)).toBeLessThan(3 * number.sigma);
      expect(number.low).toBeLessThan(number.value);
      expect(number.high).toBeGreaterThan(number.value);
      expect(number.sigma / number.value).toBeLessThan(name.startsWith("bath") ? 0.5 : 0.03);
    }
    expect(twoFields.chi2 / twoFields.dof).toBeLessThan(1.3);
    expect(twoFields.law).toContain("gamma0(0) (1 + a U)");
    expect(comparison!.preferred).toBe("two fields");
    expect(comparison!.chi2[0]).toBeGreaterThan(10 * comparison!.chi2[1]);
    expect(check!.holds).toBe(false);
    expect(twoFields.checks.every((c) => c.holds)).toBe(true);
    expect(said.length).toBeGreaterThan(3);

    // What a source's size does to the numbers, against a fit with another size.
    const { by } = twoFields.inputs.find(({ name }) => name === "pulse 2")!;
    const factor = 1.002;
    const scaled = one.problem.experiments.map((film, i) => {
      const [source] = film.sources;
      if (i === 0 || source?.shape.type !== "spot") return film;
      return { ...film, sources: [{ ...source, shape: { ...source.shape, power: factor * source.shape.power } }] };
    });
    const other = await compareTwoFields(oneField({ ...one.problem, experiments: scaled }));
    if (other.twoFields.state !== "fitted") throw new Error(other.twoFields.sentence);
    for (const { name, value, sigma } of twoFields.numbers) {
      const change = other.twoFields.numbers.find((n) => n.name === name)!.value - value;
      expect(Math.abs(change - by[name]! * value * (factor - 1))).toBeLessThan(0.1 * sigma);
    }
  });

  it("a saturating loss has a falling law", async () => {
    const falling = twoPowers(-SLOPE, "constant");
    const { twoFields } = await compareTwoFields(oneField(problemOf(falling, filmsOf(falling), 2)));
    if (twoFields.state !== "fitted") throw new Error(twoFields.sentence);
    const change = twoFields.numbers.find(({ name }) => name === "gamma0_change")!;
    expect(change.value).toBeLessThan(-10 * change.sigma);
    expect(twoFields.law).toContain("sqrt(1 - 2 a U)");
  });

  it("keeps to one field where there is one, and says how much could be hidden", async () => {
    const none = twoPowers(0, "constant");
    const { twoFields, comparison, check } = await compareTwoFields(oneField(problemOf(none, filmsOf(none), 3)));
    expect(twoFields.state).toBe("unneeded");
    expect(comparison!.preferred).toBe("one field");
    expect(check!.holds).toBe(true);
    expect(check!.measured).toBeGreaterThan(0.01);
  });

  it("does not try where the data cannot tell", async () => {
    const [film, second] = one.problem.experiments;
    const without = (experiments: typeof one.problem.experiments) => compareTwoFields({ ...one, problem: { ...one.problem, experiments } });
    expect((await without([film!, { ...second!, start: "unknown" }])).twoFields.sentence).toContain('where "film 2" begins');
    const { times, ...steady } = film!;
    expect(times).toHaveLength(8);
    expect((await without([{ ...steady, values: film!.values.subarray(0, 12) }])).twoFields.sentence).toContain("one power");
    expect((await without([{ ...film!, sources: [] }])).twoFields.sentence).toContain("Without a source".toLowerCase());
    const comparisons = [
      { simpler: "constant", richer: "field", chi2: [9, 1], parameters: [2, 9], preferred: "field", sentence: "" },
    ] as const;
    const { twoFields, comparison, check } = await compareTwoFields({ ...one, comparisons });
    expect(twoFields.state).toBe("untold");
    expect(twoFields.sentence).toContain('Fit gamma0 as "field"');
    expect([comparison, check]).toEqual([undefined, undefined]);
    // A simpler law inside the fitted one stands in no way.
    const enough = [{ ...comparisons[0], simpler: "constant", richer: "field", preferred: "constant" }];
    const field = { ...one.problem, gamma0: { type: "field" } } as const;
    expect((await compareTwoFields({ ...one, problem: field, comparisons: enough })).twoFields.state).toBe("fitted");
  });

  it("an interrupted fit is stopped, never fitted", async () => {
    const abort = new AbortController();
    const { twoFields } = await compareTwoFields(one, {
      signal: abort.signal,
      progress: (text) => {
        if (text.includes("chi2")) abort.abort();
      },
    });
    expect(twoFields.state).toBe("stopped");
    expect(twoFields.sentence).toContain("interrupted");
  });
});
