import { jsonCodec } from "../../src/pipeline/codec.ts";
import type { PreviousEstimate } from "../../src/report/study.ts";

/** What the last run that changed something said, and which results stand in which output folder. */
export interface LastRun {
  readonly headline: readonly PreviousEstimate[];
  /** Absolute path -> identity of what was written there last. */
  readonly written: Readonly<Record<string, string>>;
  /** Absolute path -> hash of the files that were written there; absent in records of earlier versions. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** Absolute path -> names of the files of maps that were written there. */
  readonly maps?: Readonly<Record<string, readonly string[]>>;
}

export const lastRunCodec = jsonCodec<LastRun>();
export const NO_LAST_RUN: LastRun = { headline: [], written: {}, outputs: {} };
