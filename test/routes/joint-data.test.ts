import { describe, expect, it } from "vitest";
import { check, failedCodes } from "../../src/core/check.ts";
import { HBAR } from "../../src/physics/constants.ts";
import { rabiRate } from "../../src/physics/ports.ts";
import { ratesOf, steadyState } from "../../src/physics/two-level.ts";
import { jointRoute } from "../../src/routes/joint/joint.ts";
import { jointLab } from "./joint-lab.ts";
import { networkLab, threePorts, twoPorts } from "./network-lab.ts";
import { dataset, stated } from "./power-lab.ts";

const LAB = { seed: 11, stateNoise: true, frequencies: 21, saturations: [0.1, 0.5, 2, 10] } as const;
const [GR, GNR, GPHI, N] = [8000, 20000, 10000, 0.02];
const OMEGA = 2 * Math.PI * 5.0123e9;
const RATES = ratesOf(
  [
    { gamma: GR, n: N },
    { gamma: GNR, n: N },
  ],
  GPHI,
);
const sigmas = (e: { value: number; sigmaStat: number; sigmaCommon: number }, truth: number) =>
  Math.abs(e.value - truth) / Math.hypot(e.sigmaStat, e.sigmaCommon);

/** A power meter behind a gain of 1, a watt sent in at every power, that shows so much without drive. */
function meterTable(background: number, statedBackground?: { value: number; sigma: number }, hertz?: number) {
  const powers = LAB.saturations.map((s) => (s * RATES.total * RATES.gamma2 * HBAR * OMEGA) / (4 * GR));
  const share = powers.map((p) => {
    const { population } = steadyState(RATES, { omega: rabiRate("one-port", OMEGA, p, GR), delta: 0 });
    return (GNR * ((1 + 2 * N) * population - N)) / (p / (HBAR * OMEGA));
  });
  const quantity = statedBackground && stated("b", statedBackground.value, "W", statedBackground.sigma).quantity;
  const entry = {
    detector: "power-meter",
    ...(quantity ? { background: quantity } : {}),
    ...(hertz ? { bandwidth: stated("w", hertz, "Hz").quantity } : {}),
  } as const;
  return dataset(
    "total-power",
    [
      ["incident", "W", powers.map((p) => p * 1e8)],
      ["frequency", "Hz", powers.map(() => OMEGA / 2 / Math.PI)],
      ["reflected", "W", share.map((x) => 1 - x + background)],
      ["reflected_off", "W", share.map(() => 1 + background)],
    ],
    { noise: { type: "relative", relative: 1e-4 }, entry },
  );
}

describe("what else the joint fit takes", () => {
  it("total output power over a background that is stated with an error: an input of its own", () => {
    const at = (value: number) =>
      jointLab({ ...LAB, sigmaDb: 0 }, { t1: true }, (input) => ({
        ...input,
        datasets: [...input.datasets, meterTable(0.05, { value, sigma: 2e-3 })],
      }));
    const [right, higher] = [at(0.05), at(0.05 + 2e-3)];
    expect(right.result.studies[0]!.held).toContain("loss");
    const row = right.find("gamma_nr");
    expect(failedCodes(row.checks)).not.toContain("background_unknown");
    expect(sigmas(row, GNR)).toBeLessThan(4);
    const line = row.budget.find((l) => l.shared === "files.*.background")!;
    // Stated one standard deviation higher, it moves the number by its line.
    expect(line.contribution / (higher.find("gamma_nr").value - row.value)).toBeCloseTo(1, 1);
  });

  it("what is doubtful about a power meter is doubtful here", () => {
    const { find } = jointLab({ ...LAB, sigmaDb: 0 }, { t1: true }, (input) => ({
      ...input,
      datasets: [...input.datasets, meterTable(0, undefined, 1e3)],
    }));
    expect(failedCodes(find("f_nonradiative").checks)).toEqual(expect.arrayContaining(["background_unknown", "detector_bandwidth"]));
    expect(find("f_nonradiative").status).toBe("doubtful");
  });

  it("Rabi frequencies in place of T1 and attenuation", () => {
    const { find, result } = jointLab({ ...LAB, sigmaDb: 0 }, {}, (input) => {
      const powers = [1e-7, 1e-6, 1e-5];
      const rabi = powers.map((p) => rabiRate("one-port", OMEGA, p * 1e-8, GR) / (2 * Math.PI));
      const table = dataset("rabi", [
        ["power", "W", powers],
        ["condition", "Hz", rabi],
        ["sigma", "Hz", rabi.map((r) => 0.01 * r)],
      ]);
      return { ...input, datasets: [...input.datasets, table] };
    });
    expect(result.studies[0]!.held).toContain("rabi");
    expect(result.studies[0]!.open).toEqual([]);
    expect(sigmas(find("gamma1_total"), RATES.total)).toBeLessThan(4);
    expect(sigmas(find("attenuation"), 1e-8)).toBeLessThan(4);
    expect(find("attenuation").remark).toContain("Attenuation by the fit");
  });

  it("total output power: everything, and line and losses each with their own temperature", () => {
    const { find, result } = jointLab({ ...LAB, sigmaDb: 0 }, { t1: true }, (input) => {
      return { ...input, datasets: [...input.datasets, meterTable(0)] };
    });
    expect(result.studies[0]!.held).toContain("loss");
    expect(result.studies[0]!.parameters).toContain("n_nr");
    expect(result.studies[0]!.open).toEqual([]);
    for (const [quantity, truth] of [
      ["gamma1_total", RATES.total],
      ["gamma_r", GR],
      ["gamma_nr", GNR],
      ["f_nonradiative", GNR / (GR + GNR)],
    ] as const)
      expect(sigmas(find(quantity), truth), quantity).toBeLessThan(4);
    expect(find("gamma_nr").remark).toContain("a temperature of its own");
  });

  it("a leaking circulator moves gamma_r, and its line has the same identity as in the work of the drive", () => {
    const { find, lab } = jointLab(LAB, { t1: true, attenuation: true }, (input) => ({
      ...input,
      facts: { ...input.facts, line: { ...input.facts.line!, isolation: stated("lines.drive1.isolation", 30, "dB") } },
    }));
    const line = find("gamma_r").budget.find((l) => l.shared === "lines.drive1.isolation @ chipA/q1")!;
    // 10^(-30/20)/sqrt 2 = 2.24 %
    expect(line.contribution / find("gamma_r").value).toBeCloseTo(0.0224, 2);
    expect(lab.truth.gamma_r).toBe(GR);
  });

  it("every budget adds up to the covariance of the fit, and equal inputs keep their names", () => {
    const { find } = jointLab(LAB, { t1: true, attenuation: true });
    const total = find("gamma1_total");
    const names = total.budget.flatMap((l) => l.shared ?? []);
    expect(names).toEqual(expect.arrayContaining(["lines.drive1.attenuation", "readout.p1_given_0", "readout.p0_given_1"]));
    // T1 with 1 % and the line with 0.4 dB: the mean of both, weighted.
    const [t1, line] = [0.01, (0.4 * Math.LN10) / 10];
    const expected = 1 / Math.sqrt(t1 ** -2 + line ** -2);
    expect(Math.hypot(total.sigmaStat, total.sigmaCommon) / total.value / expected).toBeCloseTo(1, 1);
    expect(total.sigmaStat).toBeGreaterThan(total.sigmaCommon);
  });
});

describe("the power that the joint fit starts from", () => {
  it.each([false, true])(
    "stated as the average over pulses (attenuation stated: %s): the attenuation is from peak to peak",
    (attenuation) => {
      const { find, result } = jointLab({ ...LAB, sigmaDb: 0 }, { t1: true, attenuation }, (input) => {
        const { line, readout } = input.facts;
        const stronger = attenuation ? { ...line!, attenuation: stated("lines.drive1.attenuation", 90, "dB", 0.4) } : line!;
        return { ...input, facts: { ...input.facts, line: stronger, readout: { ...readout, duty_cycle: 0.1 } } };
      });
      expect(sigmas(find("attenuation"), 1e-9)).toBeLessThan(4);
      const { attenuationDb, sigmaDb } = result.studies[0]!;
      if (attenuation) expect(Math.abs(attenuationDb)).toBeLessThan(4 * sigmaDb);
      else expect(attenuationDb).toBeNaN();
    },
  );

  it("at the device it crossed no line: no attenuation, and nothing is held against the stated one", () => {
    const { result } = jointLab({ ...LAB, sigmaDb: 0 }, { t1: true, attenuation: true }, (input) => ({
      ...input,
      facts: { ...input.facts, line: { ...input.facts.line!, power_at: "device" } },
    }));
    expect(result.estimates.map((e) => e.quantity)).not.toContain("attenuation");
    expect(result.studies[0]).toMatchObject({ attenuationDb: Number.NaN, sigmaDb: Number.NaN });
    expect(result.estimates[0]!.remark).not.toContain("Attenuation by the fit");
  });

  it("an attenuation against frequency is read at the data's where no qubit frequency is stated", () => {
    const { find, result } = jointLab({ ...LAB, sigmaDb: 0 }, {}, (input) => {
      const { attenuation: _, ...bare } = input.facts.line!;
      const table = { file: "line.csv", frequency: [4e9, 6e9], loss: [80, 80], sigma: [0.3, 0.3] };
      return { ...input, facts: { ...input.facts, line: { ...bare, attenuation_table: { table, entry: "lines.drive1.attenuation" } } } };
    });
    expect(result.studies[0]!.held).toContain("attenuation");
    expect(sigmas(find("gamma1_total"), RATES.total)).toBeLessThan(4);
    expect(Math.abs(result.studies[0]!.attenuationDb)).toBeLessThan(4 * result.studies[0]!.sigmaDb);
  });
});

describe("what the joint fit does not believe", () => {
  it("a T1 that is in doubt: every row says so", () => {
    const { result } = jointLab(LAB, { t1: true }, (input) => ({
      ...input,
      decay: { ...input.decay!, checks: [check("not_exponential", false, "two rates")], status: "doubtful" },
    }));
    for (const e of result.estimates) expect(failedCodes(e.checks), e.quantity).toContain("not_exponential");
  });

  it("populations under a drive that heats are left out, and every row says so", () => {
    const { find, result } = jointLab(LAB, { t1: true, attenuation: true }, (input) => {
      const powers = [1e-8, 1e-5];
      const heated = dataset("equilibrium", [
        ["power", "W", powers],
        ["population", "1", [0.033, 0.06]],
        ["sigma", "1", [5e-4, 5e-4]],
      ]);
      return { ...input, datasets: [...input.datasets.filter((d) => d.dataset.kind !== "equilibrium"), heated] };
    });
    expect(result.studies[0]!.held).not.toContain("population");
    expect(failedCodes(find("gamma1_total").checks)).toContain("heating");
    expect(find("gamma1_total").remark).toContain("heats");
  });

  it.each([
    ["multiport", { network: threePorts(GR, 3), geometry: "multiport", ports: ["11", "21", "31"] }],
    ["separate ports", { network: twoPorts(2000, 6000), geometry: "separate-ports", ports: ["21"], reference: "none", gainDb: 60 }],
  ] as const)("%s: the depth is the driven port's, so that the total rate stands and gamma_r and the shares do not", (_name, ports) => {
    const { input } = networkLab({ ...ports, gr: GR, seed: 4, noise: 0.004, referenceNoise: 3e-4, stateNoise: true, shots: 20000 });
    const rows = jointRoute(input).estimates;
    const find = (quantity: string) => rows.find((e) => e.quantity === quantity)!;
    expect(sigmas(find("gamma1_total"), RATES.total)).toBeLessThan(4);
    for (const quantity of ["gamma_r", "gamma_nr", "f_nonradiative"]) {
      expect(find(quantity).status, quantity).toBe("refused");
      expect(find(quantity).remark).toContain("driven port");
    }
  });
});
