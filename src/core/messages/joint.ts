/** Sentences of the joint fits. */

export const unknownParameter = (block: string, name: string, known: readonly string[]) =>
  `The block "${block}" names the parameter "${name}", which is not declared. Known: ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", ..." : ""}.`;
export const repeatedParameter = (name: string) =>
  `The parameter "${name}" stands twice. Give each parameter and each place in a block its own name.`;
export const badPrior = (name: string, sigma: number) =>
  `The prior of "${name}" has sigma ${sigma}; it must be a positive number. A value that is known exactly is fixed: true.`;
export const unusedParameter = (name: string) => `The parameter "${name}" is in no block and has no prior. Leave it out, or fix it.`;
export const notOfThisFit = (name: string, known: readonly string[]) =>
  `"${name}" is no parameter of this fit. Known: ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", ..." : ""}.`;
export const jointEnded = (why: string) => `The joint fit did not reach a minimum: ${why}.`;
export const noTraces = () => "There are no traces to fit together.";
export const levelsArePopulations = () =>
  "Amplitudes tied to the readout need populations; a voltage has levels of its own. Normalise it on calibration points, or fit amplitude and offset per trace.";
export const badCounts = (ones: number, shots: number) =>
  `A prepared state was read as 1 in ${ones} of ${shots} shots; 0 <= ones <= shots and shots > 0 are needed.`;
export const badSigma = (name: string, sigma: number) =>
  `${name} has uncertainty ${sigma}; a shared readout needs a positive one, or its counts, because it does not average down over traces.`;

export const readoutHolds = () => "The traces agree with the calibration of the readout.";
export const readoutPulled = (name: string, pull: number, limit: number) =>
  `The traces move ${name} by ${pull.toFixed(1)} standard deviations from its calibration (limit ${limit}): the readout changed between them, the populations do not reach the stated levels, or the decay is not exponential.`;

export const freeLevelsMethod = (traces: number, common: boolean) =>
  `${traces} traces together, ${common ? "one rate" : "a rate each"}, amplitude and offset free in each`;
export const tiedLevelsMethod = (traces: number, common: boolean, cut: boolean) =>
  `${traces} traces together, ${common ? "one rate" : "a rate each"}, amplitude and offset tied to assignment errors of the readout that all of them share, ${cut ? "taken from their calibration alone" : "fitted together with their calibration"}`;
export const estimatedNoise = () => "noise of each trace from its own residuals";
export const tracesDecay = () => "Every rate stands above zero by more than its error.";
export const traceGrows = (name: string, rate: number, sigma: number) =>
  `${name} = ${rate.toPrecision(3)} ± ${sigma.toPrecision(2)} 1/s cannot be told from no decay, and a mean with it means nothing. Take the trace out, or measure longer.`;
export const levelsOutside = () =>
  "With the stated levels half a standard deviation off, the counts are impossible: the levels' uncertainty is larger than the levels. Fit them together with the traces.";
