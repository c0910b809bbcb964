import { random } from "../../src/core/random.ts";
import { refitNearby } from "../../src/fit/intervals/refit.ts";
import { fitLaw, type LawFit } from "../../src/fit/law-fit.ts";
import type { DecayModel } from "../../src/fit/model.ts";
import { exponential } from "../../src/fit/models/exponential.ts";
import type { Signal } from "../../src/fit/signal-type.ts";

/** A law at p with noise of a type; sigma is the relative error where the noise is relative. */
export function noisy(
  law: DecayModel,
  p: readonly number[],
  t: Float64Array,
  noise: "unknown" | "sigma" | "relative" | "binomial",
  size: number,
  seed: number,
): Signal {
  const source = random(seed);
  const m = t.map((x) => law.evaluate(p, x));
  const base = { t, unit: "1" } as const;
  if (noise === "binomial")
    return {
      ...base,
      y: m.map((v) => source.binomial(size, Math.min(1, Math.max(0, v))) / size),
      noise: { type: noise, shots: t.map(() => size) },
    };
  if (noise === "relative") return { ...base, y: m.map((v) => v * (1 + size * source.normal())), noise: { type: noise, relative: size } };
  const y = m.map((v) => v + size * source.normal());
  return { ...base, y, noise: noise === "sigma" ? { type: noise, sigma: t.map(() => size) } : { type: noise } };
}

/** The exponential as the main path fits it. */
export function fitted(signal: Signal): LawFit {
  const seed = fitLaw(exponential, signal, exponential.starts(signal)[0]!, [false, false, false]);
  const fit = refitNearby(seed)(signal);
  if (!fit) throw new Error("the test's trace has no minimum");
  return fit;
}
