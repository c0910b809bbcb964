import { few } from "./importers.ts";
import { seconds } from "./seconds.ts";

/** Sentences of the comparison. */

const two = (x: number) => Math.abs(x).toFixed(2);

/** `0.40 ± 0.12 dB more`; what power reads against decay. */
export const byHowMuch = (db: number, sigmaDb: number) =>
  `${two(db)} ± ${Number.isFinite(sigmaDb) ? two(sigmaDb) : "?"} dB ${db < 0 ? "less" : "more"}`;
export interface RatioNumbers {
  readonly ratio: number;
  readonly sigma: number;
  readonly db: number;
  readonly sigmaDb: number;
  readonly pull: number;
}
export const reading = (n: RatioNumbers) =>
  `Power reads ${byHowMuch(n.db, n.sigmaDb)} than decay (power/decay = ${n.ratio.toFixed(3)} ± ${n.sigma.toFixed(3)}), ${two(n.pull)} sigma`;
/** What would have to be wrong to explain a ratio. */
export type Cause = "line" | "device" | "rabi";
/** A line that loses more than is stated delivers less power than is assumed, and the rate comes out too high. */
export const explained = (db: number, cause: Cause = "line") => `${causes[cause](db)} would explain it; so would ${others(db, cause)}.`;
const causes: Readonly<Record<Cause, (db: number) => string>> = {
  line: (db) => `The line losing ${two(db)} dB ${db > 0 ? "more" : "less"} than stated`,
  device: (db) => `A power at the device ${two(db)} dB ${db > 0 ? "lower" : "higher"} than stated`,
  rabi: (db) => `A Rabi rate whose square is ${two(db)} dB ${db > 0 ? "smaller" : "larger"} than taken`,
};
/**
 * What heats raises n_e - n_eq where n_eq was taken without the drive, and lowers the rate; what absorbs beside the qubit adds to the work, and a
 * population read late is smaller than the one that was driven.
 */
const others = (db: number, cause: Cause) => {
  if (db < 0) return "heating by the drive that n_eq does not hold, or loss that is not Markovian";
  const late = "a pause before readout longer than drive_to_readout says";
  return `${late}${cause === "rabi" ? "" : ", absorption that bypasses the qubit,"} or loss that is not Markovian`;
};
type Standing = "independent" | "unknown" | "unclear" | "circular";
/** Why agreement says nothing. */
export const emptyBecause: Readonly<Record<Exclude<Standing, "independent">, string>> = {
  circular: "The attenuation was made from this relaxation (or so that the routes agree): agreement says nothing.",
  unknown:
    "Where the attenuation comes from is not stated, and it may have been made from this relaxation: agreement says nothing. State attenuation_from.",
  unclear:
    "The attenuation comes from the T1 of another qubit, and one of the qubits compared with it may be that one: there, agreement says nothing.",
};
/** Why disagreement does say something, but is no independent test. */
export const notIndependent: Readonly<Record<"unknown" | "unclear", string>> = {
  unknown: "Where the attenuation comes from is not stated, so this is no independent test.",
  unclear: "The attenuation comes from the T1 of another qubit, which may be among those compared: no independent test.",
};
export const verdictSentence = (verdict: string, n: RatioNumbers, standing: Standing, cause: Cause, noEquilibrium?: string) => {
  if (verdict === "empty") return `${reading(n)}. ${emptyBecause[standing === "independent" ? "circular" : standing]}`;
  if (verdict === "none") return noEquilibrium ? equilibriumUnknown(n.ratio, n.db, noEquilibrium) : noError(n.ratio, n.db);
  if (verdict === "bound") return `${reading(n)}: consistent with a lower bound, which only a ratio above 1 could contradict.`;
  const words = { agree: "the routes agree", tension: "the routes are in tension", disagree: "the routes disagree" }[verdict];
  const why = standing === "unknown" || standing === "unclear" ? ` ${notIndependent[standing]}` : "";
  return `${reading(n)}: ${words}.${verdict === "agree" ? "" : ` ${explained(n.db, cause)}`}${why}`;
};
export const oneRoute = (which: "decay" | "power", why: string) =>
  `Only the ${which} route has a number; there is nothing to compare.${why ? ` ${why}` : ""}`;
export const none = (why: string) => `Neither route has a number.${why ? ` ${why}` : ""}`;
export const sweptT1 = (measured: number, settings: number, names: readonly string[], least: number, most: number) =>
  `T1 at ${measured}${measured < settings ? ` of ${settings}` : ""} setting${settings === 1 ? "" : "s"} of ${few(names, 3)}: ${least === most ? seconds(least) : `${seconds(least)} .. ${seconds(most)}`}; see "T1 along repeats and sweeps" in the report. It is not averaged over, so there is no single T1 to compare.`;
export const noError = (value: number, db: number) =>
  `Power reads ${two(db)} dB ${db < 0 ? "less" : "more"} than decay (power/decay = ${value.toFixed(3)}), but the error of one route is not known: no verdict. Give uncertainties (attenuation, readout) in gammawatt.yaml.`;
export const equilibriumUnknown = (value: number, db: number, why: string) =>
  `Power reads ${two(db)} dB ${db < 0 ? "less" : "more"} than decay (power/decay = ${value.toFixed(3)}), but n_eq is not known: no verdict. ${why}`;
export const sweepQuoted = () =>
  "Quoted from the saturation of the scattering alone, without any population: it rests on a Lorentzian line and on n_eq as stated (0 where nothing states it).";
export const measuredOnce = () =>
  "T1 was measured once: how much it fluctuates between the two measurements is not known and not in the error. Repeat it, before and after the power sweep.";
export const scalarQuoted = () =>
  "Quoted from incident minus reflected, a lower bound: what the qubit sends out coherently is missing from it.";
