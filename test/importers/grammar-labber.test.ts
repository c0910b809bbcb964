import type { File } from "h5wasm/node";
import { afterAll, describe, expect, it } from "vitest";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { NO_HINTS } from "../../src/importers/importer.ts";
import { columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { type LabberSpec, writeLabber } from "./hdf5-file.ts";
import { noteTexts, values } from "./import-text.ts";

afterAll(closeHdf5);

const GENERATOR = "Multi-Qubit Pulse Generator - , MQ PulseGen at localhost";
const DELAY = { name: "MQ PulseGen - Sequence duration", unit: "s", instrument: GENERATOR };
const REPEAT = { name: "Repetition" };
const FLUX = { name: "Flux - Voltage", unit: "mV", instrument: "Yokogawa" };
const qubit = (n: number) => ({ name: `MQ PulseGen - Voltage, QB${n}`, unit: "V", instrument: GENERATOR, complex: true });

/** Three delays, two repetitions: value 100 r + p, imaginary part its opposite. */
const T1: LabberSpec = {
  logName: "q5_T1",
  steps: [
    { ...DELAY, length: 3 },
    { ...REPEAT, length: 2 },
  ],
  logged: [qubit(5)],
  value: (name, [p = 0, r = 0], imaginary) =>
    name === DELAY.name ? p * 2e-6 : name === REPEAT.name ? r : (imaginary ? -1 : 1) * (100 * r + p),
};
async function read(change: Partial<LabberSpec> = {}): Promise<readonly Dataset[]> {
  const result = await importFile(await writeLabber({ ...T1, ...change }), "cd1/log.hdf5", NO_HINTS);
  if (result.status !== "imported") throw new Error(`${result.status}: ${result.message}`);
  expect(result.importer).toBe("labber");
  return result.datasets;
}

/** A vector log of two power steps; element (point, part, trace) is 4 point + 2 part + trace. */
const vector = (name: string, parts: { complex: number; axis: string; unit: string; starts: readonly number[] }): Partial<LabberSpec> => ({
  steps: [{ name: "VNA - Output power", unit: "dBm", instrument: "VNA", quantity: "Output power", length: 2 }],
  logged: [],
  value: (_, [k = 0]) => -30 + 10 * k,
  more: (file) => {
    const traces = file.create_group("Traces");
    const array = traces.create_dataset({ name, data: Float64Array.from({ length: 12 }, (_, k) => k), shape: [3, 2, 2] });
    array.create_attribute("complex", parts.complex);
    array.create_attribute("x, name", parts.axis);
    array.create_attribute("x, unit", parts.unit);
    traces.create_dataset({ name: `${name}_N`, data: Int32Array.of(3, 2) });
    traces.create_dataset({ name: `${name}_t0dt`, data: Float64Array.from(parts.starts), shape: [2, 2] });
  },
});

/** FORMATS.md, "Inside HDF5", Labber, clause by clause. */
const CLAUSES: readonly (readonly [clause: string, proof: () => Promise<void>])[] = [
  [
    "root attrs `log_name`, `creation_time`: the kind and the time; time stamps count from `creation_time`",
    async () => {
      const [first, second] = await read();
      expect([first!.kind, first!.kindInferred]).toEqual(["decay", false]);
      expect([first!.started, second!.started]).toEqual(["2018-11-03T16:35:23.250Z", "2018-11-03T16:35:33.250Z"]);
    },
  ],
  [
    "`/Channels` (compound), `/Step list`, `/Log list`: names, units, and which channel was stepped",
    async () => {
      const [dataset] = await read({ logged: [qubit(5), { name: "Fridge - Temperature", unit: "mK" }] });
      expect(columnsOf(dataset!).map(({ name, unit, role }) => [name, unit, role])).toEqual([
        [DELAY.name, "s", "delay"],
        [`${qubit(5).name}, real`, "V", "i"],
        [`${qubit(5).name}, imaginary`, "V", "q"],
      ]);
    },
  ],
  [
    '`Channel names.info` is "", "Real" or "Imaginary": a complex channel is two same-named columns',
    async () => {
      const [, second] = await read();
      expect([values(second!, "i"), values(second!, "q")]).toEqual([
        [100, 101, 102],
        [-100, -101, -102],
      ]);
      const [real] = await read({ logged: [{ ...qubit(5), complex: false }] });
      expect(values(real!, "voltage")).toEqual([0, 1, 2]);
    },
  ],
  [
    "`Data` is (n_inner, n_channels, n_entries): unfold with `Step dimensions`; a step order with the delay outermost",
    async () => {
      const steps = [
        { ...REPEAT, length: 2 },
        { ...FLUX, length: 2 },
        { ...DELAY, length: 3 },
      ];
      const value: LabberSpec["value"] = (name, [r = 0, f = 0, p = 0]) =>
        name === DELAY.name ? p * 1e-6 : name === REPEAT.name ? r : name === FLUX.name ? 10 * f : 100 * f + 10 * r + p;
      const all = await read({ steps, value });
      expect(all.map((d) => [d.conditions, values(d, "i")])).toEqual([
        [[{ name: FLUX.name, value: 0, unit: "V" }], [0, 1, 2]],
        [[{ name: FLUX.name, value: 0, unit: "V" }], [10, 11, 12]],
        [[{ name: FLUX.name, value: 0.01, unit: "V" }], [100, 101, 102]],
        [[{ name: FLUX.name, value: 0.01, unit: "V" }], [110, 111, 112]],
      ]);
      expect(values(all[3]!, "delay")).toEqual([0, 1, 2].map((p) => Math.fround(p * 1e-6)));
    },
  ],
  [
    "vector logs: `/Traces/<name>` (N, 2, entries) with attrs `complex`, `x, name`, `x, unit` and `<name>_N`, `<name>_t0dt`",
    async () => {
      const spec = vector("VNA - S21", { complex: 1, axis: "Frequency", unit: "Hz", starts: [5e9, 1e6, 6e9, 2e6] });
      const [first, second] = await read({ ...spec, logName: "resonator" });
      expect([first!.kind, first!.conditions]).toEqual(["scattering", [{ name: "power", value: 1e-6, unit: "W" }]]);
      expect([values(first!, "s_re", "21"), values(first!, "s_im", "21")]).toEqual([
        [0, 4, 8],
        [2, 6, 10],
      ]);
      // `_N` says 2 of 3 points.
      expect([values(second!, "frequency"), values(second!, "s_re")]).toEqual([
        [6e9, 6.002e9],
        [1, 5],
      ]);
    },
  ],
  [
    "vector logs of real numbers: the axis by `_t0dt`, or as the second part",
    async () => {
      const spec = vector("Digitizer - Trace", { complex: 0, axis: "Delay", unit: "us", starts: [0, 5, 0, 5] });
      const [own] = await read(spec);
      expect([own!.kind, values(own!, "voltage"), values(own!, "delay")]).toEqual(["decay", [0, 4, 8], [2e-6, 6e-6, 10e-6]]);
      const emptied = (file: File) => {
        spec.more!(file);
        const array = file.get("Traces/Digitizer - Trace") as { write_slice(ranges: number[][], data: Float64Array): void };
        array.write_slice(
          [
            [0, 3],
            [1, 2],
            [0, 2],
          ],
          new Float64Array(6),
        );
      };
      const [even] = await read({ ...spec, more: emptied });
      expect(values(even!, "delay")).toEqual([0, 5e-6, 10e-6]);
    },
  ],
  ...(
    [
      [-1, "T1", "decay"],
      [0, "Ramsey", "other"],
      [1, "echo", "other"],
    ] as const
  ).map(
    ([pulses, meaning, kind]) =>
      [
        `\`# of pi pulses\` ${pulses} marked ${meaning}, whatever the log is called`,
        async () => {
          const settings = { [GENERATOR]: { "# of pi pulses": pulses, Sequence: "CP/CPMG" } };
          const [dataset] = await read({ settings, logName: kind === "decay" ? "test" : "T1" });
          expect([dataset!.kind, dataset!.kindInferred]).toEqual([kind, false]);
          expect(noteTexts(dataset!)).toContain(formatMessages.labberPulses(pulses, meaning));
        },
      ] as const,
  ),
  [
    "aborted sweeps are normal (`Completed` False): what was measured is read, and said",
    async () => {
      const all = await read({
        steps: [
          { ...DELAY, length: 3 },
          { ...REPEAT, length: 4 },
        ],
        entries: 2,
        lastPoints: 2,
        completed: false,
      });
      expect(all.map((d) => values(d, "i"))).toEqual([
        [0, 1, 2],
        [100, 101],
      ]);
      expect(noteTexts(all[1]!)).toEqual(
        expect.arrayContaining([formatMessages.incompleteEntries(2, 4), formatMessages.incompleteTrace(2, 3)]),
      );
    },
  ],
  [
    "multi-qubit logs hold idle qubits: each channel is a dataset under its own qubit",
    async () => {
      const all = await read({ logged: [qubit(1), qubit(2)] });
      expect(all.map((d) => d.labels.qubit)).toEqual(["QB1", "QB1", "QB2", "QB2"]);
    },
  ],
  [
    "a log of one channel that names no qubit takes it from `log_name`",
    async () => expect((await read({ logged: [{ name: "Digitizer - Voltage", unit: "V" }] }))[0]!.labels.qubit).toBe("q5"),
  ],
  ["float32: the numbers are those of the file", async () => expect(values((await read())[0]!, "delay")[1]).toBe(Math.fround(2e-6))],
  [
    "tags and comments are notes, and change no id",
    async () => {
      const more = (file: File) => {
        file.create_attribute("comment", "after the warm-up");
        file.create_group("Tags").create_attribute("Tags", ["BFC3-17", "TWPA_A"]);
      };
      const [dataset] = await read({ more });
      expect(noteTexts(dataset!)).toEqual(
        expect.arrayContaining([formatMessages.labberComment("after the warm-up"), formatMessages.labberTags(["Tags: BFC3-17, TWPA_A"])]),
      );
      expect(dataset!.id).toBe((await read())[0]!.id);
    },
  ],
];

describe("FORMATS.md, Inside HDF5, Labber", () => {
  it.each(CLAUSES)("%s", (_, proof) => proof());
});
