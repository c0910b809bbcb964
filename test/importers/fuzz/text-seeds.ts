import { writeCiti } from "../../../src/importers/citi/write.ts";
import { type Seed, utf8 } from "./seed.ts";

const lines = (...all: readonly string[]) => `${all.join("\n")}\n`;
const decay = (separator: string, mark = ".") =>
  Array.from({ length: 20 }, (_, k) => [k * 2.5, Math.exp(-k / 7).toFixed(5)].join(separator).replaceAll(".", mark));

interface TextSeed extends Omit<Seed, "bytes" | "beside"> {
  readonly text: string;
  readonly beside?: Readonly<Record<string, string>>;
}

const TEXTS: readonly TextSeed[] = [
  {
    importer: "touchstone",
    title: "two ports with noise",
    file: "a.s2p",
    text: lines(
      "! made by hand",
      "# GHz S MA R 50",
      "1 0.5 10 2.0 -20 0.1 30 0.4 40",
      "2 0.6 11 2.1 -21 0.2 31 0.5 41 ! comment",
      "3 0.7 12 2.2 -22 0.3 32 0.6 42",
      "1 2.5 0.4 100 0.3",
      "2 2.7 0.5 110 0.4",
    ),
  },
  {
    importer: "touchstone",
    title: "three ports of an HFSS export",
    file: "b.s3p",
    text: lines(
      "# Hz Z RI R 75",
      ...[1, 2].flatMap((f) => [
        `${f}e9 1 2 3 4 5 6`,
        "7 8 9 10 11 12",
        "13 14 15 16 17 18",
        "! Gamma 0 1 0 2 0 3",
        "! Port Impedance 50 0 60 0 70 0",
      ]),
    ),
  },
  {
    importer: "touchstone",
    title: "version 2",
    file: "c.ts",
    text: lines(
      "[Version] 2.0",
      "# GHz S RI R 50",
      "[Number of Ports] 2",
      "[Two-Port Data Order] 21_12",
      "[Number of Frequencies] 2",
      "[Number of Noise Frequencies] 1",
      "[Reference] 50 50",
      "[Mixed-Mode Order] D1,2 C1,2",
      "[Begin Information]",
      "made by hand",
      "[End Information]",
      "[Network Data]",
      "1 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8",
      "2 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9",
      "[Noise Data]",
      "1 2.5 0.4 100 0.3",
      "[End]",
    ),
  },
  {
    importer: "keysight-pna",
    title: "two channels",
    file: "pna.csv",
    text: [
      "!CSV A.01.01",
      "!Keysight Technologies,N5247B,SERIAL-1,A.17",
      "!Date: Friday, September 11, 2026 14:48:21",
      "",
      "BEGIN CH1_DATA",
      "Freq(Hz),S11(REAL),S11(IMAG),S21 Log Mag(dB),S21 Phase(deg)",
      "1e9,0.5,0.25,-20,90",
      "2e9,0.6,0.35,-20,0",
      "END",
      "BEGIN CH2_DATA",
      'Freq(Hz),"A,1"(REAL),"A,1"(IMAG),S21(DB),S22(U)',
      "1e9,1,2,-20,3",
      "END",
      "",
    ].join("\r\n"),
  },
  {
    importer: "fieldfox",
    title: "one trace",
    file: "fox.csv",
    text: lines(
      "! FILETYPE CSV",
      "! VERSION 3.0,1",
      "! TIMESTAMP Wednesday, 08 November 2023 22:26:30",
      "! MODEL N9917A",
      "! Output_Power_Level, -15",
      "! DATA Freq,S11",
      "! FREQ UNIT MHz",
      "! XDATA UNIT Real",
      "! YDATA UNIT Imaginary",
      "BEGIN",
      "1000,0.5,0.25",
      "2000,0.6,0.35",
      "END",
    ),
  },
  {
    importer: "rohde-schwarz",
    title: "decimal commas",
    file: "rs.csv",
    text: lines(
      "# Version 1.00",
      "#",
      "freq[Hz];re:Trc1_S21;im:Trc1_S21;db:Trc2_S11;",
      "1,000000E+09;5,0E-01;2,5E-01;-2,0E+01;",
      "2,000000E+09;6,0E-01;3,5E-01;-2,0E+01;",
    ),
  },
  {
    importer: "copper-mountain",
    title: "one trace",
    file: "cmt.csv",
    text: lines(
      "!Copper Mountain Technologies, S5048, 12345678",
      "!2026-09-11 14:48:21",
      "!Freq(Hz), S21(REAL), S21(IMAG)",
      "1e9, 0.5, 0.25",
      "2e9, 0.6, 0.35",
    ),
  },
  {
    importer: "anritsu",
    title: "two traces",
    file: "anritsu.csv",
    text: lines(
      "MS46122B",
      "!9/11/2026 14:48:21",
      "!PARAMETER: S11,S21",
      "PNT,FREQ1.GHZ,LOGMAG1,FREQ2.GHZ,LOGMAG2,PHASE2.DEG",
      "1,1,-20,1,-40,90",
      "2,2,-20,2,-40,0",
    ),
  },
  {
    importer: "labone",
    title: "demodulator",
    file: "labone.csv",
    text: lines("chunk;timestamp;x;y;frequency", "0;100;0.1;0.2;1e6", "0;200;0.3;0.4;1e6", "1;300;0.5;0.6;2e6"),
  },
  {
    importer: "labone",
    title: "sweeper",
    file: "sweeper.csv",
    text: lines("chunk;timestamp;size;fieldname;v0;v1;v2", "0;1;2;frequency;1e6;2e6;nan", "0;1;2;x;0.1;0.2;nan", "0;1;2;y;0.3;0.4;nan"),
  },
  {
    importer: "mdif",
    title: "an option line and typed columns",
    file: "a.mdf",
    text: lines(
      "! comment",
      "VAR Vg = -1",
      "BEGIN ACDATA",
      "# GHz S RI R 50",
      "% F n11x n11y n21x n21y n12x n12y n22x n22y",
      "1 1 0.1 2 0.2 3 0.3 4 0.4",
      "END",
      "VAR Vg = 1",
      "BEGIN ACDATA",
      "# GHz S RI R 50",
      "% F n11x n11y n21x n21y n12x n12y n22x n22y",
      "1 1 0.1 2 0.2 3 0.3 4 0.5",
      "END",
    ),
  },
  {
    importer: "mdif",
    title: "generic",
    file: "b.mdf",
    text: lines(
      "VAR Cm(real) = 7e-16",
      "BEGIN sweep",
      "% freq(real) S[1,1](complex)",
      "% note(string)",
      "1e9 0.5",
      '0.25 "a b"',
      "2e9 0.6 0.35 c",
      "END",
    ),
  },
  {
    importer: "citi",
    title: "two packages",
    file: "a.citi",
    text: writeCiti([
      {
        name: "DATA",
        variables: [
          { name: "POWER", values: [-20, -10] },
          { name: "FREQ", values: [1e9, 2e9] },
        ],
        data: [{ name: "S[1,1]", values: [1, 2, 3, 4].map((x) => [x / 10, -x / 10] as const) }],
        constants: [{ name: "VG", values: [-0.5] }],
        comments: ["1 2 3"],
      },
      {
        name: "B",
        variables: [{ name: "FREQ", values: [1e9, 2e9] }],
        data: [{ name: "S[2,1]", format: "MAGANGLE", values: [1, 2].map((x) => [x / 10, x / 5] as const) }],
      },
    ]),
  },
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

export const TEXT_SEEDS: readonly Seed[] = TEXTS.map(({ text, beside, ...seed }) => ({
  ...seed,
  bytes: seed.title.includes("UTF-16") ? new Uint8Array(Buffer.from(text, "utf16le")) : utf8(text),
  ...(beside === undefined ? {} : { beside: Object.fromEntries(Object.entries(beside).map(([name, content]) => [name, utf8(content)])) }),
}));
