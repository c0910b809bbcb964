/** Sentences of gamma0 and gamma2 from microscopic rates. */

const short = (x: number) => String(Number(x.toPrecision(3)));
const percent = (x: number) => `${short(100 * x)} %`;

export const antiDiffusion = (gamma2: number) =>
  `Without dephasing the gradient expansion of collective decay gives gamma2 = ${short(gamma2)} m^2/s: negative, as for every positive kernel, so that short wavelengths would grow without limit. That is no diffusion; with dephasing faster than the couplings it becomes one: state the dephasing rate.`;
export const notClosed = (gamma2: number) =>
  `Without dephasing the amplitudes interfere and the populations alone obey no equation: the expansion's gamma2 = ${short(gamma2)} m^2/s says how the decay rate of a plane wave changes with its wavelength, not how energy diffuses. State the dephasing rate.`;
export const ballistic = () =>
  "Without dephasing energy moves coherently between the sites, like a wave and not by diffusion. State the dephasing rate.";
export const badSites = (what: string) => `No rates: ${what}.`;
export const noTransport = () =>
  "Every coupling between different sites is zero: energy does not move, gamma2 = 0; the field model needs gamma2 > 0.";
export const noDecay = (gamma0: number) =>
  `gamma0 = G_ii - 2 sum_j kappa_ij = ${short(gamma0)} 1/s is not positive: the dephasing is too slow for these couplings, and the formula has left its range.`;

export const dephasingDominates = (correction: number) =>
  `The next order of the expansion in coupling over dephasing changes gamma0 or gamma2 by ${percent(correction)} at most.`;
export const dephasingTooSlow = (correction: number, limit: number) =>
  `Dephasing is not dominant: the next order of the expansion in coupling over dephasing changes gamma0 or gamma2 by ${percent(correction)} (limit ${percent(limit)}). The sites stay coherent with each other; solve their master equation instead.`;
export const decaySlow = (ratio: number) => `The sites decay slowly against the dephasing: Gamma/(2 Gphi) is ${short(ratio)} at most.`;
export const decayFast = (ratio: number, limit: number) =>
  `The sites decay too fast against the dephasing: Gamma/(2 Gphi) is ${short(ratio)} (limit ${short(limit)}), and energy is lost before its motion becomes diffusive: a steady source would see fewer hops than the formula says.`;
export const allAtBoundary = (oneSided: number, limit: number) =>
  `No site lies farther from the boundary than the couplings reach: at the best one ${percent(oneSided)} of sum_j rate_ij r_ij^2 comes from partners farther away than the boundary (limit ${percent(limit)}). Give more sites.`;
export const interiorSites = (interior: number, all: number) =>
  `Averaged over ${interior} of ${all} sites; the others lie at the boundary, where the sum over partners is one-sided and the field has its boundary condition instead.`;
export const reachConverged = (share: number) => `Partners in the outer half of the array hold ${percent(share)} of gamma2.`;
export const reachTooLong = (share: number, limit: number) =>
  `Partners in the outer half of the array hold ${percent(share)} of sum_j rate_ij r_ij^2 (limit ${percent(limit)}): the sum depends on the size of the array, as for every kernel that falls off too slowly (in one dimension a rate of 1/r^2). There is no local gamma2; or the array is too small to show it.`;
export const isotropic = (spread: number) => `Principal values of the tensor gamma2 differ by ${percent(spread)} of their mean.`;
export const anisotropic = (spread: number, limit: number) =>
  `gamma2 is no scalar: its principal values differ by ${percent(spread)} of their mean (limit ${percent(limit)}). Use the tensor, or a medium with a gamma2 per direction.`;
export const homogeneous = (spread: number) => `gamma2 of single sites scatters by ${percent(spread)} about the mean.`;
export const disordered = (spread: number, limit: number) =>
  `gamma2 of single sites scatters by ${percent(spread)} about the mean (limit ${percent(limit)}): weak links then hold energy back and the mean is only an upper bound of the gamma2 of the array.`;
export const longWave = (correction: number, wavelength: number) =>
  `At a wavelength of ${short(wavelength)} m the rate of a mode differs from gamma0 + gamma2 k^2 by ${percent(correction)} of gamma2 k^2.`;
export const shortWave = (correction: number, wavelength: number, least: number, limit: number) =>
  `At a wavelength of ${short(wavelength)} m the hops are not short: the rate of a mode differs from gamma0 + gamma2 k^2 by ${percent(correction)} of gamma2 k^2 (limit ${percent(limit)}). The field model holds above ${short(least)} m.`;
