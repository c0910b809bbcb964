import type { Estimate } from "../../src/core/estimate.ts";
import { jsonCodec } from "../../src/pipeline/codec.ts";
import type { Store } from "../../src/pipeline/store.ts";
import { JOINT_ROUTE_VERSION, type JointResult, jointRoute } from "../../src/routes/joint/joint.ts";
import { POWER_ROUTE_VERSION, type PowerInput } from "../../src/routes/power/power.ts";

const codec = jsonCodec<JointResult>();

/** Where the power stage of a group keeps its result, and what its key holds. */
export interface PowerStage {
  readonly slot: { readonly name: string; readonly file: string };
  readonly inputs: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** The joint fit through the store, a stage of its own: it takes T1 with all its errors, which the power route does not. */
export async function jointStage(store: Store, stage: PowerStage, input: PowerInput, decay: Estimate | undefined): Promise<JointResult> {
  const of = decay && { value: decay.value, budget: decay.budget, checks: decay.checks };
  // Most of what it fits was made by the power route.
  const options = { ...stage.options, power: POWER_ROUTE_VERSION, decay: of };
  const slot = { stage: "joint", ...stage.slot };
  const key = { stage: "joint", version: JOINT_ROUTE_VERSION, inputs: stage.inputs, options };
  const { decay: _, ...data } = input;
  return (await store.compute(slot, key, codec, () => jointRoute(decay ? { ...data, decay } : data))).value;
}
