import {
  lawCount,
  lawMeaning,
  lawsByChance,
  lawsIntro,
  noFitsForLaws,
  noLawsNeeded,
  noneAskedFor,
} from "../../core/messages/laws-section.ts";
import { AHEAD } from "../../fit/law-comparison.ts";
import { decayLaw } from "../../fit/models/index.ts";
import { parameterOf } from "../../fit/outcome.ts";
import type { LawRank } from "../../fit/record.ts";
import { SHAPE_LIMIT } from "../../fit/shape-checks.ts";
import { betaI } from "../../numerics/beta-function.ts";
import { CAPS } from "../caps.ts";
import { t1Of } from "../fit-summary.ts";
import { type Html, html } from "../html.ts";
import { codeName, groupCells, label, none } from "../names.ts";
import { measured, plain } from "../number.ts";
import type { Section } from "../section.ts";
import { seriesKey, traceParts } from "../series.ts";
import type { StudyFit } from "../study.ts";
import { sentence, table } from "../table.ts";

/** Series in which clean traces would fail this rarely are listed. */
const CHANCE = 0.01;

/** Where one exponential was not enough: which law the traces of a series ask for, with its T1 beside the exponential's. */
export const laws: Section = {
  id: "laws",
  title: "Laws",
  render(study) {
    const fitted = study.fits.filter((f) => f.outcome.state !== "refused");
    if (fitted.length === 0) return { absent: noFitsForLaws() };
    const series = new Map<string, StudyFit[]>();
    for (const f of fitted) {
      const members = series.get(seriesKey(f));
      if (members) members.push(f);
      else series.set(seriesKey(f), [f]);
    }
    const failing = [...series.values()].filter((members) => members.some((f) => f.laws.length > 0));
    if (failing.length === 0) return html`${sentence(lawsIntro())}${sentence(noLawsNeeded(fitted.length))}`;
    const asking = failing.filter(beyondChance).slice(0, CAPS.rows);
    const chance = sentence(lawsByChance(failing.length - asking.length), "sub");
    if (asking.length === 0) return html`${sentence(lawsIntro())}${chance}`;
    const shown = asking.map(example);
    const named = [...new Set(shown.flatMap((f) => equals(f).map((l) => l.law)))].sort();
    return html`${sentence(lawsIntro())}${table({
      name: "Series in which one exponential is not enough",
      columns: [
        { head: "cooldown" },
        { head: "device" },
        { head: "qubit" },
        { head: "trace" },
        { head: "not enough in", number: true },
        { head: "law asked for" },
        { head: "T1, exponential", number: true },
        { head: "T1, laws that describe it", number: true },
        { head: "gain (AICc)", number: true },
      ],
      rows: asking.map((members, k) => row(members, shown[k]!)),
    })}${asking.length < failing.length && chance}${named.map((law) => sentence(lawMeaning(law, decayLaw(law).rateMeaning), "sub"))}`;
  },
};

/** More traces fail than clean ones do by chance, or the average does; a single trace always counts. */
function beyondChance(members: readonly StudyFit[]): boolean {
  const traces = members.filter((f) => f.axis !== "mean");
  if (traces.length < 2 || members.some((f) => f.axis === "mean" && f.laws.length > 0)) return true;
  const failed = traces.filter((f) => f.laws.length > 0).length;
  // P(at least so many of n) = I_limit(failed, n - failed + 1).
  return failed > 0 && betaI(SHAPE_LIMIT, failed, traces.length - failed + 1) < CHANCE;
}

/** The fit that stands for a series: that of its average, otherwise the trace that gains most. */
function example(members: readonly StudyFit[]): StudyFit {
  const asking = members.filter((f) => f.laws.length > 0);
  const gain = (f: StudyFit) => Math.min(...f.laws.map((l) => l.aicc));
  return asking.find((f) => f.axis === "mean") ?? asking.reduce((a, b) => (gain(b) < gain(a) ? b : a));
}

/** The laws that describe a trace about equally well, best first; empty where none is better than the exponential. */
function equals(f: StudyFit): LawRank[] {
  const better = f.laws.filter((l) => l.better);
  return better.filter((l) => l.aicc - better[0]!.aicc < AHEAD);
}

function row(members: readonly StudyFit[], shown: StudyFit): (Html | string)[] {
  const traces = members.filter((f) => f.axis !== "mean");
  const failing = traces.filter((f) => f.laws.length > 0);
  const counts = new Map<string, number>();
  for (const f of failing) {
    const law = f.laws.find((l) => l.better)?.law ?? noneAskedFor;
    counts.set(law, (counts.get(law) ?? 0) + 1);
  }
  const asked = [...counts].sort((a, b) => b[1] - a[1]).map(([law, n]) => lawCount(law, n));
  const describing = equals(shown);
  const best = describing[0];
  const values = describing.flatMap(({ law }) => {
    const t1 = shown.alternatives[law] && parameterOf(shown.alternatives[law], "t1");
    return t1 ? [html`<div>${measured(t1.value, t1.sigma, "s")} ${codeName(law)}</div>`] : [];
  });
  const t1 = t1Of(shown);
  return [
    ...groupCells(shown.labels),
    label(shown.axis === "mean" ? shown.labels.trace : failing.length > 1 ? traceParts(shown.labels.trace).signal : shown.labels.trace, 44),
    `${failing.length} of ${traces.length}`,
    asked.length > 0 ? asked.join(", ") : none("only the average shows it"),
    t1 ? measured(t1.value, t1.sigma, "s") : none("refused"),
    values.length > 0 ? html`${values}` : none(noneAskedFor),
    best ? plain(-best.aicc, 3) : none(noneAskedFor),
  ];
}
