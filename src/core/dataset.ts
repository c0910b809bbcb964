import type { Unit } from "./units.ts";

/** What a dataset is evidence of (CONTRACT.md). `other`: recognised and listed, never fitted as T1. */
export const KINDS = [
  "decay",
  "power",
  "scattering",
  "reference",
  "population",
  "equilibrium",
  "total-power",
  "rabi",
  "coherence",
  "emission",
  "field",
  "field-source",
  "other",
] as const;
export type Kind = (typeof KINDS)[number];

/** What a column means. `s_re`/`s_im`: complex scattering parameter; `s_mag`: its modulus alone. `spread`: standard deviation over which a sensor of a map averages. `leakage`: population of level 2, beside that of level 1. `other`: kept, not used. */
export const ROLES = [
  "delay",
  "frequency",
  "power",
  "incident",
  "reflected",
  "reflected_off",
  "transmitted",
  "transmitted_off",
  "background",
  "population",
  "leakage",
  "shots",
  "sigma",
  "i",
  "q",
  "voltage",
  "s_re",
  "s_im",
  "s_mag",
  "time",
  "x",
  "y",
  "z",
  "u",
  "r_total",
  "spread",
  "condition",
  "other",
] as const;
export type Role = (typeof ROLES)[number];

/** Keys that `columns:` may have: every role, and columns that become a role while importing (`counts` over `shots`, `s_db` with `s_deg`). */
export const COLUMN_HINTS = [...ROLES, "s_db", "s_deg", "counts", "repeat"] as const;
export type ColumnHint = (typeof COLUMN_HINTS)[number];

/** Unit, meaning and origin of one column; the numbers stand in the dataset's Arrow table under the same name. */
export interface Column {
  readonly name: string;
  readonly unit: Unit;
  readonly role: Role;
  /** How unit or role were inferred, in words; absent when the file or the lab file states them. */
  readonly inferred?: string;
  /** For scattering columns: receiving and driven port, `"21"` = S21. */
  readonly port?: string;
}

/** Where a dataset belongs. Empty string = not known. Labels are data: shown as they are, escaped. */
export interface Labels {
  readonly cooldown: string;
  readonly device: string;
  readonly qubit: string;
  /** `<signal>[<index>]` for repeats inside a file (from 0), `<signal>[mean]` for their average, `<signal>` where there is one. */
  readonly trace: string;
}
export const NO_LABELS: Labels = { cooldown: "", device: "", qubit: "", trace: "" };

/** A setting that holds for the whole dataset: source power, flux, temperature, drive duration, ... */
export interface Condition {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Where it is stated, if not in the measurement's own file: `conditions.csv:6`. */
  readonly from?: string;
  /** How it was inferred, in words; absent where it is stated. */
  readonly inferred?: string;
}

/** Row numbers that are calibration points (qubit prepared in 0 or 1), not decay data, and how that is known. */
export interface Calibration {
  readonly zero: readonly number[];
  readonly one: readonly number[];
  readonly origin: "marked" | "layout";
  readonly note: string;
}

/** The type of the noise decides the likelihood and the error bar. */
export type Noise =
  /** Counts out of `shots` repetitions; `"column"` = the column with role `shots`. */
  | { readonly type: "binomial"; readonly shots: number | "column" }
  /** One standard deviation per point in the column with role `sigma`. */
  | { readonly type: "sigma" }
  /** Standard deviation proportional to the value. */
  | { readonly type: "relative"; readonly relative: number }
  /** Equal and unknown: estimated from the residuals. */
  | { readonly type: "unknown" };

/** A file that held these numbers. */
export interface Source {
  /** Relative to the folder that was run, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly importer: string;
  readonly importerVersion: number;
  /** Of a file that `gammawatt export` wrote: the files in which its numbers were measured. */
  readonly exportedFrom?: readonly Source[];
}

/** Something that was inferred, assumed or found odd while importing. */
export interface Note {
  readonly code: string;
  readonly text: string;
}
