import { covarianceOf, type Estimate } from "../../core/estimate.ts";
import * as say from "../../core/messages/report-field.ts";
import type { FieldNumber } from "../../field/outcome.ts";
import type { FieldStudy } from "../../routes/field/study.ts";
import { CAPS } from "../caps.ts";
import { type Fitted, isFitted, residualScale } from "../field-scales.ts";
import { estimateOf, fieldName, gamma2Numbers } from "../field-words.ts";
import { endsOf } from "../figures/ends.ts";
import { lineFigure } from "../figures/field-line.ts";
import { rasterOf } from "../figures/raster.ts";
import { rasterFigure } from "../figures/raster-figure.ts";
import { shownSigma } from "../headline.ts";
import { type Html, html, NOTHING } from "../html.ts";
import { measured } from "../number.ts";
import type { Study } from "../study.ts";
import { figure, sentence } from "../table.ts";

/** Positions that differ by less than this share of the map's size are the same. */
const SAME = 1e-6;

type FittedStudy = FieldStudy & { readonly outcome: Fitted };

/** gamma2 of each field of a device over that of the one before; gamma0 of each against the next one at the same positions. */
export function fieldCooldowns(study: Study): Html {
  const fitted = study.fields.filter((f): f is FittedStudy => isFitted(f.outcome));
  const next = (a: FittedStudy, i: number, fits: (b: FittedStudy) => boolean) =>
    fitted.slice(i + 1).find((b) => b.labels.device === a.labels.device && b.labels.cooldown !== a.labels.cooldown && fits(b));
  if (!fitted.some((a, i) => next(a, i, () => true))) return NOTHING;
  const ratios = fitted.flatMap((a, i) => {
    const b = next(a, i, (f) => ratioText(study, a, f) !== undefined);
    return b ? [ratioText(study, a, b)!] : [];
  });
  const maps = fitted.flatMap((a, i) => {
    const b = next(a, i, (f) => samePoints(a, f).length > 1);
    return b ? [difference(a, b)] : [];
  });
  return html`<h3>${say.cooldownsTitle()}</h3>${ratios.length > 0 && html`<ul>${ratios.slice(0, CAPS.fields).map((r) => html`<li>${r}</li>`)}</ul>`}<div class="panels">${maps.slice(0, CAPS.fields)}</div>${maps.length === 0 && sentence(say.otherPositions(), "sub")}`;
}

/** Ratio of the gamma2 of equal names, with the errors of the estimates and what these share. */
function ratioText(study: Study, a: FittedStudy, b: FittedStudy): string | undefined {
  const texts = gamma2Numbers(a).flatMap((g) => {
    const other = gamma2Numbers(b).find((n) => n.name === g.name);
    if (!other) return [];
    const [first, second] = [estimateOf(study, a, g), estimateOf(study, b, other)];
    const common = first && second ? covarianceOf(first, second) / (g.value * other.value) : 0;
    const relative = (n: FieldNumber, e: Estimate | undefined) => (e ? shownSigma(e).sigma : n.sigma) / n.value;
    const variance = relative(g, first) ** 2 + relative(other, second) ** 2 - 2 * common;
    const ratio = other.value / g.value;
    return [say.gamma2Ratio(fieldName(a), fieldName(b), measured(ratio, ratio * Math.sqrt(Math.max(0, variance)), "1"))];
  });
  return texts.length > 0 ? texts.join(" ") : undefined;
}

function difference(a: FittedStudy, b: FittedStudy): Html {
  const [from, to] = [a.outcome.map, b.outcome.map];
  const match = samePoints(a, b);
  const names = [fieldName(a), fieldName(b)] as const;
  const x = Float64Array.from(match, ([i]) => from.x[i]!);
  const values = Float64Array.from(match, ([i, j]) => (to.gamma0[j]! - from.gamma0[i]!) / Math.hypot(from.sigma[i]!, to.sigma[j]!));
  const common = { title: say.differenceTitle(...names), desc: say.differenceDesc(match.length) };
  const domain = a.problem?.domain;
  if (!from.y || !to.y) {
    const reach = 1.05 * Math.max(3, ...endsOf(values).map(Math.abs).filter(Number.isFinite));
    const curves = [{ x, values, kind: "line" as const, colour: "c0" }];
    const ends = domain?.[0] ?? endsOf(x);
    return figure(
      lineFigure({ ...common, name: "change/σ", unit: "1", suffix: "", domain: ends, range: [-reach, reach], neutral: 0, curves }),
      say.differenceCaption(...names),
    );
  }
  const y = Float64Array.from(match, ([i]) => from.y![i]!);
  return figure(
    rasterFigure({ ...common, raster: rasterOf(x, y, CAPS.mapSide), values, scale: residualScale(), ...(domain ? { domain } : {}) }),
    say.differenceCaption(...names),
  );
}

/** Pairs of points at equal positions. */
function samePoints(a: FittedStudy, b: FittedStudy): (readonly [number, number])[] {
  const [from, to] = [a.outcome.map, b.outcome.map];
  const [low, high] = endsOf([...from.x, ...(from.y ?? [])]);
  const grain = SAME * (high - low);
  const key = (map: typeof from, i: number) => `${Math.round(map.x[i]! / grain)} ${map.y ? Math.round(map.y[i]! / grain) : ""}`;
  const at = new Map(Array.from(to.x, (_, j) => [key(to, j), j] as const));
  return Array.from(from.x, (_, i) => [i, at.get(key(from, i)) ?? -1] as const).filter(([, j]) => j >= 0);
}
