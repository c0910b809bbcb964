import { describe, expect, it } from "vitest";
import { forestIntro } from "../../src/core/messages/comparison-section.ts";
import { forestFigure, forestReach } from "../../src/report/figures/forest.ts";
import { markersOf } from "../../src/report/figures/marker.ts";
import { forestGroups, inFigures } from "../../src/report/forest-groups.ts";
import { verdict } from "../../src/report/sections/verdict.ts";
import type { Study } from "../../src/report/study.ts";
import { EMPTY, richStudy } from "./example-study.ts";

const rich = richStudy();
const groupsOf = (study: Study) => forestGroups(study, markersOf(study));
const drawn = (study: Study) => forestFigure(groupsOf(study), forestReach(groupsOf(study))).toString();
const count = (text: string, pattern: RegExp) => (text.match(pattern) ?? []).length;

describe("forest of ratios", () => {
  it("by line and cooldown, the combined ratio last, one thick and one thin bar each", () => {
    const groups = groupsOf(rich);
    expect(groups.map((g) => g.rows.length)).toEqual([4, 4]);
    expect(groups.map((g) => g.title)).toEqual(["drive1, cd07: 72.30 ± 0.50 dB, warm", "drive1, cd08: 72.30 ± 0.50 dB, warm"]);
    expect(groups.map((g) => g.rows.at(-1)!.name)).toEqual(["all 3: one test", "all 3: one test"]);
    const markup = drawn(rich);
    expect(count(markup, /class="bar own"/g)).toBe(8);
    expect(count(markup, /class="bar"/g)).toBe(8);
    expect(count(markup, /class="mark[^"]* hollow"/g)).toBe(0);
  });

  it("hollow where circular, unknown, unclear, or a lower bound", () => {
    const [first, second, third, ...rest] = rich.comparisons;
    const circular = { ...first!, line: { ...first!.line!, standing: "circular" as const } };
    const unclear = { ...second!, line: { ...second!.line!, standing: "unclear" as const } };
    const bound = { ...third!, power: { ...third!.power!, estimator: "scalar_difference" } };
    expect(count(drawn({ ...rich, comparisons: [circular, unclear, bound, ...rest] }), /class="mark[^"]* hollow"/g)).toBe(3);
  });

  it("a ratio whose whole error is not known keeps its own and says so; one far away stays inside", () => {
    const [first, ...rest] = rich.comparisons;
    const study = { ...rich, lines: [], comparisons: [{ ...first!, sigmaDb: Number.NaN, ratioDb: 40 }, ...rest] };
    expect(forestReach(groupsOf(study))).toBe(10);
    const markup = drawn(study);
    expect(markup).toContain("dB stat.");
    expect(count(markup, /class="bar"/g)).toBe(5);
  });

  it("breaks into pictures, never a group without its title", () => {
    const group = groupsOf(rich)[0]!;
    const parts = inFigures([group, { ...group, rows: Array(50).fill(group.rows[0]!) }], 30);
    expect(parts.map((p) => p.map((g) => [g.title === group.title, g.rows.length]))).toEqual([[[true, 4]], [[true, 30]], [[true, 20]]]);
  });
});

describe("section verdict", () => {
  const markup = verdict.render(rich).toString();
  it("says what each attenuation says altogether", () => {
    expect(count(markup, /Three qubits in cd0[78] on one attenuation of drive1/g)).toBe(rich.lines.length);
    expect(rich.lines.length).toBe(2);
  });
  it("one row per qubit and cooldown with what would shrink the largest part of the error", () => {
    const rows = rich.comparisons.filter((c) => Number.isFinite(c.ratio)).length;
    expect(count(markup, /To shrink it:/g)).toBe(rows);
    expect(markup).toContain("noise thermometry");
    expect(count(markup, /S 0\.\d+ to \d+/g)).toBe(rows);
    expect(markup).toContain("independent");
  });
  it("and what changed from cooldown to cooldown", () => {
    expect(count(markup, /cd07<\/bdi> → /g)).toBe(3);
    expect(markup).toContain("its error does not cancel");
  });
  it("without comparisons, and without ratios, no picture", () => {
    expect(verdict.render(EMPTY).toString()).not.toContain("<svg");
    const none = { ...rich, lines: [], cooldowns: [], comparisons: rich.comparisons.map((c) => ({ ...c, ratioDb: Number.NaN })) };
    expect(verdict.render(none).toString()).not.toContain(forestIntro().slice(0, 30));
  });
});
