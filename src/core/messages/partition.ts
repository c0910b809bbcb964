/** Sentences of the energy partition. */

const short = (x: number) => String(Number(x.toPrecision(3)));
const rate = (x: number) => (Math.abs(x) < 1e5 ? short(x) : x.toExponential(2).replace("e+", "e"));

export const missingGammaR = () =>
  "gamma_r, gamma_nr and f_nonradiative: measure S against frequency at several powers (kind scattering) up to saturation (depth and width give gamma_r), or the total reflected power with a power meter.";
export const missingTotal = () => "gamma_nr and f_nonradiative: a relaxation rate is missing; measure T1 (kind decay).";
export const missingRoutes = (which: "decay" | "power") => `f_route: the ${which} route has no number.`;
export const missingEquilibrium = () =>
  "gamma_r and gamma_nr are taken with n_eq = 0: measure the undriven population (kind equilibrium) or state the temperature.";

export const fRoute = () =>
  "G1tot from decay over G1tot from power; 1 for any number of Markovian channels. Another value means calibration, heating, non-Markovian loss or absorption that bypasses the qubit.";
export const fRouteScalar = () =>
  "Against incident minus reflected f_route is above 1 by that estimator's bias (2/(1 + S11) on resonance): an artefact.";

/** What the combinations are called in words. */
const SOURCES: Readonly<Record<string, string>> = {
  t1: "T1",
  complex_s: "the work of the drive",
  saturation_sweep: "the saturation of S",
  emission: "the power emitted after a pulse",
  total_power: "the total output power",
  rabi: "the Rabi frequency",
  joint: "the joint fit",
};
const sourceOf = (name: string) => SOURCES[name] ?? name.replaceAll("_", " ");

export const combination = (part: "gamma_r" | "gamma_nr", from: string, total: string) =>
  `${part} from ${sourceOf(from)}, G1 = G1tot (1 - 2 n_eq) from ${sourceOf(total)}; zero-temperature rates, baths of equal temperature.`;
export const bothParts = (radiative: string, nonradiative: string) =>
  `gamma_r from ${sourceOf(radiative)}, gamma_nr from ${sourceOf(nonradiative)}, G1 = gamma_r + gamma_nr; zero-temperature rates, baths of equal temperature.`;
export const lossRatio = (points: number) =>
  `(P_in - P_out)/W at ${points} power${points === 1 ? "" : "s"}: attenuation and populations cancel. It is gamma_nr/G1 at zero temperature or for baths of equal temperature; otherwise it would depend on the drive.`;

export const lossRatioConstant = (probability: number) =>
  `The same at every power within its errors (a larger chi2 in ${short(100 * probability)} % of cases).`;
export const lossRatioVaries = (probability: number) =>
  `(P_in - P_out)/W depends on the power (as much by chance in ${probability.toExponential(0)} of cases): the baths differ in temperature, the meter's background or bandwidth is wrong, or the qubit heats.`;

export const lossRatioOutside = (raw: number, sigmas: number) =>
  `(P_in - P_out)/W is ${short(raw)}, ${sigmas.toFixed(1)} sigma outside 0 to 1: ${raw < 0 ? "more would come out than went in" : "more would be lost than the drive does work"}. The background or the off value of the meter, the detector (a VNA sees the coherent part only), the normalisation of S or the port geometry is wrong.`;

export const interval = (low: number, high: number, unit = "") =>
  Number.isFinite(low) && Number.isFinite(high)
    ? `68 % interval ${unit ? rate(low) : short(low)} to ${unit ? rate(high) : short(high)}${unit}.`
    : "Its interval is not known, because the error of an input is not.";
export const atEdge = (edge: 0 | 1, raw: number) =>
  `Without the bound the data would say ${short(raw)}; the value is the most likely one from 0 to 1, which is ${edge}.`;
export const belowZero = (raw: number) => `Without the bound the data would say ${short(raw)} 1/s; a rate is not negative.`;
export const photons = () => "Photons that go into the line per pi pulse (gamma_r/G1, zero temperature).";

export const insideRange = () => "The part is not larger than the whole.";
export const outsideRange = (raw: number, sigmas: number) =>
  `f_nonradiative would be ${short(raw)}, ${sigmas.toFixed(1)} sigma outside 0 to 1: ${raw < 0 ? "the radiative rate is larger than the total" : "the non-radiative rate is larger than the total"}. The port geometry (a factor of 2), the attenuation, n_eq or the line shape (frequency noise) is wrong.`;
export const combinationsAgree = (other: string, sigmas: number) =>
  `Agrees with ${other}, ${sigmas.toFixed(1)} sigma apart (errors of common inputs taken out).`;
export const combinationsDisagree = (other: string, mine: number, theirs: number, sigmas: number) =>
  `f_nonradiative is ${short(mine)} here and ${short(theirs)} by ${other}, ${sigmas.toFixed(1)} sigma apart (errors of common inputs taken out): one of the inputs is wrong, or the baths differ in temperature, or T1 changed between the measurements.`;
export const belowBound = (f: number, bound: number) =>
  `f_nonradiative ${short(f)} is not above ${short(bound)}, which the depth of the resonance allows.`;
export const aboveBound = (f: number, bound: number, sigmas: number) =>
  `f_nonradiative ${short(f)} is ${sigmas.toFixed(1)} sigma above ${short(bound)}, the most that the depth of the resonance allows (G2 >= G1tot/2): T1 is too short for the width of the line, or the scattering was normalised with a wrong off value.`;
export const boundOnly = (bound: number, sigma: number) =>
  `f_nonradiative is at most ${short(bound)}${Number.isFinite(sigma) ? ` ± ${short(sigma)}` : ""}, from the depth of the resonance alone (f <= 1 - Gr/(2 G2 |z_eq|), without pure dephasing the limit is reached). That is a bound, not a value: measure T1, or the total reflected power.`;
