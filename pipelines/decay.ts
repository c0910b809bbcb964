import type { Pipeline } from "./steps/options.ts";
import { runPipeline } from "./steps/run.ts";

/** T1 only. */
export const decay: Pipeline = {
  name: "decay",
  description: "T1 only",
  routes: { decay: true, power: false, field: false },
  run: (options) => runPipeline(options, decay.routes),
};
