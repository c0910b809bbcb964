import { describe, expect, it } from "vitest";
import { moreFiles } from "../../src/core/messages/report.ts";
import { renderReport } from "../../src/report/page.ts";
import { SECTIONS } from "../../src/report/sections/registry.ts";
import type { Study } from "../../src/report/study.ts";
import { EMPTY, HOSTILE, richStudy } from "./example-study.ts";
import { addresses, attributeNames, contentOf, elementNames, textOf } from "./markup.ts";

const rich = richStudy({ names: ["q1", "q2", "q3", "q4"] });
const oneCooldown = richStudy({ names: ["q1", "q2"], cooldowns: ["cd07"] });
const hostile = richStudy({ names: HOSTILE, cooldowns: [HOSTILE[0], HOSTILE[3]] });
const withoutPower: Study = {
  ...rich,
  power: [],
  estimates: rich.estimates.filter((e) => e.route === "decay"),
  comparisons: rich.comparisons.map((c) => ({
    ...c,
    power: undefined,
    ratio: Number.NaN,
    ratioDb: Number.NaN,
    pull: Number.NaN,
    verdict: "one-route",
  })),
};
const onlyRefused: Study = {
  ...EMPTY,
  fits: rich.fits.filter((f) => f.outcome.state === "refused"),
  comparisons: [
    {
      ...rich.comparisons[0]!,
      decay: undefined,
      power: undefined,
      ratio: Number.NaN,
      ratioDb: Number.NaN,
      pull: Number.NaN,
      verdict: "none",
    },
  ],
  estimates: rich.estimates
    .slice(0, 1)
    .map((e) => ({ ...e, value: Number.NaN, sigmaStat: Number.NaN, status: "refused", remark: "no trace has a signal" })),
};
const unknownNumbers: Study = {
  ...rich,
  power: rich.power.map((p) => ({
    ...p,
    gamma: Number.NaN,
    sigma: Number.NaN,
    saturationCurve: undefined,
    resonances: [],
    untested: [],
    points: p.points.map((q) => ({
      ...q,
      pDevice: Number.NaN,
      pSource: Number.NaN,
      sIm: Number.NaN,
      sigmaFlux: Number.NaN,
      excess: Number.NaN,
    })),
  })),
  estimates: rich.estimates.map((e) => ({
    ...e,
    sigmaCommon: Number.NaN,
    budget: e.budget.map((l) => ({ ...l, contribution: Number.NaN })),
  })),
};
const studies = { empty: EMPTY, rich, oneCooldown, hostile, withoutPower, onlyRefused, unknownNumbers };

const own = new Set(
  "a b bdi br circle code dd defs desc details div dl dt figcaption figure g h3 h4 image li p path pattern rect span strong sub summary svg table tbody td text th thead title tr tspan ul use wbr caption".split(
    " ",
  ),
);

describe.each(SECTIONS.map((s) => [s.id, s] as const))("section %s", (_, section) => {
  it.each(Object.entries(studies))("says something for the study %s and shows no number that is not known", (_name, study) => {
    const markup = contentOf(section, study);
    expect(textOf(markup).length).toBeGreaterThan(20);
    expect(/.{0,60}(NaN|undefined|\[object|Infinity)/.exec(markup)?.[0]).toBeUndefined();
  });

  it("gives the same markup again", () => {
    expect(contentOf(section, rich)).toBe(contentOf(section, rich));
  });

  it("keeps hostile names inert: no element, handler or address of theirs", () => {
    const markup = contentOf(section, hostile);
    for (const name of elementNames(markup)) expect(own).toContain(name);
    for (const name of attributeNames(markup)) expect(name).not.toMatch(/^on|^style$/);
    for (const address of addresses(markup)) expect(address).toMatch(/^#|^data:image\/png;base64,[A-Za-z0-9+/=]+$/);
    expect(/.{0,60}([\u202e\u2066]|(?!\n)\p{Cc})/u.exec(markup)?.[0]).toBeUndefined();
  });

  it("closes every element it opens", () => {
    const stack: string[] = [];
    for (const m of contentOf(section, hostile).matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^<>]*?(\/?)>/gi)) {
      const [, close, name = "", self] = m;
      if (self || name === "wbr") continue;
      if (close) expect(stack.pop()).toBe(name);
      else stack.push(name);
    }
    expect(stack).toEqual([]);
  });
});

describe("sections in particular", () => {
  const render = (id: string, study: Study) => contentOf(SECTIONS.find((s) => s.id === id)!, study);

  it("has a unique anchor for each", () => {
    expect(new Set(SECTIONS.map((s) => s.id)).size).toBe(SECTIONS.length);
  });

  it("explains every code that fits and estimates failed", () => {
    const codes = new Set(
      [...rich.fits.flatMap((f) => f.outcome.checks), ...rich.estimates.flatMap((e) => e.checks)]
        .filter((c) => !c.holds)
        .map((c) => c.code),
    );
    expect(codes.size).toBeGreaterThan(2);
    const markup = render("checks", rich);
    for (const code of codes) expect(markup).toContain(`id="check-${code}"`);
  });

  it("leads from every code to its explanation", () => {
    const page = renderReport(rich);
    const ids = new Set([...page.matchAll(/id="([^"]+)"/g)].map((m) => m[1]));
    const targets = new Set([...page.matchAll(/href="#([^"]+)"/g)].map((m) => m[1]));
    expect(targets.size).toBeGreaterThan(2);
    for (const target of targets) expect(ids).toContain(target);
  });

  it("puts refused estimates with their reason below the numbers", () => {
    const text = textOf(render("estimates", rich));
    expect(text.indexOf("Combined")).toBeLessThan(text.indexOf("Refused (4)"));
    expect(text).toContain("state the line's attenuation in gammawatt.yaml");
  });

  it("shows the statistical error alone where the common one is not known, and says so", () => {
    const markup = render("estimates", unknownNumbers);
    expect(markup).toContain("a lower bound");
    expect(textOf(markup)).toContain("stat.");
  });

  it("shows old and new headline numbers only where they differ, whether the last run named the estimator or not", () => {
    for (const name of ["gamma1_total", "gamma1_total (exponential)"]) {
      const previous = rich.previous.map((p) => ({ ...p, quantity: name }));
      const text = textOf(render("changes", { ...rich, previous, estimates: rich.estimates.filter((e) => e.route === "decay") }));
      expect(text).toMatch(/cd07 chipA q2 decay gamma1_ ?total( \(exponential\))? 84\.42\(20\) 1\/ms 83\.33\(83\) 1\/ms −1\.3 % −1\.3/);
      expect(text).not.toContain("27.03(27)");
    }
  });

  it("puts equal reasons into one row with their files, and different ones apart with old and new value", () => {
    const reasons = Array.from({ length: 20 }, (_, i) => ({
      file: `f${i}.csv`,
      stage: "import",
      code: "new-input" as const,
      before: "",
      after: "",
    }));
    const edited = { file: "gammawatt.yaml", stage: "power", code: "option-changed" as const, before: "72.3 dB", after: "72.9 dB" };
    const text = textOf(render("changes", { ...EMPTY, reasons: [...reasons, edited] }));
    expect(text).toContain(`import new input 20 f0.csv , f1.csv , f2.csv , f3.csv , f4.csv , f5.csv ${moreFiles(14)}`);
    expect(text).toContain("power option or lab file changed 72.3 dB 72.9 dB 1 gammawatt.yaml");
  });

  it("marks headline numbers that are new, and those that are gone", () => {
    const previous = [{ ...rich.previous[0]!, qubit: "q9" }];
    const text = textOf(render("changes", { ...rich, previous, reasons: [] }));
    expect(text).toMatch(/q9 decay gamma1_ ?total 27\.03\(20\) 1\/ms – it stood in the last run/);
    expect(text).toMatch(/q1 power gamma1_ ?total \(complex_ ?s\) – new 26\.6\(2\.9\) 1\/ms/);
  });

  it("lists every file with its status, the failed ones first", () => {
    const text = textOf(render("files", rich));
    for (const f of rich.files) expect(text).toContain(f.path);
    const list = text.slice(text.indexOf("notes: what was inferred"));
    expect(list.indexOf("q1_broken.s1p")).toBeLessThan(list.indexOf("q1_t1.csv"));
    expect(text).toContain("The unit of delay is inferred from its size: ns.");
  });

  it("gives the whole hash of every file", () => {
    expect(render("provenance", rich).match(/[0-9a-f]{64}/g)).toHaveLength(rich.files.length);
  });
});
