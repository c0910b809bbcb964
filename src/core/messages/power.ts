/** Sentences of the power route: what is missing, what was assumed, and what to type. */

const percent = (x: number) => `${Number((100 * x).toPrecision(2))} %`;
const short = (x: number) => String(Number(x.toPrecision(3)));

// what is missing
export const noPowerData = () =>
  "No file holds absorbed power: measure the scattering (kind scattering) or incident and reflected power (kind power) under drive, and the population at the same powers.";
export const noPopulationData = () =>
  "The excited population under drive was not measured: add a file of kind population (power, population, shots) at the powers of the scattering.";
export const noScatteringData = () =>
  "Populations under drive are there, but no scattering: add files of kind scattering (S against frequency or power, with the qubit-off reference).";
export const noMatchingPower = () =>
  "No population was measured at a power of the scattering sweep, and the sweep could not be fitted to interpolate: measure both at the same powers.";
export const mixedPowerAt = () =>
  "No population has a power of the scattering sweep at the device: one is stated at the device (power_at: device), the other at the source, and the line's attenuation lies between them. State power_at alike for both in gammawatt.yaml.";
export const noReadoutErrors = () =>
  "Read values cannot be turned into populations: state readout: { p1_given_0: .., p0_given_1: .., prepared: heralded } in gammawatt.yaml.";
export const noAttenuation = () =>
  "The power at the device is not known: state lines: { <name>: { qubits: [..], attenuation: 72.3 ± 0.5 dB, attenuation_from: warm } } in gammawatt.yaml, or power_at: device.";
export const noSourcePower = () =>
  "The source power is not known: give it as a column, as {power}dBm in the match of gammawatt.yaml, or as power: in the entry.";
export const noFrequency = () => "The drive frequency is not known: give a frequency column, or the qubit's frequency in gammawatt.yaml.";
export const noReference = () =>
  "There is no qubit-off value: incident minus reflected is dominated by cable loss. Add a file of kind reference (off: detuned), or a column reflected_off.";
export const noDetector = () =>
  "A table of incident and reflected power needs detector: vna or detector: power-meter in its entry of gammawatt.yaml: they measure different things.";
export const noPoints = () => "No operating point has scattering, population and power together.";
export const unsupportedGeometry = (geometry: string) =>
  `A table of incident and reflected power does not hold what geometry ${geometry} needs: measure complex S at its ports (kind scattering).`;

// what was assumed
export const geometryAssumed = (geometry: string) =>
  `The port geometry is not stated; ${geometry} is assumed from the port of the data. A wrong one is a factor of 2: state geometry in gammawatt.yaml.`;
export const resonanceAssumed = () => "The drive frequency of the population is not stated; assumed on resonance.";
export const heraldedAssumed = () => "How the readout levels were prepared is not stated; prepared: heralded is assumed.";
export const normalisationAssumed = (distance: number) =>
  `There is no reference; S is taken as already normalised, because the most saturated or farthest points are within ${short(distance)} of 1. An error of its scale is not in the error bar: add a reference.`;
export const farPointsUnused = () =>
  "The far points that were to be the qubit-off value have no drive power, so that the rest of the line in them cannot be taken out: the background was fitted together with the line instead. State the power in the file's name.";
export const farPointsOnly = () =>
  "The reference holds far points of the qubit's own trace: gain and phase between them are interpolated, and what a ripple of the line does there is not in the error bar. Detune the qubit for a reference (off: detuned).";
export const lineLeft = () =>
  "The reference was taken with the qubit in place (high power, far points): a rest of the line is left in it and could not be taken out, because its power is not stated or the sweep does not show the saturation.";
export const backgroundFitted = () =>
  "There is no reference trace; gain and delay of the line were fitted together with the resonance, from the far and the saturated points.";
export const noiseFromScatter = (n: number) =>
  `The noise of the data is not stated; the statistical error is the scatter of the rates over ${n} powers.`;
export const noiseFromLine = (n: number) =>
  `The noise of the absorbed share is not stated; it was taken from the residuals of ${n} powers about one line of absorbed power against population.`;
export const noiseFromResiduals = () => "The noise of S is not stated; it was taken from the residuals of the sweep fit.";
export const interpolated = (n: number) =>
  `${n} populations lie between the powers of the scattering; S was interpolated through the saturation law.`;
export const gapCorrected = (factor: number) =>
  `Populations were read after the drive was off; n_e - n_eq was multiplied by ${factor.toFixed(5)} (decay during drive_to_readout).`;
export const dutyCycle = (duty: number) =>
  `Stated power is an average; the peak power is ${short(1 / duty)} times higher (duty cycle ${short(duty)}).`;

// attenuation and readout
export const attenuationNoSigma = (entry: string) =>
  `${entry} has no uncertainty, so the common error of the rate is not known and left empty. Write it as 72.3 ± 0.5 dB.`;
export const attenuationUnknown = (entry: string) =>
  `Where ${entry} comes from is not stated, so agreement with T1 is no independent test. State attenuation_from.`;
export const attenuationCircular = (origin: string) =>
  `The attenuation was made from the same relaxation (${origin}), so agreement with T1 is empty. Calibrate it another way (ac-stark, noise-thermometry, cold-through).`;
export const readoutNoSigma = (entry: string) =>
  `${entry} has no uncertainty, so the common error of the rate is not known and left empty. Write it as 0.012 ± 0.002.`;

// equilibrium
export const noEquilibrium = () =>
  "The equilibrium population is not known and was taken as 0, which makes the rate too low by the factor 1 - n_eq/n_e. Measure the undriven population (kind equilibrium) or state the temperature.";
export const noEquilibriumThermal = () =>
  "The equilibrium population is not known and was taken as 0: levels prepared from the thermal state give gamma1 = Gd - Gu, and gamma1_total is larger by 1/(1 - 2 n_eq). State the temperature or equilibrium_population.";
export const equilibriumEffect = (n: number, quantity: string, change: number) =>
  `n_eq = ${100 * n} % would move ${quantity} by ${change < 0 ? "" : "+"}${(100 * change).toPrecision(2)} %; its error is left empty.`;
export const fridgeTemperature = () =>
  "n_eq is taken from the fridge's temperature; qubits are usually hotter. Measure the undriven population.";
export const equilibriumNoSigma = (entry: string) =>
  `${entry} has no uncertainty, so the error that n_eq adds is not known and left empty. Write it as 0.018 ± 0.002 (a temperature as 60 ± 5 mK).`;
export const equilibriumDisagrees = (a: string, b: string, sigmas: number) =>
  `n_eq ${a} and n_eq ${b} differ by ${short(sigmas)} sigma; the first is used. Check readout levels and thermalisation.`;
export const equilibriumAgrees = (a: string, b: string, sigmas: number) => `n_eq ${a} and n_eq ${b} agree within ${short(sigmas)} sigma.`;
export const thermalLevels = () =>
  "The readout levels were prepared from the thermal state, so their difference already holds 1 - 2 n_eq; n_eq was not subtracted again.";
export const belowEquilibrium = (excess: number) =>
  `n_e - n_eq is ${short(excess)}, not above zero: this power is too weak for its population error and gives no rate.`;

// result
export const scalarBias = (factor: number) =>
  `Incident minus reflected sees ${percent(factor)} of the work of the drive here: the rate is a lower bound, low by that factor. It is the published estimator, not the one to quote.`;
export const scalarBiasUnknown = () =>
  "Incident minus reflected misses what the qubit re-emits incoherently: the rate is a lower bound, by (1 + S11)/2 on resonance.";
export const scalarTwoSided = () => "Reflected power is taken from S11 = S21 - 1 (matched two-sided line).";
export const transmissionOnly = () => "Only the transmitted power is known; reflected power counts as absorbed.";
export const tableGeometry = () =>
  "The port geometry is not stated; the reflected power is taken as all that comes out (reflection). State geometry in gammawatt.yaml.";
export const nonRadiativeOnly = () =>
  "A power meter sees all that leaves the qubit again: incident minus total output power is the non-radiative part alone (equal bath temperatures assumed).";
export const lnQuoted = (value: number, sigma: number) =>
  `The error is above 0.3 dB: read it in ln G, as ${short(value * Math.exp(-sigma / value))} to ${short(value * Math.exp(sigma / value))} 1/s.`;
// validity
export const passivity = (excess: number) =>
  `The largest |S| is ${short(1 + excess)}; a passive device stays at 1 within its noise. The normalisation is wrong.`;
export const phaseReference = (distance: number) =>
  `Far from resonance S differs from the fitted line by ${short(distance)}: phase or gain of the reference is off.`;

export const noTemperature = (n: number) => `n_eq is ${short(n)}: outside 0 to 0.5 there is no positive temperature.`;
export const saturationSweep = () =>
  "From the power at which S saturates (d[1/(1-S)]/dP); it assumes Lorentzian dephasing and reads low with slow frequency noise.";
export const saturatedAlone = () => "Radiative rate from depth and width of the resonance: Gr|z_eq|/|z_eq|.";
export const lineShape = (reduced: number) =>
  `chi2 per degree of freedom of the sweep fit is ${short(reduced)}: the resonance is not the saturating Lorentzian within its noise (slow frequency noise, mismatch, reference).`;
export const referenceNoSigma = () =>
  "The noise of the reference is neither stated nor measurable from so few points, so the common error is not known and left empty. Give a sigma column, or a reference trace of nine points or more.";
export const noAbsorption = (value: number, sigma: number) =>
  `The rate would be ${short(value)} ± ${short(sigma)} 1/s: absorbed power or population cannot be told from zero. Average longer, or drive nearer to S = 1.`;
export const leftOut = (n: number) =>
  `${n === 1 ? "1 power is" : `${n} powers are`} not above the equilibrium population and ${n === 1 ? "takes" : "take"} no part.`;
export const nothingAbove = (n: number) =>
  `At none of ${n} powers is the population above equilibrium: drive harder, average longer, or check the readout levels and n_eq.`;
export const unpaired = (n: number) =>
  `${n} ${n === 1 ? "population has" : "populations have"} no scattering at the same power and frequency and ${n === 1 ? "takes" : "take"} no part.`;
