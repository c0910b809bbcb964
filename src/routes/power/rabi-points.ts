import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/power-data.ts";
import { gainOverConstant } from "../../fit/driven/gain.ts";
import { rabiLaw } from "../../fit/driven/rabi-law.ts";
import { sigmaOf } from "../../fit/law-fit.ts";
import { fitLawFrom } from "../../fit/multistart.ts";
import { prepareSignal } from "../../fit/signal.ts";
import { chi2Tail } from "../../numerics/gamma-function.ts";
import { ENDINGS } from "../../numerics/least-squares.ts";
import { columnOf, type Dataset } from "../../tables/dataset.ts";
import type { PowerDataset } from "./input.ts";

/** A squared Rabi frequency at one stated power. */
export interface RabiPoint {
  /** W as stated. */
  readonly pSource: number;
  readonly powerAt: "source" | "device" | undefined;
  /** Drive frequency, Hz; NaN = not stated, taken as on resonance. */
  readonly frequency: number;
  /** Omega^2, (rad/s)^2. */
  readonly rabi2: number;
  /** Own error of Omega^2; NaN = not known. */
  readonly sigma: number;
  /** The error is a share of what was measured; else that of Omega is the same however large it is. */
  readonly proportional: boolean;
  /** d Omega^2/d G2: damping moves the oscillation. */
  readonly byGamma2: number;
  readonly dataset: string;
}

export interface RabiPoints {
  readonly points: readonly RabiPoint[];
  /** Doubts about single traces, and the reasons for those that gave no number. */
  readonly checks: readonly Check[];
  readonly refused: readonly string[];
}

/** Detuning over Rabi frequency within which Omega^2 = nu^2 - Delta^2 holds far better than it is measured. */
const FARTHEST = 0.3;
const ON_RESONANCE = 0.02;
/** A Rabi frequency beyond this share of the qubit's is a drive frequency by mistake, or no rotating wave. */
const LARGEST = 0.1;
const FEWEST_SIGMA = 3;
/** Gain in chi2 over a constant that noise does not reach, however many frequencies are tried. */
const LEAST_GAIN = 40;
/** Probability below which a trace is said to be of another shape: a lab looks at some dozens. */
const SHAPE = 1e-4;

/**
 * Squared Rabi frequencies from traces of kind rabi (population or voltage against the duration of the drive, one power each) and tables (power,
 * Rabi frequency). Strong damping and small detuning are corrected.
 * @param gamma2 coherence rate, 1/s. @param resonance of the qubit, rad/s; NaN = not known
 */
export function rabiPoints(datasets: readonly PowerDataset[], gamma2: number, resonance: number): RabiPoints {
  const points: RabiPoint[] = [];
  const checks: Check[] = [];
  const refused: string[] = [];
  for (const item of datasets.filter((d) => d.dataset.kind === "rabi")) {
    const found = columnOf(item.dataset, "delay") ? fromTrace(item, gamma2, resonance) : fromTable(item, resonance);
    if ("refused" in found) refused.push(found.refused);
    else {
      points.push(...found.points);
      checks.push(...found.checks);
    }
  }
  return { points: points.sort((a, b) => a.pSource - b.pSource), checks, refused };
}

type Found = { readonly points: readonly RabiPoint[]; readonly checks: readonly Check[] } | { readonly refused: string };

function fromTrace(item: PowerDataset, gamma2: number, resonance: number): Found {
  const { dataset, entry } = item;
  const pSource = powerOf(item);
  if (!(pSource > 0)) return { refused: say.noRabiPower() };
  const prepared = prepareSignal(dataset);
  if ("unfit" in prepared) return { refused: say.rabiNotFound(prepared.unfit.sentence) };
  const { signal } = prepared;
  const model = rabiLaw(gamma2);
  const fit = fitLawFrom(model, signal, model.starts(signal))?.fit;
  if (!fit) return { refused: say.rabiNotFound(ENDINGS.bad_start.sentence) };
  const [, rate, omega] = fit.p as unknown as [number, number, number];
  const sigma = sigmaOf(fit, [0, 0, 1, 0]);
  const ending = ENDINGS[fit.minimum.ending];
  if (!ending.converged) return { refused: say.rabiNotFound(ending.sentence) };
  const gain = gainOverConstant(fit, signal);
  if (!(gain > LEAST_GAIN)) return { refused: say.rabiNotFound(say.rabiAbsent(gain)) };
  if (!(omega > FEWEST_SIGMA * sigma)) return { refused: say.rabiNotFound(say.rabiUnclear(omega, sigma)) };
  if (!(omega < LARGEST * resonance || Number.isNaN(resonance))) return { refused: say.rabiNotFound(say.rabiTooHigh(omega)) };
  const frequency = settingIn(dataset, "frequency", "Hz") ?? Number.NaN;
  const detuning = 2 * Math.PI * frequency - resonance;
  if (Math.abs(detuning) > FARTHEST * omega) return { refused: say.rabiNotFound(say.rabiDetuned(detuning, omega)) };
  const rabi2 = omega * omega - (Number.isFinite(detuning) ? detuning * detuning : 0);
  // Off resonance a part of the population does not oscillate, which the law leaves out and the frequency does not mind.
  const tested = fit.likelihood.absolute && !(Math.abs(detuning) > ON_RESONANCE * omega);
  const shape = tested ? chi2Tail(fit.chi2, fit.dof) : Number.NaN;
  return {
    points: [
      {
        pSource,
        powerAt: entry?.power_at,
        frequency,
        rabi2,
        sigma: 2 * omega * sigma,
        proportional: false,
        byGamma2: 2 * (gamma2 - rate),
        dataset: dataset.id,
      },
    ],
    checks: Number.isFinite(shape) ? [check("driven_shape", shape >= SHAPE, say.drivenShape(shape), shape, SHAPE)] : [],
  };
}

/** Power against Rabi frequency: the column `condition`, or `frequency` where there is no other (Hz, or 1/s for an angular one). */
function fromTable({ dataset, entry }: PowerDataset, resonance: number): Found {
  const powers = columnOf(dataset, "power")?.values;
  const column = columnOf(dataset, "condition") ?? columnOf(dataset, "frequency");
  if (!powers || !column || (column.unit !== "Hz" && column.unit !== "1/s")) return { refused: say.rabiColumns() };
  const drive = columnOf(dataset, "condition") ? columnOf(dataset, "frequency")?.values : undefined;
  const angular = column.unit === "Hz" ? 2 * Math.PI : 1;
  const sigmas = columnOf(dataset, "sigma")?.values;
  const relative = dataset.noise.type === "relative" ? dataset.noise.relative : Number.NaN;
  const points: RabiPoint[] = [];
  for (const [i, value] of column.values.entries()) {
    const omega = angular * value;
    if (!(powers[i]! > 0) || !(omega > 0)) continue;
    if (omega > LARGEST * resonance) return { refused: say.rabiNotFound(say.rabiTooHigh(omega)) };
    const frequency = drive?.[i] ?? Number.NaN;
    const detuning = 2 * Math.PI * frequency - resonance;
    if (Math.abs(detuning) > FARTHEST * omega) continue;
    const sigma = sigmas ? angular * sigmas[i]! : relative * omega;
    const rabi2 = omega * omega - (Number.isFinite(detuning) ? detuning * detuning : 0);
    points.push({
      pSource: powers[i]!,
      powerAt: entry?.power_at,
      frequency,
      rabi2,
      sigma: 2 * omega * sigma,
      proportional: sigmas === undefined,
      byGamma2: 0,
      dataset: dataset.id,
    });
  }
  return points.length > 0 ? { points, checks: [] } : { refused: say.rabiColumns() };
}

/** W: of the trace, or of the lab file's entry. */
function powerOf({ dataset, entry }: PowerDataset): number {
  return settingIn(dataset, "power", "W") ?? constantPower(dataset) ?? entry?.power?.value ?? Number.NaN;
}

/** A setting of the whole trace by its name, or the only one with its unit: a long table names it after its column. */
function settingIn({ conditions }: Dataset, name: string, unit: string): number | undefined {
  const alike = conditions.filter((c) => c.unit === unit);
  return (alike.find((c) => c.name === name) ?? (alike.length === 1 ? alike[0] : undefined))?.value;
}

/** A column of powers beside the delays that holds one power. */
function constantPower(dataset: Dataset): number | undefined {
  const values = columnOf(dataset, "power")?.values;
  return values?.every((v) => v === values[0]) ? values[0] : undefined;
}
