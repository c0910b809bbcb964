import { jsonCodec } from "../../src/pipeline/codec.ts";
import type { Store } from "../../src/pipeline/store.ts";
import { quotedPower } from "../../src/routes/compare.ts";
import { POWER_ROUTE_VERSION, type PowerInput, type PowerResult } from "../../src/routes/power/power.ts";
import {
  isWorthDrawing,
  PROPAGATION_VERSION,
  type Propagation,
  propagate,
  withPropagation,
} from "../../src/routes/propagation/propagation.ts";
import type { PowerStage } from "./joint.ts";

const codec = jsonCodec<{ readonly drawn: Propagation | null }>();

/** The quoted rate with what drawing all inputs says of its error, where that can be anything else than the first order: a stage of its own. */
export async function drawnStage(store: Store, power: PowerStage, input: PowerInput, result: PowerResult): Promise<PowerResult> {
  const quoted = quotedPower(result.estimates);
  if (!quoted || !Number.isFinite(quoted.value) || !isWorthDrawing(input, quoted)) return result;
  const stage = "propagation";
  const options = { ...power.options, power: POWER_ROUTE_VERSION, quoted: quoted.estimator };
  const { value } = await store.compute(
    { stage, ...power.slot },
    { stage, version: PROPAGATION_VERSION, inputs: power.inputs, options },
    codec,
    () => ({ drawn: propagate(input, quoted) ?? null }),
  );
  const { drawn } = value;
  return drawn ? { ...result, estimates: result.estimates.map((e) => (e === quoted ? withPropagation(e, drawn) : e)) } : result;
}
