import { check } from "../../core/check.ts";
import type { BudgetLine, Estimate } from "../../core/estimate.ts";
import { sha256 } from "../../core/hash.ts";
import * as say from "../../core/messages/power-data.ts";
import { HBAR } from "../../physics/constants.ts";
import { inherited, isNoise } from "../budget.ts";
import type { AbsorbedPoint } from "./absorbed.ts";
import { type CommonInput, pointwiseInput } from "./common-input.ts";
import type { RouteContext } from "./context.ts";
import { assignmentErrors, excessesOf } from "./excess.ts";
import { type Gap, gapOf, NO_GAP } from "./gap.ts";
import type { PopulationRow } from "./population-rows.ts";
import type { RabiLine } from "./rabi-line.ts";
import { rateEstimates } from "./rate-estimates.ts";
import type { RateRequest } from "./rate-request.ts";
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
 * too (at the drive's end: what was read after a gap was larger then), so that the rate is `Omega^2 G2 (1 - 2 n_e)/(2 (G2^2 + Delta^2)(n_e - n_eq))`. Neither attenuation nor port geometry takes part.
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
  const gap = gapOf(facts, input.decay);
  const ending = (growth: number) => {
    const end = excesses.excess.map((e) => e * growth);
    return { end, left: end.map((e) => 1 - 2 * (e + equilibrium.value)) };
  };
  const pointsAt = (growth: number) => {
    const { end, left } = ending(growth);
    return rows.map((row, i): AbsorbedPoint => {
      const atDevice = power.toDevice(row.pSource, row.powerAt, row.frequency);
      const pDevice = Number.isFinite(atDevice) ? atDevice : row.pSource;
      // The frequency only counts photons here, and counts them out again.
      const driven = Number.isFinite(row.frequency) ? 2 * Math.PI * row.frequency : Number.isFinite(omega) ? omega : 1;
      const flux = (line.slope * row.pSource * left[i]! * gamma2.value) / (2 * widths[i]!);
      const share = (flux * HBAR * driven) / pDevice;
      // One noise moves |z| and n_e - n_eq together: their relative errors add, and the rate's own part is what is beyond the second.
      const byExcess = excesses.sigma[i]! / Math.abs(excesses.excess[i]!);
      const byZ = (2 * byExcess * Math.abs(end[i]!)) / Math.abs(left[i]!);
      const relative = Math.sqrt((byZ + byExcess) ** 2 - byExcess ** 2);
      return {
        ...{ row, pDevice, omega: driven, share, relative, expectedShare: share },
        ...{ s: { re: Number.NaN, im: Number.NaN }, sigmaS: Number.NaN, saturation: Number.NaN },
      };
    });
  };
  const noSigma = Number.isFinite(line.sigma) ? [] : [check("rabi_no_sigma", false, say.rabiNoSigma())];
  const checks = [
    ...line.checks,
    ...noSigma,
    ...excesses.checks,
    ...inherited(equilibrium.checks).filter((c) => c.code !== "readout_no_sigma"),
  ];
  const requestAt = (growth: number): RateRequest => ({
    ...({ labels, estimator: "rabi", quantity: "gamma1_total", excesses, factor: 1, trend: false, gap } as const),
    absorbed: { points: pointsAt(growth), common: [] },
    common: rabiInputs(line, gamma2, widths),
    polarisation: 1 - 2 * equilibrium.value,
    checks,
    remarks: [say.rabiFromPopulation(gamma2.source), ...excesses.remarks],
    datasets: [...new Set([...rows.flatMap((r) => r.datasets), ...line.datasets, ...gamma2.datasets, ...equilibrium.datasets])],
  });
  const beforeGap = (growth: number) => rateEstimates({ ...requestAt(growth), gap: NO_GAP, valuesOnly: true }).combined.gamma;
  const growth = growthOf(gap, beforeGap);
  const ofExcess = [...excesses.common, ...gap.common(beforeGap(growth))];
  const request = requestAt(growth);
  const common = [...request.common, ...polarisationInputs(ofExcess, equilibrium.budget, ending(growth))];
  return rateEstimates({ ...request, common }).estimates;
}

/**
 * Excess at the end of the drive over the excess that was read, with the rate that it leads to (needed where no decay is known): the larger it is, the
 * less polarisation is left, and the smaller the rate, so that there is exactly one.
 * @param beforeGap the rate over the excess as read
 */
function growthOf(gap: Gap, beforeGap: (growth: number) => number): number {
  const ledTo = (growth: number) => gap.factor(beforeGap(growth));
  let [low, high] = [1, ledTo(1)];
  if (!(high > 1)) return 1;
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (ledTo(middle) > middle) low = middle;
    else high = middle;
  }
  return high;
}

/** `d ln W` by Omega^2 per watt, and by G2, which moves Omega^2 too. Noise is named after the data that it is in. */
function rabiInputs(line: RabiLine, gamma2: CoherenceRate, widths: readonly number[]): CommonInput[] {
  const named = (what: string, datasets: readonly string[]) => `${what}:${sha256(datasets.join()).slice(0, 12)}`;
  const byGamma2 = (i: number) => 1 / gamma2.value - (2 * gamma2.value) / widths[i]! + line.byGamma2 / line.slope;
  return [
    { ...pointwiseInput("Rabi oscillations", named("rabi", line.datasets), () => line.sigma / line.slope), noise: true },
    ...gamma2.budget.map((l): CommonInput => {
      const shared = l.shared ?? `${named("gamma2", gamma2.datasets)}:${l.input}`;
      const input = pointwiseInput(`gamma2 (${l.input})`, shared, (i) => l.contribution * byGamma2(i));
      return isNoise(l) ? { ...input, noise: true } : input;
    }),
  ];
}

/**
 * What moves n_e - n_eq, or n_eq, moves |z| = 1 - 2 (n_e - n_eq) - 2 n_eq too.
 * @param ofExcess as relative changes of 1/(n_e - n_eq). @param ofEquilibrium changes of n_eq
 */
function polarisationInputs(
  ofExcess: readonly CommonInput[],
  ofEquilibrium: readonly BudgetLine[],
  { end, left }: { readonly end: readonly number[]; readonly left: readonly number[] },
): CommonInput[] {
  const only = (i: number) => end.map((_, j) => (i === j ? 1 : 0));
  return [
    ...ofExcess.map((c) => pointwiseInput(c.input, c.shared, (i) => (2 * end[i]! * c.effect(only(i))) / left[i]!)),
    ...ofEquilibrium.map((l) => pointwiseInput(l.input, l.shared ?? l.input, (i) => (-2 * l.contribution) / left[i]!)),
  ];
}
