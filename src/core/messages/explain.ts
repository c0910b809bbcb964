/** Words of `gammawatt explain`. */

export const detailHead = (trace: string, law: string) => `${trace}, ${law} with all parameters free`;
export const detailRefused = (why: string) => `nothing to look into: ${why}`;
export const methodNames = [
  ["covariance", "covariance"],
  ["profile", "profile likelihood"],
  ["bootstrap_parametric", "bootstrap, parametric"],
  ["bootstrap_residual", "bootstrap, residuals"],
  ["sampler", "posterior, sampled"],
] as const;
export const badTraces = (text: string) => `--coverage ${text}: write how many traces to simulate, e.g. --coverage 400.`;
