import type { Condition, Labels } from "../core/dataset.ts";
import type { FitRecord } from "./record.ts";

/** A fit with the labels of the dataset it was made from: what the decay route groups into series. */
export interface LabelledFit extends FitRecord {
  readonly labels: Labels;
  /** `mean`: fit of the average of a series, which is not one of the repeats. */
  readonly axis: "single" | "repeat" | "swept" | "mean";
  readonly conditions: readonly Condition[];
  /** Paths of the files that held the trace. */
  readonly sources: readonly string[];
  /** ISO time; empty when not known. */
  readonly started: string;
  /** Neither file nor lab file says that this is a T1. */
  readonly kindInferred: boolean;
}
