import { frequencyNoiseWords, identifiabilityIntro, noJointFit, openWords, rankWords } from "../../core/messages/joint-route.ts";
import { HELD, type JointStudy } from "../../routes/joint-study.ts";
import { CAPS } from "../caps.ts";
import { html } from "../html.ts";
import { groupName } from "../names.ts";
import { measured, plain } from "../number.ts";
import type { Section } from "../section.ts";
import { sentence, table } from "../table.ts";

/** What each qubit's data determine together, what they leave open, and what would close it. */
export const identifiability: Section = {
  id: "identifiability",
  title: "What the data determine",
  render(study) {
    if (study.joint.length === 0) return { absent: noJointFit() };
    const shown = study.joint.slice(0, CAPS.panels * 4);
    const columns = [
      { head: "qubit" },
      { head: "data held" },
      { head: "determined", number: true },
      { head: "chi2 / dof", number: true },
      { head: "attenuation, fit - stated", number: true },
      { head: "frequency noise" },
      { head: "open, and what would close it", wide: true },
    ];
    return html`${sentence(identifiabilityIntro())}${table({ name: "What the data determine", columns, rows: shown.map(row) })}`;
  },
};

function row(s: JointStudy) {
  return [
    html`<bdi>${groupName(s.labels)}</bdi>`,
    s.held.map((h) => HELD[h]).join(", "),
    rankWords(s.rank, s.parameters.length),
    plain(s.chi2 / s.dof, 3),
    Number.isFinite(s.attenuationDb) ? measured(s.attenuationDb, s.sigmaDb, "dB") : "–",
    s.frequencyNoise ? frequencyNoiseWords(s.frequencyNoise) : "–",
    openWords(
      s.open,
      s.closedBy.map((h) => HELD[h]),
    ),
  ];
}
