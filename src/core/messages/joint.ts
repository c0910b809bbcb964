/** Sentences of the joint fits. */

export const unknownParameter = (block: string, name: string, known: readonly string[]) =>
  `The block "${block}" names the parameter "${name}", which is not declared. Known: ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", ..." : ""}.`;
export const repeatedParameter = (name: string) =>
  `The parameter "${name}" stands twice. Give each parameter and each place in a block its own name.`;
export const badPrior = (name: string, sigma: number) =>
  `The prior of "${name}" has sigma ${sigma}; it must be a positive number. A value that is known exactly is fixed: true.`;
export const unusedParameter = (name: string) => `The parameter "${name}" is in no block and has no prior. Leave it out, or fix it.`;
export const jointEnded = (why: string) => `The joint fit did not reach a minimum: ${why}.`;
export const noTraces = () => "There are no traces to fit together.";
export const levelsNeeded = () =>
  "Amplitudes and offsets that are tied to the readout need its assignment errors: counts of the prepared states, or values with their uncertainty.";
export const levelsArePopulations = () =>
  "Amplitudes tied to the readout need populations; a voltage has levels of its own. Normalise it on calibration points, or fit amplitude and offset per trace.";
export const badCounts = (ones: number, shots: number) =>
  `A prepared state was read as 1 in ${ones} of ${shots} shots; 0 <= ones <= shots and shots > 0 are needed.`;
export const unfitTrace = (index: number, why: string) =>
  `Trace ${index} (counted from 0) cannot be fitted by itself, which gives the joint fit its start and its noise: ${why}`;
export const pullsHigh = (name: string, pull: number) =>
  `The traces move ${name} by ${pull.toFixed(1)} standard deviations from its calibration: the readout changed between them, or the law is not the one of the data.`;
