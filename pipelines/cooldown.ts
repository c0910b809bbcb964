import type { Pipeline } from "./steps/options.ts";
import { runPipeline } from "./steps/run.ts";

/** The main job: decays, power route, partition and comparison, and the field model where there are maps, cooldown by cooldown. */
export const cooldown: Pipeline = {
  name: "cooldown",
  description: "decays, power route, energy partition and comparison, and the field model on maps",
  routes: { decay: true, power: true, field: true },
  run: (options) => runPipeline(options, cooldown.routes),
};
