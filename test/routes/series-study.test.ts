import { describe, expect, it } from "vitest";
import { seriesMessages } from "../../src/core/messages/series.ts";
import { random } from "../../src/core/random.ts";
import { ALLAN_FEWEST, seriesAllan } from "../../src/routes/series-allan.ts";
import { seriesAxis } from "../../src/routes/series-axis.ts";
import { SPECTRUM_FEWEST, seriesSpectrum } from "../../src/routes/series-spectrum.ts";
import { seriesStudies } from "../../src/routes/series-study.ts";
import { decayFit } from "../report/example-decays.ts";
import { autoregressive, seriesPoints, white } from "./series-points.ts";

const allan = (points: ReturnType<typeof seriesPoints>) =>
  seriesAllan(
    points.map((p) => p.t1),
    seriesAxis(points),
    1e-6,
  );
const spectrum = (points: ReturnType<typeof seriesPoints>) =>
  seriesSpectrum(
    points.map((p) => p.t1),
    seriesAxis(points),
    1e-6,
  );
const zeros = (n: number) => new Array<number>(n).fill(0);

describe("Allan deviation of a series", () => {
  const r = random(41);

  it("of white noise lies on the level of the fits' errors, in s against s, at octaves of the cadence", () => {
    const found = allan(seriesPoints(white(r, 512)));
    if (found.state === "missing") throw new Error(found.sentence);
    expect(found.points.map((p) => p.tau)).toEqual(found.points.map((_, k) => 60 * 2 ** k));
    for (const p of found.points) {
      expect(p.low).toBeLessThan(p.deviation);
      expect(p.high).toBeGreaterThan(p.deviation);
      expect(p.fitOnly).toBeCloseTo(1e-6 * Math.sqrt(60 / p.tau), 15);
      expect(Math.abs(Math.log(p.deviation / p.fitOnly))).toBeLessThan(3 / Math.sqrt(2 * p.edf));
    }
    expect(found.shape.kind).toBe("white");
    expect(found.points.every((p) => p.noise === "white" && p.edf >= 2)).toBe(true);
  });

  it("is described by its run: level, rising, bump", () => {
    const kind = (values: readonly number[]) => {
      const found = allan(seriesPoints(values));
      return found.state === "missing" ? found.sentence : found.shape.kind;
    };
    let sum = 0;
    const walk = white(r, 400).map((v) => {
      sum += 0.5 * r.normal();
      return v + sum;
    });
    expect(kind(walk)).toBe("rising");
    expect(kind(autoregressive(r, 4000, 0.95))).toBe("bump");
    expect(kind(white(r, 1000).map((v, i) => v + 3 * (Math.floor(i / 40) % 2)))).toBe("bump");
    expect(kind(white(r, 4000))).toBe("white");
    expect(kind(white(r, 8))).toBe("undecided");
  });

  it("is not drawn for a few points, for uneven steps, or where gaps leave only short parts", () => {
    expect(allan(seriesPoints(zeros(ALLAN_FEWEST - 1)))).toEqual({ state: "missing", sentence: seriesMessages.tooShort(7, 8) });
    const uneven = seriesPoints(zeros(40), 1, (i) => 60 * i + 25 * Math.sin(i));
    expect(allan(uneven)).toEqual({ state: "missing", sentence: seriesMessages.unevenSteps() });
    const parts = seriesPoints(zeros(40), 1, (i) => 60 * i + 1000 * Math.floor(i / 5));
    expect(allan(parts).state).toBe("given");
    expect(spectrum(parts)).toEqual({ state: "missing", sentence: seriesMessages.runsTooShort(5) });
  });
});

describe("spectrum of a series", () => {
  it("of white noise is 2 sigma^2 cadence, in s^2/Hz up to half a repeat per cadence", () => {
    const found = spectrum(seriesPoints(white(random(5), 2048)));
    if (found.state === "missing") throw new Error(found.sentence);
    expect(found.fitOnly).toBeCloseTo(2 * 1e-12 * 60, 18);
    expect(found.points.at(-1)!.frequency).toBeCloseTo(1 / 120, 12);
    expect(found.points[0]!.frequency).toBeCloseTo(1 / (60 * found.blockLength), 12);
    const mean = found.points.reduce((s, p) => s + p.density, 0) / found.points.length;
    expect(Math.abs(mean / found.fitOnly - 1)).toBeLessThan(0.1);
    const inside = found.points.filter((p) => p.low < found.fitOnly && found.fitOnly < p.high).length;
    expect(inside / found.points.length).toBeGreaterThan(0.55);
    expect(inside / found.points.length).toBeLessThan(0.82);
  });

  it("is not drawn for a few points or uneven steps", () => {
    expect(spectrum(seriesPoints(zeros(SPECTRUM_FEWEST - 1)))).toEqual({ state: "missing", sentence: seriesMessages.tooShort(31, 32) });
    const uneven = seriesPoints(zeros(40), 1, (i) => 60 * i + 25 * Math.sin(i));
    expect(spectrum(uneven)).toEqual({ state: "missing", sentence: seriesMessages.unevenSteps() });
  });
});

describe("studies of series", () => {
  const r = random(3);
  const labels = { cooldown: "cd07", device: "chipA", qubit: "q1" };
  const at = (i: number, more: Partial<Parameters<typeof decayFit>[0]> = {}) =>
    decayFit(
      {
        labels: { ...labels, trace: `p1[${i}]` },
        ...{ t1: 3e-5, axis: "repeat", points: 11, started: new Date(1.5e12 + 60_000 * i).toISOString() },
        ...more,
      },
      r,
    );

  it("hold the T1 of the repeats in order of time, without refused ones, the average, or copies", () => {
    const fits = [4, 0, 3, 1, 2].map((i) => at(i, i === 2 ? { state: "refused" } : {}));
    const mean = at(9, { labels: { ...labels, trace: "p1[mean]" }, axis: "mean" });
    const [study, ...others] = seriesStudies([...fits, mean, { ...fits[0]!, sources: ["copy.csv"] }]);
    expect(others).toEqual([]);
    expect(study!.points.map((p) => p.time - 1.5e9)).toEqual([0, 60, 180, 240]);
    expect(study).toMatchObject({ refused: 1, labels, axis: { basis: "time", missing: 1 } });
    expect(study!.statistics!.n).toBe(4);
  });

  it("have no numbers where half of the repeats are refused", () => {
    const fits = Array.from({ length: 40 }, (_, i) => at(i, i % 2 ? { state: "refused" } : {}));
    const [study] = seriesStudies(fits);
    const missing = { state: "missing", sentence: seriesMessages.mostRefused(20, 40) };
    expect(study).toMatchObject({ statistics: undefined, allan: missing, spectrum: missing, jumps: missing });
  });

  it("do not take the idle channel of another file for refused repeats", () => {
    const idle = Array.from({ length: 12 }, (_, i) => at(100 + i, { state: "refused", source: "idle.hdf5" }));
    const own = Array.from({ length: 10 }, (_, i) => at(i, { source: "own.hdf5" }));
    const [study] = seriesStudies([...idle, ...own]);
    expect(study).toMatchObject({ repeats: 10, refused: 0 });
    expect(study!.allan.state).toBe("given");
  });

  it("do not exist for sweeps, single traces and other kinds", () => {
    const swept = [0, 1, 2].map((i) => at(i, { axis: "swept", conditions: [{ name: "flux", value: i, unit: "V" }] }));
    expect(seriesStudies([...swept, at(5, { labels: { ...labels, qubit: "q2", trace: "p1" }, axis: "single" })])).toEqual([]);
    expect(seriesStudies([0, 1].map((i) => ({ ...at(i), kind: "other" })))).toEqual([]);
  });
});
