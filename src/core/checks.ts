/**
 * Every check that a result can fail, in one place: the report explains them from here.
 * severity: `refuses` = no number is given; `doubts` = the number stands, marked doubtful; `informs` = printed, status unchanged.
 */
interface CheckEntry {
  readonly severity: "refuses" | "doubts" | "informs";
  /** What a reader should understand when this code stands beside a number. */
  readonly meaning: string;
}

export const CHECKS = {
  // importing
  kind_inferred: {
    severity: "doubts",
    meaning:
      "The file does not say that this is a T1 measurement; it has a delay axis and was fitted as one. State the kind in gammawatt.yaml.",
  },
  duplicate_data: {
    severity: "doubts",
    meaning: "The same numbers stand under another cooldown or label: a copied file, not a second measurement.",
  },
  unit_inferred: { severity: "informs", meaning: "A unit was inferred, not stated by the file; see the notes of the dataset." },
  incomplete_sweep: {
    severity: "informs",
    meaning: "The measurement was ended before its planned number of entries; the entries that exist are complete.",
  },
  // decay fit
  no_signal: { severity: "refuses", meaning: "The trace cannot be told from noise: a decay does not describe it better than a constant." },
  too_few_points: { severity: "refuses", meaning: "Fewer points than the law needs to be fitted and tested." },
  bad_values: {
    severity: "refuses",
    meaning: "The data hold values that cannot be measurements (not numbers, negative shots, populations far outside 0..1).",
  },
  not_converged: { severity: "refuses", meaning: "The optimiser ended without a minimum; the number would mean nothing." },
  cut_off: { severity: "doubts", meaning: "The delays end before the decay does: offset and rate cannot be told apart well." },
  undersampled: { severity: "doubts", meaning: "Most of the decay happens between the first points: the rate rests on very few of them." },
  not_exponential: {
    severity: "doubts",
    meaning:
      "A second component or structured residuals: a single exponential does not describe the trace, and its T1 depends on the window.",
  },
  law_not_determined: {
    severity: "doubts",
    meaning: "The data do not determine every parameter of the law: its minimum is one of a simpler law, which is the one to quote.",
  },
  chi2_high: { severity: "doubts", meaning: "The residuals are larger than the stated noise: the law or the stated noise is wrong." },
  chi2_low: { severity: "informs", meaning: "The residuals are smaller than the stated noise: the stated noise is too large." },
  outliers: {
    severity: "doubts",
    meaning: "Single points far from the fit of the others; nothing was dropped, and the rate without them stands beside it.",
  },
  points_excluded: {
    severity: "informs",
    meaning: "Points were taken out of the fit, by the lab file or because they hold no number; the report lists them.",
  },
  calibration_ignored: {
    severity: "doubts",
    meaning: "Calibration points were taken for data, to show what that would do to the rate: not a value to quote.",
  },
  offset_disagrees: {
    severity: "doubts",
    meaning: "The free offset and the offset fixed by calibration or temperature give rates that differ by more than 3 sigma.",
  },
  outlying_traces: {
    severity: "doubts",
    meaning: "Single repeats lie far from all others and move the unweighted mean; nothing was dropped.",
  },
  scatter_exceeds_fit: {
    severity: "informs",
    meaning: "T1 varies between repeats by more than the fits' own errors: it fluctuates, and the mean's error is taken from the scatter.",
  },
  file_without_signal: {
    severity: "informs",
    meaning:
      "Another file under the same labels shows no decay at all and is not part of the series: an idle channel of a log, most likely.",
  },
  file_without_kind: {
    severity: "informs",
    meaning: "Another file under the same labels does not say that it is a T1 and is not part of the series, in which others do say so.",
  },
  some_traces_refused: {
    severity: "informs",
    meaning: "A few repeats of the series were refused (up to one in ten); the mean is that of the others.",
  },
  many_traces_refused: {
    severity: "doubts",
    meaning:
      "Many repeats of the series were refused. The mean of the others would favour the traces that happen to look good: the fit of the average of all repeats is quoted where there is one.",
  },
  second_opinion: { severity: "doubts", meaning: "A second optimiser (--cross-check) found another minimum." },
  duplicate_delays: { severity: "informs", meaning: "Delays repeat; all points were used." },
  readout_pulled: {
    severity: "doubts",
    meaning: "Fitted together, the traces move the readout's assignment errors more than 3 sigma away from their calibration.",
  },
  growing: {
    severity: "refuses",
    meaning: "The best exponential grows or its time constant is far beyond the window: there is no decay here.",
  },
  // power route
  no_reference: {
    severity: "refuses",
    meaning: "No qubit-off value: incident minus reflected is dominated by cable loss. Measure with the qubit detuned.",
  },
  no_attenuation: { severity: "refuses", meaning: "The power at the device is not known: state the line's attenuation in gammawatt.yaml." },
  no_population: { severity: "refuses", meaning: "The excited population under drive was not measured." },
  no_readout: { severity: "refuses", meaning: "Measured p1 cannot be turned into a population: state readout errors in gammawatt.yaml." },
  no_equilibrium: {
    severity: "doubts",
    meaning: "The equilibrium population is not known; it was taken as zero, and the error is left empty.",
  },
  no_frequency: { severity: "refuses", meaning: "The drive frequency is not known." },
  no_geometry: { severity: "doubts", meaning: "The port geometry is not stated; a wrong one is a factor of 2." },
  attenuation_unknown_origin: {
    severity: "doubts",
    meaning: "Where the attenuation comes from is not stated: it never counts as independent.",
  },
  attenuation_no_sigma: {
    severity: "doubts",
    meaning:
      "The attenuation has no uncertainty: only the statistical part of the power route's error is known, and that is a lower bound.",
  },
  attenuation_elsewhere: {
    severity: "doubts",
    meaning: "The attenuation was determined at another frequency, and its variation over frequency (ripple) is not stated.",
  },
  attenuation_disagrees: {
    severity: "doubts",
    meaning: "The stated attenuation and the one that Rabi oscillations with the radiative rate give differ by more than 3 sigma.",
  },
  no_rabi: {
    severity: "refuses",
    meaning: "Rabi data are there, but give no Rabi frequency, or nothing stands beside them to make a rate of it.",
  },
  rabi_line: {
    severity: "doubts",
    meaning: "The squared Rabi frequency is not a straight line through the origin against power: source or amplifier are not linear.",
  },
  rabi_no_sigma: {
    severity: "doubts",
    meaning: "The Rabi frequencies have no uncertainty, and are too few for one from their scatter about a line.",
  },
  driven_shape: {
    severity: "doubts",
    meaning: "A Rabi trace is not described by the damped oscillation of a two-level system within its noise.",
  },
  coherence_shape: {
    severity: "doubts",
    meaning: "The coherence does not decay exponentially within its noise: slow frequency noise, and gamma2 is a number of the window.",
  },
  dephasing_differs: {
    severity: "informs",
    meaning: "Coherence rates of the sweep, of Ramsey and of echo data differ by more than 3 sigma: frequency noise that is slow.",
  },
  beyond_2t1: {
    severity: "doubts",
    meaning: "The coherence outlives 2 T1 by more than 3 sigma, which no qubit can: T1 and T2 were not those of one time, or a fit is off.",
  },
  emission_not_constant: {
    severity: "doubts",
    meaning: "Emitted power over excited population is not constant in time: background, gain or population are off.",
  },
  heating: {
    severity: "doubts",
    meaning: "The equilibrium population rises with drive power by more than 3 sigma: the drive heats the qubit's surroundings.",
  },
  detector_bandwidth: {
    severity: "doubts",
    meaning:
      "The power meter's bandwidth does not hold the whole spectrum of the driven qubit: emitted power is missed and counts as absorbed.",
  },
  background_unknown: {
    severity: "informs",
    meaning: "The background of the power meter is not stated; the powers are taken as what is left after its subtraction.",
  },
  readout_no_sigma: {
    severity: "doubts",
    meaning:
      "The readout errors have no uncertainty: only the statistical part of the power route's error is known, and that is a lower bound.",
  },
  equilibrium_no_sigma: {
    severity: "doubts",
    meaning:
      "The equilibrium population, or the temperature that it comes from, has no uncertainty: what it adds to the error is not known.",
  },
  normalisation_assumed: {
    severity: "doubts",
    meaning: "There is no qubit-off reference; S was taken as already normalised, or its background was fitted.",
  },
  no_scattering: { severity: "refuses", meaning: "Populations under drive are there, but neither scattering nor absorbed power." },
  reference_no_sigma: {
    severity: "doubts",
    meaning:
      "The noise of the qubit-off reference is not known: only the statistical part of the power route's error is known, and that is a lower bound.",
  },
  line_shape: {
    severity: "doubts",
    meaning:
      "The scattering is not described by a saturating Lorentzian within its noise: depth, width and saturation are read with a wrong law.",
  },
  no_absorption: { severity: "refuses", meaning: "The rate from absorbed power cannot be told from zero within its statistical error." },
  no_source_power: {
    severity: "refuses",
    meaning: "The power at the source is not known: give a column, a {power} label, or power: in the entry.",
  },
  no_detector: {
    severity: "refuses",
    meaning: "A table of incident and reflected power needs detector: vna or power-meter; they measure different things.",
  },
  unsupported_geometry: { severity: "refuses", meaning: "This port geometry cannot be evaluated from the data that are there." },
  circular: {
    severity: "doubts",
    meaning: "The attenuation was calibrated from the same relaxation: agreement of the two routes is empty.",
  },
  scalar_bias: {
    severity: "doubts",
    meaning:
      "Incident minus reflected misses the power that the qubit re-emits incoherently: the rate is a lower bound, biased by the factor printed.",
  },
  assumed_on_resonance: { severity: "informs", meaning: "The drive frequency of the population is not stated; resonance is assumed." },
  prepared_assumed: {
    severity: "informs",
    meaning: "How the levels behind the readout errors were prepared is not stated; heralded is assumed.",
  },
  temperature_from_fridge: { severity: "doubts", meaning: "The qubit's temperature is taken from the fridge; qubits are usually hotter." },
  equilibrium_disagrees: { severity: "doubts", meaning: "Two sources of the equilibrium population differ by more than 3 sigma." },
  population_below_equilibrium: { severity: "doubts", meaning: "A driven population is not above equilibrium: this power gives no rate." },
  low_power_only: { severity: "informs", meaning: "The saturation does not span 0.1 to 10: the extrapolation to weak drive is refused." },
  shapes_alike: {
    severity: "informs",
    meaning:
      "The powers do not tell a population offset from an amplitude error of the reference: the extrapolation to weak drive is refused.",
  },
  not_through_origin: {
    severity: "doubts",
    meaning:
      "Absorbed work against excess population is a straight line that does not pass through the origin within its errors: the equilibrium population is off, or something beside the qubit absorbs.",
  },
  drive_dependent: { severity: "doubts", meaning: "The rate per power is not constant within its errors." },
  two_level: { severity: "doubts", meaning: "The drive is not small against the anharmonicity: higher levels take part." },
  rwa: {
    severity: "doubts",
    meaning: "Drive strength or detuning is not small against the qubit frequency: the rotating-wave formulas are imprecise.",
  },
  frequency_disagrees: {
    severity: "doubts",
    meaning:
      "The lab file's qubit frequency is not that of the resonance: another qubit or an old number, and what follows from it is off.",
  },
  levels_above: {
    severity: "doubts",
    meaning: "Levels above the first hold so much of the absorbed energy that the two-level rate is off by a good part of its error.",
  },
  channels: {
    severity: "doubts",
    meaning:
      "More would go into the line than is lost in all: power at the device, geometry, or the assumption of Markovian channels in parallel is wrong.",
  },
  leakage: {
    severity: "doubts",
    meaning: "The circulator, or another path past the qubit, leaks so much that the work of the drive is uncertain.",
  },
  markov: { severity: "doubts", meaning: "The qubit's quality factor is too low for a rate to be defined." },
  steady_state: { severity: "doubts", meaning: "The drive may have been too short for a steady state." },
  phase_reference: {
    severity: "doubts",
    meaning: "The off-resonance scattering is not 1 after normalisation: the reference's phase or gain is off.",
  },
  passivity: { severity: "doubts", meaning: "|S| exceeds 1 by more than its noise: the normalisation is wrong." },
  // energy partition
  above_depth_bound: {
    severity: "doubts",
    meaning:
      "The non-radiative share is above what the depth of the resonance allows (G2 >= G1tot/2): T1, width or normalisation is wrong.",
  },
  bound_only: {
    severity: "refuses",
    meaning:
      "Depth and width of the resonance alone bound the non-radiative share from above; the bound stands in the sentence, it is no value.",
  },
  loss_ratio_varies: {
    severity: "doubts",
    meaning:
      "The share of the work that does not come out again depends on the drive power: baths of different temperature, or a wrong background.",
  },
  participation_rank: {
    severity: "refuses",
    meaning: "The stated participations cannot tell the loss channels apart: too few qubits, or all in one ratio.",
  },
  participation_scatter: {
    severity: "doubts",
    meaning: "The rates scatter about the sum over channels by more than their errors; a common scatter was added to each error.",
  },
  participation_unstated: { severity: "refuses", meaning: "A channel that some qubits state is missing from the participation of others." },
  partition_disagrees: {
    severity: "doubts",
    meaning: "Two ways to the non-radiative share differ by more than 3 sigma, errors of their common inputs taken out.",
  },
  partition_outside: {
    severity: "doubts",
    meaning:
      "A part of the relaxation came out larger than the whole by more than 3 sigma: geometry, attenuation, n_eq or line shape is wrong.",
  },
  // port geometries
  chain_no_sigma: {
    severity: "doubts",
    meaning: "The gain of the return chain, or a coupling rate, has no uncertainty: only the statistical part of the error is known.",
  },
  geometry_contradicted: {
    severity: "doubts",
    meaning: "The scattering cannot be that of the stated port geometry; a wrong one is a factor of 2.",
  },
  mismatch_fitted: {
    severity: "informs",
    meaning: "The circle of S21 is turned by a mismatch of the line, which was fitted and taken out.",
  },
  no_chain_gain: {
    severity: "refuses",
    meaning: "With separate ports there is no qubit-off value: the absolute gain of the chain has to be stated or measured.",
  },
  no_couplings: { severity: "refuses", meaning: "Geometry separate-ports needs the coupling rates of both ports." },
  off_resonance: { severity: "refuses", meaning: "A magnitude gives the work of the drive only exactly on resonance." },
  port_loss: {
    severity: "doubts",
    meaning: "The qubit-off column of a multiport does not carry the whole incident power: gains of the return chains are part of it.",
  },
  reflection_disagrees: {
    severity: "informs",
    meaning: "Reflection and transmission of a two-sided line show different waves from the qubit: the transmission alone is used.",
  },
  sign_undecided: {
    severity: "refuses",
    meaning: "The magnitude alone does not tell the sign of S11, on which the absorbed power depends.",
  },
  integrated_line: {
    severity: "doubts",
    meaning:
      "The area of the line is not that of the fitted Lorentzian: the line is broadened otherwise (slow frequency noise), or the normalisation is off.",
  },
  saturation_curvature: {
    severity: "doubts",
    meaning:
      "1/(1-S) on resonance is not linear in drive power, as it is for a Lorentzian line: rates from the saturation of the scattering are off.",
  },
  saturation_plateau: {
    severity: "doubts",
    meaning:
      "The power at which the absorbed power saturates is not the one that the fitted line predicts: the rate from the sweep is off by as much.",
  },
  negative_dephasing: {
    severity: "doubts",
    meaning: "The coherence decays more slowly than half the relaxation rate, which is impossible: attenuation, T1 or line shape is wrong.",
  },
  // joint fit
  inputs_disagree: {
    severity: "doubts",
    meaning:
      "Fitted together, the data move an input of the lab file more than 3 of its standard deviations: the data or the statements contradict each other.",
  },
  not_identifiable: {
    severity: "refuses",
    meaning:
      "The data leave this number open: other values describe them exactly as well. The sentence names what moves with it and what would close it.",
  },
  propagation_nonlinear: {
    severity: "doubts",
    meaning:
      "Drawing all inputs gives another error than the first order: the errors are too large for it. The interval of the draws is the one to quote.",
  },
  // comparison
  t1_measured_once: {
    severity: "informs",
    meaning: "T1 rests on one trace: its fluctuation between the measurements of the two routes is not known and not in the error.",
  },
  qubits_disagree: {
    severity: "doubts",
    meaning:
      "Qubits on one attenuation give ratios that differ by more than their own errors: their mean is no statement about the line. Ripple over frequency, readout or geometry of single qubits can do that, the attenuation cannot.",
  },
  routes_disagree: { severity: "informs", meaning: "The two routes differ by more than 2 sigma of their combined error." },
  single_route: { severity: "informs", meaning: "Only one route has a number; there is nothing to compare." },
} as const satisfies Record<string, CheckEntry>;
