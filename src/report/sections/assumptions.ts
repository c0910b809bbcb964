import type { Check } from "../../core/check.ts";
import type { GroupLabels } from "../../core/estimate.ts";
import { ASSUMPTIONS, assumptionsHeld, everyTest, noAssumptions, notTested } from "../../core/messages/validity.ts";
import type { PowerStudy } from "../../routes/power-study.ts";
import { powerGroups } from "../headline.ts";
import { type Html, html } from "../html.ts";
import { groupCells, groupKey, groupName } from "../names.ts";
import { plain } from "../number.ts";
import type { Section } from "../section.ts";
import type { Study } from "../study.ts";
import { folded, sentence, table } from "../table.ts";

/** The assumptions behind each qubit's rate from absorbed power, each with its measured number and limit, and those that could not be tested. */
export const assumptions: Section = {
  id: "assumptions",
  title: "Assumptions of the power route",
  render(study) {
    // The assumptions behind what is quoted.
    const groups = powerGroups(study).map(({ studies }) => studies[0]!);
    const tests = groups.flatMap((p) => testsOf(study, p).map((check) => ({ labels: p.labels, check })));
    if (tests.length === 0 && groups.every((p) => p.untested.length === 0)) return { absent: noAssumptions() };
    const failed = tests.filter((t) => !t.check.holds);
    return html`${sentence(assumptionsHeld(tests.length - failed.length, tests.length))}${failed.length > 0 && rowsOf(failed)}${tests.length > 0 && folded(everyTest(tests.length), rowsOf(tests))}${untested(groups)}`;
  },
};

function testsOf(study: Study, p: PowerStudy): Check[] {
  const estimate = study.estimates.find(
    (e) => e.route === "power" && e.estimator === p.estimator && e.condition === "combined" && groupKey(e.labels) === groupKey(p.labels),
  );
  const all = estimate?.checks ?? [];
  return Object.keys(ASSUMPTIONS).flatMap((code) => all.filter((c) => c.code === code));
}

/** What was measured, without the cause and cure that would mislead beside a test that holds. */
function wordsOf({ holds, sentence: all }: Check): string {
  return holds ? all.split(/[;:] /)[0]! : all;
}

function rowsOf(tests: readonly { readonly labels: GroupLabels; readonly check: Check }[]): Html {
  return table({
    name: "Assumptions, measured",
    columns: [
      { head: "cooldown" },
      { head: "device" },
      { head: "qubit" },
      { head: "assumption" },
      { head: "measured", number: true },
      { head: "limit", number: true },
      { head: "holds" },
      { head: "in words", wide: true },
    ],
    rows: tests.map(({ labels, check: c }) => [
      ...groupCells(labels),
      ASSUMPTIONS[c.code as keyof typeof ASSUMPTIONS],
      plain(c.measured, 3),
      `${c.measured > c.limit ? ">" : "<"} ${plain(c.limit, 3)}`,
      c.holds ? "yes" : html`<a class="code" href="#check-${c.code}">no: ${c.code}</a>`,
      html`<bdi>${wordsOf(c)}</bdi>`,
    ]),
  });
}

function untested(groups: readonly PowerStudy[]): Html | false {
  const places = new Map<string, string[]>();
  for (const p of groups) for (const item of p.untested) places.set(item, [...(places.get(item) ?? []), groupName(p.labels)]);
  if (places.size === 0) return false;
  return html`${sentence(notTested())}<ul>${[...places].map(
    ([item, where]) =>
      html`<li>${item}${where.length < groups.length && html` <span class="sub">${where.slice(0, 4).join(", ")}${where.length > 4 && ` and ${where.length - 4} more`}</span>`}</li>`,
  )}</ul>`;
}
