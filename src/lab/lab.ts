import type { ColumnHint, Kind } from "../core/dataset.ts";
import type { Quantity } from "../core/quantity.ts";
import type { MapStatement } from "../importers/maps/statement.ts";
import type { AttenuationTable } from "./attenuation-table.ts";
import type { StatedBoundary } from "./field-statement.ts";

/** A stated quantity and the entry of the lab file it comes from: two values share their error exactly when `entry` is equal. */
export interface Stated<Q> {
  readonly quantity: Q;
  /** Path in the lab file: `lines.drive1.attenuation`, `cooldowns.cd08.lines.drive1.attenuation`. */
  readonly entry: string;
}

export interface Readout {
  readonly p1_given_0?: Stated<Quantity<"1">>;
  readonly p0_given_1?: Stated<Quantity<"1">>;
  readonly prepared?: "thermal" | "heralded" | "reset";
  readonly drive_to_readout?: Stated<Quantity<"s">>;
  readonly drive_duration?: Stated<Quantity<"s">>;
  readonly duty_cycle?: number;
  readonly if_bandwidth?: Stated<Quantity<"Hz">>;
}

export type Geometry = "reflection" | "two-sided" | "hanger" | "multiport" | "separate-ports";
export const ATTENUATION_ORIGINS = [
  "warm",
  "cold-through",
  "noise-thermometry",
  "ac-stark",
  "other-qubit",
  "rabi",
  "mollow",
  "saturation+T1",
  "no-internal-loss",
  "tuned-to-agree",
  "unknown",
] as const;
export type AttenuationOrigin = (typeof ATTENUATION_ORIGINS)[number];
export const CIRCULAR_ORIGINS: readonly AttenuationOrigin[] = ["saturation+T1", "no-internal-loss", "tuned-to-agree"];

export interface QubitFacts {
  readonly frequency?: Stated<Quantity<"Hz">>;
  readonly anharmonicity?: Stated<Quantity<"Hz">>;
  readonly geometry?: Geometry;
  readonly temperature?: Stated<Quantity<"K">>;
  readonly temperature_from?: "population" | "fridge";
  readonly equilibrium_population?: Stated<Quantity<"1">>;
  readonly position?: readonly number[];
  readonly participation?: Readonly<Record<string, number>>;
  /** For `multiport`: the port that the drive enters, from 1. */
  readonly driven_port?: number;
  /** For `separate-ports`: coupling rates of the driven and of the detected port. */
  readonly couplings?: { readonly drive: Stated<Quantity<"1/s">>; readonly detect: Stated<Quantity<"1/s">> };
}

export interface LineFacts {
  readonly name: string;
  readonly qubits: readonly string[];
  /** One way, positive. Of a table: at the qubit's frequency, where that is stated and inside. */
  readonly attenuation?: Stated<Quantity<"dB">>;
  /** Where it is stated against frequency. */
  readonly attenuation_table?: { readonly table: AttenuationTable; readonly entry: string };
  readonly attenuation_from: AttenuationOrigin;
  /** Frequency at which the attenuation was determined. */
  readonly attenuation_at?: Stated<Quantity<"Hz">>;
  /** Standard deviation of the attenuation over frequency: an error of its own at every other frequency. */
  readonly ripple?: Stated<Quantity<"dB">>;
  /** Power gain from the device's output to the receiver. */
  readonly gain?: Stated<Quantity<"dB">>;
  readonly isolation?: Stated<Quantity<"dB">>;
  readonly source_accuracy?: Stated<Quantity<"dB">>;
  readonly repeatability?: Stated<Quantity<"dB">>;
  readonly leakage?: Stated<Quantity<"dB">>;
  readonly power_at: "source" | "device";
}

/** Everything that the routes need to know about one qubit in one cooldown, the nearest statement having won. */
export interface Facts {
  readonly device: string;
  readonly qubit: QubitFacts;
  readonly readout: Readout;
  /** The line that drives this qubit, if one is described. */
  readonly line?: LineFacts;
}

/** How drive and readout follow each other. */
export type Timing = Pick<Readout, "drive_to_readout" | "drive_duration" | "duty_cycle" | "if_bandwidth">;
export const TIMING = ["drive_to_readout", "drive_duration", "duty_cycle", "if_bandwidth"] as const satisfies (keyof Timing)[];

/** One entry of `files:` after matching a path. */
export interface FileEntry {
  readonly match: string;
  readonly kind?: Kind;
  readonly columns?: Readonly<Partial<Record<ColumnHint, string>>>;
  /** Header of the column of texts that names the qubit of each row. */
  readonly qubitColumn?: string;
  readonly shots?: number | string;
  readonly power?: Quantity<"W">;
  /** How the qubit was put out of the way; `through`: the device itself was replaced by a through. */
  readonly off?: "detuned" | "far-points" | "high-power" | "through";
  readonly detector?: "vna" | "power-meter";
  readonly averaging?: "complex" | "power";
  /** What a power meter shows without drive. */
  readonly background?: Quantity<"W">;
  /** Full width of what a power meter integrates over, around the drive. */
  readonly bandwidth?: Quantity<"Hz">;
  readonly power_at?: "source" | "device";
  /** Stated for these files alone; wins over qubit and readout. */
  readonly timing?: Timing;
  /** Of `field-source`: interval in which the source is on, s. */
  readonly on?: readonly [number, number];
  readonly scale?: "known" | "relative";
  readonly boundary?: StatedBoundary;
  /** h of robin sides, m/s. */
  readonly robin?: number;
  /** u before the first time. */
  readonly initial?: "empty" | "steady" | "unknown";
  /** Standard deviation (m) over which the sensors average. */
  readonly spread?: number;
  /** Relative standard deviation of a source's known scale. */
  readonly uncertainty?: number;
  /** Of `field` and `field-source`: scale and layout of a picture, an array or a matrix of numbers. */
  readonly map?: MapStatement;
  /** `gammawatt.yaml:18:5`. */
  readonly place: string;
}

export interface Exclusion {
  readonly file?: string;
  readonly match?: string;
  readonly trace?: string;
  readonly points?: readonly number[];
  readonly reason: string;
}
