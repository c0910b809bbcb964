import type { Column, Kind } from "../core/dataset.ts";
import type { Complex } from "./complex-matrix.ts";

/** What an instrument handed over, before it becomes a file. Delays in s, frequencies in Hz, powers in dBm at the source, voltages in V. */
export type Recording =
  | DecayCounts
  | DecayVoltages
  | ScatteringTrace
  | Saturation
  | { readonly kind: "equilibrium"; readonly p1: readonly number[]; readonly shots: number }
  | PowerTable
  | Table;

interface Sequence {
  /** Which pulses; `mixed` is a T1 with two time constants. */
  readonly sequence: "t1" | "echo" | "mixed";
  readonly index: number;
  readonly delays: readonly number[];
  /** 1/s: the rate that held in this repeat; NaN where no single one did. */
  readonly gamma1: number;
}

/** Share of ones among single-shot readings. */
export interface DecayCounts extends Sequence {
  readonly kind: "counts";
  readonly p1: readonly number[];
  readonly shots: number;
}

export interface DecayVoltages extends Sequence {
  readonly kind: "voltages";
  readonly voltages: readonly Complex[];
  /** The last two points are the qubit left alone, and after one pi pulse. */
  readonly calibrated: boolean;
}

export interface ScatteringTrace {
  readonly kind: "scattering";
  /** NaN: the qubit detuned, the reference. */
  readonly power: number;
  readonly frequency: readonly number[];
  readonly ports: number;
  /** Per frequency: S11 S21 .. S12 S22 .., engineering sign, with the chain in it. */
  readonly s: readonly (readonly Complex[])[];
  /** Standard deviation per quadrature, where the instrument says it; else NaN. */
  readonly noise: number;
}

export interface Saturation {
  readonly kind: "saturation";
  readonly powers: readonly number[];
  /** Per power; undefined where the table does not say it. */
  readonly frequency: readonly number[] | undefined;
  readonly p1: readonly number[];
  readonly shots: number;
}

export interface PowerTable {
  readonly kind: "power-table";
  readonly incident: readonly number[];
  readonly reflected: readonly number[];
  readonly reflectedOff: readonly number[];
  readonly p1: readonly number[];
  readonly shots: number;
}

/** Any table of a lab script. */
export interface Table {
  readonly kind: "table";
  /** Of the file: `<qubit>_<name>.csv`. */
  readonly name: string;
  readonly of: Kind;
  /** What the lab file says of such a file besides kind and columns. */
  readonly entry: readonly string[];
  readonly columns: readonly TableColumn[];
}

export interface TableColumn {
  readonly header: string;
  readonly role: Column["role"];
  readonly unit: Column["unit"];
  /** SI. */
  readonly values: readonly number[];
  /** As it stands in the file, in the header's unit. */
  readonly printed: readonly number[];
}
