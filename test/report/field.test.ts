import { describe, expect, it } from "vitest";
import { check } from "../../src/core/check.ts";
import * as say from "../../src/core/messages/report-field.ts";
import type { FieldOutcome } from "../../src/field/outcome.ts";
import { CAPS } from "../../src/report/caps.ts";
import { renderReport } from "../../src/report/page.ts";
import { field } from "../../src/report/sections/field.ts";
import { verdict } from "../../src/report/sections/verdict.ts";
import type { FieldStudy } from "../../src/routes/field/study.ts";
import { fieldStudy, refusedField, withOutcome } from "./example-field.ts";
import { EMPTY, estimate, HOSTILE } from "./example-study.ts";
import { addresses, contentOf, elementNames, textOf } from "./markup.ts";

const render = (fields: readonly FieldStudy[], more: Partial<typeof EMPTY> = {}) => contentOf(field, { ...EMPTY, ...more, fields });
const fitted = (study: FieldStudy) => study.outcome as Exclude<FieldOutcome, { readonly state: "refused" }>;
const plane = fieldStudy();
const markup = render([plane]);

describe("what was found", () => {
  it("stands in one sentence, with the boundary condition, and the profile's interval and the grid behind it", () => {
    const text = textOf(markup);
    expect(text).toContain(
      "γ₂ = 3.000(40)×10⁻⁶ m²/s, mean γ₀ = 22.40(20) 1/ms, diffusion length √(γ₂/γ₀) = 7 µm to 12 µm; boundary: no flux at every side.",
    );
    expect(text).toContain(say.profileInterval("(2.955 to 3.048)×10⁻⁶ m²/s"));
    expect(text).toContain(fitted(plane).grid.sentence);
    expect(text).toContain(`${plane.facts[0]!.sentence} ${say.assumed()}`);
  });

  it("has the error of the estimate, which holds common inputs too, where there is one", () => {
    const own = estimate("field", "field_gamma2", plane.labels, 3e-6, { unit: "m^2/s", sigmaStat: 4e-8, sigmaCommon: 3e-7 });
    expect(textOf(render([plane], { estimates: [own] }))).toContain("γ₂ = 3.00(30)×10⁻⁶ m²/s");
  });

  it("names each side where they differ", () => {
    const sides = { x: [{ type: "dirichlet" }, { type: "robin", h: 0.3 }], y: [{ type: "periodic" }, { type: "periodic" }] } as const;
    const text = textOf(render([{ ...plane, problem: { ...plane.problem!, boundary: sides } }]));
    expect(text).toContain(
      "left: u = 0, right: flux out = h u with h = 0.3 m/s, lower: joined to the opposite side, upper: joined to the opposite side",
    );
  });

  it("says on which side a profile does not close", () => {
    const [gamma2, ...others] = fitted(plane).numbers;
    const open = (low: number, high: number) => textOf(render([withOutcome(plane, { numbers: [{ ...gamma2!, low, high }, ...others] })]));
    expect(open(Number.NaN, 5e-6)).toContain(say.openInterval(say.atMost("5×10⁻⁶ m²/s")));
    expect(open(1e-6, Number.POSITIVE_INFINITY)).toContain(say.openInterval(say.atLeast("1×10⁻⁶ m²/s")));
    expect(open(Number.NaN, Number.NaN)).toContain(say.noInterval());
  });

  it("never reads as a result where the fit was stopped", () => {
    const sentence = "interrupted after 4 steps.";
    const stopped = { ...plane, outcome: { ...fitted(plane), state: "stopped" as const, sentence } };
    expect(render([stopped])).toContain('class="banner"');
    expect(textOf(render([stopped]))).toContain(say.stopped(sentence));
  });

  it("never reads as a result where a check refuses it", () => {
    const open = check("field_gamma2_open", false, "γ₂ stays open.");
    const own = { ...withOutcome(plane, { checks: [open] }), status: "refused" as const };
    expect(textOf(render([own]))).toContain(say.unusable("γ₂ stays open."));
    expect(contentOf(verdict, { ...EMPTY, fields: [own] })).not.toContain("mean γ₀");
    expect(contentOf(verdict, { ...EMPTY, fields: [plane] })).toContain("mean γ₀ = 22.40(20) 1/ms");
    expect(contentOf(verdict, { ...EMPTY, fields: [plane] })).toContain(say.profileInterval("(2.955 to 3.048)×10⁻⁶ m²/s"));
  });

  it("tells the laws compared, every number, and a second field", () => {
    const text = textOf(markup);
    for (const words of [
      fitted(plane).comparisons[0]!.sentence,
      "scale laser",
      "1.020(10)",
      say.twoFieldsTitle(),
      "4.00(30) 1/ms",
      say.atMost("5×10¹³ m²/J"),
    ])
      expect(text).toContain(words);
  });
});

describe("a refused field", () => {
  const own = render([refusedField()]);
  it("says why, gives the bound, draws what the data leave open and the data themselves, and no number", () => {
    const text = textOf(own);
    expect(text).toContain(`${say.refused()} One steady map leaves γ₂ open: any value up to the bound fits.`);
    expect(text).toContain(say.bound("4.2×10⁻⁶ m²/s"));
    expect(text).toContain(say.nullCaption(say.nullOther("ln γ₂", "1")));
    expect(own.match(/<image/g)!.length).toBe(4);
    expect(text).not.toContain(say.numbersTitle());
    expect(text).not.toContain("mean γ₀");
  });
  it("may have neither problem nor films nor directions", () => {
    const { problem: _problem, ...bare } = refusedField();
    const outcome = { state: "refused", sentence: "No source.", checks: [], nullDirections: [], films: [], bound: Number.NaN } as const;
    expect(textOf(render([{ ...bare, outcome }]))).toContain(`${say.refused()} No source.`);
  });
});

describe("places that show the prior", () => {
  const priors = (study: FieldStudy) => render([study]).match(/class="prior"/g)?.length ?? 0;
  it("are hatched in maps and along lines, with the words", () => {
    expect(priors(plane)).toBe(4);
    expect(priors(fieldStudy({ size: [20], prior: 0.4 }))).toBeGreaterThan(0);
    expect(textOf(markup)).toContain("the map shows the prior, not the data");
    expect(markup.match(/<pattern id="hatch"/g)).toHaveLength(1);
  });
  it("are not where every place is determined, or has no prior", () => {
    for (const share of [0.7, Number.NaN]) {
      const { map } = fitted(plane);
      expect(priors(withOutcome(plane, { map: { ...map, priorShare: map.priorShare.map(() => share) } }))).toBe(0);
    }
  });
});

describe("films", () => {
  it("are complete without a script: the strip stands in the page, the player is hidden until the script shows it", () => {
    expect(markup.match(/<figure class="strip"/g)).toHaveLength(1);
    expect(markup).toMatch(/<figure class="strip film" hidden/);
    expect(renderReport({ ...EMPTY, fields: [plane] })).toContain(".film{display:none}");
  });

  it("show windows of one picture per layer", () => {
    const ids = [...markup.matchAll(/<image class="pixels" id="([^"]+)"/g)].map((m) => m[1]);
    expect(ids).toEqual(["film-0-data", "film-0-model", "film-0-residual"]);
    for (const [, id] of markup.matchAll(/<use href="#([^"]+)"/g)) expect(ids).toContain(id);
    // Six times in the strip and one in the player, for each layer.
    expect(markup.match(/<use /g)).toHaveLength(21);
  });

  it("have different names in different fields", () => {
    const ids = [...render([plane, fieldStudy({ cooldown: "cd08" })]).matchAll(/ id="(film-[^"]+)"/g)].map((m) => m[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("tell every kept time, and which source is on", () => {
    const texts = JSON.parse(/data-film="([^"]*)"/.exec(markup)![1]!.replace(/&quot;/g, '"'));
    expect(texts).toHaveLength(9);
    expect(texts[0]).toBe(`0 s, ${say.on()}`);
    expect(texts[8]).toBe(`200 µs, ${say.off()}`);
  });

  it("are against position and time on a line", () => {
    const line = render([fieldStudy({ size: [20] })]);
    expect(line).not.toContain("data-film");
    expect(textOf(line)).toContain("time (µs)");
  });

  it("are at most so many, each at most so large, which is said", () => {
    const many = render(Array.from({ length: CAPS.fields + 2 }, (_, i) => fieldStudy({ cooldown: `cd${i}`, size: [4, 3], times: 4 })));
    expect(many.match(/data-film/g)).toHaveLength(CAPS.films);
    expect(textOf(many)).toContain(say.panelsCapped(CAPS.fields, CAPS.fields + 2));
    expect(textOf(many)).toContain(say.filmsCapped(0, 1));
    // The profile stands with every gamma2, drawn film or not.
    expect(many.match(/Profile likelihood of γ₂/g)).toHaveLength(CAPS.fields);
    const long = render([fieldStudy({ size: [44, 44], times: 40 })]);
    const frames = JSON.parse(/data-film="([^"]*)"/.exec(long)![1]!.replace(/&quot;/g, '"')).length;
    expect(frames).toBeLessThanOrEqual(CAPS.filmFrames);
    expect(frames).toBeGreaterThan(CAPS.filmFrames - 6);
    expect(textOf(long)).toContain(say.playerCaption(frames, 40));
    expect(textOf(long)).toContain(say.thinned(484, 1936));
    expect(long.length).toBeLessThan(300e3);
  });

  it("of 24 x 24 x 26 values make a report of less than 200 kB", () => {
    expect(render([fieldStudy({ size: [24, 24], times: 26 })]).length).toBeLessThan(200e3);
  });
});

describe("qubits and cooldowns", () => {
  it("puts gamma0 at the qubits against their rates", () => {
    const sites = [
      { qubit: HOSTILE[0], x: 1e-5, y: 1e-5, gamma0: 2e4, sigma: 300, decay: { value: 2.1e4, sigma: 200 } },
      {
        qubit: "q2",
        x: 2e-5,
        y: 1e-5,
        gamma0: 3e4,
        sigma: 300,
        decay: { value: 2.9e4, sigma: 200 },
        power: { value: 3e4, sigma: Number.NaN },
      },
    ];
    const own = render([{ ...plane, sites }]);
    expect(own).toContain(say.sitesDesc(3));
    expect(own.match(/class="mark /g)).toHaveLength(3);
    expect([...elementNames(own)]).not.toContain("script");
  });

  it("shows what the qubits give by themselves, where no map is fitted", () => {
    const sites = [0, 1, 2, 3].map((i) => ({ qubit: `q${i}`, x: 1e-3 * i, y: 1e-3 * (i % 2), gamma0: 2e4 + 1e3 * i, sigma: 200 }));
    const { problem: _problem, ...bare } = refusedField();
    const outcome = { state: "refused", sentence: "γ₂ stays open.", checks: [], nullDirections: [], films: [], bound: Number.NaN } as const;
    const own = render([{ ...bare, outcome, sites }]);
    expect(textOf(own)).toContain("q3 3 mm 1 mm 23.00(20) 1/ms");
    expect(own).toContain('class="dots sensor"');
    expect(own).not.toContain(say.sitesDesc(4));
  });

  it("lets an error that two gamma2 share fall out of their ratio", () => {
    const other = fieldStudy({ cooldown: "cd08" });
    const shared = {
      unit: "m^2/s",
      sigmaStat: 0,
      sigmaCommon: 3e-7,
      budget: [{ input: "power", contribution: 3e-7, shared: "power" }],
    } as const;
    const estimates = [plane, other].map((f) => estimate("field", "field_gamma2", f.labels, 3e-6, shared));
    expect(textOf(render([plane, other], { estimates }))).toContain(say.gamma2Ratio("cd07 / chipA", "cd08 / chipA", "1"));
  });

  it("takes the difference of maps of two cooldowns in sigma, and the ratio of gamma2", () => {
    const other = fieldStudy({ cooldown: "cd08", gamma0: 2.4e4 });
    const text = textOf(render([plane, other]));
    expect(text).toContain(say.gamma2Ratio("cd07 / chipA", "cd08 / chipA", "1.000(19)"));
    expect(text).toContain(say.differenceCaption("cd07 / chipA", "cd08 / chipA"));
    expect(textOf(render([plane, fieldStudy({ cooldown: "cd08", size: [7, 7] })]))).toContain(say.otherPositions());
  });
});

describe("whatever the fit gives", () => {
  const { map } = fitted(plane);
  const gone = map.gamma0.map(() => Number.NaN);
  const cases: Readonly<Record<string, FieldStudy>> = {
    "no map": withOutcome(plane, { map: { ...map, gamma0: gone, sigma: gone, priorShare: gone, diffusionLength: gone, partition: gone } }),
    "no sigma": withOutcome(plane, { map: { ...map, sigma: gone } }),
    "no numbers, profile or laws": withOutcome(plane, { numbers: [], profile: [], comparisons: [] }),
    "a constant field": withOutcome(plane, { map: { ...map, gamma0: gone.map(() => 2e4), diffusionLength: gone.map(() => 1e-5) } }),
    "scattered sensors": fieldStudy({ scattered: true }),
    "one time": fieldStudy({ times: 1 }),
    "two times": fieldStudy({ times: 2 }),
    "one point": fieldStudy({ size: [1, 1] }),
    "a steady line": fieldStudy({ size: [9], times: 1 }),
    "nothing measured": withOutcome(plane, { films: fitted(plane).films.map((f) => ({ ...f, values: f.values.map(() => Number.NaN) })) }),
  };
  it.each(Object.entries(cases))("%s: no text of a number that is not known, and only addresses of this page", (_name, study) => {
    const own = render([study, refusedField()]);
    expect(/.{0,80}(NaN|undefined|\[object|Infinity)/.exec(own.replace(/base64,[^"]*/g, ""))?.[0]).toBeUndefined();
    for (const address of addresses(own)) expect(address).toMatch(/^#|^data:image\/png;base64,/);
  });
});
