import type { Check } from "../../core/check.ts";
import { cure } from "../../core/messages/cures.ts";
import type { PortGeometry } from "../../physics/ports.ts";
import { budgetKind } from "../budget-kind.ts";
import type { PlanRequest } from "./expected.ts";
import { MEASUREMENTS, type Measurement, type Prediction, predict, type Times } from "./prediction.ts";

/** Relative standard deviations of Gamma_1 at one drive strength. */
export interface PlannedDrive {
  /** S on resonance; powers in W at the device and where the lab states them. */
  readonly saturation: number;
  readonly pDevice: number;
  readonly pSource: number;
  /** Relative error by the noise of each measurement, for one second on it: falls with 1/sqrt(seconds). */
  readonly noise: Readonly<Record<Measurement, number>>;
  /** Relative error that no averaging removes; inputs of unknown error are left out of it. */
  readonly common: number;
}

/** One line of the budget of the planned measurement, and what the whole error would be without it. */
export interface PlannedLine {
  readonly input: string;
  readonly relative: number;
  readonly without: number;
  /** What to measure to shrink it. */
  readonly cure: string;
}

export interface Plan {
  readonly request: PlanRequest;
  readonly geometry: PortGeometry;
  readonly drives: readonly PlannedDrive[];
  /** The drive that makes the whole error smallest in `seconds`. */
  readonly best: PlannedDrive;
  readonly seconds: number;
  /** Share of the time for each measurement, at the best drive. */
  readonly shares: Readonly<Record<Measurement, number>>;
  /** Largest first. */
  readonly budget: readonly PlannedLine[];
  /** Inputs whose error nobody stated: the whole error is larger by them. */
  readonly unknown: readonly string[];
  /** S at which the Rabi rate is a tenth of the anharmonicity (PHYSICS.md sec. 1, validity); NaN where that is not stated. */
  readonly twoLevel: number;
  /** What the route would say beside the number. */
  readonly checks: readonly Check[];
}

/** S from here to there, in steps of a third of a decade at the table's points. */
const LOWEST = 0.01;
const HIGHEST = 100;
const STEPS = 12;

/** The plan, or the sentence why the route would give no number here. */
export function planPower(request: PlanRequest, seconds: number): Plan | { readonly refused: string } {
  const geometry: PortGeometry = request.facts.qubit.geometry === "reflection" ? "one-port" : "two-sided";
  const first = predict(request, geometry, 1, evenly(seconds)).estimate;
  if (!Number.isFinite(first.value)) return { refused: first.remark };
  const at = (logS: number) => plannedDrive(request, geometry, Math.exp(logS));
  const [low, high] = [Math.log(LOWEST), Math.log(HIGHEST)];
  const drives = Array.from({ length: STEPS + 1 }, (_, i) => at(low + ((high - low) * i) / STEPS));
  const best = at(minimum((x) => errorAfter(at(x), seconds), low, high));
  const shares = sharesOf(best);
  const times = Object.fromEntries(MEASUREMENTS.map((m) => [m, shares[m] * seconds])) as unknown as Times;
  const { estimate } = predict(request, geometry, best.saturation, times);
  const known = estimate.budget.filter((l) => Number.isFinite(l.contribution));
  const anharmonicity = request.facts.qubit.anharmonicity?.quantity.value ?? Number.NaN;
  const total = Math.hypot(...known.map((l) => l.contribution));
  return {
    request,
    geometry,
    drives,
    best,
    seconds,
    shares,
    budget: known
      .filter((l) => Math.abs(l.contribution) > 1e-6 * total)
      .map((l) => ({
        input: l.input,
        cure: cure(budgetKind(l), l.input),
        relative: Math.abs(l.contribution) / estimate.value,
        without: Math.sqrt(Math.max(0, total ** 2 - l.contribution ** 2)) / estimate.value,
      }))
      .sort((a, b) => b.relative - a.relative),
    unknown: estimate.budget.filter((l) => !Number.isFinite(l.contribution)).map((l) => l.input),
    twoLevel: (0.1 * 2 * Math.PI * anharmonicity) ** 2 / (request.qubit.gamma1Total.value * request.qubit.gamma2.value),
    checks: estimate.checks.filter((c) => !c.holds),
  };
}

/** Relative error after `seconds` in all, shared as is best: with `sum a_i^2/t_i` least for `t_i ~ a_i`, `(sum a_i)^2/t` is left. */
export function errorAfter(drive: PlannedDrive, seconds: number): number {
  const noise = MEASUREMENTS.reduce((sum, m) => sum + drive.noise[m], 0);
  return Math.hypot(noise / Math.sqrt(seconds), drive.common);
}

function sharesOf(drive: PlannedDrive): Record<Measurement, number> {
  const all = MEASUREMENTS.reduce((sum, m) => sum + drive.noise[m], 0);
  return Object.fromEntries(MEASUREMENTS.map((m) => [m, drive.noise[m] / all])) as Record<Measurement, number>;
}

const evenly = (seconds: number) => Object.fromEntries(MEASUREMENTS.map((m) => [m, seconds])) as unknown as Times;

/** Long enough that counts are many and noise is small, so that errors fall as the root of time. */
const LONG = 1e6;

function plannedDrive(request: PlanRequest, geometry: PortGeometry, saturation: number): PlannedDrive {
  const all = evenly(LONG);
  const square = (times: Times): readonly [number, Prediction] => {
    const p = predict(request, geometry, saturation, times);
    const { value, budget } = p.estimate;
    return [budget.reduce((sum, l) => (Number.isFinite(l.contribution) ? sum + (l.contribution / value) ** 2 : sum), 0), p];
  };
  const [total, { pDevice, pSource }] = square(all);
  const noise = Object.fromEntries(
    MEASUREMENTS.map((m) => [m, Math.sqrt(LONG * Math.max(0, total - square({ ...all, [m]: Number.POSITIVE_INFINITY })[0]))]),
  ) as Record<Measurement, number>;
  const [common] = square(evenly(Number.POSITIVE_INFINITY));
  return { saturation, pDevice, pSource, noise, common: Math.sqrt(common) };
}

/** Golden section; the error has one minimum: too little absorbed below, too little extinction above. */
function minimum(f: (x: number) => number, from: number, to: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  while (high - low > 0.01) {
    const step = golden * (high - low);
    if (f(high - step) < f(low + step)) high = low + step;
    else low = high - step;
  }
  return (low + high) / 2;
}
