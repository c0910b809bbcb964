import type { Estimate } from "../../core/estimate.ts";
import { rateDesc, rateTitle } from "../../core/messages/work-section.ts";
import type { DriveDependence, PowerPoint, PowerStudy } from "../../routes/power-study.ts";
import { shownSigma } from "../headline.ts";
import { type Html, html } from "../html.ts";
import { groupName } from "../names.ts";
import { rounded } from "../number.ts";
import { type Axis, makeAxis } from "./axis.ts";
import { extent } from "./d3-array.ts";
import { decibelAxis } from "./decibel-axis.ts";
import type { Marker } from "./marker.ts";
import { band, curve, note } from "./marks.ts";
import { operatingMarks } from "./operating-marks.ts";
import { plot, svg } from "./plot.ts";
import { powerAxis } from "./power-axis.ts";
import { robustDomain } from "./robust-domain.ts";
import { commonOf } from "./work.ts";

const WIDTH = 380;
const HEIGHT = 290;
const [LEFT, TOP, PLOT_W, PLOT_H] = [54, 12, 276, 228];

/**
 * Rate of every drive power over 1/T1 (over the combined rate, where there is no T1) against the saturation S, in ratio and dB: statistical bars, one
 * band for what all powers share (a), and the shapes of a population offset (d) and an amplitude error of the reference (e).
 */
export function ratePerPower(quoted: PowerStudy, decay: Estimate | undefined, marker: Marker): Html {
  const reference = decay?.value ?? quoted.gamma;
  const [x, place] = driveAxis(quoted.points);
  const known = (s: number) => (s > 0 ? s : 0);
  const all = quoted.points.filter((p) => Number.isFinite(p.gamma));
  const [common, centre] = [known(commonOf(quoted)) / reference, quoted.gamma / reference];
  const domain = robustDomain(
    all.map((p) => ({ value: p.gamma / reference, sigma: known(p.sigmaGamma) / reference })),
    [1, ...[centre - common, centre + common].filter(Number.isFinite)],
  );
  const y = makeAxis({ name: decay ? "G_{power}/G_{decay}" : "G/G_{combined}", unit: "1", domain, range: [PLOT_H, 0], count: 6 });
  const across = (value: number) => [0, PLOT_W].map((at) => [at, y.at(value)] as const);
  const level = (value: number, sigma: number, kind: string): Html[] =>
    Number.isFinite(value) && sigma > 0
      ? [
          band(
            [0, PLOT_W].map((at) => [at, y.at(value - sigma), y.at(value + sigma)] as const),
            `band ${kind}`,
          ),
          curve(across(value - sigma), `edge ${kind}`),
          curve(across(value + sigma), `edge ${kind}`),
        ]
      : [];
  const marks = [
    ...level(centre, common, marker.colour),
    ...(decay ? level(1, shownSigma(decay).sigma / reference, "reference") : []),
    curve(across(1), "line reference"),
    ...(quoted.driveDependence && place === "saturation" ? shapes(quoted.driveDependence, reference, x, y, marker) : []),
    operatingMarks(quoted, marker, true, PLOT_H, (p, i) => {
      const [value, sigma] = [p.gamma / reference, known(p.sigmaGamma) / reference];
      return { x: x.of(p, i), y: y.at(value), along: [y.at(value - sigma), y.at(value + sigma)] };
    }),
    ...(common > 0 ? [note(PLOT_W - 4, y.at(centre + common) + 11, "a", "name", "end")] : []),
  ];
  return svg({
    width: WIDTH,
    height: HEIGHT,
    title: rateTitle(groupName(quoted.labels), decay !== undefined),
    desc: rateDesc(all.length, rounded(centre, known(quoted.sigma) / reference), decay !== undefined),
    body: [plot({ left: LEFT, top: TOP, x: x.axis, y, marks }), decibelAxis(y, LEFT, TOP, PLOT_W)],
  });
}

interface DriveAxis {
  readonly axis: Axis;
  of(p: PowerPoint, i: number): number;
}

/** S where the sweep gives it, on a logarithmic axis; else the power. */
function driveAxis(points: readonly PowerPoint[]): readonly [DriveAxis, "saturation" | "power"] {
  const [low, high] = extent(points.filter((p) => p.saturation > 0).map((p) => p.saturation));
  if (low !== undefined && high !== undefined && points.filter((p) => p.saturation > 0).length > points.length / 2) {
    const axis = makeAxis({ name: "saturation S", unit: "1", domain: [low / 1.5, high * 1.5], range: [0, PLOT_W], kind: "log" });
    return [{ axis, of: (p) => axis.at(p.saturation) }, "saturation"];
  }
  const power = powerAxis(points, PLOT_W);
  return [{ axis: power.axis, of: (p, i) => power.axis.at(power.of(p, i)) }, "power"];
}

/** The fitted curve, and what one s.d. of d and of e would do, up and down, each with its letter where it leaves the others. */
function shapes(found: DriveDependence, reference: number, x: DriveAxis, y: Axis, marker: Marker): Html[] {
  const { saturation, fitted, offset, amplitude } = found.curves;
  const line = (values: readonly number[]) =>
    values.map((v, i) => [x.axis.at(saturation[i]!), y.at((v * found.gamma) / reference)] as const);
  const middle = y.at(found.gamma / reference);
  const letter = (values: readonly number[], text: string, fromLeft: boolean): Html => {
    const inside = line(values).filter(([at, v]) => at >= 3 && at <= PLOT_W - 3 && v >= 10 && v <= PLOT_H - 4 && Math.abs(v - middle) > 6);
    const spot = fromLeft ? inside[0] : inside.at(-1);
    return spot ? note(spot[0] + (fromLeft ? 2 : -2), spot[1] - 3, text, "name", fromLeft ? "start" : "end") : html``;
  };
  return [
    ...offset.map((v) => curve(line(v), "line offset")),
    ...amplitude.map((v) => curve(line(v), "line amplitude")),
    curve(line(fitted), `line fitted ${marker.colour}`),
    letter(offset[0], "d", true),
    letter(amplitude[0], "e", false),
  ];
}
