import { type Estimate, type GroupLabels, HEADLINES } from "../core/estimate.ts";
import { appeared, gone, headlinesStand, noPrevious } from "../core/messages/report.ts";
import type { Unit } from "../core/units.ts";
import { estimateText, shownSigma } from "./headline.ts";
import { type Html, html } from "./html.ts";
import { codeName, groupCells, groupKey, none } from "./names.ts";
import { measured, plain } from "./number.ts";
import type { PreviousEstimate, Study } from "./study.ts";
import { sentence, table } from "./table.ts";

/** Headline numbers of the last run beside those of now, where they differ. */
export function headlineChanges(study: Study): Html {
  if (study.previous.length === 0) return sentence(noPrevious());
  const rows = study.previous.map((before) => ({ before, now: currentOf(study, before) }));
  const moved = rows.filter((r) => !same(r.before, r.now));
  const known = new Set(study.previous.map((p) => keyOf(p, p.route, p.quantity)));
  const fresh = study.estimates.filter(
    (e) => isHeadline(e) && Number.isFinite(e.value) && !namesOf(e).some((name) => known.has(keyOf(e.labels, e.route, name))),
  );
  if (moved.length === 0 && fresh.length === 0) return sentence(headlinesStand(rows.length));
  return table({
    name: "Headline numbers before and now",
    columns: [
      { head: "cooldown" },
      { head: "device" },
      { head: "qubit" },
      { head: "route" },
      { head: "quantity" },
      { head: "last run", number: true },
      { head: "now", number: true },
      { head: "change", number: true },
      { head: "in σ of now", number: true },
    ],
    rows: [
      ...moved.map(({ before, now }) => [
        ...groupCells(before),
        before.route,
        codeName(before.quantity),
        Number.isFinite(before.value) ? measured(before.value, before.sigma, unitOf(before)) : none(appeared()),
        now && Number.isFinite(now.value) ? estimateText(now) : html`${none(gone())}<div class="sub">${gone()}</div>`,
        ...change(before, now),
      ]),
      ...fresh.map((e) => [
        ...groupCells(e.labels),
        e.route,
        codeName(namesOf(e)[0]),
        html`${none(appeared())} <span class="sub">new</span>`,
        estimateText(e),
        none(appeared()),
        none(appeared()),
      ]),
    ],
  });
}

function isHeadline(e: Estimate): boolean {
  return e.condition === "combined" && HEADLINES.includes(e.quantity);
}

/** Names under which the last run may have kept an estimate: its quantity with the estimator, or its quantity. */
function namesOf(e: Estimate): [withEstimator: string, bare: string] {
  return [`${e.quantity} (${e.estimator})`, e.quantity];
}

function keyOf(labels: GroupLabels, route: string, name: string): string {
  return `${groupKey(labels)} ${route} ${name}`;
}

/** The estimate that a number of the last run stands for now: the one of that estimator, else the one that the comparison quotes, else the first. */
function currentOf(study: Study, p: PreviousEstimate): Estimate | undefined {
  const quoted = study.comparisons.flatMap((c) => [c.decay, c.power]).filter((e) => e !== undefined);
  const group = groupKey(p);
  const all = [...quoted, ...study.estimates].filter(
    (e) => e.condition === "combined" && e.route === p.route && groupKey(e.labels) === group,
  );
  return all.find((e) => namesOf(e)[0] === p.quantity) ?? all.find((e) => namesOf(e)[1] === p.quantity);
}

function unitOf(p: PreviousEstimate): Unit {
  if (p.quantity.startsWith("field_gamma2")) return "m^2/s";
  return p.quantity.startsWith("ratio") ? "1" : "1/s";
}

function same(before: PreviousEstimate, now: Estimate | undefined): boolean {
  const after = now?.value ?? Number.NaN;
  // Equal to the precision that a store or a table keeps.
  return Number.isNaN(before.value) ? Number.isNaN(after) : Math.abs(after - before.value) <= 1e-9 * Math.abs(before.value);
}

function change(before: PreviousEstimate, now: Estimate | undefined): [Html | string, Html | string] {
  if (now === undefined || !Number.isFinite(now.value)) return [none(gone()), none(gone())];
  if (!Number.isFinite(before.value)) return [none(appeared()), none(appeared())];
  const difference = now.value - before.value;
  const sign = difference > 0 ? "+" : "";
  const { sigma } = shownSigma(now);
  return [
    `${sign}${plain((100 * difference) / before.value, 2)} %`,
    sigma > 0 ? `${sign}${plain(difference / sigma, 2)}` : none("the error is not known"),
  ];
}
