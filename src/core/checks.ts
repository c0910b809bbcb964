import { COHERENCE_CHECKS } from "./checks/coherence.ts";
import { COMPARISON_CHECKS } from "./checks/comparison.ts";
import { DECAY_CHECKS } from "./checks/decay.ts";
import { FIELD_CHECKS } from "./checks/field.ts";
import { IMPORT_CHECKS } from "./checks/importing.ts";
import { JOINT_CHECKS } from "./checks/joint.ts";
import { PARTITION_CHECKS } from "./checks/partition.ts";
import { PORT_CHECKS } from "./checks/ports.ts";
import { POWER_CHECKS } from "./checks/power.ts";
import { POWER_FACT_CHECKS } from "./checks/power-facts.ts";
import { SATURATION_CHECKS } from "./checks/saturation.ts";

/** Every check that a result can fail, in the order in which the report explains them. */
export const CHECKS = {
  ...IMPORT_CHECKS,
  ...DECAY_CHECKS,
  ...POWER_FACT_CHECKS,
  ...COHERENCE_CHECKS,
  ...POWER_CHECKS,
  ...PARTITION_CHECKS,
  ...PORT_CHECKS,
  ...SATURATION_CHECKS,
  ...JOINT_CHECKS,
  ...COMPARISON_CHECKS,
  ...FIELD_CHECKS,
} as const;
