import { describe, expect, it } from "vitest";
import { fileWithoutKind } from "../../src/core/messages/decay.ts";
import type { LabelledFit } from "../../src/fit/labelled.ts";
import { withSignal } from "../../src/routes/decay-files.ts";

/** Only what the choice looks at: file, axis, whether it was refused. */
function made(file: string, axis: LabelledFit["axis"], state: "converged" | "refused", trace: string): LabelledFit {
  const sources = file.split("+");
  return {
    sources,
    axis,
    kindInferred: false,
    outcome: { state },
    labels: { cooldown: "", device: "", qubit: "q", trace },
  } as unknown as LabelledFit;
}
const repeats = (file: string, state: "converged" | "refused") => [0, 1, 2].map((i) => made(file, "repeat", state, `v[${i}]`));

describe("which traces make a series", () => {
  it("leaves out a file whose repeats show nothing when another file has signal, and says so", () => {
    const good = [...repeats("a", "converged"), made("a", "mean", "converged", "v[mean]")];
    const idle = [...repeats("b", "refused"), made("b", "mean", "refused", "v[mean]")];
    const chosen = withSignal([...good, ...idle]);
    expect(chosen.traces).toEqual(good.slice(0, 3));
    expect(chosen.average).toBe(good[3]);
    expect(chosen.checks.map((c) => [c.code, c.holds])).toEqual([["file_without_signal", false]]);
    expect(chosen.checks[0]!.sentence).toContain('"b"');
  });

  it("leaves out a file that does not say it is a T1 where others say so, and only then", () => {
    const unsaid = { ...made("b", "single", "converged", "v"), kindInferred: true };
    const stated = made("a", "single", "converged", "v");
    const chosen = withSignal([stated, unsaid]);
    expect(chosen.traces).toEqual([stated]);
    expect(chosen.checks.map((c) => c.sentence)).toEqual([fileWithoutKind("b")]);
    expect(withSignal([unsaid])).toEqual({ traces: [unsaid], average: undefined, checks: [] });
  });

  it("keeps weak repeats whose average shows a decay", () => {
    const weak = [...repeats("b", "refused"), made("b", "mean", "converged", "v[mean]")];
    expect(withSignal([...repeats("a", "converged"), ...weak]).traces).toHaveLength(6);
  });

  it("takes a few that pass by chance for what they are, where their average shows nothing", () => {
    const noise = Array.from({ length: 20 }, (_, i) => made("b", "repeat", i === 3 ? "converged" : "refused", `v[${i}]`));
    expect(withSignal([...repeats("a", "converged"), ...noise, made("b", "mean", "refused", "v[mean]")]).traces).toHaveLength(3);
  });

  it("never drops single refused traces, nor everything", () => {
    const singles = [made("a", "single", "converged", "v"), made("b", "single", "refused", "v")];
    expect(withSignal(singles)).toEqual({ traces: singles, average: undefined, checks: [] });
    expect(withSignal(repeats("a", "refused")).traces).toHaveLength(3);
  });

  it("takes the average over all remaining files, not that of one of them", () => {
    const fits = [...repeats("a", "converged"), ...repeats("b", "converged")];
    const all = made("a+b", "mean", "converged", "v[mean]");
    expect(withSignal([...fits, made("a", "mean", "converged", "v[mean]"), all]).average).toBe(all);
    expect(withSignal([...fits, made("a", "mean", "converged", "v[mean]")]).average).toBeUndefined();
  });
});
