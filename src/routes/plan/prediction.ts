import type { Column, Kind, Noise } from "../../core/dataset.ts";
import type { BudgetLine, Estimate } from "../../core/estimate.ts";
import type { Unit } from "../../core/units.ts";
import { HBAR } from "../../physics/constants.ts";
import { powerRatio } from "../../physics/decibel.ts";
import { incidentPower, type PortGeometry, scattering } from "../../physics/ports.ts";
import { readValue } from "../../physics/readout.ts";
import { ratesOf, steadyState } from "../../physics/two-level.ts";
import { makeDataset } from "../../tables/dataset.ts";
import { assignmentErrors } from "../power/excess.ts";
import type { PowerDataset } from "../power/input.ts";
import { powerRoute } from "../power/power.ts";
import type { PlanRequest } from "./expected.ts";

/** The four measurements that a rate by complex S rests on, and the seconds spent on each; Infinity = without noise. */
export const MEASUREMENTS = ["scattering", "reference", "population", "equilibrium"] as const;
export type Measurement = (typeof MEASUREMENTS)[number];
export type Times = Readonly<Record<Measurement, number>>;

/** What the power route would say of one operating point on resonance. */
export interface Prediction {
  readonly estimate: Estimate;
  /** W, at the device and where the lab states its power. */
  readonly pDevice: number;
  readonly pSource: number;
}

/** Noise small beside everything, where a measurement is to have none: an exact 0 would mean "not known". */
const NOISELESS = 1e-12;
const MANY_SHOTS = 1e15;

/**
 * The route itself on data as they would be measured, without scatter but with their noise stated: so a plan holds exactly the budget that the
 * measurement will have. White noise of the chain: `sigma(Re S)^2 = n_sys/(2 F t)`, F photons/s at the qubit, t seconds. Shots are binomial.
 * @param saturation S of the drive, on resonance
 */
export function predict(request: PlanRequest, geometry: PortGeometry, saturation: number, times: Times): Prediction {
  const { labels, facts, qubit, setting } = request;
  const frequency = facts.qubit.frequency!.quantity.value;
  const omegaD = 2 * Math.PI * frequency;
  const { gamma1Total, gamma2, gammaR, nEq } = qubit;
  const polarisation = 1 - 2 * nEq.value;
  const bath = { gamma: gamma1Total.value * polarisation, n: nEq.value / polarisation };
  const rates = ratesOf([bath], gamma2.value - gamma1Total.value / 2);
  const drive = { omega: Math.sqrt(saturation * gamma1Total.value * gamma2.value), delta: 0 };
  const pDevice = incidentPower(geometry, omegaD, drive.omega, gammaR.value);
  const line = facts.line;
  const loss = line?.power_at === "device" ? 1 : powerRatio(-(line?.attenuation?.quantity.value ?? 0));
  const pSource = (pDevice * (facts.readout.duty_cycle ?? 1)) / loss;
  const photons = pDevice / (HBAR * omegaD);
  const noise = (seconds: number) =>
    Number.isFinite(seconds) ? Math.sqrt(setting.noisePhotons.value / (2 * photons * seconds)) : NOISELESS;
  const shots = (seconds: number) => (Number.isFinite(seconds) ? Math.max(1, Math.round(seconds / setting.shotPeriod.value)) : MANY_SHOTS);
  const port = geometry === "one-port" ? "11" : "21";
  const s = scattering(geometry, rates, drive, gammaR.value);
  const readout = assignmentErrors(facts) ?? { oneGivenZero: 0, zeroGivenOne: 0 };
  const gap = Math.exp(-rates.total * (facts.readout.drive_to_readout?.quantity.value ?? 0));
  // Levels prepared from the thermal state: the read value counts from n_eq in units of 1 - 2 n_eq.
  const read = (n: number) => readValue(readout, facts.readout.prepared === "thermal" ? (n - rates.nEq) / polarisation : n);
  const driven = read(rates.nEq + steadyState(rates, drive).excess * gap);
  const wave = (kind: Kind, re: number, im: number, sigma: number) =>
    measured(request, kind, [
      ["frequency", "Hz", frequency],
      ["s_re", "1", re, port],
      ["s_im", "1", im, port],
      ["sigma", "1", sigma],
      ["power", "W", pSource],
    ]);
  const counted = (kind: Kind, population: number, n: number, power: number) =>
    measured(
      request,
      kind,
      [
        ["population", "1", population],
        ["frequency", "Hz", frequency],
        ["power", "W", power],
      ],
      { type: "binomial", shots: n },
    );
  const datasets = [
    wave("scattering", s.re, s.im, noise(times.scattering)),
    wave("reference", 1, 0, noise(times.reference)),
    counted("population", driven, shots(times.population), pSource),
    measured(request, "equilibrium", [["population", "1", read(rates.nEq)]], {
      type: "binomial",
      shots: shots(times.equilibrium),
    }),
  ];
  const { estimates } = powerRoute({ labels, facts, datasets, ...decayOf(request) });
  const estimate = estimates.find((e) => e.quantity === "gamma1_total" && e.estimator === "complex_s" && e.condition === "combined")!;
  return { estimate, pDevice, pSource };
}

/** The gap before readout is corrected with T1: the plan's own, without noise. */
function decayOf({ facts, labels, qubit }: PlanRequest): { readonly decay?: Estimate } {
  if (!facts.readout.drive_to_readout) return {};
  const budget: BudgetLine[] = [{ input: "T1", contribution: 0 }];
  const { value } = qubit.gamma1Total;
  const none = { checks: [], datasets: [], remark: "", status: "usable" as const, condition: "combined", estimator: "exponential" };
  return { decay: { ...none, route: "decay", quantity: "gamma1_total", labels, value, unit: "1/s", sigmaStat: 0, sigmaCommon: 0, budget } };
}

type Cell = readonly [role: Column["role"], unit: Unit, value: number, port?: string];

function measured({ labels }: PlanRequest, kind: Kind, cells: readonly Cell[], noise: Noise = { type: "sigma" }): PowerDataset {
  const dataset = makeDataset({
    kind,
    kindInferred: false,
    labels: { ...labels, trace: "" },
    started: "",
    conditions: [],
    axis: "single",
    noise,
    notes: [],
    columns: cells.map(([role, unit, value, port]) => ({
      name: `${role}${port ?? ""}`,
      role,
      unit,
      values: Float64Array.of(value),
      ...(port === undefined ? {} : { port }),
    })),
  });
  return { dataset };
}
