import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/ports.ts";
import type { Geometry } from "../../lab/lab.ts";
import type { PowerDataset } from "./input.ts";
import { type PortLayout, portsOf } from "./port-layout.ts";
import { referenceOf } from "./reference.ts";
import { tracesOf } from "./scattering-traces.ts";
import { emissionRatio } from "./sent-waves.ts";
import type { SweepFit } from "./sweep-fit.ts";
import { withNoise } from "./sweep-noise.ts";

/** The deepest line that a geometry allows: a qubit at the end of a line can send back -1, beside a line it can only stop what passes. */
export function depthCheck(fit: SweepFit | undefined, geometry: Geometry): Check | undefined {
  if (!fit) return undefined;
  const { amplitude, gamma2 } = fit.law;
  const depth = amplitude / gamma2;
  const [a, g, c] = [fit.covariance[0]![0]!, fit.covariance[1]![1]!, fit.covariance[0]![1]!];
  const sigma = depth * Math.sqrt(Math.max(0, a / amplitude ** 2 + g / gamma2 ** 2 - (2 * c) / amplitude / gamma2));
  const limit = geometry === "two-sided" || geometry === "hanger" ? 1 : 2;
  return depth - limit > 4 * sigma + SLACK ? check("geometry_contradicted", false, say.tooDeep(depth, geometry), depth, limit) : undefined;
}

/** What a reference that is slightly off can do to the depth. */
const SLACK = 0.02;

/** A reflection whose transmission shows the same wave of the qubit, is no end of a line. */
export function twoSidedCheck(
  scattering: readonly PowerDataset[],
  references: readonly PowerDataset[],
  layout: PortLayout,
): Check | undefined {
  if (layout.geometry !== "reflection" || layout.port !== "11") return undefined;
  const traces = scattering.flatMap((d) => tracesOf(d, "21", ["11"])).map(withNoise);
  const [reference] = references.flatMap((d) => tracesOf(d, "21", ["11"]).map((t) => referenceOf(t, d.entry?.off)));
  if (traces.length === 0 || !reference || traces.some((t) => !t.complex)) return undefined;
  const ratio = emissionRatio(traces, reference);
  const same = Math.hypot(ratio.re - 1, ratio.im) < SAME && ratio.sigma < SAME / 4;
  return same ? check("geometry_contradicted", false, say.looksTwoSided(ratio.re), ratio.re, 1) : undefined;
}

/** References that do not hold the sweep's port. */
export function unusedChecks(references: readonly PowerDataset[], layout: PortLayout): Check[] {
  return references.map((d) => {
    const file = d.dataset.sources[0]?.path ?? d.entry?.match ?? d.dataset.id;
    return check("reference_unused", false, say.referenceUnused(file, [...portsOf([d]).keys()].sort(), [layout.port, ...layout.others]));
  });
}

/** How near two waves are that one qubit sends both ways. */
const SAME = 0.2;
