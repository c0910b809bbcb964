import * as say from "../../core/messages/report-field.ts";
import type { FieldStudy } from "../../routes/field/study.ts";
import { type Fitted, gamma0Range, kindOf, partitionAxis, priorPoints, relativeErrors, relativeShares } from "../field-scales.ts";
import { fieldName, lengthRange } from "../field-words.ts";
import { endsOf } from "../figures/ends.ts";
import { type LineFigure, lineFigure } from "../figures/field-line.ts";
import { type Html, html } from "../html.ts";
import { plain } from "../number.ts";
import { figure } from "../table.ts";

/** gamma0 with its band, its relative error and f along a line. */
export function fieldLines(field: FieldStudy, outcome: Fitted, all: readonly FieldStudy[]): Html[] {
  const { map } = outcome;
  const name = fieldName(field);
  const prior = priorPoints(outcome);
  const hatched = stretches(map.x, prior);
  const domain = field.problem?.domain[0] ?? endsOf(map.x);
  const note = prior.includes(true) ? ` ${say.priorShown(prior.filter(Boolean).length, prior.length)}` : "";
  const panel = (
    input: Pick<LineFigure, "title" | "name" | "unit" | "range"> & Partial<LineFigure>,
    values: ArrayLike<number>,
    caption: string,
    sigma?: ArrayLike<number>,
  ) => {
    const [least, most] = endsOf(values);
    const desc = say.mapDesc(map.x.length, plain(least), plain(most));
    const curves = [{ x: map.x, values, kind: "line" as const, colour: "c0", ...(sigma ? { sigma } : {}) }];
    return figure(lineFigure({ desc, domain, hatched, curves, ...input }), caption + note);
  };
  const range = gamma0Range(all, field);
  const kind = kindOf(range);
  // A band that only the prior holds must not flatten the rest.
  const bands = Array.from(map.gamma0).flatMap((g, i) => {
    const s = map.sigma[i]!;
    return prior[i] || !(s >= 0) ? [] : [g - s, g + s];
  });
  const [bottom, top] = endsOf([...range, ...bands]);
  const low = kind === "log" ? range[0] / 1.3 : Math.max(0, bottom * 0.96);
  const relative = relativeErrors(outcome);
  const [, worst] = endsOf(relative.filter((_, i) => !prior[i]));
  const shares = relativeShares(map.share, [domain]);
  const f = partitionAxis(map.partition);
  const unitless = { unit: "1", suffix: "" } as const;
  return [
    panel(
      { title: say.gamma0Map(name), name: "γ₀", unit: "1/s", kind, range: [low, top * 1.04] },
      map.gamma0,
      `${say.gamma0LineCaption()} ${say.ruler(lengthRange(map.diffusionLength))}.`,
      map.sigma,
    ),
    panel(
      { title: say.sigmaMap(name), name: "σ(γ₀)/γ₀", ...unitless, range: [0, worst > 0 ? worst * 1.08 : 1] },
      relative,
      say.sigmaCaption(),
    ),
    ...(map.partition.some(Number.isFinite)
      ? [
          panel(
            {
              title: say.partitionMap(name),
              name: "f",
              ...unitless,
              kind: f.kind,
              range: f.kind === "log" ? f.domain : [f.domain[0] - 0.02, f.domain[1] + 0.02],
              neutral: 1,
            },
            map.partition,
            say.partitionLineCaption(),
          ),
          panel(
            { title: say.shareMap(name), name: "share", unit: "1", suffix: "", range: [0, endsOf(shares)[1] * 1.05] },
            shares,
            say.shareCaption(),
          ),
        ]
      : [html`<p class="sub">${say.noPartition()}</p>`]),
  ];
}

/** Stretches around neighbouring points that all show the prior, half way to the next point. */
function stretches(x: ArrayLike<number>, prior: readonly boolean[]): (readonly [number, number])[] {
  const order = Array.from(x, (_, i) => i).sort((a, b) => x[a]! - x[b]!);
  const between = (i: number) => {
    const [before, after] = [order[i - 1], order[i]];
    return (x[before ?? after!]! + x[after ?? before!]!) / 2;
  };
  const found: (readonly [number, number])[] = [];
  for (let i = 0; i < order.length; i++) {
    if (!prior[order[i]!]) continue;
    const first = i;
    while (i + 1 < order.length && prior[order[i + 1]!]) i++;
    found.push([between(first), between(i + 1)]);
  }
  return found;
}
