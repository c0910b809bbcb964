/** From the largest line of a budget to the one measurement that would shrink it. */

/** By the words of the input, the first that fits; else by its kind. */
const BY_INPUT: readonly (readonly [RegExp, string])[] = [
  [/ripple/i, "measure the attenuation against frequency, with the line cold (attenuation: { file, columns })"],
  [/source accuracy/i, "compare the source with a calibrated power meter at the powers in use"],
  [/repeatability/i, "calibrate the line again in this cooldown"],
  [/power at the device/i, "state the line (attenuation and its uncertainty) through which the power was taken to the device"],
  [/attenuation/i, "calibrate the line cold at the qubit's frequency: noise thermometry, or a cold through"],
  [/gain|coupling/i, "calibrate gain and couplings of the chain with a noise source"],
  [/undriven/i, "more shots of the undriven population (kind equilibrium)"],
  [/p1_given_0|p0_given_1|readout|fidelity/i, "calibrate the readout with more shots of heralded 0 and 1"],
  [
    /circulator|leakage|isolation|parasitic/i,
    "measure the leakage's amplitude and phase: the qubit-off trace over many linewidths, or another circulator",
  ],
  [/reference|background/i, "average the qubit-off trace as long as all powers together"],
  [/temperature|equilibrium|n_eq/i, "measure the undriven population directly (kind equilibrium)"],
  [/rabi/i, "more Rabi oscillations per trace, at several powers"],
  [/line shape|frequency noise/i, "scattering against frequency over more linewidths, at weak and strong drive"],
  [/levels|anharmonic/i, "populations of the higher levels at the strongest drive, or a weaker drive"],
  [/stated offset/i, "measure T1 out to delays of five T1, so that the offset need not be stated"],
  [/calibration points/i, "more shots of the calibration points"],
  [/fluctuat|scatter between|errors of \d+ fits|trace|^decay/i, "more repeats of T1, interleaved with the power sweep"],
  [/scatter over powers/i, "state shots and averages, or repeat each power: now the error is only the scatter of the powers"],
  [/population/i, "more shots of the driven population around S = 1"],
  [/noise of S|total power/i, "average the scattering longer, at the weak powers first"],
];

const BY_KIND = {
  statistical: "average longer",
  attenuation: "calibrate the line cold at the qubit's frequency: noise thermometry, or a cold through",
  readout: "calibrate the readout with more shots of heralded 0 and 1",
  reference: "average the qubit-off trace as long as all powers together",
  phase: "measure the phase of the background over many linewidths with the qubit detuned",
  temperature: "measure the undriven population directly (kind equilibrium)",
  frequency: "measure drive and qubit frequency by spectroscopy at the same drive power",
  model: "drive more weakly, and over more powers",
} as const;

/** The measurement in words. */
export const cure = (kind: keyof typeof BY_KIND, input: string): string =>
  BY_INPUT.find(([words]) => words.test(input))?.[1] ?? BY_KIND[kind];

/** `Largest share: attenuation of drive1 (6.9 %). To shrink it: ...`. */
export const toShrink = (input: string, percent: number, kind: keyof typeof BY_KIND): string =>
  `Largest share of the error: ${input} (${Number.isFinite(percent) ? `${Number(percent.toPrecision(2))} %` : "not known"}). To shrink it: ${cure(kind, input)}.`;
