import type { Estimate } from "../../core/estimate.ts";
import * as say from "../../core/messages/partition-section.ts";
import type { ParticipationStudy } from "../../routes/participation/study.ts";
import { checkCodes, statusBadge } from "../badge.ts";
import { CAPS } from "../caps.ts";
import { markersOf, swatch } from "../figures/marker.ts";
import { stackedBars } from "../figures/stacked-bars.ts";
import { type Html, html } from "../html.ts";
import { codeName, groupCells, groupKey, groupName, label, none } from "../names.ts";
import { engineering, plain, rounded } from "../number.ts";
import { channelColour, channelRows, intervalOf, partitionGroups, shareRow } from "../partition-rows.ts";
import type { Section } from "../section.ts";
import type { Study } from "../study.ts";
import { figure, folded, sentence, table } from "../table.ts";

/** Radiative against non-radiative, and the loss channels of a participation series. */
export const partition: Section = {
  id: "partition",
  title: say.title(),
  render(study) {
    const groups = partitionGroups(study);
    const channels = study.estimates.filter((e) => e.quantity === "channel_rate");
    if (groups.length === 0 && channels.length === 0) return { absent: say.none() };
    return html`${groups.length > 0 && shares(study)}${channels.length > 0 && series(study, channels)}`;
  },
};

function shares(study: Study): Html {
  const markerOf = markersOf(study);
  const groups = partitionGroups(study);
  const rows = groups.flatMap((l) => shareRow(study, l, markerOf(l)) ?? []);
  const shown = rows.slice(0, CAPS.panels);
  const picture = shown.length > 0 && figure(stackedBars(shown, "rate", say.figureTitle(), say.figureDesc(shown.length)), "", "full");
  const all = study.estimates.filter((e) => e.quantity === "f_nonradiative");
  const list = table({
    name: "Shares by every combination of data",
    columns: [
      { head: "cooldown" },
      { head: "device" },
      { head: "qubit" },
      { head: "from" },
      { head: "f_nonradiative", number: true },
      { head: "68 % interval", number: true },
      { head: "photons per π pulse", number: true },
      { head: "status, checks" },
    ],
    rows: all
      .slice(0, CAPS.rows)
      .map((e) => [
        ...groupCells(e.labels),
        codeName(e.estimator),
        value(e),
        intervalText(e),
        value(photonsOf(study, e)),
        html`${statusBadge(e.status)} ${checkCodes(e.checks)}`,
      ]),
  });
  return html`${sentence(say.intro())}${picture}${shown.length < rows.length && sentence(say.more(shown.length, rows.length), "sub")}${
    all.length > groups.length ? folded(say.combinations(all.length), list) : list
  }${sentence(say.artefact(), "sub")}`;
}

const photonsOf = (study: Study, share: Estimate) =>
  study.estimates.find(
    (e) => e.quantity === "photons_per_pi_pulse" && e.estimator === share.estimator && groupKey(e.labels) === groupKey(share.labels),
  );

function value(e: Estimate | undefined): Html | string {
  if (!e || !Number.isFinite(e.value)) return none(e?.remark ?? "not measured");
  return rounded(e.value, Math.hypot(e.sigmaStat, e.sigmaCommon));
}

function intervalText(e: Estimate): Html | string {
  const bound = e.checks.find((c) => c.code === "bound_only");
  if (bound) return say.boundText(bound.measured);
  const [low, high] = intervalOf(e);
  if (!Number.isFinite(high - low)) return none("the error of an input is not known");
  return e.unit === "1/s" ? `${engineering(low, "1/s")} to ${engineering(high, "1/s")}` : `${plain(low, 3)} to ${plain(high, 3)}`;
}

function series(study: Study, channels: readonly Estimate[]): Html {
  const all = study.participation.slice(0, CAPS.panels);
  const first = all.filter((s, i) => all.findIndex((t) => t.estimator === s.estimator) === i);
  const others = all.filter((s) => !first.includes(s));
  const rows = channels
    .slice(0, CAPS.rows)
    .map((e) => [
      ...groupCells(e.labels),
      codeName(e.estimator),
      label(e.condition.replace(/^channel=/, ""), 40),
      Number.isFinite(e.value) ? engineering(e.value, "1/s") : none(e.remark),
      Number.isFinite(e.value) ? intervalText(e) : "",
      html`${statusBadge(e.status)} ${checkCodes(e.checks)}`,
      label(e.remark, 400),
    ]);
  return html`<h3>${say.channelsTitle()}</h3>${sentence(say.channelsIntro())}${first.map(panel)}${others.length > 0 && folded(say.alone(others.length), html`${others.map(panel)}`)}${table(
    {
      name: say.channelTable(),
      columns: [
        { head: "cooldown" },
        { head: "device" },
        { head: "qubit" },
        { head: "rates from" },
        { head: "channel" },
        { head: "rate", number: true },
        { head: "68 % interval", number: true },
        { head: "status, checks" },
        { head: "remark", wide: true },
      ],
      rows,
    },
  )}`;
}

function panel(s: ParticipationStudy): Html {
  const keys = s.channels.map(
    (name, k) => html`<li>${swatch({ colour: channelColour(k), shape: 1, hollow: false })} ${label(name, 24)}</li>`,
  );
  const title = say.channelTitle(s.estimator);
  return figure(
    stackedBars(channelRows(s), "rate", title, say.channelDesc(s.members.length, s.channels.length)),
    html`<div class="name"><bdi>${groupName(s.labels)}</bdi> <code>${s.estimator}</code></div><ul class="legend">${keys}</ul>${s.remarks.map((r) => html`<div>${r}</div>`)}`,
    "full",
  );
}
