import { oneSided, reciprocalNone, reciprocalOf, reciprocalOpen } from "../../core/messages/intervals.ts";
import { type Heading, type Interval, twoSided } from "./outcome.ts";
import type { Target } from "./target.ts";

/** Turns the interval of the rate into the one of T1 where T1 was asked for: the ends are inverted and change places. */
export function asAsked(target: Target, of: Interval): Interval {
  if (!target.reciprocal) return of;
  const { method, level } = of;
  const heading: Heading = { method, level, name: "t1", unit: "s", value: 1 / of.value };
  const none: Interval = { ...heading, kind: "failed", reason: "no_reciprocal", sentence: reciprocalNone() };
  const onlyLower = (limit: number, because: "bound" | "asymptote", sentence: string): Interval => ({
    ...heading,
    ...{ kind: "one-sided", open: "high", because, limit, sentence: oneSided(level, "t1", "high", limit, "s", sentence) },
  });
  if (of.kind === "failed") return { ...of, ...heading, sentence: reciprocalOf(of.sentence) };
  if (!(of.value > 0)) return none;
  switch (of.kind) {
    case "flat":
      return { ...of, ...heading, sentence: reciprocalOf(of.sentence) };
    case "one-sided":
      if (!(of.limit > 0)) return none;
      if (of.open === "low") return onlyLower(1 / of.limit, of.because, reciprocalOpen());
      return {
        ...heading,
        ...{ kind: "one-sided", open: "low", because: of.because, limit: 1 / of.limit },
        sentence: oneSided(level, "t1", "low", 1 / of.limit, "s", reciprocalOf(of.sentence)),
      };
    case "two-sided":
      if (!(of.high > 0)) return none;
      if (!(of.low > 0)) return onlyLower(1 / of.high, "bound", reciprocalOpen());
      return twoSided(heading, 1 / of.high, 1 / of.low, reciprocalOf(of.sentence), reciprocalNone());
  }
}
