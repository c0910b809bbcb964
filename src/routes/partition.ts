import type { Check } from "../core/check.ts";
import type { Estimate, GroupLabels } from "../core/estimate.ts";
import * as say from "../core/messages/compare.ts";
import { estimateOf, inherited, scaled } from "./budget.ts";
import { quotedPower } from "./compare.ts";
import { withDecayNoise } from "./decay-noise.ts";
import type { PowerResult } from "./power/input.ts";

/**
 * Where the energy goes (PHYSICS.md sec. 3): gamma_r, gamma_nr, f_route, f_nonradiative as far as the data allow; otherwise what is missing.
 * gamma_r from depth and width of the resonance (with n_eq), the total from T1 (else from power), gamma_nr as their difference or, with a
 * power meter, directly. All zero-temperature rates: G1 = G1tot (1 - 2 n_eq).
 */
export function partitionRoute(
  labels: GroupLabels,
  decay: Estimate | undefined,
  power: Pick<PowerResult, "estimates">,
): { readonly estimates: readonly Estimate[]; readonly missing: readonly string[] } {
  const all = power.estimates;
  const find = (quantity: string, estimator: string) =>
    all.find((e) => e.quantity === quantity && e.estimator === estimator && e.condition === "combined" && Number.isFinite(e.value));
  const quoted = known(quotedPower(all));
  const measured = known(decay);
  if (all.length === 0) return { estimates: [], missing: [] };
  const estimates: Estimate[] = [];
  const missing: string[] = [];
  if (quoted && measured) estimates.push(routeFraction(labels, measured, quoted));
  else missing.push(say.missingRoutes(measured ? "power" : "decay"));
  const nEq = all.find((e) => e.quantity === "n_eq" && Number.isFinite(e.value));
  if (!nEq) missing.push(say.missingEquilibrium());
  const radiative = find("gamma_r", "saturation_sweep");
  // The scalar difference is a lower bound: a share of it would be no share.
  const total = measured ?? (quoted?.estimator === "complex_s" ? quoted : undefined);
  const metered = find("gamma_nr", "total_power");
  if (!radiative && !metered) missing.push(say.missingGammaR());
  if (!total) missing.push(say.missingTotal());
  if (total && metered) estimates.push(fractionOfMeter(labels, metered, total, nEq));
  if (total && radiative) estimates.push(...fromDifference(labels, radiative, total, nEq));
  return { estimates, missing };
}

const known = (e: Estimate | undefined) => (e && Number.isFinite(e.value) ? e : undefined);

/** f_route = G1tot(decay)/G1tot(power). */
function routeFraction(labels: GroupLabels, decay: Estimate, power: Estimate): Estimate {
  const value = decay.value / power.value;
  const noise = withDecayNoise(decay);
  return estimateOf({
    route: "partition",
    quantity: "f_route",
    estimator: power.estimator,
    labels,
    value,
    unit: "1",
    budget: [...scaled(noise.budget, 1 / power.value), ...scaled(power.budget, -value / power.value)],
    own: noise.own,
    checks: unique([...inherited(power.checks), ...inherited(decay.checks)]),
    datasets: [...new Set([...decay.datasets, ...power.datasets])],
    remark: power.estimator === "scalar_difference" ? say.fRouteScalar() : say.fRoute(),
  });
}

/** gamma_nr = G1 - Gr and f_nonradiative = 1 - Gr/G1, correlated through n_eq, which enters both. */
function fromDifference(labels: GroupLabels, radiative: Estimate, total: Estimate, nEq: Estimate | undefined): Estimate[] {
  const z = 1 - 2 * (nEq?.value ?? 0);
  const zero = total.value * z;
  const value = zero - radiative.value;
  const f = value / zero;
  const polarisation = nEq ? scaled(nEq.budget, -2 * total.value) : [];
  const noise = withDecayNoise(total);
  const zeroLines = [...scaled(noise.budget, z), ...polarisation];
  const checks = unique([...inherited(radiative.checks), ...inherited(total.checks), ...(nEq ? inherited(nEq.checks) : [])]);
  const datasets = [...new Set([...radiative.datasets, ...total.datasets])];
  const base = {
    route: "partition" as const,
    estimator: `total_minus_radiative(${total.route})`,
    labels,
    checks,
    datasets,
    own: noise.own,
  };
  // df = Gr/G1^2 dG1 - dGr/G1
  const share = radiative.value / zero / zero;
  return [
    estimateOf({
      ...base,
      quantity: "gamma_nr",
      value,
      unit: "1/s",
      budget: [...zeroLines, ...scaled(radiative.budget, -1)],
      remark: `${say.radiative(total.route)} ${say.photons(radiative.value / zero)}`,
    }),
    estimateOf({
      ...base,
      quantity: "f_nonradiative",
      value: f,
      unit: "1",
      budget: [...scaled(zeroLines, share), ...scaled(radiative.budget, -1 / zero)],
      remark: f >= 0 && f <= 1 ? say.radiative(total.route) : say.outsideUnit(f),
    }),
  ];
}

/** f_nonradiative = Gnr/G1 with Gnr from total output power. */
function fractionOfMeter(labels: GroupLabels, metered: Estimate, total: Estimate, nEq: Estimate | undefined): Estimate {
  const z = 1 - 2 * (nEq?.value ?? 0);
  const zero = total.value * z;
  const f = metered.value / zero;
  const noise = withDecayNoise(total);
  const lines = [...scaled(noise.budget, z), ...(nEq ? scaled(nEq.budget, -2 * total.value) : [])];
  return estimateOf({
    route: "partition",
    quantity: "f_nonradiative",
    estimator: `total_power(${total.route})`,
    labels,
    value: f,
    unit: "1",
    budget: [...scaled(metered.budget, 1 / zero), ...scaled(lines, -f / zero)],
    own: noise.own,
    checks: unique([...inherited(metered.checks), ...inherited(total.checks)]),
    datasets: [...new Set([...metered.datasets, ...total.datasets])],
    remark: f >= 0 && f <= 1 ? say.radiative(total.route) : say.outsideUnit(f),
  });
}

function unique(checks: readonly Check[]): Check[] {
  return checks.filter((c, i) => checks.findIndex((d) => d.code === c.code) === i);
}
