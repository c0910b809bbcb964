import type { FitDetails } from "../../pipelines/steps/explain-fit.ts";
import { detailHead, detailRefused, methodNames } from "../core/messages/explain.ts";
import { endsOf, type Interval } from "../fit/intervals/outcome.ts";

/** Intervals side by side and the coverage badge of one trace, as lines. */
export function detailLines(details: FitDetails): string[] {
  const head = `  ${detailHead(details.trace, details.law)}`;
  if (details.refused !== "") return [head, `    ${detailRefused(details.refused)}`];
  const rows = details.intervals.flatMap((row) => [
    `    ${row.name} = ${number(row.covariance.value)} ${unit(row.covariance)}, ${Number((100 * row.level).toPrecision(3))} % intervals:`,
    ...methodNames.flatMap(([key, name]) => intervalLines(name, row[key])),
  ]);
  return [
    head,
    ...(details.open === "" ? [] : [`    ${details.open}`]),
    ...rows,
    ...(details.badge ? [`    ${details.badge.sentence}`] : []),
  ];
}

const WIDTH = Math.max(...methodNames.map(([, name]) => name.length));

function intervalLines(name: string, interval: Interval): string[] {
  const ends = endsOf(interval);
  const range = ends ? `${number(ends[0])} .. ${number(ends[1])} ${unit(interval)}` : "no interval";
  const distances = interval.kind === "two-sided" ? `  (-${number(interval.below)} +${number(interval.above)})` : "";
  const why = interval.kind === "two-sided" ? [] : [`        ${interval.sentence}`];
  return [`      ${name.padEnd(WIDTH)}  ${range}${distances}`, ...why];
}

/** A side that the data leave open is said to be open, never printed as a number. */
const number = (x: number) => (Number.isFinite(x) ? String(Number(x.toPrecision(5))) : "open");
const unit = ({ unit }: Interval) => (unit === "1" || unit === "signal" ? "" : unit);
