import type { PowerPoint, PowerStudy } from "../../routes/power-study.ts";
import { type Html, html } from "../html.ts";
import { engineering, measured, plain } from "../number.ts";
import { type Marker, mark } from "./marker.ts";
import { horizontalBars, verticalBars } from "./marks.ts";

/** Farther from resonance than this share of the largest detuning counts as detuned; all on one frequency counts as on resonance. */
const DETUNED = 0.05;

/** The marker's other shape: points driven off resonance, in the same figure as the others. */
export function detunedMarker(marker: Marker): Marker {
  return { ...marker, shape: (marker.shape + 3) % 7 };
}

/** Which points of a study were driven off resonance: apart from the point nearest to it by more than a twentieth of the largest distance. */
export function detunedPoints(points: readonly PowerPoint[]): readonly boolean[] {
  const known = points.map((p) => (Number.isFinite(p.detuning) ? p.detuning : 0));
  const largest = Math.max(0, ...known.map(Math.abs));
  const nearest = known.reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a), largest);
  return known.map((d) => Math.abs(d - nearest) > DETUNED * largest && Math.abs(d - nearest) > 0);
}

/** Places of one study's points with their error bars: [x, low x, high x], [y, low y, high y] in the plot. */
export interface MarkPlace {
  readonly x: number;
  readonly y: number;
  readonly across?: readonly [number, number];
  readonly along?: readonly [number, number];
}

/** Operating points of one estimator: filled where quoted and used, hollow otherwise; off resonance in another shape. */
export function operatingMarks(
  study: PowerStudy,
  marker: Marker,
  quoted: boolean,
  floor: number,
  placeOf: (p: PowerPoint, i: number) => MarkPlace | undefined,
): Html {
  const off = detunedPoints(study.points);
  const shown = study.points.flatMap((p, i) => {
    const place = placeOf(p, i);
    return place && Number.isFinite(place.x) && Number.isFinite(place.y) ? [{ p, place, detuned: off[i]! }] : [];
  });
  return html`<g class="${marker.colour}">${verticalBars(
    shown.flatMap(({ place }) => (place.along ? [[place.x, place.along[0], place.along[1]] as const] : [])),
    floor,
  )}${horizontalBars(
    shown.flatMap(({ place }) => (place.across ? [[place.y, place.across[0], place.across[1]] as const] : [])),
    0,
  )}${shown.map(({ p, place, detuned }) =>
    mark(detuned ? detunedMarker(marker) : marker, place.x, place.y, pointText(study.estimator, p), p.used ? 40 : 24, !quoted || !p.used),
  )}</g>`;
}

/** Everything about one point, for the hover text. */
function pointText(estimator: string, p: PowerPoint): string {
  const at = [
    Number.isFinite(p.pDevice) ? engineering(p.pDevice, "W") : `${engineering(p.pSource, "W")} at the source`,
    ...(Number.isFinite(p.detuning) && p.detuning !== 0 ? [`${engineering(p.detuning, "Hz")} from resonance`] : []),
    ...(Number.isFinite(p.saturation) ? [`S = ${plain(p.saturation, 3)}`] : []),
  ];
  const numbers = `n_e − n_eq = ${measured(p.excess, p.sigmaExcess, "1")}, W/ħω_d = ${measured(p.flux, p.sigmaFlux, "1/s")}, rate ${measured(p.gamma, p.sigmaGamma, "1/s")}`;
  return `${estimator}, ${at.join(", ")}: ${numbers}${p.used ? "" : "; not used"}${p.remark && `; ${p.remark}`}`;
}
