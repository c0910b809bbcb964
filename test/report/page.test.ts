import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { failureBanner, noPower } from "../../src/core/messages/report.ts";
import { random } from "../../src/core/random.ts";
import { CAPS } from "../../src/report/caps.ts";
import { channelKey, chosenForGallery } from "../../src/report/gallery-choice.ts";
import { renderReport } from "../../src/report/page.ts";
import { SECTIONS } from "../../src/report/sections/registry.ts";
import { seriesKey } from "../../src/report/series.ts";
import type { StudyFit } from "../../src/report/study.ts";
import { decayFit } from "./example-decays.ts";
import { EMPTY, HOSTILE, richStudy } from "./example-study.ts";
import { addresses, textOf } from "./markup.ts";

const rich = richStudy();
const page = renderReport(rich);

describe("renderReport", () => {
  it("allows exactly its own style and script to act, by hash, and nothing to be loaded", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replace(/&#39;/g, "'");
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
    const style = /<style>(.*?)<\/style>/s.exec(page)![1]!;
    const script = /<script>(.*?)<\/script>/s.exec(page)![1]!;
    expect(policy).toBe(
      `default-src 'none'; img-src data:; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
    );
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>"));
    expect(page.match(/<script>/g)).toHaveLength(1);
  });

  it("holds no address beyond its own anchors", () => {
    expect(addresses(page).filter((a) => !/^(#|data:)/.test(a))).toEqual([]);
    expect(/https?:|\bfetch\(|XMLHttpRequest|import\(|WebSocket|@import/.exec(page)).toBeNull();
  });

  it("leaves addresses in labels as text", () => {
    const hostile = renderReport(richStudy({ names: HOSTILE, cooldowns: [...HOSTILE] }));
    expect(hostile.includes("https://evil.example/x.js")).toBe(true);
    expect(addresses(hostile).filter((a) => !/^(#|data:)/.test(a))).toEqual([]);
  });

  it("carries its data: SI numbers of the estimates, unknown ones as null", () => {
    const data = JSON.parse(/<script type="application\/json" id="gammawatt-data">(.*?)<\/script>/s.exec(page)![1]!);
    expect(data.estimates[0].value).toBe(rich.estimates[0]!.value);
    expect(data.fits).toHaveLength(rich.fits.length);
  });

  it("gives the same bytes for the same study", () => {
    expect(renderReport(richStudy()) === page).toBe(true);
  });

  it("gathers what there is nothing to show for in one line, with the reasons, and leads only to what is there", () => {
    const empty = renderReport(EMPTY);
    expect(empty.includes('<section id="work">')).toBe(false);
    expect(empty.includes('href="#work"')).toBe(false);
    expect(empty.match(/<details class="absent">/g)).toHaveLength(1);
    expect(textOf(empty)).toContain(noPower());
    for (const { id } of SECTIONS) expect(page.includes(`<section id="${id}">`), id).toBe(page.includes(`<li><a href="#${id}">`));
    expect(page.includes('<section id="work">')).toBe(true);
  });

  it("says in its head that files failed, and nothing where none did", () => {
    expect(page.includes(failureBanner(1))).toBe(true);
    expect(renderReport(EMPTY).includes('class="banner"')).toBe(false);
  });

  it("renders 1000 traces in about a second, in a few MB, and says how many are drawn", () => {
    const study = richStudy({ repeats: 500, names: ["q1", "q2"] });
    expect(study.fits.length).toBeGreaterThan(1000);
    // Time of the processor, so that what else the machine does has no part in it. Measured: 0.15 s once warm.
    const start = process.cpuUsage();
    const big = renderReport(study);
    expect(process.cpuUsage(start).user / 1e3).toBeLessThan(3000);
    expect(big.length).toBeLessThan(3e6);
    const { drawn } = chosenForGallery(study.fits);
    expect(big.includes(`${drawn.length} of ${study.fits.length} traces are drawn`)).toBe(true);
  });
});

describe("chosenForGallery", () => {
  it("draws all of few, the worst first", () => {
    const few = rich.fits.slice(0, 20);
    const { drawn, rest } = chosenForGallery(few);
    expect(drawn).toHaveLength(20);
    expect(rest).toHaveLength(0);
    expect(drawn[0]!.outcome.state).toBe("refused");
  });

  const countsOf = (fits: readonly StudyFit[], keyOf: (fit: StudyFit) => string) => {
    const counts = new Map<string, number>();
    for (const f of fits) counts.set(keyOf(f), (counts.get(keyOf(f)) ?? 0) + 1);
    return counts;
  };

  it("takes at most a few of each channel, and of every series at least one while there is room", () => {
    const { fits } = richStudy({ repeats: 200, names: ["q1", "q2", "q3", "q4"] });
    const { drawn, rest } = chosenForGallery(fits);
    expect(drawn.length + rest.length).toBe(fits.length);
    expect(drawn.length).toBeLessThanOrEqual(CAPS.gallery);
    expect(countsOf(drawn, seriesKey).size).toBe(countsOf(fits, seriesKey).size);
    expect(Math.max(...countsOf(drawn, channelKey).values())).toBe(CAPS.gallerySeries);
  });

  it("shows what stands beside what was refused, and the fit of the average, even if nearly all was refused", () => {
    const r = random(3);
    const make = (i: number | "mean", state: "converged" | "refused") =>
      decayFit(
        { labels: { cooldown: "", device: "", qubit: "q", trace: `V[${i}]` }, t1: 1e-5, state, axis: i === "mean" ? "mean" : "repeat" },
        r,
      );
    const fits = [...Array.from({ length: 80 }, (_, i) => make(i, i < 70 ? "refused" : "converged")), make("mean", "converged")];
    const { drawn } = chosenForGallery(fits);
    const states = drawn.map((f) => (f.axis === "mean" ? "mean" : f.outcome.state));
    expect(states.filter((s) => s === "mean")).toHaveLength(1);
    expect(states.filter((s) => s === "refused")).toHaveLength(CAPS.galleryRefused);
    expect(states.filter((s) => s === "converged")).toHaveLength(CAPS.gallerySeries - CAPS.galleryRefused - 1);
  });

  it("does not let hundreds of files of one trace crowd out the others", () => {
    const { fits } = richStudy({ repeats: 200 });
    const own = fits.map((f, i) => (f.axis === "repeat" ? { ...f, sources: [`${i}.csv`] } : f));
    const { drawn } = chosenForGallery(own);
    expect(countsOf(drawn, seriesKey).size).toBe(countsOf(fits, seriesKey).size);
    expect(Math.max(...countsOf(drawn, seriesKey).values())).toBe(CAPS.gallerySeries);
  });
});
