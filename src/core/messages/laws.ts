/** Sentences about decay laws: what a minimum does not determine, and how it was found. */

const list = (names: readonly string[]) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;

const percent = (p: number) => (p >= 0.001 ? `${Number((100 * p).toPrecision(2))} %` : `${(100 * p).toExponential(0)} %`);

export const notDetermined = (names: readonly string[]) =>
  `The data do not determine ${list(names)}: the residuals do not change along a direction of the law. Fix a parameter, or use a simpler law.`;
export const atBounds = (names: readonly string[]) =>
  `${list(names)} ended on a bound of the law: the data ask for a value that the law does not allow. Use another law, or look for drift and outliers.`;
export const rateVanishes = (law: string) =>
  `The rate that the ${law} law quotes ended at zero: the decay is all in its other parts, and only an upper limit of this rate exists. Measure longer delays, or use a simpler law.`;
export const looksLike = (law: string, simpler: string, because: string, meaningless: readonly string[]) =>
  `The data do not tell the ${law} law from the ${simpler}: ${because}. Do not read ${list(meaningless)}; use the ${simpler}.`;
export const lawDetermined = () => "The data determine every parameter of the law.";

export const equalRates = () => "the two rates agree within two standard deviations";
export const vanishingComponent = (which: string) => `the amplitude of the ${which} component is zero within two standard deviations`;
export const zeroWithin = (name: string) => `${name} is zero within two standard deviations`;
export const oneWithin = (name: string) => `${name} is 1 within two standard deviations`;
export const nothingWithin = (name: string) => `${name} has no finite standard deviation`;

export const lawMethod = (likelihood: string, law: string, starts: number, reached: number) =>
  `${likelihood}; ${law} from ${starts} starting ${starts === 1 ? "point" : "points"}, ${reached} of which reached the lowest minimum`;
export const lawNoMinimum = (law: string) =>
  `The ${law} law gave no finite value from any of its starting points: the signal cannot be of its kind.`;
export const flatNoise = (law: string, p: number, shapes: number, limit: number) =>
  `Noise about a constant lets the ${law} law do as well in ${percent(p)} of cases (${shapes} shapes searched; the limit is ${percent(limit)}): there is no decay to fit. Check the pulse, average more.`;
export const signalStands = (law: string, p: number, shapes: number) =>
  `Noise about a constant lets the ${law} law do as well in ${percent(p)} of cases (${shapes} shapes searched).`;
export const lawPoints = (points: number, needed: number, law: string) =>
  `There are ${points} points; the ${law} law with ${needed} free parameters needs at least ${needed + 1}. Measure more delays, or fix parameters.`;
export const channelsMismatch = (law: string, channels: readonly string[]) =>
  `The ${law} law describes ${channels.length === 1 ? "one observable" : `the observables ${list(channels)}`}, and the signal has others. Give each point the number of its channel, from 0.`;
export const lawOfPopulations = (law: string) =>
  `The ${law} law describes populations, and the signal is a voltage: its parameters would mean nothing. Normalise the signal on calibration points, or use the exponential.`;
export const noSuchParameter = (law: string, name: string, known: readonly string[]) =>
  `The ${law} law has no parameter "${name}". Known: ${known.join(", ")}.`;
export const badFixedValue = (law: string, name: string, value: number, lower: number, upper: number) =>
  `The parameter ${name} of the ${law} law cannot be fixed at ${value}: it lies between ${lower} and ${upper}.`;
export const noSuchTrace = (trace: string, known: readonly string[]) =>
  known.length === 0
    ? "The file holds no decay to look into."
    : `There is no decay "${trace}" in the file. It holds: ${[...new Set(known)].slice(0, 12).join(", ")}${known.length > 12 ? ", ..." : ""}.`;
export const lawDecays = (law: string, rate: number) =>
  rate > 0
    ? `The quoted rate of the ${law} law is positive.`
    : `The quoted rate of the ${law} law is ${Number(rate.toPrecision(3))} 1/s: there is no T1. One of its components grows, or has the other sign.`;
