import type { Trace } from "../model.ts";
import { bestApart, type Candidate, constantColumn, decayColumn, onColumns, scaleDelays } from "./start-search.ts";

/** Rates times window tried for envelope and beat. */
const LOSSES = [1, 2.5, 6, 15, 40];
/** Part of the total loss that is the qubit's: exchanging qubit and defect gives nearly the same beats, so both sides are tried. */
const SHARES = [0.2, 0.5, 0.8];

/**
 * Starts of the coupled-defect law. Beats: envelope and cosine on a grid (decay of the mean, decay of the beat, frequency up to the sampling
 * limit), the coefficients of which give amplitude and mixing. No beats: two exponentials, the faster one the excitation that the defect swallows.
 */
export function defectStarts(trace: Trace): readonly (readonly number[])[] {
  const { x, rates, window } = scaleDelays(trace);
  const one = constantColumn(x);
  const envelopes = LOSSES.map((g) => decayColumn(g, x));
  const tried: Candidate[] = [];
  const highest = Math.min(64, Math.floor(x.length / 2));
  for (let k = 1; k <= highest; k += k < 8 ? 0.5 : 1) {
    const beat = 2 * Math.PI * k;
    const wave = x.map((v) => Math.cos(beat * v));
    for (const [i, slow] of LOSSES.entries())
      for (const [j, quick] of LOSSES.entries()) {
        const found = onColumns([envelopes[i]!, envelopes[j]!.map((e, n) => e * wave[n]!), one], trace.y);
        const [mean, swing] = found.linear as [number, number];
        if (swing / mean > 0) tried.push({ theta: [beat, slow, quick], ...found });
      }
  }
  const starts: number[][] = [];
  for (const { theta, linear } of bestApart(tried, 3, 1.6)) {
    const [beat, slow, quick] = theta as [number, number, number];
    const [mean, swing, c] = linear as [number, number, number];
    const mixing = Math.min(0.97, Math.max(0.03, (2 * swing) / (mean + swing)));
    const losses = SHARES.map((s) => [2 * s * quick, 2 * (1 - s) * quick]);
    if (slow < quick) losses.push([slow, 2 * quick - slow]);
    for (const [own, defect] of losses) starts.push([mean + swing, own! / window, defect! / window, beat / window, mixing, c]);
  }
  const columns = rates.map((g) => decayColumn(g, x));
  const pairs: Candidate[] = [];
  for (let i = 0; i < rates.length; i++)
    for (let j = i + 2; j < rates.length; j++)
      pairs.push({ theta: [rates[i]!, rates[j]!], ...onColumns([columns[i]!, columns[j]!, one], trace.y) });
  const [best] = bestApart(pairs, 1);
  if (best) {
    const [g1, g2] = best.theta as [number, number];
    const [a1, a2, c] = best.linear as [number, number, number];
    for (const mixing of [0.5, 0.95]) starts.push([a1 + a2, (0.7 * g1) / window, g2 / window, (0.7 * g2) / window, mixing, c]);
  }
  return starts;
}
