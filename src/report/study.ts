import type { Labels, Note } from "../core/dataset.ts";
import type { Estimate } from "../core/estimate.ts";
import type { LabelledFit } from "../fit/labelled.ts";
import type { Comparison } from "../routes/comparison.ts";
import type { CooldownRatio } from "../routes/cooldown-ratios.ts";
import type { FieldStudy } from "../routes/field/study.ts";
import type { JointStudy } from "../routes/joint-study.ts";
import type { LineTest } from "../routes/line-tests.ts";
import type { ParticipationStudy } from "../routes/participation/study.ts";
import type { PowerStudy } from "../routes/power-study.ts";
import type { SeriesStudy } from "../routes/series-study.ts";

/** Everything that a report shows, as plain data: results never know the report, the report never computes a fit. */
export interface Study {
  readonly folder: string;
  /** ISO time of the run. */
  readonly created: string;
  readonly command: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly seconds: number;
  readonly counts: {
    readonly files: {
      readonly new: number;
      readonly changed: number;
      readonly unchanged: number;
      readonly unrecognised: number;
      readonly failed: number;
    };
    readonly fits: { readonly run: number; readonly reused: number; readonly refused: number };
  };
  readonly reasons: readonly StudyReason[];
  readonly failures: readonly { readonly file: string; readonly place: string; readonly message: string }[];
  readonly files: readonly StudyFile[];
  readonly fits: readonly StudyFit[];
  readonly estimates: readonly Estimate[];
  readonly power: readonly PowerStudy[];
  /** What the data of each qubit determine. */
  readonly joint: readonly JointStudy[];
  readonly comparisons: readonly Comparison[];
  /** Comparisons that share an attenuation, together. */
  readonly lines: readonly LineTest[];
  /** Each qubit from one cooldown to the next. */
  readonly cooldowns: readonly CooldownRatio[];
  /** Fits of G1 to channels with known participations. */
  readonly participation: readonly ParticipationStudy[];
  /** Fits of the field model to maps. */
  readonly fields: readonly FieldStudy[];
  /** Every series of repeats against time. */
  readonly series: readonly SeriesStudy[];
  /** Headline numbers of the previous run (gamma1_total and its ratio, field_gamma0, field_gamma2; per group and route) for "what changed"; empty on the first run. */
  readonly previous: readonly PreviousEstimate[];
  /** What the lab file could still say and what that would unlock; one sentence each. */
  readonly missing: readonly string[];
  /** Path of the lab file, or empty. */
  readonly labFile: string;
}

/** Why something was computed again, printable. */
export interface StudyReason {
  readonly file: string;
  readonly stage: string;
  readonly code: "new-input" | "input-changed" | "option-changed" | "stage-version" | "missing-output" | "corrupt-record" | "forced";
  readonly before: string;
  readonly after: string;
}

export interface StudyFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly status: "imported" | "unrecognised" | "failed" | "filtered";
  readonly change: "new" | "changed" | "unchanged";
  readonly importer: string;
  readonly datasets: readonly { readonly id: string; readonly kind: string; readonly labels: Labels }[];
  readonly notes: readonly Note[];
  /** For failed or unrecognised files. */
  readonly message: string;
}

export interface StudyFit extends LabelledFit {
  /** Computed in this run, not taken from the store. */
  readonly fresh: boolean;
}

export interface PreviousEstimate {
  readonly cooldown: string;
  readonly device: string;
  readonly qubit: string;
  readonly route: string;
  readonly quantity: string;
  readonly value: number;
  readonly sigma: number;
}
