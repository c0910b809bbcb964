import type { GroupLabels } from "../../core/estimate.ts";

/** One participation series, as a picture shows it. */
export interface ParticipationStudy {
  /** `t1`, or the estimator of the power route. */
  readonly estimator: string;
  /** Cooldown and device that all members share, else empty. */
  readonly labels: GroupLabels;
  readonly channels: readonly string[];
  readonly members: readonly {
    readonly labels: GroupLabels;
    /** G1, 1/s, with its total error. */
    readonly measured: number;
    readonly sigma: number;
    /** participation times rate of each channel, 1/s. */
    readonly parts: readonly number[];
  }[];
  readonly chi2: number;
  readonly dof: number;
  readonly scatter: number;
  readonly remarks: readonly string[];
}
