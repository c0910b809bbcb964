import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { type Estimate, sigmaOf } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/field-sites.ts";
import { quantity } from "../../src/core/quantity.ts";
import type { Facts } from "../../src/lab/lab.ts";
import { HBAR } from "../../src/physics/constants.ts";
import { estimateOf } from "../../src/routes/budget.ts";
import { type SiteInput, siteRoute } from "../../src/routes/field/sites.ts";
import { mapDataset } from "./field-films.ts";

const LABELS = { cooldown: "cd1", device: "chipA", qubit: "q1" };
const stated = <U extends "1" | "Hz" | "K">(value: number, unit: U, sigma: number, entry: string) => ({
  quantity: quantity(value, unit, sigma),
  entry,
});
const FACTS: Facts = {
  device: "chipA",
  qubit: {
    frequency: stated(5e9, "Hz", Number.NaN, "qubits.q1.frequency"),
    equilibrium_population: stated(0.02, "1", 0.001, "qubits.q1.equilibrium_population"),
    position: [1e-3, 2e-3],
  },
  readout: {
    p1_given_0: stated(0.01, "1", 1e-9, "readout.p1_given_0"),
    p0_given_1: stated(0.03, "1", 1e-9, "readout.p0_given_1"),
    prepared: "heralded",
  },
};
/** 20 kHz of relaxation at n = 0.22: W = hbar w gamma (n - n_eq). */
const RATE = 2e4;
const POWER = HBAR * 2 * Math.PI * 5e9 * RATE * 0.2;
const READ = 0.01 + 0.96 * 0.22;

const site = (more: Partial<SiteInput> = {}): SiteInput => ({
  ...{ labels: LABELS, facts: FACTS, others: [] },
  populations: [mapDataset({ population: [READ], shots: [1e4] })],
  powers: [mapDataset({ r_total: [POWER] }, { unit: "W", entry: { uncertainty: 0.05 } })],
  ...more,
});
const rate = (route: "decay" | "power", value: number, sigma: number): Estimate =>
  estimateOf({
    route,
    quantity: "gamma1_total",
    estimator: "x",
    labels: LABELS,
    value,
    unit: "1/s",
    budget: [{ input: "noise", contribution: sigma }],
  });

describe("qubits as places of a map", () => {
  it("gamma0 = R/u = W/(hbar w (n - n_eq)), with the errors of shots, n_eq and power", () => {
    const [gamma0, gamma2] = siteRoute([site()], []).estimates;
    expect(gamma0).toMatchObject({ quantity: "field_gamma0", estimator: "site", labels: LABELS, status: "usable" });
    expect(gamma0!.value / RATE).toBeCloseTo(1, 12);
    const shots = Math.sqrt((READ * (1 - READ)) / 1e4) / 0.96 / 0.2;
    expect(gamma0!.sigmaStat / RATE).toBeCloseTo(shots, 12);
    expect(gamma0!.sigmaCommon / RATE).toBeCloseTo(Math.hypot(0.05, 0.001 / 0.2), 6);
    expect(gamma2).toMatchObject({ quantity: "field_gamma2", status: "refused", remark: say.gamma2Open() });
  });

  it("is held against the qubit's own rates, and the study shows them", () => {
    const agree = siteRoute([site()], [rate("decay", RATE * 1.02, 100), rate("power", RATE * 0.97, 300)]);
    expect(failedCodes(agree.estimates[0]!.checks)).toEqual([]);
    expect(agree.studies).toMatchObject([
      { name: say.name(), labels: { ...LABELS, qubit: "" }, sites: [{ qubit: "q1", x: 1e-3, y: 2e-3 }] },
    ]);
    const [shown] = agree.studies[0]!.sites!;
    expect([shown!.decay, shown!.power]).toEqual([
      { value: RATE * 1.02, sigma: 100 },
      { value: RATE * 0.97, sigma: 300 },
    ]);
    const apart = siteRoute([site()], [rate("decay", RATE * 1.3, 100)]).estimates[0]!;
    expect([failedCodes(apart.checks), apart.status]).toEqual([["field_qubit_decay"], "doubtful"]);
    const sigmas = apart.checks.find((c) => c.code === "field_qubit_decay")!.measured;
    expect(sigmas).toBeCloseTo((0.3 * RATE) / Math.hypot(100, sigmaOf(apart)), 6);
  });

  it("a power without an error is doubtful", () => {
    const bare = siteRoute([site({ powers: [mapDataset({ r_total: [POWER] }, { unit: "W" })] })], []).estimates[0]!;
    expect([bare.status, failedCodes(bare.checks)]).toEqual(["doubtful", ["field_source_assumed"]]);
  });

  const { frequency: _f, ...noFrequency } = FACTS.qubit;
  const { position: _p, ...noPosition } = FACTS.qubit;
  it.each([
    ["no power", { powers: [] }, say.noPower()],
    ["no frequency", { facts: { ...FACTS, qubit: noFrequency } }, say.noFrequency()],
    ["no place", { facts: { ...FACTS, qubit: noPosition } }, say.noPosition()],
    ["no readout", { facts: { ...FACTS, readout: {} } }, say.noReadout()],
    ["populations against time", { populations: [mapDataset({ population: [0.2, 0.1], time: [0, 1] })] }, say.populationInTime()],
    ["not excited", { populations: [mapDataset({ population: [0.02], shots: [1e4] })] }, say.notExcited()],
  ])("%s is refused with what to write", (_what, more, sentence) => {
    const [row] = siteRoute([site(more as Partial<SiteInput>)], []).estimates;
    expect([row!.status, row!.remark]).toEqual(["refused", sentence]);
  });
});
