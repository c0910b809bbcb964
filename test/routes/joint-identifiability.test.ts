import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import type { JointBlock, JointParameter } from "../../src/fit/joint/joint-problem.ts";
import { measuredBlock } from "../../src/fit/joint/mapped-block.ts";
import { gradientOf, ofQubit, QUBIT_NAMES, type QubitModel, qubitQuantities } from "../../src/fit/joint/saturation.ts";
import { lossBlock, populationBlock, scatteringBlock } from "../../src/fit/joint/saturation-blocks.ts";
import { isDetermined, rankOf } from "../../src/routes/joint/rank.ts";
import { jointLab } from "./joint-lab.ts";

const FILE = new URL("../../../shared/reference/power_sweep.json", import.meta.url);
interface Row {
  readonly assumption: string;
  readonly data: readonly string[];
  readonly n_parameters: number;
  readonly rank: number;
  readonly null_directions_log: readonly Readonly<Record<string, number>>[];
  readonly Gamma1_total_identifiable: boolean;
}
const rows: readonly Row[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")).identifiability : [];
/** Names of the reference in the order of QUBIT_NAMES. */
const NAMES = ["Gamma_r", "Gamma_nr", "Gamma_phi", "A", "n_r", "n_nr"] as const;

/** The reference's qubit: Gr, Gnr = 0.6 Gr, Gphi = 0.4 Gr; its null directions say n_nr = 3 n_r where it is warm. */
const OMEGA = 31415926535.89793;
const GR = 314159.2653589793;
const MODEL: QubitModel = {
  geometry: "one-port",
  reference: OMEGA,
  sums: Object.fromEntries(["p1_given_0", "p0_given_1", "gap"].map((name) => [name, { constant: 0, terms: [] }])),
};

function blocksFor(data: readonly string[], at: readonly number[]): JointBlock[] {
  const q = qubitQuantities(at, "one-port", OMEGA);
  const grid = Array.from({ length: 9 }, (_, p) => 10 ** (-2 + p / 2) / q.k.value).flatMap((power) =>
    Array.from({ length: 9 }, (_, d) => ({ omega: OMEGA + (d - 4) * q.gamma2.value, power })),
  );
  const all: Readonly<Record<string, JointBlock>> = {
    S11: scatteringBlock(
      "S11",
      grid.map((g) => ({ ...g, re: 1, im: 0, sigma: 1e-3 })),
      OMEGA,
    ),
    ne: populationBlock(
      "n_e",
      grid.map((g) => ({ ...g, read: 0, sigma: 1e-2, shots: Number.NaN })),
      OMEGA,
    ),
    Ptot: lossBlock(
      "total power",
      grid.map((g) => ({ ...g, loss: 0, sigma: 1e-3 })),
      OMEGA,
    ),
    T1: measuredBlock("T1", "gamma1_total", q.gamma1_total.value, 0.01 * q.gamma1_total.value),
    A: measuredBlock("A", "ln_attenuation", at[3]!, 0.05),
    Omega: measuredBlock("Omega", "rabi2", q.rabi2.value, 0.02 * q.rabi2.value),
    neq: measuredBlock("n_eq", "n_eq", q.n_eq.value, 2e-3),
  };
  return ofQubit(
    data.map((name) => all[name]!),
    MODEL,
  );
}

describe.skipIf(rows.length === 0)(
  "what data determine: power_sweep.json through the route's own rank (skipped: ../shared/reference is absent)",
  () => {
    it.each(rows.map((r) => [r.assumption, r.data.join(" + "), r] as const))("%s: %s", (assumption, _data, row) => {
      const thermal = assumption.startsWith("thermal");
      const at = [GR, 0.6 * GR, 0.4 * GR, Math.log(0.8912509381337456), thermal ? 0.02 : 0, thermal ? 0.06 : 0, 0, 0];
      const free = NAMES.length - (thermal ? 0 : 2);
      const parameters = QUBIT_NAMES.map((name, j): JointParameter => ({ name, unit: "1", start: at[j]!, fixed: j >= free }));
      const rank = rankOf(blocksFor(row.data, at), parameters, (name) => at[QUBIT_NAMES.indexOf(name as (typeof QUBIT_NAMES)[number])]!);
      expect(rank.names.length).toBe(row.n_parameters);
      expect(rank.rank).toBe(row.rank);
      const total = gradientOf(MODEL, qubitQuantities(at, "one-port", OMEGA).gamma1_total);
      expect(isDetermined(rank, total)).toBe(row.Gamma1_total_identifiable);
      // The same null space in log-parameters: every reference direction lies in ours.
      const ours = orthonormal(rank.undetermined.map(({ physical }) => rank.names.map((_, j) => physical[j]! / (j === 3 ? 1 : at[j]!))));
      for (const direction of row.null_directions_log) {
        const v = rank.names.map((_, j) => direction[NAMES[j]!] ?? 0);
        const inside = ours.reduce((s, u) => s + dot(u, v) ** 2, 0);
        // The reference is printed to four decimals.
        expect(Math.sqrt(Math.max(0, dot(v, v) - inside)) / Math.sqrt(dot(v, v))).toBeLessThan(3e-4);
      }
    });
  },
);

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((s, x, i) => s + x * b[i]!, 0);

function orthonormal(vectors: readonly (readonly number[])[]): number[][] {
  const out: number[][] = [];
  for (const vector of vectors) {
    let v = [...vector];
    for (const u of out) {
      const along = dot(u, v);
      v = v.map((x, i) => x - along * u[i]!);
    }
    const size = Math.sqrt(dot(v, v));
    out.push(v.map((x) => x / size));
  }
  return out;
}

/** The identifiability table of PHYSICS.md sec. 1 from files of a lab. */
describe("what the data of a lab determine", () => {
  const LAB = { seed: 7, stateNoise: true, frequencies: 21, saturations: [0.1, 0.5, 2, 10] } as const;
  const words = "gamma_nr, gamma_phi and attenuation cannot be told apart";

  it("S11(P) alone: rank 3 of 4 with n_eq known, no rate, and the single additions that would close it", () => {
    const { result, find } = jointLab(LAB, { populations: false }, (input) => ({
      ...input,
      facts: {
        ...input.facts,
        qubit: { ...input.facts.qubit, equilibrium_population: { quantity: { value: 0.0192, sigma: 0.002, unit: "1" }, entry: "q" } },
      },
    }));
    const [study] = result.studies;
    expect(study!.held).toEqual(["scattering", "equilibrium"]);
    // Beside the four of the table: resonance and bath, both determined.
    expect([study!.rank, study!.parameters.length]).toEqual([5, 6]);
    expect(study!.open.join()).toContain(words);
    expect(study!.closedBy).toEqual(["decay", "attenuation", "rabi", "loss"]);
    for (const quantity of ["gamma1_total", "gamma1", "gamma_phi", "gamma_nr", "attenuation", "f_nonradiative"]) {
      const row = find(quantity);
      expect(row.value, quantity).toBeNaN();
      expect(row.sigmaStat).toBeNaN();
      expect(row.status).toBe("refused");
      expect(failedCodes(row.checks)).toContain("not_identifiable");
      expect(row.remark).toContain("Give T1, attenuation, \u03a9 (rabi) or total output power.");
    }
    for (const quantity of ["gamma2", "gamma_r", "n_eq"]) expect(find(quantity).status, quantity).not.toBe("refused");
  });

  it("S11(P) + n_e(P): still no rate, n_e only repeats k", () => {
    const { result, find } = jointLab(LAB, {});
    expect(result.studies[0]!.open).toHaveLength(1);
    expect(result.studies[0]!.open[0]).toContain(words);
    expect(find("gamma1_total").value).toBeNaN();
    expect(find("n_eq").value).toBeGreaterThan(0);
  });

  it.each([
    ["T1", { t1: true }],
    ["attenuation", { attenuation: true }],
    ["both", { t1: true, attenuation: true }],
  ] as const)("S11(P) + n_e(P) + %s: everything", (_name, holds) => {
    const { result, find } = jointLab(LAB, holds);
    expect(result.studies[0]!.open).toEqual([]);
    for (const row of result.estimates) expect(row.sigmaStat, row.quantity).toBeGreaterThan(0);
    expect(find("gamma1_total").remark).toContain("t1" in holds ? "no second route" : "All data in one fit");
  });

  it("nothing is known of the bath: S11(P) + T1 gives the total rate, but no gamma_r", () => {
    const { find } = jointLab(LAB, { t1: true, populations: false });
    expect(find("gamma1_total").value).toBeGreaterThan(0);
    expect(find("gamma_phi").value).toBeGreaterThan(0);
    expect(find("gamma_r").value).toBeNaN();
    expect(find("gamma_r").remark).toContain("n_eq");
  });

  it("an attenuation without an uncertainty, or made from this qubit's own T1, says nothing", () => {
    const bare = (sigma: number, from: "cold-through" | "saturation+T1") =>
      jointLab(LAB, { t1: true, attenuation: true }, (input) => ({
        ...input,
        facts: {
          ...input.facts,
          line: { ...input.facts.line!, attenuation: { quantity: { value: 80, sigma, unit: "dB" }, entry: "a" }, attenuation_from: from },
        },
      }));
    for (const lab of [bare(Number.NaN, "cold-through"), bare(0.4, "saturation+T1")]) {
      expect(lab.result.studies[0]!.held).not.toContain("attenuation");
      expect(lab.find("attenuation").remark).toContain("left free");
      expect(lab.find("attenuation").sigmaStat).toBeGreaterThan(0);
    }
  });

  it("an error that is larger than the rates is no determination", () => {
    const { find } = jointLab({ ...LAB, sigmaDb: 0 }, { attenuation: true }, (input) => ({
      ...input,
      facts: {
        ...input.facts,
        line: { ...input.facts.line!, attenuation: { quantity: { value: 80, sigma: 12, unit: "dB" }, entry: "a" } },
      },
    }));
    expect(find("gamma1_total").value).toBeNaN();
    expect(find("gamma1_total").remark).toContain("in name only");
  });

  it("T1 and attenuation that contradict each other are told", () => {
    const { find } = jointLab({ ...LAB, sigmaDb: 0 }, { t1: true, attenuation: true }, (input) => ({
      ...input,
      facts: {
        ...input.facts,
        line: { ...input.facts.line!, attenuation: { quantity: { value: 81, sigma: 0.2, unit: "dB" }, entry: "a" } },
      },
    }));
    expect(failedCodes(find("gamma1_total").checks)).toContain("inputs_disagree");
    expect(find("gamma1_total").status).toBe("doubtful");
  });
});

it("a short gap before readout knows T1 in name only: no rate hangs on it", () => {
  const { find, result } = jointLab({ seed: 7, stateNoise: true, frequencies: 21, saturations: [0.1, 0.5, 2, 10], gap: 4e-8 }, {});
  expect(result.studies[0]!.open.join()).toContain("in name only");
  for (const quantity of ["gamma1_total", "gamma_nr", "gamma_phi", "attenuation"]) {
    expect(find(quantity).value, quantity).toBeNaN();
    expect(failedCodes(find(quantity).checks)).toContain("not_identifiable");
  }
  expect(find("gamma1_total").remark).toContain("in name only");
  expect(find("gamma2").sigmaStat).toBeGreaterThan(0);
});
