import { type Check, check } from "../../core/check.ts";
import { farPointsUnused, lineLeft } from "../../core/messages/power.ts";
import { constantInput } from "./common-input.ts";
import type { DrivePower } from "./drive-power.ts";
import { type Normalised, normalise } from "./normalise.ts";
import type { PortLayout } from "./port-layout.ts";
import { groupByPower, type PowerTrace } from "./power-traces.ts";
import { type Reference, withoutLine } from "./reference.ts";
import type { ScatteringTrace } from "./scattering-traces.ts";
import { fitWithNoise, type NoiseStated } from "./sweep-noise.ts";

/** Effective S by power, and its fit where it is complex. */
export interface Evaluated {
  readonly off: Normalised;
  readonly traces: readonly PowerTrace[];
  readonly complex: boolean;
  readonly fit: ReturnType<typeof fitWithNoise>;
}

/** Normalised traces and their fit. A reference that holds a rest of the line (high power, far points): it is taken out with the law, and the fit repeated. Far points of unknown power are left aside for a fitted background. */
export function evaluate(
  raw: readonly ScatteringTrace[],
  references: readonly Reference[],
  layout: PortLayout,
  power: DrivePower,
  stated: NoiseStated,
): Evaluated | Check {
  const once = (refs: readonly Reference[]): Evaluated | Check => {
    const off = normalise(raw, refs, layout, stated);
    if ("code" in off) return off;
    const traces = groupByPower(off.traces, power);
    const complex = off.traces.every((t) => t.complex);
    return { off, traces, complex, fit: complex ? fitWithNoise(traces, stated) : undefined };
  };
  const blind = references.length > 0 && references.every((r) => r.off === "far-points" && !(r.trace.pSource > 0));
  // A line of unknown power cannot be taken out of its own far points, and leaves Gr G2/D^2 in them.
  const own = blind && layout.reading !== "column" ? once([]) : undefined;
  if (own && !("code" in own) && own.off.fitted) return doubted(own, farPointsUnused());
  let result = once(references);
  const held = references.filter((r) => r.off === "far-points" || r.off === "high-power");
  if (held.length === 0 || "code" in result) return result;
  let corrected = false;
  for (let round = 0; round < 5; round++) {
    const fit = result.fit?.fit;
    if (!fit?.free.includes("k") || layout.reading === "column") break;
    corrected = held.every((r) => r.trace.pSource > 0);
    const { shape } = result.off.fitted ?? {};
    const again = once(
      references.map((r) => {
        if (!held.includes(r) || !(r.trace.pSource > 0)) return r;
        const device = power.toDevice(r.trace.pSource, r.trace.powerAt);
        return withoutLine(r, fit.law, fit.sign, Number.isFinite(device) ? device : r.trace.pSource, shape);
      }),
    );
    if ("code" in again) return again;
    result = again;
  }
  if (corrected) return result;
  const told = doubted(result, lineLeft());
  const unknown = constantInput("line left in the reference", `line left in ${result.off.shared}`, Number.NaN);
  return blind ? { ...told, off: { ...told.off, common: [...told.off.common, unknown] } } : told;
}

function doubted(result: Evaluated, sentence: string): Evaluated {
  return { ...result, off: { ...result.off, checks: [...result.off.checks, check("normalisation_assumed", false, sentence)] } };
}
