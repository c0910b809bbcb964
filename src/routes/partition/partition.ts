import type { Estimate, GroupLabels } from "../../core/estimate.ts";
import * as say from "../../core/messages/partition.ts";
import { quotedPower } from "../compare.ts";
import type { PowerResult } from "../power/input.ts";
import { agreementChecks, freeShare } from "./agreement.ts";
import { depthBound, depthCheck } from "./depth-bound.ts";
import { routeFractions } from "./route-fraction.ts";
import { photonsOf, sharesOf } from "./shares.ts";
import { combinationsOf, sourcesOf } from "./sources.ts";
import { termOf } from "./term.ts";

/**
 * Where the energy goes (PHYSICS.md sec. 3): gamma_r, gamma_nr, f_nonradiative = Gnr/G1 and photons per pi pulse = Gr/G1 from every combination of data
 * that determines them, f_route = G1tot(decay)/G1tot(power); what is missing where none does. Three shares are called f: `f_local` belongs to maps.
 * Rates of the shares are those of zero temperature, G1 = G1tot (1 - 2 n_eq); f_route compares G1tot.
 */
export function partitionRoute(
  labels: GroupLabels,
  decay: Estimate | undefined,
  power: Pick<PowerResult, "estimates">,
): { readonly estimates: readonly Estimate[]; readonly missing: readonly string[] } {
  const all = power.estimates;
  if (all.length === 0) return { estimates: [], missing: [] };
  const measured = decay && Number.isFinite(decay.value) ? decay : undefined;
  const sources = sourcesOf(measured, all);
  const combinations = combinationsOf(sources);
  const direct = all.filter((e) => e.quantity === "f_nonradiative" && Number.isFinite(e.value));
  const checks = agreementChecks([
    ...combinations.map((c) => freeShare(c.name, c.part, c.x, c.y)),
    ...direct.map((e) => ({ name: e.estimator, f: { ...termOf(e), value: e.unbounded ?? e.value } })),
  ]);
  const shares = combinations.flatMap((c) =>
    sharesOf(
      labels,
      c,
      [checks.get(c.name), depthCheck(c, all, sources.nEq)].filter((k) => k !== undefined),
    ),
  );
  const bound = shares.length === 0 && direct.length === 0 ? depthBound(labels, all, sources.nEq) : [];
  const quoted = quotedPower(all);
  const missing: string[] = [];
  if (!measured || !Number.isFinite(quoted?.value)) missing.push(say.missingRoutes(measured ? "power" : "decay"));
  if (!sources.nEq) missing.push(say.missingEquilibrium());
  if (sources.radiative.length + sources.nonradiative.length + direct.length === 0) missing.push(say.missingGammaR());
  if (sources.total.length === 0) missing.push(say.missingTotal());
  return {
    estimates: [...(measured ? routeFractions(labels, measured, all) : []), ...shares, ...direct.map(photonsOf), ...bound],
    missing,
  };
}
