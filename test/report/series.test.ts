import { describe, expect, it } from "vitest";
import { seriesMessages as say } from "../../src/core/messages/series.ts";
import { duration } from "../../src/report/duration.ts";
import { allanFigure } from "../../src/report/figures/allan.ts";
import { PLAIN_MARKER } from "../../src/report/figures/marker.ts";
import { seriesFigure } from "../../src/report/figures/series.ts";
import { spectrumFigure } from "../../src/report/figures/spectrum.ts";
import { bounded, plain } from "../../src/report/number.ts";
import { series } from "../../src/report/sections/series.ts";
import { seriesOf } from "../../src/report/series.ts";
import { allanWords, notShown, seriesWords } from "../../src/report/series-words.ts";
import { telegraphAndFriends } from "./example-series.ts";
import { addresses, textOf } from "./markup.ts";

const study = telegraphAndFriends();
const of = (qubit: string) => study.series.find((s) => s.labels.qubit === qubit)!;
const count = (markup: string, part: string) => markup.split(part).length - 1;

describe("series in the report", () => {
  const markup = series.render(study).toString();

  it("draws T1, Allan deviation and spectrum where there are enough repeats, and says what is missing elsewhere", () => {
    expect(count(markup, 'class="fig"')).toBe(5 + 3 + 3);
    const text = textOf(markup);
    expect(text).toContain(notShown(of("q5")));
    expect(text).toContain(say.unevenSteps());
    expect(text).toContain(say.tableName());
    expect(markup).not.toMatch(/NaN|undefined|Infinity/);
    expect(addresses(markup)).toEqual([]);
  });

  it("draws the levels between jumps as lines and gaps as stripes", () => {
    const own = of("q1");
    const picture = seriesFigure(seriesOf(study.fits)[0]!, undefined, undefined, PLAIN_MARKER, own).toString();
    expect(own.jumps).toMatchObject({ state: "given", jumps: { length: 7 } });
    expect(count(picture, 'class="line law"')).toBe(8);
    expect(count(picture, 'class="sigma1"')).toBe(1);
    expect(picture).toContain("7 jumps");
    expect(picture).toContain("1 gaps");
  });

  it("draws one point per averaging time and per frequency, each with title and description", () => {
    const own = of("q3");
    if (own.allan.state === "missing" || own.spectrum.state === "missing") throw new Error("q3 has both");
    const a = allanFigure(own, PLAIN_MARKER)!.toString();
    expect(count(a, 'class="mark ')).toBe(own.allan.points.length);
    expect(a).toMatch(/<title>[^<]+<\/title><desc>[^<]+<\/desc>/);
    const s = spectrumFigure(own, PLAIN_MARKER)!.toString();
    expect(count(s, "h0")).toBe(own.spectrum.points.length);
    expect(s).toMatch(/<title>[^<]+<\/title><desc>[^<]+<\/desc>/);
    expect([allanFigure(of("q5"), PLAIN_MARKER), spectrumFigure(of("q5"), PLAIN_MARKER)]).toEqual([undefined, undefined]);
  });

  it("says in words what the numbers show", () => {
    const words = seriesWords(of("q1")).join(" ");
    expect(words).toMatch(/is 7\.\d x the error of a fit/);
    expect(words).toMatch(/T1 switches between 2[12]\.\d+\(\d+\) µs and (39|40)\.\d+\(\d+\) µs, 7 times, mean dwell/);
    expect(words).not.toMatch(/drifts by|correlate/);
    expect(words).toContain(say.onTime("47 s"));
    expect(seriesWords(of("q3"))).toContain(say.onRepeats());
    expect(seriesWords(of("q3")).join(" ")).toContain("without any fluctuation");
    expect(seriesWords(of("q3"))).toContain(say.steady());
    const slow = of("q2").jumps;
    if (slow.state === "missing") throw new Error(slow.sentence);
    expect(slow.jumps).toEqual([]);
    expect(seriesWords(of("q2"))).toContain(say.wanders(plain(slow.noise.correlation, 2)));
    expect(seriesWords(of("q2")).join(" ")).not.toContain("drifts by");
    const { allan } = of("q2");
    if (allan.state === "missing") throw new Error(allan.sentence);
    expect(allanWords(allan, "time")).toBe(say.allanRising("10 min"));
  });

  it("writes skew intervals with both sides, and those without an upper end with the lower one", () => {
    expect(bounded({ value: 2e-6, low: 1.4e-6, high: 5.1e-6 }, "s")).toBe("2.00(+3.10 −0.60) µs");
    expect(bounded({ value: 2e-6, low: 1.4e-6, high: Number.POSITIVE_INFINITY }, "s")).toBe("2 µs, at least 1.4 µs");
    expect(bounded({ value: 2e-6, low: 1.9e-6, high: 2.11e-6 }, "s")).toBe("2.00(11) µs");
  });

  it("writes times as people say them", () => {
    expect([0.02, 47, 720, 9000, 4e5].map((t) => duration(t, "time"))).toEqual(["20 ms", "47 s", "12 min", "2.5 h", "4.63 d"]);
    expect([1, 8].map((t) => duration(t, "repeat"))).toEqual(["1 repeat", "8 repeats"]);
  });
});
