import { lines, type Seed, type TextSeed, textSeed } from "./seed.ts";

const decay = (separator: string, mark = ".") =>
  Array.from({ length: 20 }, (_, k) => [k * 2.5, Math.exp(-k / 7).toFixed(5)].join(separator).replaceAll(".", mark));

const TEXTS: readonly TextSeed[] = [
  {
    importer: "csv",
    title: "a decay with sidecars",
    file: "q1_T1.csv",
    text: lines("# cooldown 3, qubit 1", "delay [us],p1,shots", ...decay(",").map((line) => `${line},1000`)),
    beside: {
      "conditions.csv": "file,power [dBm],temperature [mK],qubit\nq1_T1.csv,-30,12.5,q1\nq2_T1.csv,-20,13,q2\n",
      "q1_T1.json": JSON.stringify({ qubit: "q1", attenuation: "60 dB", cooldown: { name: "cd3", started: "2026-09-03T10:00:00Z" } }),
      "q1_T1_meta.xml": '<?xml version="1.0"?><meta><power unit="dBm">-30</power><fridge temperature="12 mK"/><!-- c --></meta>',
    },
  },
  {
    importer: "csv",
    title: "decimal commas and blocks",
    file: "sweep.txt",
    text: lines(
      "frequency [GHz];power [dBm];S21 [dB];phase [deg]",
      ...[4.5, 4.6, 4.7].map((f) => `${f};-30;-20,5;12,5`.replaceAll(".", ",")),
      "",
      ...[4.5, 4.6, 4.7].map((f) => `${f};-20;-20,7;12,6`.replaceAll(".", ",")),
    ),
  },
  {
    importer: "csv",
    title: "a long table in UTF-16",
    file: "long.csv",
    text: `\ufeff${lines("delay (µs)\tqubit\tV [mV]", ...["q1", "q2"].flatMap((q) => decay("\t").map((line) => line.replace("\t", `\t${q}\t`))))}`,
  },
  {
    importer: "qiskit",
    title: "counts",
    file: "experiment.json",
    text: JSON.stringify(
      [0, 10, 20, 30, 40].map((t, k) => ({
        counts: { "0": 20 + 180 * k, "1": 980 - 180 * k },
        metadata: { xval: t * 1e-6, unit: "s" },
        shots: 1000,
      })),
    ),
  },
  {
    importer: "qiskit",
    title: "encoded objects",
    file: "encoded.json",
    text: JSON.stringify({
      __type__: "object",
      __value__: {
        class: {
          __type__: "type",
          __value__: { name: "ExperimentData", module: "qiskit_experiments.framework.experiment_data", version: "0.6.1" },
        },
        settings: {
          _db_data: { experiment_type: "T1", start_datetime: "2024-05-14 09:30:00.250000+00:00", metadata: { physical_qubits: [3] } },
          _result_data: {
            _container: [1e-6, 5e-5, 1e-4].map((xval, k) => ({
              counts: { "0": 20 + 300 * k, "1": 980 - 300 * k },
              metadata: { xval },
              shots: 1000,
              meas_level: 2,
            })),
          },
        },
      },
    }),
  },
  {
    importer: "qcodes-legacy",
    title: "with snapshot",
    file: "awg_delay_set.dat",
    text: '# awg_delay_set\tq1_p1\n# "Delay"\t"Population"\n# 4\n0\t0.9\n1e-05\t0.5\n2e-05\tnan\n4e-05\t0.2\n',
    beside: {
      "snapshot.json": JSON.stringify({
        arrays: { awg_delay_set: { unit: "s", label: "Delay", is_setpoint: true }, q1_p1: { unit: "", label: "Population" } },
        location: "data/2017-08-03/#001_T1_15-30-11",
        loop: { ts_start: "2017-08-03 15:30:11" },
      }),
    },
  },
  {
    importer: "matrix",
    title: "positions in the first row and column",
    file: "map.txt",
    text: "# t = 1 ms\ny\\x;0;10;20\n0;1;2,5;3\n5;4;;6\n\n# t = 3 ms\ny\\x;0;10;20\n0;1;2;3\n5;4;5;6\n",
    hints: {
      kind: "field",
      map: {
        matrix: {
          across: { role: "x", unit: "um" },
          down: { role: "y", unit: "um" },
          values: { role: "u", unit: "J/m^2" },
        },
      },
    },
  },
];

/** CSV with sidecars, matrices, Qiskit, QCoDeS' older text files. */
export const TEXT_SEEDS: readonly Seed[] = TEXTS.map(textSeed);
