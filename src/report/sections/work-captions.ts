import type { Estimate } from "../../core/estimate.ts";
import * as say from "../../core/messages/work-section.ts";
import { decibel, LN_PER_DB } from "../../physics/decibel.ts";
import type { Comparison } from "../../routes/comparison.ts";
import { interceptFound } from "../../routes/power/intercept.ts";
import type { PowerStudy, ShapedError } from "../../routes/power-study.ts";
import { type KeyRow, key, lineSample, markSample } from "../figures/key.ts";
import type { Marker } from "../figures/marker.ts";
import { detunedMarker, detunedPoints } from "../figures/operating-marks.ts";
import { commonOf } from "../figures/work.ts";
import { estimateText } from "../headline.ts";
import { type Html, html } from "../html.ts";
import { engineering, measured, plain, rounded } from "../number.ts";
import { prose } from "../prose.ts";

/** What is seen in the figures of one qubit and cooldown, in words with numbers, and what their marks mean. */

export function workCaption(studies: readonly PowerStudy[], decay: Estimate | undefined, marker: Marker): Html {
  const quoted = studies[0]!;
  const used = quoted.points.filter((p) => p.used);
  const detuned = detunedPoints(quoted.points).filter((d, i) => d && quoted.points[i]!.used).length;
  const refused = studies.filter((s) => !Number.isFinite(s.gamma)).map((s) => say.studyRefused(s.estimator));
  const { line } = quoted;
  const words = [
    ...(Number.isFinite(quoted.gamma) ? [say.onLine(used.length, detuned, measured(quoted.gamma, quoted.sigma, "1/s"))] : []),
    line ? interceptWords(line) : quoted.estimator === "scalar_difference" ? say.scalarLine() : say.noIntercept(),
    ...scalarWords(quoted, studies.slice(1)),
    ...refused,
  ];
  return html`${prose(words.join(" "))}${key([
    ...(Number.isFinite(quoted.gamma)
      ? [{ sample: lineSample(`line ${marker.colour}`), text: line ? say.keyLine() : say.keyCombined() }, commonRow(quoted, marker)]
      : []),
    ...decayRow(decay),
    ...pointRows(studies, marker),
  ])}`;
}

export function plateauCaption(studies: readonly PowerStudy[], marker: Marker): Html {
  const { workCurve: law, points } = studies[0]!;
  const strongest = points.filter((p) => Number.isFinite(p.flux)).reduce((a, b) => (b.pDevice > a.pDevice ? b : a), points[0]!);
  const percentOf = law ? 100 / law.plateau : Number.NaN;
  const reached = rounded(percentOf * strongest.flux, percentOf * strongest.sigmaFlux);
  const rows = law
    ? [
        { sample: lineSample(`line ${marker.colour}`), text: say.keyLaw() },
        { sample: lineSample("line reference"), text: say.keyPlateau() },
      ]
    : [];
  return html`${law ? say.plateauIs(engineering(law.plateau, "1/s"), reached) : say.noPlateau()}${law && detunedPoints(points).some(Boolean) && ` ${say.belowCurve()}`}${key(rows)}`;
}

export function rateCaption(quoted: PowerStudy, decay: Estimate | undefined, comparison: Comparison | undefined, marker: Marker): Html {
  const found = quoted.driveDependence;
  const saturations = quoted.points.filter((p) => p.used && p.saturation > 0).map((p) => p.saturation);
  const fluctuation = decay ? quoted.fluctuation : undefined;
  const words = [
    ...(comparison && Number.isFinite(comparison.ratio) ? [ratioWords(comparison)] : []),
    ...(decay ? [] : [say.noRatio()]),
    ...(saturations.length > 0 ? [say.spanIs(plain(Math.min(...saturations), 2), plain(Math.max(...saturations), 2))] : []),
    ...(found?.sentence ? [found.sentence] : []),
    ...(fluctuation && decay
      ? [
          say.fluctuationIs(
            plain(100 * fluctuation.scatter, 2),
            plain(fluctuation.least / decay.value, 3),
            plain(fluctuation.largest / decay.value, 3),
          ),
        ]
      : []),
  ];
  const shape = (row: typeof say.keyOffset, kind: string, e: ShapedError): KeyRow => {
    const stated = e.stated > 0;
    return { sample: lineSample(`line ${kind}`), text: row(plain(100 * (stated ? e.stated : e.sigma), 2), stated) };
  };
  const drawn = found && found.curves.saturation.length > 0;
  return html`${prose(words.join(" "))}${key([
    ...(Number.isFinite(quoted.gamma) ? [commonRow(quoted, marker, "a: ")] : []),
    ...decayRow(decay),
    ...(drawn
      ? [
          {
            sample: lineSample(`line fitted ${marker.colour}`),
            text: say.keyFitted(percent(found.offset), percent(found.amplitude), found.held),
          },
          shape(say.keyOffset, "offset", found.offset),
          shape(say.keyAmplitude, "amplitude", found.amplitude),
        ]
      : []),
  ])}`;
}

function commonRow(study: PowerStudy, { colour }: Marker, letter = ""): KeyRow {
  const relative = commonOf(study) / study.gamma;
  const sample = lineSample("", `band ${colour}`, `edge ${colour}`);
  const text = Number.isFinite(relative)
    ? say.keyCommon(plain(100 * relative, 2), plain(decibel(1 + relative), 2))
    : say.keyCommonUnknown();
  return { sample, text: `${letter}${text}` };
}

function decayRow(decay: Estimate | undefined): KeyRow[] {
  if (!decay) return [];
  return [{ sample: lineSample("line reference", "band reference", "edge reference"), text: prose(say.keyDecay(estimateText(decay))) }];
}

function pointRows([quoted, ...others]: readonly PowerStudy[], marker: Marker): KeyRow[] {
  const { estimator, points } = quoted!;
  const detuned = detunedPoints(points).some(Boolean);
  const hollow = others.length > 0 || points.some((p) => !p.used);
  const names = others.map((s) => s.estimator).join(", ");
  return [
    { sample: markSample(marker, false), text: say.keyQuoted(estimator, detuned) },
    ...(detuned ? [{ sample: markSample(detunedMarker(marker), false), text: say.keyDetuned(estimator) }] : []),
    ...(hollow ? [{ sample: markSample(marker, true), text: names ? say.keyHollow(names) : say.keyUnused() }] : []),
  ];
}

function interceptWords(line: NonNullable<PowerStudy["line"]>): string {
  const { value, sigma, through } = interceptFound(line);
  return say.interceptIs(plain(value, 6), plain(sigma, 2), through);
}

/** Least and largest part of the work that the scalar difference sees, from the points that both have. */
function scalarWords(quoted: PowerStudy, others: readonly PowerStudy[]): string[] {
  const scalar = others.find((s) => s.estimator === "scalar_difference");
  if (!scalar || quoted.estimator !== "complex_s" || scalar.points.length !== quoted.points.length) return [];
  const seen = scalar.points.map((p, i) => p.flux / quoted.points[i]!.flux).filter(Number.isFinite);
  if (seen.length === 0) return [];
  return [say.scalarSees(`${plain(100 * Math.min(...seen), 2)} %`, `${plain(100 * Math.max(...seen), 2)} %`)];
}

function ratioWords({ ratio, sigmaRatio, ratioDb, sigmaDb, sigmaStatDb }: Comparison): string {
  return say.ratioIs(rounded(ratio, sigmaRatio), plain(ratio * sigmaStatDb * LN_PER_DB, 2), rounded(ratioDb, sigmaDb));
}

function percent({ value, sigma }: ShapedError): string {
  return rounded(100 * value, 100 * sigma);
}
