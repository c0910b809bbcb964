/** Sentences about one field against two. */

const short = (x: number) => String(Number(x.toPrecision(3)));
const percent = (x: number) => `${Number((100 * x).toPrecision(2))} %`;
const chance = (p: number, draws: number) => (p < 1 / draws ? `less than ${percent(1 / draws)}` : percent(p));

export const ONE_FIELD = "one field";
export const TWO_FIELDS = "two fields";

export const startUnknown = (experiment: string) =>
  `Two fields were not tried: where "${experiment}" begins nothing says how much energy the second field holds already. Measure from before the source is switched on (start: empty), or from its steady state.`;
export const otherLaw = (used: string, preferred: string) =>
  `Two fields were not tried: the data already prefer another map of gamma0 (${preferred}) to the one that was fitted (${used}), and what it leaves over would pass for a second field. Fit gamma0 as "${preferred}".`;
export const failed = (why: string) => `Two fields could not be compared with one: ${why}.`;
export const onePower = () =>
  "Two fields were not tried: steady maps at one power look the same in both, because gamma0(r) can take the shape of gamma0(U(r)). Measure at two or more powers, or the rise after switching the source on.";
export const noSource = () => "Two fields were not tried: without a source nothing warms the second field.";
export const hidden = (change: number) =>
  `The data cannot tell one field from two: even a change of gamma0 by ${percent(change)} would be hidden in their noise, behind the other parameters.`;
export const unneeded = (probability: number, draws: number, change: number) =>
  `One field describes the data: along no second field (gamma0 rising or falling with its energy U, tried over decay rates and diffusion lengths of U) do they depart from it by more than chance would in ${chance(probability, draws)} of cases. At most ${percent(change)} of gamma0 changes with U (95 %, at the largest U, for the second field that fits best).`;
export const preferred = (probability: number, draws: number) =>
  `One field does not describe the data: gamma0 changes with the energy U that was dissipated before (so much by chance: ${chance(probability, draws)} of cases, from simulated noise, over all decay rates and diffusion lengths of U that were tried).`;
export const tooLarge = (change: number, sigma: number) =>
  `To first order gamma0 changes by ${percent(change)} ± ${percent(sigma)} at the largest U. Two fields were not fitted: with this many points and coefficients of gamma0 that would take many minutes. Fit gamma0 as "constant", "regions" or "spots", or leave out points.`;
export const law = (rising: boolean) =>
  `${rising ? "gamma0(U) = gamma0(0) (1 + a U)" : "gamma0(U) = gamma0(0)/sqrt(1 - 2 a U), a < 0"}, dU/dt = D lap U - G_B U + gamma0(U) u: U is not measured, so its unit is set by rho = 1, and a = rho d ln(gamma0)/dU at U = 0.`;
export const stopped = (ending: string) => `The two-field fit ended before its minimum: ${ending}.`;
export const openNumbers = (names: readonly string[]) =>
  names.length === 0 ? "" : ` The data leave ${names.join(" and ")} open on one side or both: only the bounds are told.`;
export const testing = () => "two fields: testing one field against them";
export const fitting = (chi2: number, distance: number) =>
  `two fields: chi2 ${chi2.toPrecision(6)}, ${short(distance)} sigma from the minimum`;
