import { describe, expect, it } from "vitest";
import { pullSeeds } from "../../src/simulate/pull-seeds.ts";
import { columnOf } from "../../src/tables/dataset.ts";

describe("labs over many seeds", () => {
  const cases = [...pullSeeds(3)];
  it("two cooldowns of three qubits each, every one with decay and power data", () => {
    for (const { groups } of cases) {
      expect(groups.map((g) => `${g.labels.cooldown}/${g.labels.qubit}`)).toEqual(
        ["cd07", "cd08"].flatMap((c) => [`${c}/q1`, `${c}/q2`, `${c}/q3`]),
      );
      for (const { datasets } of groups) {
        const kinds = new Set<string>(datasets.map((d) => d.dataset.kind));
        expect(kinds.has("decay")).toBe(true);
        expect(kinds.has("power") || (kinds.has("scattering") && kinds.has("reference") && kinds.has("population"))).toBe(true);
      }
    }
  });
  it("what is stated stays, what is true is drawn anew", () => {
    const [a, b] = cases.map((c) => c.groups[0]!);
    expect(a!.facts).toEqual(b!.facts);
    expect(a!.truth.attenuation_db).not.toBe(b!.truth.attenuation_db);
    expect(a!.truth.n_eq).not.toBe(b!.truth.n_eq);
    expect(a!.truth.attenuation_stated_db).toBe(a!.facts.line!.attenuation!.quantity.value);
  });
  it("the same seed gives the same datasets", () => {
    const ids = (c: (typeof cases)[number]) => c.groups.flatMap((g) => g.datasets.map((d) => d.dataset.id));
    expect(ids([...pullSeeds(1, undefined, 2)][0]!)).toEqual(ids(cases[1]!));
    expect(new Set(ids(cases[1]!)).size).toBe(ids(cases[1]!).length);
  });
  it("the measured populations belong to the true ones: within 5 binomial sigma through the true readout", () => {
    for (const { groups, truth } of cases)
      for (const { datasets, truth: t } of groups) {
        const driven = datasets.find((d) => d.dataset.kind === "population" || d.dataset.kind === "power")!.dataset;
        const p1 = columnOf(driven, "population")!.values;
        const shots = columnOf(driven, "shots")!.values;
        const { p1_given_0, p0_given_1 } = truth.readout;
        t.points.forEach(({ n_e }, i) => {
          // Between drive and readout 40 ns pass.
          const read = t.n_eq + (n_e - t.n_eq) * Math.exp(-t.gamma1_total * 40e-9);
          const p = p1_given_0!.true + (1 - p1_given_0!.true - p0_given_1!.true) * read;
          expect(Math.abs(p1[i]! - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / shots[i]!));
        });
      }
  });
});
