import { canonical } from "../../core/hash.ts";
import { changeCounts, firstRun, moreFiles, nothingChangedSince, REASON_WORDS, reasonsTotal } from "../../core/messages/report.ts";
import { CAPS } from "../caps.ts";
import { headlineChanges } from "../headline-changes.ts";
import { type Html, html } from "../html.ts";
import { label } from "../names.ts";
import type { Section } from "../section.ts";
import type { Study, StudyReason } from "../study.ts";
import { folded, sentence, table } from "../table.ts";

/** What changed since the last run: counts, reasons, new and changed files, headline numbers before and after. */
export const changes: Section = {
  id: "changes",
  title: "What changed since the last run",
  render(study) {
    const { files, fits } = study.counts;
    const first = study.previous.length === 0 && files.changed === 0 && files.unchanged === 0;
    const still = study.reasons.length === 0 && files.new === 0 && files.changed === 0 && fits.run === 0;
    return html`${first && sentence(firstRun())}${still && !first && sentence(nothingChangedSince())}${sentence(
      changeCounts(files, fits.run, fits.reused),
    )}${!first && headlineChanges(study)}${reasons(study)}${newFiles(study)}`;
  },
};

/** One row per stage and reason with its files: a first run would otherwise be a page of equal rows. */
function reasons(study: Study): Html | false {
  if (study.reasons.length === 0) return false;
  const groups = new Map<string, StudyReason[]>();
  for (const r of study.reasons) {
    const key = canonical([r.stage, r.code, r.before, r.after]);
    const members = groups.get(key);
    if (members) members.push(r);
    else groups.set(key, [r]);
  }
  const all = [...groups.values()];
  const shown = all.slice(0, CAPS.reasons);
  const list = table({
    name: "Why something was computed",
    columns: [
      { head: "stage" },
      { head: "reason" },
      { head: "before" },
      { head: "after" },
      { head: "results", number: true },
      { head: "files", wide: true },
    ],
    rows: shown.map((members) => {
      const r = members[0]!;
      const paths = [...new Set(members.map((m) => m.file))];
      const more = paths.length - CAPS.reasonFiles;
      return [
        r.stage,
        REASON_WORDS[r.code] ?? r.code,
        label(r.before, 40),
        label(r.after, 40),
        String(members.length),
        html`${paths.slice(0, CAPS.reasonFiles).map((path, i) => html`${i > 0 && ", "}${label(path, 60)}`)}${more > 0 && html` <span class="sub">${moreFiles(more)}</span>`}`,
      ];
    }),
  });
  const count = sentence(reasonsTotal(shown.length, all.length), "sub");
  return folded(`Why something was computed (${study.reasons.length})`, html`${list}${shown.length < all.length && count}`);
}

function newFiles(study: Study): Html | false {
  const moved = study.files.filter((f) => f.change !== "unchanged");
  if (moved.length === 0) return false;
  const shown = moved.slice(0, CAPS.reasons);
  return folded(
    `New and changed files (${moved.length})`,
    html`<ul class="columns">${shown.map((f) => html`<li>${label(f.path, 72)} <span class="sub">${f.change}</span></li>`)}</ul>${
      shown.length < moved.length && sentence(reasonsTotal(shown.length, moved.length), "sub")
    }`,
  );
}
