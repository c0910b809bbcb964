/** Sentences about maps: where their points stand, and what a picture's numbers mean. */

/** A length or a time with a prefix that suits it, four digits at most: `50 um`, `2.5 ms`. */
const scaled = (value: number, unit: "m" | "s") => {
  if (value === 0) return `0 ${unit}`;
  const steps = [0, -3, -6, -9, -12] as const;
  const step = steps.find((exponent) => Math.abs(value) >= 0.9999 * 10 ** exponent) ?? -12;
  return `${Number((value / 10 ** step).toPrecision(4))} ${["", "m", "u", "n", "p"][-step / 3]}${unit}`;
};
const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

export const gridMessages = {
  /** `24 x 24 grid, spacing 50 um x 50 um`; `line of 50 points, spacing 20 um`. */
  grid: (lengths: readonly number[], spacings: readonly string[]) =>
    lengths.length === 1
      ? `line of ${lengths[0]} points, spacing ${spacings[0]}`
      : `${lengths.join(" x ")} grid, spacing ${spacings.join(" x ")}`,
  spacing: (step: number) => scaled(step, "m"),
  uneven: (least: number, most: number) => `not uniform (${scaled(least, "m")} to ${scaled(most, "m")})`,
  scattered: (points: number) => counted(points, "scattered point"),
  onePoint: () => "one point",
  times: (count: number, first: number, last: number) =>
    count === 1 ? `one time (${scaled(first, "s")})` : `${count} times from ${scaled(first, "s")} to ${scaled(last, "s")}`,
  everySoOften: (count: number, step: number) => `${count} times, ${scaled(step, "s")} apart`,
  noTime: () => "no time: one steady map",
  missingPlaces: (count: number) => `${counted(count, "place")} of the grid ${count === 1 ? "is" : "are"} not in the file`,
  missingTimes: (count: number) => `${counted(count, "value")} missing where a place lacks a time that others have`,
  gaps: (count: number, column: string) => `${counted(count, "value")} of "${column}" ${count === 1 ? "is" : "are"} not known`,
  summary: (parts: readonly string[]) => `${parts.join(", ")}.`,
  duplicate: (first: number, second: number, point: string) =>
    `Rows ${first} and ${second} of the map stand for the same point (${point}). If frames follow each other, name their times, columns: { time: "t [ms]" }; if they are repeats, their counter, columns: { repeat: "run" }; if they were swept, the setting, columns: { condition: "power [dBm]" }.`,
  point: (coordinates: readonly { name: string; value: number; unit: "m" | "s" }[]) =>
    coordinates.map(({ name, value, unit }) => `${name} = ${scaled(value, unit)}`).join(", "),
  placeUnknown: (row: number, name: string) =>
    `Row ${row} of the map has a value, but its "${name}" is not known: a point without place or time cannot be used. Delete the row, or fill it in.`,
} as const;
