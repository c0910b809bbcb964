/** Sentences of the fits of many traces on one delay axis. */

export const batchEndings = {
  converged: () => "The minimum was found.",
  noDecay: () => "Noise alone looks like this trace, or it is constant: there is no decay to fit. Check the pulse, average more.",
  growing: () =>
    "The best exponential grows, or its time constant is more than ten windows (with a fixed offset: the rate is not positive). Measure longer.",
  tooFast: () =>
    "The decay is over before the second delay: only a lower limit of the rate exists, which is no number. Measure shorter delays.",
  tooFewPoints: () => "There are fewer different delays than the fit needs for its parameters and their errors. Measure more delays.",
  notFinite: () =>
    "The trace holds a value that is not a number (or too large to be squared): the whole trace is refused. Clean or mask it.",
  notAPopulation: () =>
    "The trace holds a value outside 0..1, which is no population of counted shots. State another noise, or rescale it.",
  wrongLength: () => "The trace has another number of points than there are delays. Fit it with its own delays.",
  missing: () => "The trace, or one of its points, is missing (null).",
  notConverged: () => "The search ended without a minimum that has an error bar. Fit this trace by itself to see why.",
} as const;

export const badDelays = (place: number, value: number) => `Delay ${place} is ${value}: every delay must be a finite number of seconds.`;
export const badLength = (name: string, length: number, points: number) => `${name} has ${length} values, but there are ${points} delays.`;
export const badNoise = (name: string, value: number) =>
  `${name} is ${value} at one delay: it must be positive and finite${name === "shots" ? ", at least 1" : ""}.`;
export const amplitudeWithoutOffset = () => "A fixed amplitude needs a fixed offset beside it.";
export const badFixed = (name: string, value: number) => `The fixed ${name} is ${value}: it must be a finite number.`;
export const badRows = (length: number, rows: number, points: number) =>
  `${length} values are not ${rows} traces of ${points} points (${rows * points} values).`;
export const tooFewResults = (length: number, rows: number) => `The results have room for ${length} traces, but there are ${rows}.`;
export const notATraceColumn = (type: string) => `The column of traces has type ${type}; list<float64> is needed, one row per trace.`;
export const badThreads = (threads: number) => `threads: ${threads} is not a number of threads; give a whole number from 1.`;
