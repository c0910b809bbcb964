import type { Complex } from "../complex-matrix.ts";
import { hdf5File, row, single } from "./hdf5/file.ts";
import { BOOL, F32, F64, type Hdf5Item, type Hdf5Type, I32, TEXT } from "./hdf5/types.ts";

/** A sweep of the delay, repeated; averaged complex voltages of several qubits. */
export interface LabberT1Log {
  readonly name: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** Seconds between two repeats. */
  readonly period: number;
  readonly delays: readonly number[];
  /** Repeats that were planned; those that were done are the length of each channel's `traces`. */
  readonly planned: number;
  readonly channels: readonly { readonly qubit: string; readonly traces: readonly (readonly Complex[])[] }[];
}

const choice = (bytes: 1 | 2, ...names: string[]): Hdf5Type => ({ class: "enum", bytes, names });
const texts = (...names: string[]) => names.map((name) => [name, TEXT] as const);
const CHANNEL: Hdf5Type = {
  class: "record",
  members: [
    ...texts("name", "instrument", "quantity", "unitPhys", "unitInstr"),
    ["gain", F64],
    ["offset", F64],
    ["amp", F64],
    ["highLim", F64],
    ["lowLim", F64],
    ...texts("outputChannel", "limit_action"),
    ["limit_run_script", BOOL],
    ...texts("limit_script"),
    ["use_log_interval", BOOL],
    ["log_interval", F64],
    ["limit_run_always", BOOL],
  ],
};
const STEP: Hdf5Type = {
  class: "record",
  members: [
    ["channel_name", TEXT],
    ["step_unit", choice(2, "Instrument", "Physical")],
    ["wait_after", F64],
    ["after_last", choice(2, "Goto first point", "Stay at final", "Goto value...")],
    ["final_value", F64],
    ["use_relations", BOOL],
    ["equation", TEXT],
    ["show_advanced", BOOL],
    ["sweep_mode", choice(2, "Off", "Between points", "Continuous")],
    ["use_outside_sweep_rate", BOOL],
    ["sweep_rate_outside", F64],
    ["alternate_direction", BOOL],
  ],
};
const STEP_ITEM: Hdf5Type = {
  class: "record",
  members: [
    ["range_type", choice(2, "Single", "Start - Stop", "Center - Span")],
    ["step_type", choice(2, "Fixed step", "Fixed # of pts")],
    ...["single", "start", "stop", "center", "span", "step"].map((name) => [name, F64] as const),
    ["n_pts", I32],
    ["interp", choice(2, "Linear", "Log", "Log, #/decade", "Lorentzian")],
    ["sweep_rate", F64],
  ],
};

const DELAY = "MQ PulseGen - Sequence duration";
const PULSES = "MQ PulseGen - # of pi pulses";
const REPEAT = "Repetition";
const signal = (qubit: string) => `MQ PulseGen - Voltage, ${qubit}`;
const GENERATOR = "Multi-Qubit Pulse Generator - , MQ PulseGen at localhost";
const MANUAL = "Manual - , Manual at localhost";

/** A Labber log (HDF5, version 1.6) of a repeated T1 measurement: delay inside, repetition outside, float32, -1 pi pulses = T1. */
export function labberFile(log: LabberT1Log): Uint8Array {
  const { delays, channels, planned } = log;
  const done = channels[0]!.traces.length;
  const last = delays.at(-1)!;
  const names: [string, string][] = [
    [DELAY, ""],
    [REPEAT, ""],
  ];
  for (const { qubit } of channels) names.push([signal(qubit), "Real"], [signal(qubit), "Imaginary"]);
  const data = new Float64Array(delays.length * names.length * done);
  for (let i = 0; i < delays.length; i++)
    for (let r = 0; r < done; r++) {
      const values = [delays[i]!, r, ...channels.flatMap(({ traces }) => [traces[r]![i]!.re, traces[r]![i]!.im])];
      values.forEach((x, c) => {
        data[(i * names.length + c) * done + r] = x;
      });
    }
  const dimensions = row(I32, [delays.length, planned, 1]);
  return hdf5File({
    attributes: {
      creation_time: single(F64, log.created),
      log_name: single(TEXT, log.name),
      version: single(TEXT, "1.6.0c"),
      comment: single(TEXT, "simulated"),
      "Step dimensions": dimensions,
      step_parallel: single(BOOL, 1),
      log_parallel: single(BOOL, 0),
      logger_mode: single(BOOL, 0),
      hardware_loop: single(BOOL, 0),
      arm_trig_mode: single(BOOL, 0),
      trig_channel: single(TEXT, ""),
      wait_between: single(F64, 0),
      time_per_point: single(F64, log.period / delays.length),
    },
    children: {
      Channels: row(CHANNEL, [
        channel(PULSES, GENERATOR, "# of pi pulses", ""),
        channel(DELAY, GENERATOR, "Sequence duration", "s"),
        ...channels.map(({ qubit }) => channel(signal(qubit), GENERATOR, `Voltage, ${qubit}`, "V")),
        channel(REPEAT, MANUAL, "Value 3", ""),
      ]),
      "Step list": row(STEP, [step(DELAY), step(REPEAT), step(PULSES)]),
      "Log list": row(
        { class: "record", members: [["channel_name", TEXT]] },
        channels.map(({ qubit }) => [signal(qubit)]),
      ),
      "Instrument config": {
        children: {
          [GENERATOR]: { attributes: { Sequence: single(TEXT, "CP/CPMG"), "# of pi pulses": single(F64, -1) }, children: {} },
        },
      },
      "Step config": {
        children: {
          [DELAY]: { children: { "Step items": row(STEP_ITEM, [ramp(delays[0]!, last, delays.length)]) } },
          [REPEAT]: { children: { "Step items": row(STEP_ITEM, [ramp(0, planned - 1, planned)]) } },
          [PULSES]: { children: { "Step items": row(STEP_ITEM, [fixed(-1)]) } },
        },
      },
      Data: {
        attributes: {
          Completed: single(BOOL, done === planned ? 1 : 0),
          "Entries, last trace": single(I32, delays.length),
          "Step dimensions": dimensions,
          "Step index": row(I32, [0, 1]),
          "Fixed step index": row(I32, [2]),
          "Fixed step values": row(F64, [-1]),
        },
        children: {
          "Channel names": row({ class: "record", members: texts("name", "info") }, names),
          Data: { type: F32, shape: [delays.length, names.length, done], items: data },
          "Time stamp": row(
            F32,
            Array.from({ length: done }, (_, r) => (r + 1) * log.period),
          ),
        },
      },
    },
  });
}

function channel(name: string, instrument: string, quantity: string, unit: string): Hdf5Item[] {
  const limits = [1, 0, 1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return [name, instrument, quantity, unit, unit, ...limits, "", "Nothing", 0, "", 0, 1, 0];
}

const step = (name: string): Hdf5Item[] => [name, 0, 0, 0, 0, 0, "x", 0, 0, 0, 0, 0];

function ramp(start: number, stop: number, points: number): Hdf5Item[] {
  const size = points > 1 ? (stop - start) / (points - 1) : 0;
  return [1, 1, start, start, stop, (start + stop) / 2, stop - start, size, points, 0, 0];
}

const fixed = (value: number): Hdf5Item[] => [0, 1, value, value, value, value, 0, 0, 1, 0, 0];
