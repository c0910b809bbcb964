import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/power.ts";
import { LN_PER_DB } from "../../physics/decibel.ts";
import { extinctionOf } from "../../physics/saturation.ts";
import type { Sweep } from "./sweep.ts";

/** Whether the normalised S is that of a passive device, and is where the line shape says far from resonance. */
export function scatteringChecks(sweep: Sweep): Check[] {
  const checks: Check[] = [];
  let worst = { excess: 0, sigmas: 0 };
  let count = 0;
  for (const t of sweep.traces)
    for (const p of t.points) {
      const excess = Math.hypot(p.re, p.im) - 1;
      const sigma = Math.hypot(p.sigma, p.eta);
      if (!(sigma > 0)) continue;
      count++;
      if (excess / sigma > worst.sigmas) worst = { excess, sigmas: excess / sigma };
    }
  // The largest of many points is a few sigma above 1 without any fault.
  const limit = 3 + Math.sqrt(2 * Math.log(Math.max(count, 1)));
  // Without its noise nothing can be said.
  if (count > 0) checks.push(check("passivity", !(worst.sigmas > limit), say.passivity(worst.excess), worst.sigmas, limit));
  const { fit } = sweep;
  if (!fit?.free.includes("gamma2")) return checks;
  let [re, im, weight, n] = [0, 0, 0, 0];
  const byPlace = new Map<string | number, number>();
  for (const t of sweep.traces) {
    const width = fit.law.gamma2 * Math.sqrt(1 + fit.law.k * t.pFit);
    for (const p of t.points) {
      if (Math.abs(2 * Math.PI * p.frequency - fit.law.resonance) < 3 * width || !(p.sigma > 0)) continue;
      const x = extinctionOf(fit.law, 2 * Math.PI * p.frequency, t.pFit);
      const w = 1 / p.sigma ** 2;
      re += w * (p.re - 1 + x.re);
      im += w * (p.im + fit.sign * x.im);
      weight += w;
      for (const { place, part } of p.rests ?? [{ place: p.frequency, part: 1 }])
        byPlace.set(place, (byPlace.get(place) ?? 0) + w * p.eta * part);
      n++;
    }
  }
  if (n < 4) return checks;
  const distance = Math.hypot(re, im) / weight;
  // The reference's noise is the same at every power.
  const sigma = Math.hypot(Math.sqrt(1 / weight), Math.hypot(...byPlace.values()) / weight);
  // Below 0.01 dB the reference does not matter beside any attenuation.
  const allowed = Math.max(5 * sigma, (0.01 * LN_PER_DB) / 2);
  checks.push(check("phase_reference", !(distance > allowed), say.phaseReference(distance), distance, allowed));
  return checks;
}
