/** Sentences about data beside the scattering: Rabi oscillations, coherence, emission, total power, heating. */

const short = (x: number) => String(Number(x.toPrecision(3)));
const percent = (x: number) => `${Number((100 * x).toPrecision(2))} %`;
const megahertz = (angular: number) => `${Number((angular / (2e6 * Math.PI)).toPrecision(4))} MHz`;
const kilohertz = (rate: number) => `${Number(rate.toPrecision(3))} 1/s`;

// Rabi
export const noRabiPower = () =>
  "A Rabi trace has no source power: give a column power, a {power}dBm label, or power: in its entry of gammawatt.yaml.";
export const rabiColumns = () =>
  'A file of kind rabi needs delay and population (one trace per power), or power and the Rabi frequency in the column "condition" (columns: { power: "power [dBm]", condition: "rabi [MHz]" }).';
export const rabiNotFound = (why: string) => `A Rabi trace gives no frequency: ${why}`;
export const rabiUnclear = (value: number, sigma: number) =>
  `its Rabi frequency would be ${megahertz(value)} ± ${megahertz(sigma)}; take longer drives, or drive harder.`;
export const rabiAbsent = (gain: number) =>
  `an oscillation improves chi2 by no more than ${short(gain)} over a constant: there is none that noise could not make.`;
export const rabiTooHigh = (value: number) =>
  `a Rabi frequency of ${megahertz(value)} is no small part of the qubit's: is the column the drive frequency? Name the Rabi frequency in the column "condition".`;
export const rabiDetuned = (detuning: number, rabi: number) =>
  `the drive is detuned by ${megahertz(detuning)} at a Rabi frequency of ${megahertz(rabi)}; drive within 0.3 of it.`;
export const drivenShape = (p: number) =>
  `A Rabi trace differs from the damped oscillation of a two-level system (p = ${short(p)}): higher levels, drifting power, a rise time of the pulse.`;
const rabiTests = (p: number, intercept: number | undefined) =>
  [...(Number.isNaN(p) ? [] : [`p = ${short(p)}`]), ...(intercept === undefined ? [] : [`intercept ${short(intercept)} sigma`])].join(", ");
export const rabiStraight = (p: number, intercept: number | undefined) =>
  `Omega^2 against power is a straight line through the origin (${rabiTests(p, intercept)}).`;
export const rabiLine = (p: number, intercept: number | undefined) =>
  `Omega^2 against power is not a straight line through the origin (${rabiTests(p, intercept)}): the source or an amplifier is not linear, or a power is misstated.`;
export const rabiNoSigma = () =>
  "The Rabi frequencies have no uncertainty: give a sigma column (sigma [MHz]), the shots of the traces, or three powers and more.";
export const noRabiRate = () =>
  "Rabi frequencies alone give no rate: add a scattering sweep over power (gamma2 and the power that saturates), or populations under drive with gamma2 from Ramsey or echo data.";
export const rabiReadout = () =>
  "Rabi frequencies and populations give a rate once read values are populations: state readout: { p1_given_0: .., p0_given_1: .., prepared: heralded } in gammawatt.yaml.";
export const rabiFromSweep = (powers: number) =>
  `G1tot = Omega^2/(G2 S0) with Omega^2 per watt from ${powers} ${powers === 1 ? "power" : "powers"} and G2, S0 from the sweep: the attenuation takes no part. Lorentzian dephasing is assumed.`;
export const rabiFromPopulation = (source: string) =>
  `W = hbar w Omega^2 |z| G2/(2 (G2^2 + Delta^2)) with |z| = 1 - 2 n_e and G2 from ${source}: the attenuation takes no part. Lorentzian dephasing is assumed.`;
export const rabiPlaces = () =>
  "The power of the Rabi traces and of the sweep is stated at different places (power_at), and the attenuation between them is not known. State power_at alike for both, or the line's attenuation.";
export const attenuationByRabi = (dB: number, sigma: number) =>
  `Rabi frequencies and gamma_r give an attenuation of ${dB.toFixed(2)} ± ${sigma.toFixed(2)} dB.`;
export const attenuationInSweep = () =>
  "Rabi frequencies give no attenuation here: the scattering was divided by the stated one (no through was measured), and half of it would come back. Measure the chain with a through (off: through).";
export const attenuationAgrees = (dB: number, sigma: number, stated: number, statedSigma: number, pull: number, fromRabi: boolean) =>
  `${attenuationByRabi(dB, sigma)} Stated are ${stated.toFixed(2)} ± ${statedSigma.toFixed(2)} dB (all errors of the line at this qubit): ${short(dB - stated)} dB (${short(pull)} sigma) apart.${
    fromRabi ? " The stated one was made from Rabi oscillations too, so that agreement says little." : ""
  }`;

// coherence
export const dephasingConvention = () =>
  "gamma_phi is that of the dissipator (gamma_phi/2) D[sigma_z], gamma2 = gamma1_total/2 + gamma_phi; where dephasing is written gamma_phi D[sigma_z] (Paper I) it is half of this number.";
export const beyondTwoT1 = (value: number, sigma: number) =>
  `gamma_phi is ${kilohertz(value)} with an error of ${kilohertz(sigma)}: below zero. Measure T1 and the coherence interleaved.`;
export const coherenceBy = (what: string, traces: number) =>
  `Decay rate of the coherence by ${what}, ${traces} ${traces === 1 ? "trace" : "traces"}.`;
export const coherenceShape = (chi2: number, oneOverE: number) =>
  `A Gaussian factor improves the fit by ${short(chi2)} in chi2: slow frequency noise. The coherence falls to 1/e in ${short(oneOverE * 1e6)} us; gamma2 by one exponential depends on the window.`;
export const noCoherence = (why: string) => `The coherence trace gives no rate: ${why}`;
export const notDecaying = () => "its decay cannot be told from zero; take longer delays.";
export const dephasingDiffers = (a: string, ra: number, b: string, rb: number, sigmas: number) =>
  `gamma2 is ${kilohertz(ra)} by ${a} and ${kilohertz(rb)} by ${b}, ${short(sigmas)} sigma apart: ${
    ra > rb
      ? `what ${a} sees beyond ${b} is frequency noise slower than one ${b} sequence, and the line is no Lorentzian`
      : `${b} sees slower frequency noise than ${a}`
  }.`;
export const dephasingAgrees = (a: string, b: string, sigmas: number) => `gamma2 by ${a} and by ${b} agree within ${short(sigmas)} sigma.`;

// emission
export const emissionRate = () =>
  "Decay of the power that the qubit emits after a pulse (undriven theorem, Paper I eq. 12): G1tot without any calibration of power or readout.";
export const emissionRadiative = () =>
  "P_em/(hbar w (n - n_eq)) = Gr (1 + 2 n_r), multiplied by 1 - 2 n_eq for the zero-temperature rate: equal bath temperatures are assumed.";
export const emissionOneDirection = () =>
  "A qubit beside a line sends half of its light each way: the emitted power is taken as that of one direction, and counted twice.";
export const emissionGeometry = () =>
  "The port geometry is not stated; the emitted power is taken as all that leaves the qubit (reflection). Beside a line it would be half. State geometry in gammawatt.yaml.";
export const emissionOnePort = (geometry: string) =>
  `The emitted power of geometry ${geometry} is that of one port: it gives the decay rate, and no gamma_r, since the light of the other ports is not known.`;
export const emissionConstant = (p: number) =>
  `P_em/(n - n_eq) over the delay is constant within its noise (p = ${short(p)}), as the undriven theorem wants.`;
export const emissionNotConstant = (p: number) =>
  `P_em/(n - n_eq) changes with the delay (p = ${short(p)}): background of the power, gain, n_eq or the readout are off.`;
export const noEmission = (why: string) => `The emitted power gives no rate: ${why}`;
export const emissionColumns = () =>
  'a file of kind emission needs delay and power at five delays and more (columns: { delay: "t [us]", power: "p_out [fW]" }).';
export const emissionReadout = () =>
  "Emitted power over population needs the population: state readout: { p1_given_0: .., p0_given_1: .., prepared: heralded } in gammawatt.yaml.";
export const emissionFrequency = () => "Emitted photons need the qubit's frequency: state it in gammawatt.yaml.";
export const emissionRelative = () =>
  "The emitted power is not known at the device (state power_at: device where the gain of the output line is taken out): it gives the decay rate, and no gamma_r.";

// total power
export const backgroundNoSigma = (match: string) =>
  `The background of ${match} has no uncertainty, so the common error is not known and left empty. Write it as 3e-14 ± 2e-16 W.`;
export const backgroundUnknown = () =>
  'What the power meter shows without drive is not stated; it is taken as subtracted already. If it is not, the absorbed share is too small: state the column (columns: { background: "bg [W]" }) or background: 1.2 fW in the entry.';
export const detectorBandwidth = (ratio: number) =>
  `Half of the meter's bandwidth is ${short(ratio)} times Omega + 3 gamma2 (the sidebands at the Rabi frequency and their widths); it should be above 1.`;
export const bothDirections = () => "Reflected and transmitted power are added; the gain of both output lines is taken as equal.";
export const meterTrend = (weak: number, strong: number) =>
  `gamma_nr is ${kilohertz(weak)} at the weakest drive and ${kilohertz(strong)} at the strongest. ${
    strong > weak
      ? "It rises, as the loss of the coherent part alone would: was the detector a VNA (detector: vna)? A background that was not subtracted, or baths of different temperature, do so too."
      : "It falls, as saturable defects would, or baths of different temperature."
  }`;
export const oneDirection = (geometry: string) =>
  `Total output power of geometry ${geometry} needs both directions: give the columns transmitted and transmitted_off beside reflected and reflected_off. One of them holds only part of the output.`;

// heating
export const heating = (rise: number, sigma: number, p: number) =>
  `n_eq rises by ${percent(rise)} ± ${percent(sigma)} from the weakest to the strongest drive (${short(p)} sigma): the drive heats. n_eq at each power is used for that power.`;
export const noHeating = (rise: number, sigma: number) =>
  `n_eq under far-detuned drive changes by ${percent(rise)} ± ${percent(sigma)} over the drive powers.`;
// temperature
export const temperatureLimit = (limit: number) =>
  `n_eq is compatible with 0: T_eff is not known, and below ${short(1e3 * limit)} mK (95 %).`;
export const occupation = () => "Occupation of a single bath that would make this n_eq: n_th = n_eq/(1 - 2 n_eq).";
export const rateMeaning = (quantity: "gamma1" | "gamma_down" | "gamma_up") =>
  ({
    gamma1: "Gd - Gu = gamma1_total (1 - 2 n_eq): the rate at zero temperature, where 1/T1 is gamma1_total.",
    gamma_down: "Gd = gamma1_total (1 - n_eq): the rate from 1 to 0.",
    gamma_up: "Gu = gamma1_total n_eq: the rate from 0 to 1.",
  })[quantity];
