/** Sentences of the checks of a field fit: what was measured, what it means, what to do. */

const short = (x: number, digits = 3) => String(Number(x.toPrecision(digits)));
const percent = (share: number, digits = 2) => `${short(100 * share, digits)} %`;
const chance = (p: number) => (p < 1e-4 ? "less than 0.0001" : short(p, 2));
const listed = (words: readonly string[]) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);

/** What kind of data leave something open: each has its own way to close it. */
export type OpenCase = "one-steady" | "several-steady" | "one-snapshot" | "few-snapshots" | "other";

const CLOSES: Readonly<Record<OpenCase, string>> = {
  "one-steady": "Measure the decay after switching the source off (three times or more), or a second steady map with the source elsewhere.",
  "several-steady": "Measure the decay after switching a source off, or a steady map whose source stands elsewhere.",
  "one-snapshot": "Measure u at three times or more of the decay.",
  "few-snapshots": "Measure u at three times or more of the decay: with an unknown start the first map only says where it began.",
  other: "Measure more times of the decay after switching the source off, or further steady maps with the source elsewhere.",
};
export const gamma2Open = (open: OpenCase, bound: number) =>
  `The data do not determine gamma2: other values of it, each with its own gamma0, describe them exactly as well${Number.isFinite(bound) ? ` (up to ${short(bound)} m^2/s, above which gamma0 = (R + gamma2 lap u)/u would be negative)` : ""}. ${CLOSES[open]}`;
export const gamma2Vague = (sigma: number, open: OpenCase) =>
  `Without an assumption about gamma0(r) the data ${sigma < 10 ? `determine gamma2 only to a factor ${short(Math.exp(sigma), 2)}` : "say nothing of gamma2"}: its value would be the assumption's. ${CLOSES[open]}`;
export const gamma2ByLaw = (law: string, open: OpenCase) =>
  `gamma2 rests on the law of gamma0 (${law}): with gamma0 free at every position these data would not determine it. ${CLOSES[open]}`;
export const gamma2Determined = (sigma: number, positions: number) =>
  `With gamma0 free at each of ${positions} positions the data alone determine gamma2 to ${percent(sigma)}.`;
export const gamma2WithLaw = (law: string, sigma: number) =>
  `With the law of gamma0 as stated (${law}) the data determine gamma2 to ${percent(sigma)}.`;
export const scaleOpen = (sources: readonly string[]) =>
  `The size of ${sources.length > 0 ? listed(sources) : "the source"} is not known: source, gamma0 and gamma2 can all be multiplied by one factor and nothing that was measured changes. The diffusion length sqrt(gamma2/gamma0) and f remain. Measure the decay after switching the source off (it needs no size), or give the absorbed power with \`scale: known\`.`;
export const nullGamma2 = () => "gamma2 and the map gamma0(r) change together, and every measured value stays as it is.";
export const nullScale = (sources: readonly string[]) =>
  `The size of ${listed(sources)}, gamma2 and gamma0 everywhere change by one factor, and every measured value stays as it is.`;

export const nothingUsed = () =>
  "No value can be used: each is missing, or its sigma is no positive number. Correct the sigma column, or leave it away: the size of the noise is then found from the residuals.";
export const darkData = (largest: number) =>
  largest > 0
    ? `u is nowhere above its noise (largest ${short(largest, 2)} sigma): the data say nothing of gamma0 or gamma2. Average longer, drive harder, or check the stated sigma.`
    : "u is zero everywhere: there is nothing to fit. Check the column and its unit.";
export const undriven = (names: readonly string[]) =>
  `No source drives ${listed(names)}: R is zero or off all the time, and nothing is stated to be there at the start, so that the model can only be zero. Give the source (\`kind: field-source\`, \`source:\`) and when it is on, or \`initial: unknown\` for a decay.`;
export const boundAt = (at: readonly number[], smoothing: number, error: number) =>
  `The bound arises at (${at.map((v) => short(v)).join(", ")}) m, u averaged over ${short(smoothing)} m${error > 0 ? `; the curvature of u is known there to ${percent(error)}, and three to four of its errors are allowed for` : ""}.`;

const BOUNDARIES = {
  "no-flux": "no flux",
  dirichlet: "u = 0 (dirichlet)",
  robin: "a leaking side (robin)",
  periodic: "periodic sides",
} as const;
export const boundaryName = (type: keyof typeof BOUNDARIES) => BOUNDARIES[type];
export const boundaryNames = (types: readonly (keyof typeof BOUNDARIES)[]) => listed(types.map(boundaryName));
export const allSides = () => "sides";
export const sideName = (axis: "x" | "y", end: 0 | 1) => `${end === 0 ? "low" : "high"} ${axis} side`;
export const axisName = (axis: "x" | "y") => `two ${axis} sides`;
export const boundaryHolds = (limit: number, tried: readonly string[]) =>
  `No other boundary condition describes the data better by more than ${short(limit, 2)} sigma (tried: ${tried.join(", ")}).`;
export const boundaryNoBetter = (sigmas: number, tried: readonly string[]) =>
  `The data near the sides are not quite as the model makes them (${short(sigmas, 3)} sigma), but no other boundary condition describes them better once everything is fitted again (tried: ${tried.join(", ")}).`;
export const boundaryFails = (where: string, assumed: string, better: string, sigmas: number, gain: number, others: readonly string[]) =>
  `At the ${where} the data contradict ${assumed} by ${short(sigmas, 3)} sigma. Best there: ${better}, which lowers chi2 (with everything fitted again) by ${short(gain)}${others.length > 0 ? `; changes at the ${listed(others)} help too` : ""}. Set \`boundary:\` of the map, or its domain if it ends elsewhere; until then gamma2 may be off by many times its error.`;

export const residualsInSpace = (correlation: number, p: number, holds: boolean) =>
  `Residuals of neighbouring points have correlation ${short(correlation, 2)} (chance ${chance(p)}): ${holds ? "nothing is left of a structure in space." : "the model misses a structure in space. Look at the residual maps: a source that is elsewhere, sharper defects than the field resolves, a wrong boundary."}`;
export const residualsInTime = (correlation: number, p: number, holds: boolean) =>
  `Residuals of neighbouring times have correlation ${short(correlation, 2)} (chance ${chance(p)}): ${holds ? "nothing is left of a course in time." : "the model misses a course in time. Look at the times at which the source goes on and off, and at the two-field model."}`;
export const chi2Of = (reduced: number, dof: number, p: number, holds: boolean) =>
  `chi2 per degree of freedom is ${short(reduced)} (${short(dof, 4)}, chance ${chance(p)}): ${holds ? "the model describes the data within their noise." : "the data scatter about the model by more than their stated noise. Check the noise that is stated, the source and the boundary; the residual maps show where."}`;
export const chi2Small = (reduced: number, dof: number) =>
  `chi2 per degree of freedom is ${short(reduced)} (${short(dof, 4)}): the stated noise is larger than the scatter, and the errors are too large by about a factor ${short(1 / Math.sqrt(reduced), 2)}.`;

/** @param cells along each axis. @param finer what was compared */
export const gridChosen = (cells: readonly number[], steps: number, error: number, limit: number) => {
  const size = `${cells.join(" x ")} cells${steps > 0 ? ` and ${steps} time steps` : ""}`;
  return error <= limit
    ? `${size}: finer ones would move the results by no more than ${short(error, 2)} of their errors.`
    : `${size}: finer ones would still move the results by ${short(error, 2)} of their errors (limit ${short(limit, 2)}). The data resolve more than the solver: quote errors larger by this, or fit fewer, averaged points.`;
};
export const unchecked = (cells: readonly number[], steps: number) =>
  `${cells.join(" x ")} cells${steps > 0 ? ` and ${steps} time steps` : ""}; the error of the grid could not be found.`;

export const positive = (least: number, limit: number, holds: boolean) =>
  `The solver's u ${holds ? "stays positive" : `falls to ${percent(-least)} of its largest value below zero`} (limit ${percent(limit)})${holds ? "." : ": its steps are too long for the sharpest detail of source or start. Give a smoother source or start."}`;
export const balanced = (imbalance: number, limit: number, holds: boolean) =>
  `Power in, absorbed, out through the sides and stored agree within ${percent(imbalance)} (limit ${percent(limit)})${holds ? "." : ": the solver's result does not obey the equation; report this."}`;

export const priorShare = (share: number, limit: number) =>
  `In ${percent(share)} of the map gamma0 shows what was assumed, not the data (error above ${short(limit, 2)} of the assumed spread): u is too small there. A source near it, or more sensitive sensors, would show it.`;
export const meanSeen = (share: number, holds: boolean) =>
  holds
    ? "The mean of gamma0 is that of places which the data see."
    : `${percent(share)} of the variance of the mean of gamma0 comes from places that the data do not see (hatched): it is partly an assumption. Quote gamma0 at places, or put a source near the dark ones.`;
export const sourceAssumed = (names: readonly string[]) =>
  `The absorbed power of ${listed(names)} has no stated uncertainty, and the data do not know it either: gamma0 and gamma2 have the errors of the fit alone. Give its relative error (\`uncertainty:\` of the source's entry), or measure the decay after switching it off.`;
export const sourceStated = () => "Every source has a stated uncertainty, or none is needed.";
const scaleWords = (name: string, shift: number, sigma: number) =>
  `${name}: ${short(Math.exp(shift), 4)} ± ${short(Math.exp(shift) * sigma, 2)} of the stated`;
export const sourceFound = (found: readonly { readonly name: string; readonly shift: number; readonly sigma: number }[]) =>
  `No uncertainty is stated, but the data themselves give the size of the source (${found.map((f) => scaleWords(f.name, f.shift, f.sigma)).join("; ")}); that error is in the numbers.`;
export const sourceScale = (name: string, shift: number, sigma: number, sigmas: number, holds: boolean) =>
  holds
    ? `The data agree with the stated size of the sources (${scaleWords(name, shift, sigma)}, ${short(Math.abs(sigmas), 2)} sigma).`
    : `The data give the size of ${scaleWords(name, shift, sigma)} (${short(Math.abs(sigmas), 3)} sigma): ${shift > 0 ? "more" : "less"} power is absorbed than stated, or something else of the model is wrong. Let the fit find it (\`scale: relative\`), and check the calibration.`;
export const startAssumed = (names: readonly string[], start: "empty" | "steady") =>
  `${listed(names)}: ${start === "empty" ? "no energy above equilibrium" : "the steady state under the sources"} at the start is taken as stated.`;
export const notSettled = (name: string, lasted: number, enough: number) =>
  `${name} starts from the steady state by the lab file, but its source had been on for only ${short(lasted, 2)} time constants (${short(enough, 2)} would be needed for these data): what is missing has gone into gamma0. State \`initial: empty\` with the film from the switching on, or measure later.`;
export const sensorsCoarse = (spacing: number, length: number, holds: boolean) =>
  `The points stand ${short(spacing)} m apart, energy diffuses ${short(length)} m before it is lost or the next map is taken: ${holds ? "the map resolves the diffusion." : "the map does not resolve it. Measure at closer points, or earlier and at more times."}`;
export const background = (level: number, sigmas: number, holds: boolean) =>
  holds
    ? `No offset of u: ${short(level)} (${short(sigmas, 2)} sigma).`
    : `u has an offset of ${short(level)} (${short(sigmas, 2)} sigma) where the model has none: it is not the energy above equilibrium. Subtract the map without source, or fit it with \`background: true\`.`;
export const mapsAgree = (name: string, amplitude: number, sigmas: number, holds: boolean) =>
  holds
    ? `The maps belong to one medium: each has the size that the others ask for (worst: ${name}, ${short(Math.abs(sigmas), 2)} sigma).`
    : `${name} is ${short(1 + amplitude, 3)} times as large as the medium of all maps makes it (${short(Math.abs(sigmas), 3)} sigma): another power, temperature or cooldown, or a wrong source. Fit the maps one by one and compare.`;
export const qubitDecay = (qubit: string, fitted: number, own: number, sigmas: number, holds: boolean) =>
  holds
    ? `gamma0 at the qubits is their own relaxation rate (worst: ${qubit}, ${short(sigmas, 2)} sigma).`
    : `gamma0 at ${qubit} is ${short(fitted, 4)} 1/s, its own relaxation rate ${short(own, 4)} 1/s (${short(sigmas, 2)} sigma): its absorbed power or population is off, or it exchanges energy with its neighbours.`;
export const timesCoarse = (name: string, first: number, span: number, holds: boolean) =>
  holds
    ? `The times of ${name} follow the decay: steps of ${short(first, 2)} and a span of ${short(span, 2)} of its time constant.`
    : first > 2
      ? `The times of ${name} are ${short(first, 2)} time constants of the decay apart: it is over before the second. Measure at shorter times.`
      : `The times of ${name} span only ${short(span, 2)} of the decay's time constant: hardly anything decays. Measure for longer.`;
export const gamma2Closed = (low: number, high: number) =>
  `gamma2 lies between ${short(low, 4)} and ${short(high, 4)} m^2/s (68.3 %, profile).`;
export const gamma2Limit = (low: number, high: number) =>
  Number.isFinite(high)
    ? `The data give only an upper limit: gamma2 < ${short(high)} m^2/s (68.3 %, profile); smaller values describe them as well. Measure at closer points, for longer, or with less noise.`
    : Number.isFinite(low) && low > 0
      ? `The data give only a lower limit: gamma2 > ${short(low)} m^2/s (68.3 %, profile): u is even all over. Measure at earlier times, or over a larger region.`
      : "The data bound gamma2 on neither side. Measure earlier and later times, closer to the source.";

export const comparing = (used: string, rival: string) => `comparing the law ${used} of gamma0 with ${rival}`;
export const laws = (simpler: string, richer: string, gain: number, more: number, p: number, preferred: string) =>
  `${richer} against ${simpler}: chi2 lower by ${short(gain, 4)} for ${short(more)} more effective parameters (chance ${chance(p)}): ${preferred === simpler ? `the data do not ask for more than ${simpler}.` : `the data ask for ${richer}.`}`;
export const lawsByCriterion = (simpler: string, richer: string, gain: number, more: number, ahead: number, preferred: string) =>
  `${richer} against ${simpler}: chi2 lower by ${short(gain, 4)} for ${short(more)} more effective parameters (Akaike's criterion ${ahead > 0 ? "lower" : "higher"} by ${short(Math.abs(ahead))}): ${preferred === simpler ? `the data do not ask for more than ${simpler}.` : `the data ask for ${richer}.`}`;
