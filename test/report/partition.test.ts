import { describe, expect, it } from "vitest";
import { check } from "../../src/core/check.ts";
import type { Estimate } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/partition-section.ts";
import { estimateText } from "../../src/report/headline.ts";
import { channelRows, intervalOf, partitionGroups, shareRow } from "../../src/report/partition-rows.ts";
import { partition } from "../../src/report/sections/partition.ts";
import { EMPTY, estimate, richStudy } from "./example-study.ts";
import { contentOf, textOf } from "./markup.ts";

const study = richStudy({ names: ["q1", "q2", "q3", "q4"] });
const marker = { colour: "c0", shape: 0, hollow: false };
const groupOf = (qubit: string) => partitionGroups(study).find((l) => l.qubit === qubit && l.cooldown === "cd07")!;

describe("bars of the partition", () => {
  it("are the two rates, their boundary has the interval of the share", () => {
    const row = shareRow(study, groupOf("q1"), marker)!;
    const share = study.estimates.find((e) => e.quantity === "f_nonradiative" && e.labels.qubit === "q1" && e.labels.cooldown === "cd07")!;
    const decay = study.estimates.find((e) => e.quantity === "gamma1_total" && e.labels.qubit === "q1" && e.labels.cooldown === "cd07")!;
    const [into, other] = row.parts.map((p) => p.value);
    expect(into! + other!).toBeCloseTo(decay.value, 6);
    expect(other! / (into! + other!)).toBeCloseTo(share.value, 12);
    expect(row.bars[0]!.low / decay.value).toBeCloseTo(1 - share.interval![1], 9);
    expect(row.text).toBe(say.shareText(share.value, ...share.interval!));
  });

  it("a share at the bound keeps its bar; a bound alone has words and no bar", () => {
    expect(shareRow(study, groupOf("q2"), marker)!.parts[1]!.value).toBe(0);
    const bound = shareRow(study, groupOf("q4"), marker)!;
    expect(bound.parts).toEqual([]);
    expect(bound.text).toMatch(/at most 0\.67/);
  });

  it("a share without a likelihood's interval has value -+ sigma, not beyond 0 and 1", () => {
    const share = estimate("partition", "f_nonradiative", groupOf("q1"), 0.98, { sigmaStat: 0.04, sigmaCommon: 0.03, unit: "1" });
    expect(intervalOf(share)).toEqual([expect.closeTo(0.93, 12), 1]);
  });
});

describe("the section", () => {
  it("shows every combination with its checks, and the channels with the measured rates", () => {
    const markup = contentOf(partition, study);
    const text = textOf(markup);
    expect(text).toContain("saturation_ sweep+t1");
    expect(text).toContain(say.boundText(2 / 3));
    expect(markup).toContain(say.channelTitle("t1"));
    const rows = channelRows(study.participation[0]!);
    expect(rows).toHaveLength(study.participation[0]!.members.length);
    expect(rows[0]!.bars[0]!.at).toBe(study.participation[0]!.members[0]!.measured);
  });

  it("says what would be needed where nothing is known", () => {
    expect(textOf(contentOf(partition, EMPTY))).toContain(say.none());
  });
});

describe("a rate whose first-order error is wrong", () => {
  const quoted = (checks: Estimate["checks"]) =>
    estimate("power", "gamma1_total", groupOf("q1"), 20000, { sigmaStat: 6000, sigmaCommon: 0, interval: [15000, 31000], checks });

  it("is quoted with the interval of the draws, and only then", () => {
    expect(estimateText(quoted([check("propagation_nonlinear", false, "drawn")]))).toContain("(68 %: 15 1/ms to 31 1/ms)");
    expect(estimateText(quoted([check("propagation_nonlinear", true, "drawn")]))).not.toContain("68 %");
  });
});
