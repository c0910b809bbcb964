import type { Quantity } from "../core/quantity.ts";
import { quantity } from "../core/quantity.ts";
import type { Facts } from "../lab/lab.ts";
import { equilibriumPopulation, equilibriumSlope } from "../physics/thermal.ts";
import { columnOf, type Dataset } from "../tables/dataset.ts";

/**
 * The population that a decay must end at, from what the lab file states: `C = p1_given_0 + Fid n_eq`, `Fid = 1 - p1_given_0 - p0_given_1`
 * (PHYSICS.md sec. 2). Where the levels behind the readout errors were prepared thermally, `p1_given_0` is the undriven value itself.
 * @returns undefined when the data are no population or the lab file does not determine it.
 */
export function expectedOffset(facts: Facts, dataset: Dataset): { quantity: Quantity<"1">; why: string } | undefined {
  const eps0 = facts.readout.p1_given_0?.quantity;
  const eps1 = facts.readout.p0_given_1?.quantity;
  if (!columnOf(dataset, "population") || !eps0 || !eps1) return undefined;
  if (facts.readout.prepared === "thermal") return { quantity: eps0, why: "undriven level of the readout calibration" };
  const neq = statedPopulation(facts);
  if (!neq) return undefined;
  const fidelity = 1 - eps0.value - eps1.value;
  const sigma = Math.hypot((1 - neq.value) * eps0.sigma, neq.value * eps1.sigma, fidelity * neq.sigma);
  return {
    quantity: quantity(eps0.value + fidelity * neq.value, "1", sigma),
    why: "readout errors and equilibrium population of the lab file",
  };
}

/** Stated population first, then temperature. */
function statedPopulation({ qubit }: Facts): Quantity<"1"> | undefined {
  if (qubit.equilibrium_population) return qubit.equilibrium_population.quantity;
  const [t, f] = [qubit.temperature?.quantity, qubit.frequency?.quantity];
  if (!t || !f || !(t.value > 0)) return undefined;
  const omega = 2 * Math.PI * f.value;
  return quantity(equilibriumPopulation(omega, t.value), "1", equilibriumSlope(omega, t.value) * t.sigma);
}
