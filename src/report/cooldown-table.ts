import { ATTENUATION_WORDS, notInBoth } from "../core/messages/comparison-section.ts";
import type { CooldownRatio } from "../routes/cooldown-ratios.ts";
import { shownSigma } from "./headline.ts";
import { type Html, html } from "./html.ts";
import { groupKey, label, none } from "./names.ts";
import { plain, rounded } from "./number.ts";
import type { Study } from "./study.ts";
import { table } from "./table.ts";

/** One row per qubit and pair of cooldowns: what changed by decay, by power, and between the two. */
export function cooldownTable(study: Study): Html {
  const pairs = new Map<string, CooldownRatio[]>();
  for (const r of study.cooldowns) {
    const key = `${groupKey(r.labels)} ${r.earlier}`;
    pairs.set(key, [...(pairs.get(key) ?? []), r]);
  }
  const rows = [...pairs.values()].map((all) => {
    const { labels, earlier } = all[0]!;
    const of = (what: CooldownRatio["of"]) => all.find((r) => r.of === what);
    const powered = of("power_over_decay") ?? of("power");
    return [
      html`<strong>${label(labels.qubit, 24)}</strong>${labels.device !== "" && html`<div class="sub">${label(labels.device, 24)}</div>`}`,
      html`${label(earlier, 24)} → ${label(labels.cooldown, 24)}`,
      ratioCell(of("decay")),
      ratioCell(of("power")),
      ratioCell(of("power_over_decay")),
      ATTENUATION_WORDS[powered?.attenuation ?? "absent"],
      html`<bdi>${[...all.map((r) => r.change), powered?.why ?? ""].filter(Boolean).join(" ")}</bdi>`,
    ];
  });
  return table({
    name: "From cooldown to cooldown",
    columns: [
      { head: "qubit" },
      { head: "cooldowns" },
      { head: "decay", number: true },
      { head: "power", number: true },
      { head: "power/decay", number: true },
      { head: "attenuation" },
      { head: "in words", wide: true },
    ],
    rows,
  });
}

function ratioCell(r: CooldownRatio | undefined): Html {
  if (!r) return none(notInBoth());
  const { sigma, lowerBound } = shownSigma(r.estimate);
  return html`${rounded(r.estimate.value, sigma)}${lowerBound && " stat."}<div class="sub">${Number.isFinite(r.pull) ? `${plain(r.pull, 2)} σ from 1` : none("the error is not known")}</div>`;
}
