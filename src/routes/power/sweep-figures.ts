import { extinctionOf, saturationAt } from "../../physics/saturation.ts";
import type { PowerStudy, ResonanceStudy } from "../power-study.ts";
import type { Sweep } from "./sweep.ts";

/** n_e - n_eq on resonance against power at the device, `(1 - 2 n_eq) S/(2(1+S))` with S = kP from the scattering alone. */
export function saturationCurve(sweep: Sweep, nEq: number): PowerStudy["saturationCurve"] {
  const { fit } = sweep;
  if (!fit?.free.includes("k")) return undefined;
  const powers = sweep.traces.map((t) => t.pDevice).filter((p) => p > 0);
  if (powers.length < 2) return undefined;
  const [low, high] = [Math.min(...powers) / 2, Math.max(...powers) * 2];
  const steps = 60;
  const pDevice = Array.from({ length: steps + 1 }, (_, i) => low * (high / low) ** (i / steps));
  const excess = pDevice.map((p) => {
    const s = saturationAt(fit.law, fit.law.resonance, p);
    return ((1 - 2 * nEq) * s) / (2 * (1 + s));
  });
  return { pDevice, excess };
}

/** Normalised S with the fitted law, per power, for traces that have a frequency axis. */
export function resonanceStudies(sweep: Sweep): ResonanceStudy[] {
  const { fit } = sweep;
  return sweep.traces
    .filter((t) => sweep.complex && t.points.length > 1)
    .map((t) => {
      const drawn = fit?.free.includes("gamma2") ? fit : undefined;
      const law = drawn ? lineOver(t.points.map((p) => p.frequency)).map((f) => extinctionOf(drawn.law, 2 * Math.PI * f, t.pFit)) : [];
      return {
        pSource: t.pSource,
        frequency: t.points.map((p) => p.frequency),
        sRe: t.points.map((p) => p.re),
        sIm: t.points.map((p) => p.im),
        fitRe: law.map((x) => 1 - x.re),
        fitIm: law.map((x) => -(drawn?.sign ?? 1) * x.im),
      };
    });
}

/** Enough frequencies over the measured span for the law to be drawn as the circle that it is. */
function lineOver(frequencies: readonly number[]): number[] {
  const [low, high] = [Math.min(...frequencies), Math.max(...frequencies)];
  return Array.from({ length: DRAWN + 1 }, (_, i) => low + ((high - low) * i) / DRAWN);
}
const DRAWN = 120;
