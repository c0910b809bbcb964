/** Sentences of the joint fit of all that one qubit's data hold. */

const short = (x: number, digits = 3) => String(Number(x.toPrecision(digits)));

const NAMES: Readonly<Record<string, string>> = {
  gamma_r: "gamma_r",
  gamma_nr: "gamma_nr",
  gamma_phi: "gamma_phi",
  ln_attenuation: "attenuation",
  n_r: "bath occupation",
  n_nr: "occupation of the non-radiative bath",
  offset: "resonance",
  variance: "frequency noise",
};
export const parameterName = (name: string) => NAMES[name] ?? name;

const listed = (words: readonly string[], last: string) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;

/** @param parts parameters of a direction with their relative changes, the largest 1 % */
export const cannotTell = (parts: readonly { readonly name: string; readonly percent: number }[], closers: readonly string[]) => {
  const names = listed(
    parts.map((p) => parameterName(p.name)),
    "and",
  );
  const cure = closers.length > 0 ? `Give ${listed(closers, "or")}.` : "No single further measurement closes this.";
  if (parts.length < 2) return `${names} has no effect on anything that was measured. ${cure}`;
  const moves = parts.map((p) => `${parameterName(p.name)} ${p.percent < 0 ? "-" : "+"}${short(Math.abs(p.percent))} %`).join(", ");
  return `${names} cannot be told apart: ${moves} change nothing that was measured. ${cure}`;
};
export const nominalOnly = (quantity: string, share: number, closers: readonly string[]) =>
  `${quantity} is determined in name only: its error is ${short(share, 2)} times the scale of the rates.${closers.length > 0 ? ` Give ${listed(closers, "or")}.` : ""}`;
export const vagueAttenuation = (quantity: string, closers: readonly string[]) =>
  `${quantity} hangs on the attenuation, which the data determine in name only (to worse than a few dB).${closers.length > 0 ? ` Give ${listed(closers, "or")}.` : ""}`;
export const drivenPortOnly = () =>
  "The depth of the line is that of the driven port's share of gamma_r alone; what goes out of the other ports and what is lost inside cannot be told apart. Give the total output power of all ports.";
export const outside = (quantity: string, value: number, sigmas: number) =>
  `${quantity} would be ${short(value)} without its bound, ${short(sigmas, 2)} sigma outside of what is possible: geometry, attenuation, n_eq, T1 or line shape is wrong.`;
export const allDetermined = (parameters: number) => `The data determine all ${parameters} parameters.`;
export const notConverged = (sentence: string) => `The joint fit gave no number: ${sentence}`;

export const jointOf = (held: readonly string[], twoBaths: boolean) =>
  `All data in one fit: ${held.join(", ")}; ${twoBaths ? "line and losses each with a temperature of its own" : "one bath temperature assumed"}.`;
export const withDecay = () => "T1 is part of it: this is no second route to compare with the decay.";
export const circularLeftOut = () =>
  "The stated attenuation was made from this qubit's own relaxation, and T1 is in the fit already: it was left free.";
export const attenuationLeftOut = () => "The attenuation has no uncertainty and says nothing: it was left free.";
export const heatedLeftOut = () =>
  "The drive heats the qubit: n_eq is not one number over the powers, and the driven populations were left out; the rates still assume one n_eq for the scattering.";
export const attenuationFound = (db: number, sigma: number, stated: number) =>
  `Attenuation by the fit ${short(db, 4)} ± ${short(sigma, 2)} dB${Number.isFinite(stated) ? `, stated ${short(stated, 4)} dB` : ""}.`;
export const jointChi2 = (reduced: number, dof: number, holds: boolean) =>
  `chi2 per degree of freedom of the joint fit is ${short(reduced)} (${dof}): ${holds ? "it describes the data within their noise." : "the data scatter about it by more than their noise, and its errors are too small. Check stated noise, line shape and reference, and fit without one of the data to see which does not belong."}`;
export const inputsAgree = (worst: number) =>
  `No input is moved by more than ${short(Math.abs(worst), 2)} standard deviations of its statement.`;
export const inputPulled = (input: string, pull: number) =>
  `The data move ${input} ${short(Math.abs(pull), 2)} standard deviations ${pull > 0 ? "above" : "below"} its statement: it, T1 or the line shape is wrong. Fit without one of them to see which.`;
export const noiseFound = (sigma: number, error: number, gain: number) =>
  `Quasi-static frequency noise of ${short(sigma)} ± ${short(error, 2)} 1/s (Gaussian width) is in the fit: chi2 is lower by ${short(gain)} with it.`;
export const noiseLimit = (limit: number, share: number) =>
  `Quasi-static frequency noise is not seen; below ${short(limit, 2)} 1/s (${short(share, 2)} of G2) with 95 %.`;

export const identifiabilityIntro = () =>
  "All data of a qubit in one fit. Its parameters are the rates into the line and elsewhere, dephasing, bath occupation, resonance and, where it is not stated with an error, the attenuation. Rank counts the combinations of them that the data determine; every candidate measurement was tried on the actual problem. An attenuation that differs from the stated one is T1 and saturation speaking.";
export const noJointFit = () => "No qubit has a complex line swept over power; there is nothing to fit together.";
export const rankWords = (rank: number, parameters: number) => `${rank} of ${parameters}`;
export const openWords = (open: readonly string[], closers: readonly string[]) =>
  open.length === 0
    ? "nothing"
    : `${open.join(" ")}${open.length > 1 ? (closers.length > 0 ? ` All at once: ${listed(closers, "or")}.` : " No single addition closes all of it.") : ""}`;
export const frequencyNoiseWords = (noise: { readonly found: boolean; readonly sigma: number; readonly error: number }) =>
  noise.found ? `${short(noise.sigma)} ± ${short(noise.error, 2)} 1/s, in the fit` : `below ${short(noise.sigma, 2)} 1/s (95 %)`;
