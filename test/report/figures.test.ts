import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { makeAxis } from "../../src/report/figures/axis.ts";
import { binned } from "../../src/report/figures/binned.ts";
import { spaced } from "../../src/report/figures/circle.ts";
import { decayFigure } from "../../src/report/figures/decay.ts";
import { markersOf, PLAIN_MARKER } from "../../src/report/figures/marker.ts";
import { pullsFigure } from "../../src/report/figures/pulls.ts";
import { robustDomain } from "../../src/report/figures/robust-domain.ts";
import { comparable, scatterFigure } from "../../src/report/figures/scatter.ts";
import { abscissaOf, seriesFigure } from "../../src/report/figures/series.ts";
import { workFigure } from "../../src/report/figures/work.ts";
import { seriesOf } from "../../src/report/series.ts";
import { decayFit } from "./example-decays.ts";
import { comparison, estimate, richStudy } from "./example-study.ts";

const numbers = (d: string) => (d.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
const paths = (markup: string, kind: string) =>
  [...markup.matchAll(new RegExp(`<path class="${kind}" d="([^"]*)"`, "g"))].map((m) => m[1]!);
/** Places of the markers, in the plot's own coordinates. */
const marks = (markup: string) =>
  [...markup.matchAll(/class="mark[^"]*" transform="translate\(([-\d.]+),([-\d.]+)\)"/g)].map((m) => [Number(m[1]), Number(m[2])] as const);
const q1 = { cooldown: "cd07", device: "", qubit: "q1" };

describe("makeAxis", () => {
  it("writes a linear axis in engineering units and puts SI numbers at their place", () => {
    const axis = makeAxis({ name: "delay", unit: "s", domain: [0, 200e-6], range: [0, 100] });
    expect(axis.label).toBe("delay (µs)");
    expect(axis.ticks.map((t) => t.text)).toEqual(["0", "50", "100", "150", "200"]);
    expect(axis.at(50e-6)).toBeCloseTo(25, 9);
    expect(axis.readout).toEqual(["linear", 0, 200, "delay", "µs"]);
  });

  it("writes decades with their own prefix where a log axis spans many", () => {
    const axis = makeAxis({ name: "power", unit: "W", domain: [1e-18, 1e-12], range: [0, 300], kind: "log" });
    expect(axis.ticks.map((t) => t.text)).toEqual(["1 aW", "100 aW", "10 fW", "1 pW"]);
    expect(axis.at(1e-15)).toBeCloseTo(150, 9);
    expect(axis.at(0)).toBeNaN();
    expect(axis.at(-1)).toBeNaN();
  });

  it("has at least two labels on a short log axis", () => {
    const axis = makeAxis({ name: "rate", unit: "1/s", domain: [26e3, 31e3], range: [0, 300], kind: "log" });
    expect(axis.ticks.length).toBeGreaterThanOrEqual(2);
    expect(axis.label).toBe("rate (1/ms)");
  });

  it("stands for a domain of no width and one of no numbers", () => {
    expect(makeAxis({ name: "x", unit: "1", domain: [0.5, 0.5], range: [0, 10] }).at(0.5)).toBeCloseTo(5);
    expect(makeAxis({ name: "x", unit: "1", domain: [Number.NaN, Number.NaN], range: [0, 10] }).at(0.5)).toBeCloseTo(5);
  });
});

describe("workFigure", () => {
  // Slope 20 1/ms and 1/T1 = 25 1/ms; right end of the axis is 0.25 * 1.06.
  const point = (excess: number) => ({
    pSource: 1e-9,
    pDevice: 1e-16,
    frequency: 5e9,
    detuning: 0,
    sRe: 0.5,
    sIm: 0,
    sigmaS: 0.01,
    population: excess,
    sigmaPopulation: 0,
    excess,
    sigmaExcess: 0,
    flux: 20e3 * excess,
    sigmaFlux: 100,
    gamma: 20e3,
    sigmaGamma: 100,
    saturation: 1,
    used: true,
    remark: "",
  });
  const study = {
    labels: q1,
    estimator: "complex_s",
    points: [point(0.05), point(0.25)],
    gamma: 20e3,
    sigma: 3e3,
    sigmaCommon: 2e3,
    ...{ line: undefined, driveDependence: undefined, workCurve: undefined, fluctuation: undefined, untested: [] },
    saturationCurve: undefined,
    resonances: [],
    remarks: [],
  };
  const markup = workFigure([study], estimate("decay", "gamma1_total", q1, 25e3), PLAIN_MARKER).toString();

  it("puts the line of the combined slope through the origin and the points on it", () => {
    const [x0, y0, x1, y1] = numbers(paths(markup, "line c0")[0]!) as [number, number, number, number];
    const [[ax, ay], [bx, by]] = marks(markup) as [readonly [number, number], readonly [number, number]];
    const onLine = (x: number) => y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
    expect(x0).toBe(0);
    expect(y0).toBe(228);
    expect(Math.abs(onLine(ax) - ay)).toBeLessThan(0.11);
    expect(Math.abs(onLine(bx) - by)).toBeLessThan(0.11);
    expect(bx / 312).toBeCloseTo(1 / 1.06, 3);
  });

  it("draws what all points share as a wedge and 1/T1 as its own line", () => {
    const band = numbers(paths(markup, "band c0")[0]!);
    const rise = (y: number) => 228 - y;
    // Corners at the right end: 18 and 22 1/ms times the same n.
    expect(rise(band.at(3)!) / rise(band.at(5)!)).toBeCloseTo(22 / 18, 2);
    const line = numbers(paths(markup, "line c0")[0]!);
    const t1 = numbers(paths(markup, "line reference")[0]!);
    expect(rise(t1[3]!) / rise(line[3]!)).toBeCloseTo(25 / 20, 2);
  });

  it("draws the points of a refused study without a line", () => {
    const refused = workFigure([{ ...study, gamma: Number.NaN, sigma: Number.NaN }], undefined, PLAIN_MARKER).toString();
    expect(marks(refused)).toHaveLength(2);
    expect(paths(refused, "line c0")).toHaveLength(0);
  });
});

describe("scatterFigure", () => {
  const pair = (qubit: string, decay: number, power: number) => {
    const labels = { ...q1, qubit };
    return comparison(labels, estimate("decay", "gamma1_total", labels, decay), estimate("power", "gamma1_total", labels, power));
  };
  it("puts equal rates on the line of equality, on linear and on log axes", () => {
    for (const [a, b] of [
      [20e3, 25e3],
      [5e3, 250e3],
    ] as const) {
      const pairs = [pair("q1", a, a), pair("q2", b, b)];
      const markup = scatterFigure(pairs, markersOf({ comparisons: pairs, power: [], estimates: [], fits: [] })).toString();
      for (const [x, y] of marks(markup)) expect(Math.abs(x + y - 368)).toBeLessThan(0.21);
      expect(markup.includes("logarithmic")).toBe(b / a > 3);
    }
  });

  it("leaves out what has no number from both routes", () => {
    expect(comparable([pair("q1", 1e4, Number.NaN), pair("q2", 1e4, 1e4), comparison(q1, undefined, undefined)])).toHaveLength(1);
  });
});

describe("pullsFigure", () => {
  it("puts a pull of zero in the middle, and keeps a far one inside", () => {
    const base = comparison(q1, estimate("decay", "gamma1_total", q1, 1e4), estimate("power", "gamma1_total", q1, 1e4));
    const rows = [0, 1, -40].map((pull) => ({ ...base, pull }));
    const [zero, one, far] = marks(pullsFigure(rows, markersOf({ comparisons: rows, power: [], estimates: [], fits: [] })).toString());
    expect(zero![0]).toBe(145);
    expect(one![0]).toBeGreaterThan(145);
    expect(far![0]).toBe(0);
  });
});

describe("decayFigure", () => {
  const labels = { ...q1, trace: "p1" };

  it("draws as many dots in data and residuals as there are points", () => {
    const markup = decayFigure(decayFit({ labels, t1: 30e-6 }, random(1)), PLAIN_MARKER).toString();
    const dots = paths(markup, "dots ");
    expect(dots).toHaveLength(2);
    for (const d of dots) expect(d.match(/h0/g)).toHaveLength(61);
    expect(paths(markup, "line law")).toHaveLength(1);
  });

  it("draws the data of a refused fit, without law and residuals", () => {
    const markup = decayFigure(decayFit({ labels, t1: 30e-6, state: "refused" }, random(1)), PLAIN_MARKER).toString();
    expect(paths(markup, "dots ")[0]!.match(/h0/g)).toHaveLength(61);
    expect(paths(markup, "line law")).toHaveLength(0);
  });

  it("says so where there is no point", () => {
    const fit = decayFit({ labels, t1: 30e-6, state: "refused" }, random(1));
    const markup = decayFigure({ ...fit, trace: { ...fit.trace, t: [], y: [] } }, PLAIN_MARKER).toString();
    expect(markup).toContain("no points to draw");
  });

  it("draws a trace of 60 000 points as means, in a small picture", () => {
    const markup = decayFigure(decayFit({ labels, t1: 30e-6, points: 60_000 }, random(1)), PLAIN_MARKER).toString();
    expect(markup).toContain("means of neighbouring points");
    expect(markup.length).toBeLessThan(25_000);
  });

  it("leaves a gap, not a zero, where a value is not a number", () => {
    const fit = decayFit({ labels, t1: 30e-6 }, random(1));
    const y = fit.trace.y.map((v, i) => (i === 3 ? Number.NaN : v));
    const markup = decayFigure({ ...fit, trace: { ...fit.trace, y } }, PLAIN_MARKER).toString();
    expect(paths(markup, "dots ")[0]!.match(/h0/g)).toHaveLength(60);
  });
});

describe("series", () => {
  const rich = richStudy();
  const all = seriesOf(rich.fits);

  it("draws a swept setting against the setting, times against time, and repeats without times against their index", () => {
    const swept = all.find((s) => s.swept)!;
    expect(abscissaOf(swept)).toMatchObject({ name: "flux", unit: "V" });
    const timed = all.find((s) => s.labels.cooldown === "cd07" && s.fits.length === 24)!;
    expect(abscissaOf(timed).suffix).toBe("hours");
    expect(abscissaOf(timed).values.at(-1)).toBeCloseTo((23 * 950) / 3600, 9);
    const untimed = all.find((s) => s.labels.cooldown === "cd08" && s.fits.length === 24)!;
    expect(abscissaOf(untimed).values).toEqual(Array.from({ length: 24 }, (_, i) => i));
  });

  it("draws files that are days apart in order, with a line between them", () => {
    const at = (file: string, i: number, start: number) => {
      const started = new Date(start + i * 60_000).toISOString();
      return decayFit({ labels: { ...q1, trace: `V[${i}]` }, t1: 1e-5, axis: "repeat", started, source: file }, random(i));
    };
    const day = 86_400_000;
    const fits = [0, 1, 2, 3, 4].flatMap((i) => [at("a.hdf5", i, 0), at("b.hdf5", i, 10 * day)]);
    const [series] = seriesOf(fits);
    expect(abscissaOf(series!)).toMatchObject({ name: "repeat, in order", values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
    expect(paths(seriesFigure(series!, undefined, undefined, PLAIN_MARKER).toString(), "zero")).toHaveLength(1);
  });

  it("draws one mark per T1 and a cross per refusal", () => {
    const series = all.find((s) => s.fits.length === 24)!;
    const refused = series.fits.filter((f) => f.outcome.state === "refused").length;
    const markup = seriesFigure(series, undefined, undefined, PLAIN_MARKER).toString();
    expect(marks(markup)).toHaveLength(24 - refused);
    expect(markup.match(/class="refusal"/g)).toHaveLength(refused);
  });

  it("never puts the fit of the average among the repeats", () => {
    const mean = decayFit({ labels: { ...q1, trace: "QB1[mean]" }, t1: 1e-5, axis: "mean" }, random(2));
    const repeat = decayFit({ labels: { ...q1, trace: "QB1[0]" }, t1: 1e-5, axis: "repeat" }, random(2));
    expect(seriesOf([mean, repeat]).map((s) => s.fits)).toEqual([[repeat]]);
  });
});

describe("binned, spaced, robustDomain", () => {
  it("takes means and the error of means", () => {
    expect(binned({ t: [3, 1, 0, 2], y: [4, 2, 1, 3], sigma: [1, 1, 1, 1] }, 2)).toEqual({
      t: [0.5, 2.5],
      y: [1.5, 3.5],
      sigma: [Math.SQRT1_2, Math.SQRT1_2],
    });
  });
  it("keeps first and last", () => {
    expect(spaced([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
  });
  it("does not let one huge error flatten the others", () => {
    const points = [1, 1.1, 0.9, 1, 1.05].map((value) => ({ value, sigma: 0.05 }));
    const [low, high] = robustDomain([...points, { value: 1, sigma: 100 }]);
    expect(high - low).toBeLessThan(1);
    expect(low).toBeLessThan(0.85);
  });
});

describe("markersOf", () => {
  it("gives a qubit the same colour in every cooldown, and cooldowns different shapes", () => {
    const markerOf = markersOf(richStudy());
    const [a, b, c] = [markerOf(q("cd07", "q1")), markerOf(q("cd08", "q1")), markerOf(q("cd07", "q2"))];
    expect(a.colour).toBe(b.colour);
    expect(a.shape).not.toBe(b.shape);
    expect(c.colour).not.toBe(a.colour);
  });
  function q(cooldown: string, qubit: string) {
    return { cooldown, device: "chipA", qubit };
  }
});
