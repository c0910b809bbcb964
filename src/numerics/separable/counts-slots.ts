/**
 * Places in `plan.counts`. The law is m = b + (a - b) s_g(x). With a free offset s = phi_g = (e^{-g x} - e^{-g})/(1 - e^{-g}), so that a and b are the values at
 * the first and last delay and a population's bounds are bounds on them; with a fixed one s = e^{-g x} and b is the offset.
 */
export const P = 0;
/** Half the deviance's gradient, its second derivatives and the expected ones, by (a, b, g): aa, ab, ag, bb, bg, gg. */
export const GRADIENT = 3;
export const OBSERVED = 6;
export const EXPECTED = 12;
export const STEP = 18;
export const DEVIANCE = 21;
export const PEARSON = 22;
/** The populations as they are, in the order of rising delays. */
export const RAW = 40;
