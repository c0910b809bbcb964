/** Sentences of the propagation by drawing all inputs. */

const percent = (x: number) => `${(100 * x).toPrecision(2)} %`;
const rate = (x: number) => `${Number(x.toPrecision(4))} 1/s`;

export const linear = (firstOrder: number, drawn: number, draws: number) =>
  `Drawing all inputs (${draws} times, GUM supplement 1) gives a standard deviation of ln G of ${percent(drawn)}, first order ${percent(firstOrder)}: they agree.`;
export const nonlinear = (firstOrder: number, drawn: number, draws: number, low: number, high: number, lost: number) =>
  `Drawing all inputs (${draws} times, GUM supplement 1) gives a standard deviation of ln G of ${percent(drawn)}, first order ${percent(firstOrder)}: the errors are too large for the straight line. 68 % of the draws lie between ${rate(low)} and ${rate(high)}; quote this interval.${lost > 0 ? ` In ${percent(lost)} of the draws there was no rate at all.` : ""}`;
