import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { makeAxis } from "../../src/report/figures/axis.ts";
import { decibelAxis } from "../../src/report/figures/decibel-axis.ts";
import { PLAIN_MARKER } from "../../src/report/figures/marker.ts";
import { detunedPoints } from "../../src/report/figures/operating-marks.ts";
import { plateauFigure } from "../../src/report/figures/plateau.ts";
import { ratePerPower } from "../../src/report/figures/rate-per-power.ts";
import { workFigure } from "../../src/report/figures/work.ts";
import { plateauCaption, rateCaption, workCaption } from "../../src/report/sections/work-captions.ts";
import { powerSweep } from "./example-power.ts";
import { comparison, estimate } from "./example-study.ts";

const labels = { cooldown: "cd07", device: "chipA", qubit: "q1" };
const G = 27e3;
const complex = powerSweep(labels, G, 1, random(4));
const scalar = powerSweep(labels, G, 1, random(4), "scalar_difference");
const decay = estimate("decay", "gamma1_total", labels, G);
const power = estimate("power", "gamma1_total", labels, G);
const count = (markup: string, what: RegExp) => markup.match(what)?.length ?? 0;
const text = (markup: { toString(): string }) => markup.toString().replace(/<[^>]*>/g, "");
const figures = {
  work: workFigure([complex, scalar], decay, PLAIN_MARKER).toString(),
  plateau: plateauFigure([complex, scalar], PLAIN_MARKER).toString(),
  rate: ratePerPower(complex, decay, PLAIN_MARKER).toString(),
};

describe("the figures of the power route", () => {
  it.each(Object.entries(figures))("%s has title and description, and no number that is none", (_name, markup) => {
    expect(markup).toMatch(/<title>.{10,}<\/title><desc>.{20,}<\/desc>/);
    expect(markup).not.toMatch(/NaN|undefined|Infinity/);
  });
  it("draws every point of both estimators, the scalar ones hollow", () => {
    const marks = count(figures.work, /class="mark /g);
    // The weak ones stand in the enlarged corner once more.
    expect(marks).toBeGreaterThanOrEqual(24);
    expect(count(figures.plateau, /class="mark /g)).toBe(24);
    expect(count(figures.plateau, /class="mark c0 hollow"/g)).toBeGreaterThanOrEqual(12);
  });
  it("gives points off resonance another shape, and says so in the key", () => {
    const detuned = { ...complex, points: complex.points.map((p, i) => ({ ...p, detuning: i % 3 === 2 ? 4e4 : 12 })) };
    expect(detunedPoints(detuned.points).filter(Boolean)).toHaveLength(4);
    const shapes = (markup: string) => new Set([...markup.matchAll(/class="mark [^>]* d="([^"]*)"/g)].map((m) => m[1]));
    const plain = shapes(plateauFigure([complex], PLAIN_MARKER).toString()).size;
    expect(shapes(plateauFigure([detuned], PLAIN_MARKER).toString()).size).toBeGreaterThan(plain);
    expect(text(workCaption([detuned], decay, PLAIN_MARKER))).toContain("off resonance");
    expect(detunedPoints(complex.points).some(Boolean)).toBe(false);
  });
  it("enlarges the weakest powers about the origin, where there are three", () => {
    expect(figures.work).toContain('class="inset"');
    expect(workFigure([{ ...complex, line: undefined }], decay, PLAIN_MARKER).toString()).not.toContain("inset");
  });
  it("shows d, e and the fitted curve against S, one band for what is common, and dB beside the ratio", () => {
    for (const kind of ["line offset", "line amplitude", "line fitted", "band c0", "edge c0"]) expect(figures.rate).toContain(`"${kind}`);
    expect(count(figures.rate, /class="band c0"/g)).toBe(1);
    expect(figures.rate).toContain(">dB</text>");
    expect(figures.rate).toContain("saturation S");
  });
  it("without S shows the rates against power, without T1 over their own mean", () => {
    const bare = { ...complex, driveDependence: undefined, points: complex.points.map((p) => ({ ...p, saturation: Number.NaN })) };
    const markup = ratePerPower(bare, undefined, PLAIN_MARKER).toString();
    expect(markup).toContain("power at the device");
    expect(markup).not.toMatch(/NaN|line offset/);
    expect(text(rateCaption(bare, undefined, undefined, PLAIN_MARKER))).toContain("over their own mean");
  });
});

describe("the caption of the rates", () => {
  it("gives the ratio the statistical error of both routes, as table and figure do", () => {
    const c = comparison(labels, decay, power);
    const caption = text(rateCaption(complex, decay, { ...c, sigmaStatDb: 0.25 }, PLAIN_MARKER));
    expect(caption).toContain(`statistical ± ${(c.ratio * 0.25 * (Math.LN10 / 10)).toPrecision(2)}`);
  });
});

describe("decibelAxis", () => {
  it("puts 0 dB at a ratio of 1 and 3.01 dB at 2", () => {
    const y = makeAxis({ name: "ratio", unit: "1", domain: [0.5, 2], range: [100, 0] });
    const markup = decibelAxis(y, 0, 0, 10).toString();
    const at = Object.fromEntries([...markup.matchAll(/y="([\d.]+)">([^<]*)<\/text>/g)].map((m) => [m[2], Number(m[1]) - 3.5]));
    expect(at["0"]).toBeCloseTo(y.at(1), 0);
    expect(at["2"]).toBeCloseTo(y.at(10 ** 0.2), 0);
  });
  it("stays away from ratios that are not positive", () => {
    const y = makeAxis({ name: "ratio", unit: "1", domain: [-1, 1.5], range: [100, 0] });
    expect(decibelAxis(y, 0, 0, 10).toString()).not.toMatch(/NaN|Infinity/);
  });
});

describe("captions say with numbers what is seen", () => {
  it("the line, its intercept and what the scalar difference misses", () => {
    const words = text(workCaption([complex, scalar], decay, PLAIN_MARKER));
    expect(words).toMatch(/Intercept \d+ ± \d+ 1\/s: through the origin/);
    expect(words).toMatch(/sees \d+ % to \d+ % of the work/);
    expect(words).toContain("common to all points: ± 11 % (0.45 dB)");
  });
  it("an intercept that is none of its errors", () => {
    const off = { ...complex, line: { ...complex.line!, intercept: -900, sigmaStat: 40, sigmaCommon: 20 } };
    expect(text(workCaption([off], decay, PLAIN_MARKER))).toContain("Intercept −900 ± 45 1/s: not through the origin");
  });
  it("the plateau and how near it the data come", () => {
    expect(text(plateauCaption([complex], PLAIN_MARKER))).toMatch(/saturates at 13\.5 1\/ms.*strongest drive reaches \d+\(\d+\) % of it/);
    expect(text(plateauCaption([{ ...complex, workCurve: undefined }], PLAIN_MARKER))).toContain("no plateau");
  });
  it("the ratio in dB, d and e with their errors, and the sizes that are drawn", () => {
    const words = text(rateCaption(complex, decay, comparison(labels, decay, power), PLAIN_MARKER));
    expect(words).toMatch(/Power over decay: 1\.00\(11\) \(statistical ± 0\.0\d+\), 0\.00\(49\) dB/);
    expect(words).toContain("d = 0.040(70) %, e = 0.010(40) %");
    expect(words).toContain("d: population off by ± 0.1 %, as stated");
  });
  it("what a T1 that fluctuates can do to the points", () => {
    const fluctuation = { scatter: 0.2, least: 0.96 * G, largest: 1.04 * G };
    const words = text(rateCaption({ ...complex, fluctuation }, decay, undefined, PLAIN_MARKER));
    expect(words).toContain("scatters by 20 % between repeats, which alone can move the points between 0.96 and 1.04");
  });
});
