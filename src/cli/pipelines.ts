import { cooldown } from "../../pipelines/cooldown.ts";
import { decay } from "../../pipelines/decay.ts";
import { fieldMap } from "../../pipelines/field-map.ts";
import type { Pipeline } from "../../pipelines/steps/options.ts";
import { UserError } from "../core/errors.ts";
import { unknownPipeline } from "../core/messages/cli.ts";

const PIPELINES = [cooldown, decay, fieldMap] as const satisfies readonly Pipeline[];

/** @throws UserError listing the known names. */
export function pipelineNamed(name: string): Pipeline {
  const found = PIPELINES.find((p) => p.name === name);
  if (!found)
    throw new UserError(
      unknownPipeline(
        name,
        PIPELINES.map((p) => p.name),
      ),
    );
  return found;
}
