import type { Pipeline } from "./steps/options.ts";
import { runPipeline } from "./steps/run.ts";

/** The main job: decays, power route, partition and comparison, cooldown by cooldown. */
export const cooldown: Pipeline = {
  name: "cooldown",
  description: "decays, power route, energy partition and comparison",
  routes: { power: true },
  run: (options) => runPipeline(options, cooldown.routes),
};
