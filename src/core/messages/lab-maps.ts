/** Sentences about the keys of gammawatt.yaml that say how a picture, an array or a matrix becomes a map. */

export const countExpected = (got: string) =>
  `What one count is worth was expected, in J/m^2 or J/m (kind: field), W/m^2 or W/m (kind: field-source), not ${got}. Write for example count: "3.2e-9 J/m^2".`;
export const countOfZero = () => 'A count that is worth nothing makes no map. Write for example count: "3.2e-9 J/m^2".';
export const countOfKind = (unit: string, kind: string) =>
  `A count in ${unit} does not fit kind: ${kind}. Energy densities (J/m^2, J/m) are kind: field, absorbed power densities (W/m^2, W/m) kind: field-source.`;
export const pixel = () => "One or two lengths are expected: pixel: 2 um, or along a row and down a column, pixel: [2 um, 2.5 um].";
export const origin = () => "Two lengths are expected, the position of the picture's upper left corner: origin: [0 mm, 0.4 mm].";
export const times = () => "Times are expected in rising order, one for each frame: times: [0 ms, 1 ms, 5 ms].";
export const bin = (got: string) => `${got} is not a number of pixels. Write a whole number from 1 on: bin: 4.`;
export const axes = () => "Each dimension of the array is named once, the slowest first: axes: [time, y, x].";
export const framesTwice = () =>
  "Times of the frames are stated twice. Keep times: (every frame's own), or frame: (equal steps, from start: on).";
export const startAlone = () =>
  "start: is the time of the first frame, and frame: the time between frames. Write both: start: 0.5 ms, frame: 1 ms.";
export const darkAlone = (key: string) =>
  `"${key}" is in counts, and what a count is worth is not stated. Write for example count: "3.2e-9 J/m^2".`;
export const matrixOrColumns = () => "matrix: says what stands in rows and columns of a text file; take columns: out.";
export const roleInUnit = (got: string, known: readonly string[], example: string) =>
  `${got} is not understood: one of ${known.join(", ")} with its unit in brackets was expected. Write for example "${example}".`;
export const sameAxis = (role: string) =>
  `${role} stands both across and down. Write what the first column holds: down: "y [um]" or down: "time [ms]".`;
export const valuesOfKind = (role: string, kind: string) =>
  `Values of ${role} do not fit kind: ${kind}. u [J/m^2] is kind: field, r_total [W/m^2] is kind: field-source.`;
