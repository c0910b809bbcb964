import { few } from "./importers.ts";

/** Sentences of the participation series. */

const short = (x: number) => (Math.abs(x) < 1e5 ? String(Number(x.toPrecision(3))) : x.toExponential(2).replace("e+", "e"));

export const sumRule = (members: number, rates: string) =>
  `G1 = sum over channels of participation times channel rate, over ${members} rates from ${rates}; G1 is the zero-temperature rate.`;
export const interval = (low: number, high: number, sigmaKnown: boolean) =>
  sigmaKnown
    ? `68 % interval ${short(low)} to ${short(high)} 1/s.`
    : "Its error is not known: as many rates as channels, and rates without error.";
export const heldAtZero = (raw: number) => `Without the bound the data would say ${short(raw)} 1/s; a channel gives no energy.`;
export const lossTangent = (value: number, gigahertz: number) =>
  `As a loss tangent x/w at ${gigahertz.toFixed(2)} GHz: ${value.toExponential(1)}.`;
export const equilibriumZero = () => "n_eq is not known for every qubit; there it was taken as 0, and G1tot stands for G1.";

/** @param ratio of the first named channel to the others, per qubit in words */
export const notDetermined = (moves: readonly string[], members: number, channels: number) =>
  `${members < channels ? `${members} rate${members === 1 ? "" : "s"} cannot give ${channels} channel rates: ` : ""}no rate changes when ${moves.join(" and ")}. Add a qubit (a device, a geometry) in which these channels take part in another ratio, leave one of them out of participation, or measure the rate of one of them otherwise.`;
export const oneOf = (channel: string) => `the rate of ${channel} moves, because no qubit takes part in it`;
export const moved = (channel: string, by: number) => `the rate of ${channel} ${by < 0 ? "falls" : "rises"} by ${short(Math.abs(by))}`;
export const nearlyCollinear = (channel: string, error: number) =>
  `The share of ${channel} would have an error of ${short(100 * error)} % of the whole relaxation, in every qubit: the participations stand in nearly one ratio. Add a qubit in which ${channel} takes part in another ratio.`;
export const noChannel = (channel: string, who: readonly string[]) =>
  `participation of ${few(who, 4)} says nothing of ${channel}, which others state: write ${channel}: 0 there if it has none.`;
export const noScatter = (chi2: number, dof: number) =>
  `The rates scatter about the sum by no more than their errors (chi2 ${chi2.toFixed(1)} for ${dof} degrees of freedom).`;
export const scatters = (chi2: number, dof: number, scatter: number) =>
  `The rates scatter about the sum by more than their errors (chi2 ${chi2.toFixed(1)} for ${dof} degrees of freedom): a scatter of ${short(100 * scatter)} % from rate to rate was added to each error. Loss that no participation describes (single defects, quasiparticles, packaging) would do that.`;
export const exactlyDetermined = () =>
  "As many channels as rates: the sum goes through every rate, and nothing tests whether it is true. Add a qubit.";
export const errorsFromScatter = () => "The errors of the rates are not known; they were taken from the scatter about the sum.";
export const shareOf = (channel: string) => `Participation times the rate of ${channel}, over the sum of all channels.`;
