import type { JointBlock } from "../../fit/joint/joint-problem.ts";
import { measuredBlock } from "../../fit/joint/mapped-block.ts";
import { ofQubit, type QubitModel, qubitAt, qubitQuantities } from "../../fit/joint/saturation.ts";
import { lossBlock } from "../../fit/joint/saturation-blocks.ts";
import type { Held } from "../joint-study.ts";

/** A measurement that was not made, as the block that it would add. */
export interface Candidate {
  readonly held: Held;
  readonly block: JointBlock;
}

/** Errors that such measurements commonly have: only whether they are there matters for a rank. */
const T1 = 0.01;
const POPULATION = 0.002;
const ATTENUATION = 0.1;
const RABI2 = 0.02;
const LOSS = 1e-3;

/**
 * What could still be measured, at the values that were found.
 * @param powers W, on the scale of the fit, of the scattering
 */
export function candidatesFor(
  held: ReadonlySet<Held>,
  model: QubitModel,
  at: (name: string) => number,
  powers: readonly number[],
): Candidate[] {
  const q = qubitQuantities(qubitAt(model, at), model.geometry, model.reference);
  const relative = (name: "gamma1_total" | "rabi2", error: number) =>
    measuredBlock(name, name, q[name].value, error * Math.abs(q[name].value));
  const points = powers.map((power) => ({ omega: model.reference + q.offset.value, power, loss: 0, sigma: LOSS }));
  const all: Candidate[] = [
    { held: "decay", block: relative("gamma1_total", T1) },
    { held: "attenuation", block: measuredBlock("ln_attenuation", "ln_attenuation", q.ln_attenuation.value, ATTENUATION) },
    { held: "rabi", block: relative("rabi2", RABI2) },
    { held: "equilibrium", block: measuredBlock("n_eq", "n_eq", q.n_eq.value, POPULATION) },
    { held: "loss", block: lossBlock("loss", points, model.reference) },
  ];
  return all.filter((c) => !held.has(c.held)).map((c) => ({ ...c, block: ofQubit([c.block], model)[0]! }));
}
