import type { Pipeline } from "./steps/options.ts";
import { runPipeline } from "./steps/run.ts";

/** Spatially resolved data only. */
export const fieldMap: Pipeline = {
  name: "field-map",
  description: "the field model on maps only",
  routes: { decay: false, power: false, field: true },
  run: (options) => runPipeline(options, fieldMap.routes),
};
