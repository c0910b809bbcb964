import { check } from "../../core/check.ts";
import type { BudgetLine, Estimate } from "../../core/estimate.ts";
import * as say from "../../core/messages/power-data.ts";
import { HBAR } from "../../physics/constants.ts";
import { fidelity } from "../../physics/readout.ts";
import { inherited } from "../budget.ts";
import type { AbsorbedPoint } from "./absorbed.ts";
import { type CommonInput, pointwiseInput } from "./common-input.ts";
import type { RouteContext } from "./context.ts";
import { assignmentErrors, excessesOf } from "./excess.ts";
import { gapOf } from "./gap.ts";
import type { PopulationRow } from "./population-rows.ts";
import type { RabiLine } from "./rabi-line.ts";
import { rateEstimates } from "./rate-estimates.ts";
import { refusedRate } from "./refused.ts";

/** The coherence rate that goes with the Rabi frequencies. */
export interface CoherenceRate {
  readonly value: number;
  readonly budget: readonly BudgetLine[];
  /** In words. */
  readonly source: string;
  readonly datasets: readonly string[];
}

/**
 * Estimator 9 without a sweep: `W/(hbar w) = Omega^2 |z| G2/(2 (G2^2 + Delta^2))` (PHYSICS.md sec. 1), |z| = 1 - 2 n_e from the population that divides it
 * too, so that the rate is `Omega^2 G2 (1 - 2 n_e)/(2 (G2^2 + Delta^2)(n_e - n_eq))`. Neither attenuation nor port geometry takes part.
 * @param rows driven populations, their powers stated where those of the Rabi traces are
 * @param resonance of the qubit, rad/s; NaN = the drive is taken as on resonance
 */
export function rabiPopulationRates(
  context: RouteContext,
  rows: readonly PopulationRow[],
  line: RabiLine,
  gamma2: CoherenceRate,
  resonance: number,
): readonly Estimate[] {
  const { input, power, undriven, equilibrium, omega } = context;
  const { facts, labels } = input;
  const readout = assignmentErrors(facts);
  if (!readout) return [refusedRate(labels, "rabi", check("no_readout", false, say.rabiReadout()), [], input.datasets)];
  const excesses = excessesOf(rows, facts, readout, undriven, equilibrium);
  const deltas = rows.map((r) => (Number.isFinite(r.frequency) && Number.isFinite(resonance) ? 2 * Math.PI * r.frequency - resonance : 0));
  const widths = deltas.map((d) => gamma2.value ** 2 + d * d);
  const left = excesses.excess.map((e) => 1 - 2 * (e + equilibrium.value));
  const points = rows.map((row, i): AbsorbedPoint => {
    const atDevice = power.toDevice(row.pSource, row.powerAt, row.frequency);
    const pDevice = Number.isFinite(atDevice) ? atDevice : row.pSource;
    // The frequency only counts photons here, and counts them out again.
    const driven = Number.isFinite(row.frequency) ? 2 * Math.PI * row.frequency : Number.isFinite(omega) ? omega : 1;
    const flux = (line.slope * row.pSource * left[i]! * gamma2.value) / (2 * widths[i]!);
    const share = (flux * HBAR * driven) / pDevice;
    // One noise moves |z| and n_e - n_eq together: their relative errors add, and the rate's own part is what is beyond the second.
    const [byZ, byExcess] = [(2 * excesses.sigma[i]!) / Math.abs(left[i]!), excesses.sigma[i]! / Math.abs(excesses.excess[i]!)];
    const relative = Math.sqrt((byZ + byExcess) ** 2 - byExcess ** 2);
    return {
      ...{ row, pDevice, omega: driven, share, relative, expectedShare: share },
      ...{ s: { re: Number.NaN, im: Number.NaN }, sigmaS: Number.NaN, saturation: Number.NaN },
    };
  });
  const noSigma = Number.isFinite(line.sigma) ? [] : [check("rabi_no_sigma", false, say.rabiNoSigma())];
  const checks = [
    ...line.checks,
    ...noSigma,
    ...excesses.checks,
    ...inherited(equilibrium.checks).filter((c) => c.code !== "readout_no_sigma"),
  ];
  return rateEstimates({
    ...({ labels, estimator: "rabi", quantity: "gamma1_total", excesses, factor: 1, trend: false } as const),
    absorbed: { points, common: [] },
    common: [...rabiInputs(line, gamma2, widths), ...polarisationInputs(context, left, excesses.population)],
    gap: gapOf(facts, input.decay),
    polarisation: 1 - 2 * equilibrium.value,
    checks,
    remarks: [say.rabiFromPopulation(gamma2.source), ...excesses.remarks],
    datasets: [...new Set([...rows.flatMap((r) => r.datasets), ...gamma2.datasets, ...equilibrium.datasets])],
  }).estimates;
}

/** `d ln W` by Omega^2 per watt, and by G2, which moves Omega^2 too. */
function rabiInputs(line: RabiLine, gamma2: CoherenceRate, widths: readonly number[]): CommonInput[] {
  const slope = pointwiseInput("Rabi oscillations", "rabi oscillations", () => line.sigma / line.slope);
  const byGamma2 = (i: number) => 1 / gamma2.value - (2 * gamma2.value) / widths[i]! + line.byGamma2 / line.slope;
  return [
    slope,
    ...gamma2.budget.map((l) =>
      pointwiseInput(`gamma2 (${l.input})`, l.shared ?? `gamma2 by ${gamma2.source}`, (i) => l.contribution * byGamma2(i)),
    ),
  ];
}

/** Assignment errors also move |z| = 1 - 2 n_e: `dn/d eps_ge = -(1 - n)/Fid`, `dn/d eps_eg = n/Fid`. */
function polarisationInputs({ input }: RouteContext, left: readonly number[], population: readonly number[]): CommonInput[] {
  const { p1_given_0: e1, p0_given_1: e2 } = input.facts.readout;
  const readout = assignmentErrors(input.facts);
  if (!e1 || !e2 || !readout) return [];
  const scale = (i: number) => 2 / fidelity(readout) / left[i]!;
  return [
    pointwiseInput("p1_given_0", e1.entry, (i) => (1 - population[i]!) * e1.quantity.sigma * scale(i)),
    pointwiseInput("p0_given_1", e2.entry, (i) => -population[i]! * e2.quantity.sigma * scale(i)),
  ];
}
