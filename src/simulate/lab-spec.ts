import type { AttenuationOrigin, Geometry } from "../lab/lab.ts";
import type { FilmSpec } from "./film-files.ts";

/** What a lab file states: a value with one standard deviation. The simulated truth lies a random draw of it away. */
export interface Uncertain {
  readonly value: number;
  readonly sigma: number;
}

/** A lab to be simulated: what is stated about it (with uncertainties) and what is measured. SI units, attenuation in dB. */
export interface LabSpec {
  readonly device: string;
  readonly readout: {
    /** How the levels behind these numbers were made; default heralded. */
    readonly prepared?: "heralded" | "thermal";
    readonly p1Given0: Uncertain;
    readonly p0Given1: Uncertain;
    /** Seconds. */
    readonly driveToReadout: number;
    readonly driveDuration: number;
    /** Share of the time that the drive is on; powers are then those of a slow meter, averaged. Default 1. */
    readonly dutyCycle?: number;
    /** Hz. */
    readonly ifBandwidth: number;
  };
  readonly qubits: Readonly<Record<string, QubitSpec>>;
  readonly lines: Readonly<Record<string, LineSpec>>;
  readonly cooldowns: readonly CooldownSpec[];
  readonly exclude: readonly { readonly file: string; readonly reason: string }[];
}

export interface QubitSpec {
  /** Hz. */
  readonly frequency: number;
  readonly anharmonicity: number;
  readonly geometry: Geometry;
  /** Of a hanger, two-sided: phase phi of a mismatch that is symmetric about the qubit, rad. Nobody states it. */
  readonly mismatch?: number;
  /** Of a multiport: number of ports (3) of a random lossless network. */
  readonly ports?: number;
  /** Of separate ports: rates into the driven and the detected one, 1/s; together gammaR. */
  readonly couplings?: { readonly drive: Uncertain; readonly detect: Uncertain };
  /** Metres. */
  readonly position: readonly [number, number];
  /** 1/s, at zero temperature. */
  readonly gammaR: number;
  readonly gammaNr: number;
  readonly gammaPhi: number;
  readonly equilibrium: Equilibrium;
  /** Occupation of the line relative to that of the other bath; default 1. */
  readonly lineHeat?: number;
  /** How much hotter the drive makes the other bath: its occupation per watt at the device; default 0. */
  readonly heating?: number;
  /** Slow Gaussian noise of the frequency: one standard deviation, rad/s; default 0. */
  readonly wander?: number;
  /** Standard deviation of the relaxation rate from repeat to repeat, relative. */
  readonly fluctuation: number;
}

/** How the analyst learns n_eq: from a temperature or a population in the lab file, or only from an undriven measurement. */
export type Equilibrium =
  | { readonly from: "temperature"; readonly kelvin: Uncertain }
  | { readonly from: "stated"; readonly population: Uncertain }
  | { readonly from: "measured"; readonly population: Uncertain };

export interface LineSpec {
  readonly qubits: readonly string[];
  /** dB. */
  readonly attenuation: Uncertain;
  readonly origin: AttenuationOrigin;
  /** Isolation of the circulator, dB: a leak of this amplitude and of a phase that nobody knows. */
  readonly isolation?: number;
  /** From the device's output to the receiver, dB: calibrated where nothing can be referred to (separate ports). */
  readonly gain?: Uncertain;
}

export interface CooldownSpec {
  readonly name: string;
  /** ISO date. */
  readonly started: string;
  readonly note: string;
  /** Lines that were changed: their attenuation has its own entry and its own error. */
  readonly lines: Readonly<Record<string, Uncertain>>;
  /** Qubits with another equilibrium or another loss (factor on gammaNr) in this cooldown. */
  readonly qubits: Readonly<Record<string, { readonly equilibrium?: Equilibrium; readonly loss?: number }>>;
  readonly experiments: readonly Experiment[];
  /** Maps of u on a film; default none. */
  readonly films?: readonly FilmSpec[];
  /** The qubits as places of a map; default not. */
  readonly sites?: SiteSpec;
}

/** Every qubit of the lab under its own steady drive: the qubits as places of a map. */
export interface SiteSpec {
  /** dBm at the source, per qubit. */
  readonly powers: Readonly<Record<string, number>>;
  readonly shots: number;
  /** Relative standard deviation of the stated absorbed power, one draw for the whole table. */
  readonly powerError: number;
}

export interface DelayGrid {
  /** Seconds; `points` values from `start` to `stop`. */
  readonly start: number;
  readonly stop: number;
  readonly points: number;
}

/** Experiments that leave one table. */
export type TableExperiment =
  /** Power meter on every port, in W over a background (W, at the meter); `noise` is relative. Populations beside it. */
  | {
      readonly what: "total-power";
      readonly qubit: string;
      readonly powers: readonly number[];
      readonly noise: number;
      readonly background: number;
      readonly shots: number;
    }
  /** Population against the duration of a resonant drive of one power (dBm), from rest. */
  | { readonly what: "rabi"; readonly qubit: string; readonly power: number; readonly delays: DelayGrid; readonly shots: number }
  /** Fringes of a pulse pair that is `detuning` Hz off. */
  | { readonly what: "ramsey"; readonly qubit: string; readonly detuning: number; readonly delays: DelayGrid; readonly shots: number }
  /** Population under a drive so far off (Hz) that it only heats. */
  | {
      readonly what: "heating";
      readonly qubit: string;
      readonly powers: readonly number[];
      readonly detuning: number;
      readonly shots: number;
    }
  /** Power after a pi pulse in the direction that a detector sees, at the device; `noise` in W. With `shots`, populations beside it. */
  | {
      readonly what: "emission";
      readonly qubit: string;
      readonly delays: DelayGrid;
      readonly noise: number;
      readonly shots?: number;
    };

export type Experiment =
  /** T1 with single-shot readout, one CSV per repeat; `odd` numbers the repeats in which the loss was several times larger. */
  | {
      readonly what: "t1-csv";
      readonly qubit: string;
      readonly repeats: number;
      readonly delays: DelayGrid;
      readonly shots: number;
      readonly odd?: readonly number[];
    }
  /** T1 as averaged voltages in one Labber log; `idle` names a channel without signal, `planned` repeats of an interrupted sweep. */
  | {
      readonly what: "t1-labber";
      readonly qubit: string;
      readonly repeats: number;
      readonly planned: number;
      readonly delays: DelayGrid;
      readonly idle?: string;
    }
  | { readonly what: "t1-tergite"; readonly qubit: string; readonly repeats: number; readonly delays: DelayGrid }
  | { readonly what: "t1-quantify"; readonly qubit: string; readonly repeats: number; readonly delays: DelayGrid }
  | { readonly what: "echo-csv"; readonly qubit: string; readonly delays: DelayGrid; readonly shots: number }
  | { readonly what: "echo-quantify"; readonly qubit: string; readonly delays: DelayGrid }
  /** A decay with two time constants: half the time a second loss is there. */
  | {
      readonly what: "two-component-csv";
      readonly qubit: string;
      readonly t1: readonly [number, number];
      readonly delays: DelayGrid;
      readonly shots: number;
    }
  /** Touchstone traces against source power (dBm), and one with the qubit detuned. */
  | {
      readonly what: "scattering";
      readonly qubit: string;
      readonly powers: readonly number[];
      readonly span: number;
      readonly points: number;
      /** Standard deviation per quadrature relative to a full reflection, default 1e-3; with `stated` the data say so. */
      readonly noise?: number;
      readonly stated?: boolean;
    }
  | {
      readonly what: "saturation";
      readonly qubit: string;
      readonly powers: readonly number[];
      readonly shots: number;
      readonly withFrequency: boolean;
      /** Hz from the qubit's frequency, each at every power; default on resonance. */
      readonly detunings?: readonly number[];
    }
  | { readonly what: "equilibrium"; readonly qubit: string; readonly shots: number; readonly repeats: number }
  | { readonly what: "power-table"; readonly qubit: string; readonly powers: readonly number[]; readonly shots: number }
  | TableExperiment
  /** Something that is no measurement. */
  | { readonly what: "other-file"; readonly name: string; readonly content: string | Uint8Array };
