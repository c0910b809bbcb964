import * as say from "../../core/messages/report-field.ts";
import type { FieldStudy } from "../../routes/field/study.ts";
import { CAPS } from "../caps.ts";
import { type Fitted, isFitted, residualScale } from "../field-scales.ts";
import { fieldName, gamma2Numbers } from "../field-words.ts";
import { endsOf } from "../figures/ends.ts";
import { lineFigure } from "../figures/field-line.ts";
import { rasterOf } from "../figures/raster.ts";
import { rasterFigure } from "../figures/raster-figure.ts";
import { type Html, html, NOTHING } from "../html.ts";
import { measured } from "../number.ts";
import { figure, sentence } from "../table.ts";

/** Positions that differ by less than this share of the map's size are the same. */
const SAME = 1e-6;

type FittedStudy = FieldStudy & { readonly outcome: Fitted };

/** Each field of a device against the next one of it: gamma0 place by place, and the ratio of gamma2. */
export function fieldCooldowns(fields: readonly FieldStudy[]): Html {
  const fitted = fields.filter((f): f is FittedStudy => isFitted(f.outcome));
  const pairs = fitted.flatMap((a, i) => {
    const b = fitted.slice(i + 1).find((f) => f.labels.device === a.labels.device && f.labels.cooldown !== a.labels.cooldown);
    return b ? [[a, b] as const] : [];
  });
  if (pairs.length === 0) return NOTHING;
  const shown = pairs.slice(0, CAPS.fields);
  return html`<h3>${say.cooldownsTitle()}</h3>${shown.map(([a, b]) => sentence(ratioText(a, b)))}<div class="panels">${shown.map(([a, b]) => difference(a, b))}</div>`;
}

function ratioText(a: FittedStudy, b: FittedStudy): string {
  const [first, second] = [gamma2Numbers(a), gamma2Numbers(b)];
  const rows = first.flatMap((g) => {
    const other = second.find((n) => n.name === g.name);
    if (!other) return [];
    const ratio = other.value / g.value;
    return [
      say.gamma2Ratio(fieldName(a), fieldName(b), measured(ratio, ratio * Math.hypot(g.sigma / g.value, other.sigma / other.value), "1")),
    ];
  });
  return rows.length > 0 ? rows.join(" ") : say.noRatio(fieldName(a), fieldName(b));
}

function difference(a: FittedStudy, b: FittedStudy): Html {
  const [from, to] = [a.outcome.map, b.outcome.map];
  const match = samePoints(a, b);
  const names = [fieldName(a), fieldName(b)] as const;
  if (match.length < 2) return html`<p class="sub">${say.otherPositions(...names)}</p>`;
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
