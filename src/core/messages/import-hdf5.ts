/** What a user reads about files of PycQED, plottr and labcore, LabRAD and qkit, and about arrays that the lab file names. */
export const hdf5FamilyMessages = {
  noData: (program: string) => `${program} opened this file, but no point was measured: it is listed and left alone.`,
  trash: () => "The tag __trash__ stands beside this file: it was thrown away by who measured it. Delete the tag to use it.",
  interrupted: () =>
    "The tag __interrupted__ stands beside this file: the measurement was stopped before its end; what was measured is used.",
  notClosed: () =>
    "The file was never closed, and no tag says that the measurement was complete: it was aborted, or is still being written.",
  columnCount: (columns: number, sweeps: number, values: number) =>
    `The data have ${columns} columns; ${sweeps} sweep parameters and ${values} values are named.`,
  unequal: (name: string, length: number, expected: number) =>
    `"${name}" has ${length} numbers; the axis it was measured along has ${expected}: they cannot belong to the same points.`,
  tooManyPoints: (points: number, limit: number) => `The file holds ${points} points; at most ${limit} are read at once. Split it.`,
  tooManyTraces: (traces: number, limit: number) => `The file holds ${traces} traces; at most ${limit} are read at once. Split it.`,
  noAxis: (name: string, axis: string) => `"${name}" was measured along "${axis}", which is not in the file.`,
  nanosecondsInferred: (largest: number) =>
    `nanoseconds, as labcore and plottr use for whole numbers; the file states no unit (largest value ${largest})`,
  delayWithoutUnit: (name: string) =>
    `"${name}" is named like a delay, but the file states no unit, so nothing is fitted. State it under files: in gammawatt.yaml, for example columns: { delay: "${name} [us]" }.`,
  repeatsKept: (axis: string, count: number, ratio: number) =>
    `"${axis}" counts ${count} repetitions whose scatter is ${ratio} of the signal's span: averaged traces, each fitted by itself.`,
  shotsAveraged: (axis: string, count: number, ratio: number) =>
    `"${axis}" counts ${count} single shots whose scatter is ${ratio} times the signal's span: they were averaged at each point. Sigma is the standard error of that mean, along the direction in which the means vary most.`,
  shotsCounted: (axis: string, count: number) =>
    `"${axis}" counts ${count} single shots that are 0 or 1: their share of ones is the population, with binomial noise.`,
  levelsCounted: (axis: string, count: number, levels: readonly number[]) =>
    `"${axis}" counts ${count} single shots in the levels ${levels.join(", ")}: the population is the share of level 1, with binomial noise; the shares of the higher levels stand beside it and enter no fit.`,
  twoValues: (axis: string, count: number, values: readonly number[]) =>
    `"${axis}" counts ${count} single shots of the two values ${values.join(" and ")}: the population is the share of ${values[1]}, with binomial noise. Which of them is the excited level, the file does not say; T1 does not depend on it.`,
  integrationWeights: (first: string, second: string) =>
    `"${first}" and "${second}" are two integration weights of one readout, as PycQED rotates them together: taken as I and Q.`,
  weightsConfirmed: (first: string, second: string) =>
    `"${first}" and "${second}" are I and Q: rotated together they give the corrected data that stand in the file.`,
  calibrationPairs: (zero: readonly number[], one: readonly number[], why: string) =>
    `The last ${zero.length + one.length} points were recognised as calibration points (0 in rows ${zero.join(", ")}; 1 in rows ${one.join(", ")}) by PycQED's layout: ${why}.`,
  byCorrectedData: () => "in the file's corrected data the first pair averages to 0 and the second to 1",
  byJump: (jump: number) => `the second pair lies where the decay starts, ${jump} noise widths from the first`,
  storedFit: (t1: number, sigma: number, offset: "fixed" | "free" | "") =>
    `The file holds PycQED's own fit: T1 = ${seconds(t1, sigma)}${offset === "" ? "" : `, offset ${offset}`}. It is a cross-check only and enters no result.`,
  storedFitUnread: (text: string) => `The file holds a fit by PycQED whose T1 "${text}" cannot be read as a number; it is left out.`,
  expandedScan: (name: string, points: number) =>
    `"${name}" is stored as its first and last value; ${points} points at equal steps lie between.`,
  parameters: (list: readonly string[]) => `Parameters in the file: ${list.join(", ")}.`,
  scanStep: (name: string, step: string) =>
    `"${name}" was scanned in "${step}" steps between its stored first and last value; only linear scans are read.`,
  textColumn: (name: string) => `"${name}" holds text and was left out.`,
  nothingMeasured: (roles: readonly string[]) =>
    `columns: names ${roles.join(" and ")} only: nothing that was measured. Add the array that was, for example population: "/p1" or i: "/i [V]", q: "/q [V]".`,
  complexAs: (name: string, role: string) => `"${name}" is complex and cannot be the column "${role}"; name it as i or s_re.`,
} as const;

/** `35.079 ± 0.708 us`; without an uncertainty that is known, the value alone. */
function seconds(value: number, sigma: number): string {
  const [scale, unit] = value < 1e-6 ? [1e9, "ns"] : value < 1e-3 ? [1e6, "us"] : value < 1 ? [1e3, "ms"] : [1, "s"];
  const shown = (x: number, digits: number) => String(Number((x * scale).toPrecision(digits)));
  return `${shown(value, 5)}${sigma > 0 ? ` ± ${shown(sigma, 3)}` : ""} ${unit}`;
}
