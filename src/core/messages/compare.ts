import type { GroupLabels } from "../estimate.ts";
import { few } from "./importers.ts";
import { seconds } from "./seconds.ts";

/** Sentences of the comparison and of the energy partition. */

const dB = (x: number) => `${x < 0 ? "-" : "+"}${Math.abs(x).toFixed(2)} dB`;
const ratio = (value: number, sigma: number) => `power/decay = ${value.toFixed(3)} ± ${sigma.toFixed(3)}`;
const short = (x: number) => String(Number(x.toPrecision(3)));

export const groupName = (l: GroupLabels) => [l.cooldown, l.device, l.qubit].filter(Boolean).join("/");

export const agree = (value: number, sigma: number, pull: number) =>
  `The two routes agree: ${ratio(value, sigma)}, ${Math.abs(pull).toFixed(2)} sigma apart.`;
export const tension = (value: number, sigma: number, db: number, pull: number) =>
  `The two routes are in tension: ${ratio(value, sigma)}, ${Math.abs(pull).toFixed(2)} sigma apart. ${explained(db)}`;
export const disagree = (value: number, sigma: number, db: number, pull: number) =>
  `The two routes disagree: ${ratio(value, sigma)}, ${Math.abs(pull).toFixed(2)} sigma apart. ${explained(db)}`;
const explained = (db: number) =>
  `An attenuation ${Math.abs(db).toFixed(2)} dB ${db > 0 ? "larger" : "smaller"} than stated would explain it; so would heating, loss that is not Markovian, or absorption that bypasses the qubit.`;
export const empty = (value: number, sigma: number) =>
  `${ratio(value, sigma)}, but the attenuation was made from this relaxation (or so that the routes agree): agreement says nothing.`;
export const emptyUnknown = (value: number, sigma: number) =>
  `${ratio(value, sigma)}, but where the attenuation comes from is not stated, and it may have been made from this relaxation: agreement says nothing. State attenuation_from.`;
export const oneRoute = (which: "decay" | "power", why: string) =>
  `Only the ${which} route has a number; there is nothing to compare.${why ? ` ${why}` : ""}`;
export const none = (why: string) => `Neither route has a number.${why ? ` ${why}` : ""}`;
export const sweptT1 = (measured: number, settings: number, names: readonly string[], least: number, most: number) =>
  `T1 at ${measured}${measured < settings ? ` of ${settings}` : ""} setting${settings === 1 ? "" : "s"} of ${few(names, 3)}: ${least === most ? seconds(least) : `${seconds(least)} .. ${seconds(most)}`}; see "T1 along repeats and sweeps" in the report. It is not averaged over, so there is no single T1 to compare.`;
export const noError = (value: number) =>
  `power/decay = ${value.toFixed(3)}, but the error of one route is not known: no verdict. Give uncertainties (attenuation, readout) in gammawatt.yaml.`;
export const notIndependent = () => "Where the attenuation comes from is not stated, so this is no independent test.";
export const scalarQuoted = () => "Quoted from incident minus reflected, which is a lower bound: a ratio below 1 is expected.";
export const routeRatio = (db: number) => `${dB(db)}: the error of the attenuation that would explain the ratio.`;

// partition
export const missingGammaR = () =>
  "gamma_r, gamma_nr and f_nonradiative: measure S against frequency at several powers (kind scattering) up to saturation; depth and width give gamma_r.";
export const missingTotal = () => "gamma_nr and f_nonradiative: a relaxation rate is missing; measure T1 (kind decay).";
export const missingRoutes = (which: "decay" | "power") => `f_route: the ${which} route has no number.`;
export const missingEquilibrium = () =>
  "gamma_r and gamma_nr are taken with n_eq = 0: measure the undriven population (kind equilibrium) or state the temperature.";
export const fRoute = () =>
  "G1tot from decay over G1tot from power; 1 for any number of Markovian channels. Another value means calibration, heating, non-Markovian loss or absorption that bypasses the qubit.";
export const fRouteScalar = () =>
  "Against incident minus reflected f_route is above 1 by that estimator's bias (2/(1 + S11) on resonance): an artefact.";
export const radiative = (from: string) =>
  `Non-radiative = total - radiative; total from the ${from} route. Zero-temperature rates, equal bath temperatures assumed.`;
export const outsideUnit = (value: number) =>
  `f_nonradiative is ${short(value)}, outside 0 to 1: gamma_r and the total rate do not fit together within their errors.`;
export const photons = (n: number) => `Photons emitted per pi pulse: ${short(n)}.`;
