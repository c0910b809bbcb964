/** Sentences about the way from maps to the field model's problem: what was stated, what was assumed, what to write. */

const short = (x: number) => String(Number(x.toPrecision(4)));
/** With a prefix that suits it. */
const scaled = (x: number, unit: "m" | "s") => {
  if (x === 0) return `0 ${unit}`;
  const step = [0, -3, -6, -9].find((e) => Math.abs(x) >= 0.9999 * 10 ** e) ?? -12;
  return `${short(x / 10 ** step)} ${["", "m", "u", "n", "p"][-step / 3]}${unit}`;
};
const spans = (domain: readonly (readonly [number, number])[]) =>
  domain.map(([low, high]) => `${scaled(low, "m")} to ${scaled(high, "m")}`).join(" by ");

export const frames = (path: string, count: number) => `${path} and ${count - 1} more`;
export const domainAssumed = (domain: readonly (readonly [number, number])[]) =>
  `The domain is taken to end half a spacing beyond the outermost points: ${spans(domain)}. Where it is larger, write field: { domain: ${domain.length > 1 ? "[[0 mm, 5 mm], [0 mm, 4 mm]]" : "[[0 mm, 5 mm]]"} }.`;
export const domainStated = (domain: readonly (readonly [number, number])[]) => `The domain is ${spans(domain)}.`;
export const domainDimension = (stated: number, found: number) =>
  `The domain has ${stated === 1 ? "one axis" : "two axes"}, the maps ${found === 1 ? "one" : "two"}. Write domain: ${found === 1 ? "[[0 mm, 5 mm]]" : "[[0 mm, 5 mm], [0 mm, 4 mm]]"}.`;
export const outsideDomain = (axis: string, at: number, low: number, high: number) =>
  `A point of a map, ${axis} = ${scaled(at, "m")}, lies outside the stated domain of ${scaled(low, "m")} to ${scaled(high, "m")}. Check domain: and the unit of ${axis}.`;
export const boundary = (assumed: boolean, words: string) =>
  assumed
    ? "No side is described: no energy is taken to leave through any (no-flux). Where it does, write boundary: { left: dirichlet, ... }."
    : `Sides: ${words}.`;
export const twoBoundaries = (here: string, there: string) =>
  `Maps of one chip have one boundary, and the entries ${here} and ${there} state two. State it once, in field: { boundary: ... }.`;
export const robinWithout = () =>
  "A robin side lets the flux h u out, and h is not stated. Write beside the boundary: robin: 3.2 m/s (0 is no-flux, a large one dirichlet).";
export const coordinates = (name: string, of: number, dimensions: number) =>
  `The ${name} is described by ${of === 1 ? "one coordinate" : "two coordinates"}, and the maps have ${dimensions === 1 ? "one" : "two"}. Write ${dimensions === 1 ? "[1.6 mm]" : "[1.6 mm, 3 mm]"}.`;
export const notInDomain = (name: string, domain: readonly (readonly [number, number])[]) =>
  `The ${name} lies outside the domain, ${spans(domain)}. Check its coordinates and their unit, or domain:.`;
export const noneBesideSource = (path: string) =>
  `source: none says that nothing is absorbed, and "${path}" says where. Take one of the two out; of one cooldown alone it is stated under cooldowns: { cd07: { field: { source: none } } }.`;
export const sourceTwice = (path: string) =>
  `The source is described twice: by "${path}" and by field: { source: ... }, which is for maps that no file feeds. Take one of the two out.`;
export const onePlace = () => "All values of a map stand at one place: a line or an area of points is needed.";
export const heights = () =>
  "The points of the map have different heights z. The model has one or two dimensions: average over z, or fit one layer.";
export const noPlaces = () =>
  'The values of a map have no positions. Write columns: { x: "x [mm]", y: "y [mm]" }, or position: [1.2 mm, 0.4 mm] of each qubit.';
export const twoDimensions = (a: string, b: string) =>
  `"${a}" and "${b}" are fitted together, and one is a line, the other an area. Give them different cooldown or device labels.`;
export const sourceDimension = (name: string, of: number, dimensions: number) =>
  `The source "${name}" has ${of} dimension${of === 1 ? "" : "s"}, the maps ${dimensions}.`;
export const sourceInTime = (path: string) =>
  `"${path}" gives the absorbed power against time. Write one file for each interval in which it does not change, each with its own on: [0 s, 1 ms].`;
export const sourceMissing = (path: string, count: number) =>
  `The absorbed power of "${path}" is missing at ${count} point${count === 1 ? "" : "s"}: unknown is not zero. Write the values, or take these rows out of the file where nothing is absorbed (linear in between).`;
export const sourceOfNothing = (name: string) =>
  `The source "${name}" feeds no map: the names cut out of its path are those of no map. Make them equal, as in "map_{run}_u.csv" and "map_{run}_r.csv".`;
export const sourceOn = (name: string, on: readonly [number, number] | undefined) =>
  on === undefined
    ? `When the source "${name}" is on is not stated: it is taken to be on all the time. Write on: [0 s, 1 ms].`
    : `The source "${name}" is on from ${scaled(on[0], "s")} to ${scaled(on[1], "s")}.`;
export const steadyWithoutSource = (name: string) =>
  `"${name}" is a steady map, and nothing says where power is absorbed. Add a file of kind: field-source, or field: { source: { centre: [1.6 mm, 3 mm], width: 0.3 mm, power: 2 mW } }.`;
export const growsWithoutSource = (name: string) =>
  `"${name}" has no source, and its energy grows. Add a file of kind: field-source with on: [0 s, 1 ms], or field: { source: { centre: [1.6 mm, 3 mm], width: 0.3 mm, power: 2 mW, on: [0 s, 1 ms] } }.`;
export const freeDecay = (name: string) => `"${name}" has no source: it is a free decay. A statement of that is field: { source: none }.`;
export const emptyWithoutSource = () =>
  "initial: empty without a source is a map of zeros. Write initial: unknown, or describe the source.";
export const startStated = (start: "empty" | "steady" | "unknown", from: number) =>
  start === "empty"
    ? `u is zero at ${scaled(from, "s")}, as stated.`
    : start === "steady"
      ? `At ${scaled(from, "s")} u is the steady state of the sources that are on just before, as stated.`
      : `u at ${scaled(from, "s")} is not known and is fitted, as stated.`;
export const startFollowed = (from: number) =>
  `initial: steady, and the source went on at ${scaled(from, "s")}: u is followed from there, where it was zero, and is as steady as it became.`;
export const startOfDecay = (from: number) => `u at ${scaled(from, "s")} is fitted: the first frame is data like every other.`;
export const startNotMeasured = (from: number) =>
  `A source was on before the first frame: u at ${scaled(from, "s")} is fitted. If there was nothing before the source went on, write initial: empty; if the source had been on for long, initial: steady.`;
export const startNotZero = (from: number) => `The first frames are not zero: u at ${scaled(from, "s")} is fitted.`;
export const startZero = (from: number) =>
  `No source is on before the first frame, which is zero within its noise: u is taken to be zero at ${scaled(from, "s")} (initial: empty).`;
export const withoutSigma = (name: string, count: number) =>
  `${count} value${count === 1 ? "" : "s"} of "${name}" ${count === 1 ? "has" : "have"} no positive sigma and ${count === 1 ? "is" : "are"} left out.`;
export const scaleOf = (name: string) => `scale of the source ${name}`;
export const scaleFromData = (name: string) => `scale of the source ${name}, as the data know it`;
export const mapNoise = () => "noise of the maps";
export const bounded = (low: number, high: number, unit: string) =>
  Number.isFinite(low) && low > 0
    ? `The data only say that it is above ${short(low)} ${unit}.`
    : Number.isFinite(high)
      ? `The data only say that it is below ${short(high)} ${unit}.`
      : "The data do not determine it.";
export const spreadMissing = () => "The spread of a sensor is missing or negative in some rows. Write it for each, 0 for a point.";
export const lineAlongY = () =>
  'All points have one x: a line runs along x here. Exchange the columns: columns: { x: "y [mm]" }, without y.';
export const zeroSource = (name: string) => `The source "${name}" is zero everywhere: it absorbs nothing.`;
export const noSigmaAtAll = (name: string) =>
  `No value of "${name}" has a positive sigma, so none can be used. Correct the column, or leave it out: the noise is then estimated.`;
export const nothingMeasured = (name: string) => `"${name}" holds no number: every value is missing.`;
export const sourceWindow = (name: string, box: readonly (readonly [number, number])[], share: number) =>
  `The source "${name}" is given on ${spans(box)}, less than the domain: beyond, nothing is taken to be absorbed; at the rim it is still ${short(100 * share)} % of its largest value. Give a map of the whole source, or the domain.`;
export const vague = (value: number, sigma: number, unit: string) =>
  `${short(value)} ± ${short(sigma)} ${unit}: the error is larger than the value, so the data leave its size open. Measure closer to the source, with less noise, or at more times.`;
