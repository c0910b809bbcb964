/** Sentences about the assumptions of the power route (Paper I sec. 4.1 and 4.4): the measured number, the limit, and which fact is missing. */
const short = (x: number) => String(Number(x.toPrecision(3)));
const gigahertz = (hertz: number) => `${Number((hertz / 1e9).toFixed(6))} GHz`;
const percent = (x: number) => `${Number((100 * x).toPrecision(2))} %`;

// measured
export const twoLevel = (ratio: number) =>
  `Largest Rabi rate over the distance to the next transition is ${short(ratio)}; the two-level formulas want below 0.1. Drive more weakly, or give the population of level 2.`;
export const levelsAbove = (bias: number) =>
  `Levels above the first make the rate read ${percent(Math.abs(bias))} ${bias < 0 ? "low" : "high"} at these drives (four-level transmon in its steady state); it stands in the error, not in the value. Drive more weakly, or give the population of level 2.`;
export const rwaRabi = (ratio: number) =>
  `Largest Rabi rate over the qubit frequency is ${short(ratio)}; the rotating wave wants below 0.05.`;
export const rwaDetuning = (ratio: number) =>
  `Largest detuning over the qubit frequency is ${short(ratio)}; the rotating wave wants below 0.05.`;
export const markov = (q: number) => `w_q/G1 is ${short(q)}; a rate wants above 100.`;
export const channels = (share: number, error: number) =>
  `The rate into the line is ${short(share)} ± ${short(error)} of the whole: channels in parallel add up, so it cannot exceed 1. If it does, the power at the device is too small (attenuation, geometry), or a loss is not Markovian.`;
export const frequencies = (stated: number, found: number) =>
  `The lab file puts the qubit at ${gigahertz(stated)}, its line is at ${gigahertz(found)}: if these differ, it is another qubit, or an old number; n_eq from the temperature and the attenuation's frequency follow the lab file.`;
export const offLine = (
  n: number,
  worst: { readonly excess: number; readonly allowed: number; readonly widths: number; readonly hertz: number },
  line: number,
) =>
  `${n} ${n === 1 ? "population is" : "populations are"} stated to be driven ${short(worst.widths)} half-widths from the line (${gigahertz(worst.hertz)}, line at ${gigahertz(line)}), where n_e - n_eq can be ${short(worst.allowed)} and was ${short(worst.excess)}: the frequency column of the population file is wrong. Correct it, or leave it out if the drive was on resonance.`;
export const steadyState = (ratio: number) => `The drive lasted ${short(ratio)} T1; a steady state wants 5.`;
export const bandwidth = (ratio: number) => `IF bandwidth over G2/2pi is ${short(ratio)}; a steady state wants below 1.`;
export const leaking = (error: number) =>
  `What leaks past the qubit changes the work by ${percent(error)} of unknown sign; wanted is below 10 %. Use a circulator of more isolation, or fit the leak with the qubit detuned over several linewidths.`;

export const thirdLevel = (most: number, rest: boolean) =>
  `Level 2 holds up to ${percent(most)} and was measured: its flow is added to that of the first transition with the rates of a transmon (G21 = 2 G10), upwards ${rest ? "by what it holds without drive" : "by the bath of n_eq"}.`;

// not tested, and which fact is missing
export const noRabi = () => "two levels and rotating wave (the Rabi rate follows from scattering against frequency at several powers)";
export const noAnharmonicity = () => "two levels (give anharmonicity of the qubit)";
export const noDuration = () => "steady state of the population (give drive_duration)";
export const noBandwidth = () => "steady state of the scattering (give if_bandwidth)";
export const noSecondTemperature = () =>
  "temperature (one source of n_eq alone: give the undriven population and temperature of the qubit)";
export const noIsolation = () => "leakage past the qubit (give isolation of the line's circulator, or leakage)";
export const noDutyCycle = () => "duty cycle (taken as 1: give duty_cycle if the stated power is an average over pulses)";
export const noTrend = () =>
  "white bath (whether the rate depends on the drive could not be tested: the noise of S or of the populations is not known, or incident minus reflected has a trend of its own)";
export const noSpread = () => "white bath (a rate at three drive powers or more shows whether it depends on the drive)";
export const noChannels = () => "channels in parallel (scattering against frequency and power, and n_eq, give the radiative part)";

// report
/** Checks that test an assumption, in the order of the argument. */
export const ASSUMPTIONS = {
  two_level: "two levels",
  levels_above: "levels above",
  channels: "channels in parallel",
  rwa: "rotating wave",
  frequency_disagrees: "the stated qubit",
  markov: "Markovian loss",
  drive_dependent: "white bath",
  not_through_origin: "the qubit alone absorbs",
  equilibrium_disagrees: "temperature",
  steady_state: "steady state",
  leakage: "no path past the qubit",
  passivity: "passive device",
  phase_reference: "reference",
  line_shape: "line shape",
} as const;
export const noAssumptions = () => "No rate from absorbed power, so that nothing is assumed.";
export const assumptionsHeld = (held: number, all: number) =>
  all === 0
    ? "No assumption could be tested."
    : held === all
      ? `All ${all} tests of the assumptions hold.`
      : `${held} of ${all} tests of the assumptions hold; these do not:`;
export const everyTest = (n: number) => `every test with its number and limit (${n})`;
export const notTested = () => "Not tested, because a fact is missing:";
