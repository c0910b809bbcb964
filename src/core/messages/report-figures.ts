/** Titles and descriptions of the report's figures: what a reader who does not see the picture is told. */

export const scatterTitle = () => "Power route against decay route";
export const scatterDesc = (points: number, log: boolean) =>
  `${points} qubits and cooldowns with a rate from both routes, total errors, and the line of equality${log ? "; logarithmic axes" : ""}.`;
export const pullsTitle = () => "Pulls of the power route against the decay route";
export const pullsDesc = (rows: number, inside: number) => `${rows} pulls, ${inside} of them within one sigma; bands at one and two sigma.`;
export const decayTitle = (group: string, trace: string) => `Decay of ${group}${trace && `, ${trace}`}`;
export const decayDesc = (points: number, status: string, t1: string, binned: boolean) =>
  `${points} points${binned ? ", drawn as means of neighbouring points" : ""}; ${status}; T1 ${t1}.`;
export const seriesTitle = (group: string, signal: string) => `T1 along the series, ${group}${signal && `, ${signal}`}`;
export const seriesDesc = (good: number, refused: number, jumps: number, gaps: number) =>
  `${good} fits with a T1, ${refused} refused (crosses on the axis)${jumps > 0 ? `, ${jumps} jumps between the levels that are drawn as lines` : ""}${gaps > 0 ? `, ${gaps} gaps` : ""}.`;
export const allanTitle = (group: string, signal: string) => `Allan deviation of T1, ${group}${signal && `, ${signal}`}`;
export const allanDesc = (points: number, first: string, last: string, deviation: string) =>
  `${points} averaging times from ${first} to ${last} with 68 % intervals, logarithmic axes; ${deviation} at the shortest.`;
export const spectrumTitle = (group: string, signal: string) => `Spectrum of T1, ${group}${signal && `, ${signal}`}`;
export const spectrumDesc = (points: number, blocks: number) =>
  `One-sided power spectral density at ${points} frequencies from ${blocks} blocks with 68 % intervals, logarithmic axes.`;
export const saturationTitle = (group: string) => `Saturation, ${group}`;
export const saturationDesc = (points: number, law: boolean) =>
  `${points} operating points${law ? " with the fitted saturation law" : ", without a fitted law"}.`;
export const circleTitle = (group: string) => `S in the complex plane, ${group}`;
export const circleDesc = (shown: number, all: number, points: number) =>
  `${shown === all ? shown : `${shown} of ${all}`} powers against frequency with their fits, ${points} operating points; the grey circle is |S| = 1.`;
export const budgetTitle = (group: string, quantity: string) => `Uncertainty budget of ${quantity}, ${group}`;
export const budgetDesc = (lines: number) =>
  `${lines} inputs, largest first; solid bars are statistical, hollow ones common to several results.`;
export const forestTitle = () => "Ratio of the routes by line and cooldown";
export const forestDesc = (rows: number, lines: number, hollow: number) =>
  `${rows} ratios power over decay in dB on ${lines} attenuation${lines === 1 ? "" : "s"}, ${hollow} of them hollow (no independent test); bars: own noise thick, whole error thin; zero: the routes agree.`;
