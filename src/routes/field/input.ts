import type { Check } from "../../core/check.ts";
import type { GroupLabels } from "../../core/estimate.ts";
import type { FieldFacts } from "../../lab/field-statement.ts";
import type { FileEntry } from "../../lab/lab.ts";
import type { Dataset } from "../../tables/dataset.ts";

/** A dataset of kind field or field-source, with what the lab file says of its file. */
export interface FieldDataset {
  readonly dataset: Dataset;
  readonly path: string;
  readonly entry?: FileEntry;
  /** What the entry's pattern cuts out of the path, by name. */
  readonly cut: Readonly<Record<string, string>>;
  /** On where the data come from: a copy of another cooldown's map, say. */
  readonly checks: readonly Check[];
}

/** The maps of one cooldown and device. */
export interface FieldInput {
  readonly labels: GroupLabels;
  readonly facts: FieldFacts;
  readonly maps: readonly FieldDataset[];
  readonly sources: readonly FieldDataset[];
}

/** A statement that makes no problem of the data: the sentence says what to write. */
export class FieldRefusal extends Error {
  override readonly name = "FieldRefusal";
}
