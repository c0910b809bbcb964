import { expect } from "vitest";
import * as network from "../../src/core/messages/import-network.ts";
import * as say from "../../src/core/messages/import-vendor-csv.ts";
import { columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { and, grammar, notes, type Refusal, reads } from "./grammar-table.ts";
import { noteTexts, values } from "./import-text.ts";

const file = (...lines: readonly string[]) => `${lines.join("\r\n")}\r\n`;
const refused = (line: number, message: string): Refusal => ({ line, message });
const columns = (d: Dataset) => columnsOf(d).map((c) => [c.name, c.role, c.values[0]]);
const half = {
  f: [1e9, 2e9],
  11: [
    [0.5, 0.25],
    [0.6, 0.35],
  ],
};
const s21 = {
  f: [1e9, 2e9],
  21: [
    [0.5, 0.25],
    [0.6, 0.35],
  ],
};
const imaginary = { f: [1], 21: [[0, 0.1]] };

const PNA_HEADER = ["!CSV A.01.01", "!Keysight Technologies,N5247B,SERIAL-1,A.17", "!Date: Friday, September 11, 2026 14:48:21", ""];
const PNA = file(...PNA_HEADER, "BEGIN CH1_DATA", "Freq(Hz),S11(REAL),S11(IMAG)", "1e9,.5,.25", "2e9,.6,.35", "END", "");
const channel = (header: string, ...rows: readonly string[]) => file("!CSV A.01.01", "BEGIN CH1_DATA", header, ...rows, "END");

grammar("FORMATS.md, vendor CSV: Keysight PNA", [
  [
    "!CSV A.01.01, BEGIN CH1_DATA, header, END",
    "a.csv",
    PNA,
    and(reads(half), notes(say.instrument("Keysight Technologies,N5247B,SERIAL-1,A.17"))),
  ],
  ["recognised by BEGIN CH1_DATA alone, whatever the file is called", "a.txt", PNA.slice(PNA.indexOf("BEGIN")), reads(half)],
  ["when it was measured", "a.csv", PNA, (d) => expect(d.started).toBe("2026-09-11T14:48:21")],
  [
    'quoted commas "A,1"(REAL)',
    "a.csv",
    channel('Freq(Hz),"A,1"(REAL),"A,1"(IMAG)', "1e9,1,2"),
    (d) =>
      expect(columns(d).slice(1)).toEqual([
        ["A,1_re", "other", 1],
        ["A,1_im", "other", 2],
      ]),
  ],
  ["parts in words: Log Mag(dB), Phase(deg)", "a.csv", channel("Freq(Hz),S21 Log Mag(dB),S21 Phase(deg)", "1,-20,90"), reads(imaginary)],
  [
    "parts in words: Lin Mag(U), Phase(rad)",
    "a.csv",
    channel("Freq(Hz),S21 Lin Mag(U),S21 Phase(rad)", `1,.1,${Math.PI / 2}`),
    reads(imaginary),
  ],
  ["a magnitude alone", "a.csv", channel("Freq(Hz),S21(DB)", "1,-20"), (d) => expect(columns(d)[1]).toEqual(["s21_mag", "s_mag", 0.1])],
  [
    "a part that is not known is kept as a number",
    "a.csv",
    channel("Freq(Hz),S21(DB),S22(U)", "1,-20,3"),
    (d) => expect(columns(d)[2]).toEqual(["S22(U)", "other", 3]),
  ],
  [
    "several channels",
    "a.csv",
    PNA + PNA.slice(PNA.indexOf("BEGIN")).replace("CH1", "CH2").replaceAll("S11", "S21"),
    (_, all) => expect(all.map((d) => d.labels.trace)).toEqual(["S11", "S21"]),
  ],
  [
    "a sweep of power, dBm",
    "a.csv",
    channel("Power(dBm),S21(REAL),S21(IMAG)", "-20,1,2", "-10,3,4"),
    (d) => expect([d.kind, ...values(d, "power").map((x) => Number(x.toPrecision(12)))]).toEqual(["other", 1e-5, 1e-4]),
  ],
  ["an axis in another unit", "a.csv", PNA.replace("Freq(Hz)", "Freq(V)"), { message: network.axisUnit("Freq", "V", "Hz") }],
  [
    "a placeholder is not a measurement",
    "a.csv",
    channel("Freq(Hz),S11(REAL),S11(IMAG),S21 Lin Mag(U),S21 Phase(deg)", "1,.5,.1,1e-10,45", "2,.6,.1,1e-10,45"),
    notes(network.placeholder(["21"])),
  ],
  ["|S| > 1 is a warning", "a.csv", PNA.replace(".6,.35", "3,4"), notes(network.aboveOne("11", 5, 0))],
  [
    "no number: kept as not known",
    "a.csv",
    PNA.replace("2e9,.6", "2e9,nan"),
    and(notes(network.missing(1, 8)), (d) => expect(values(d, "s_re", "11")).toEqual([0.5, Number.NaN])),
  ],
  ["what is no number", "a.csv", PNA.replace("2e9,.6", "2e9,x"), { message: say.notANumber(8, 2, "x") }],
  ["a cell too few", "a.csv", PNA.replace(",.35", ""), refused(8, say.ragged(8, 2, 3))],
  ["no END", "a.csv", PNA.replace("END", ""), refused(5, say.noEnd(5))],
  ["no rows", "a.csv", channel("Freq(Hz),S11(DB)"), { message: say.noRows() }],
  ["no block", "a.csv", "!CSV A.01.01\n", { message: say.noHeader() }],
]);

const FOX = [
  "! FILETYPE CSV",
  "! VERSION 3.0,1",
  "! TIMESTAMP Wednesday, 08 November 2023 22:26:30",
  "! NAME Keysight Technologies",
  "! MODEL N9917A",
  "! Output_Power_Level, -15",
];
const FOX_UNITS = ["! DATA Freq,S11", "! FREQ UNIT MHz", "! XDATA UNIT Real", "! YDATA UNIT Imaginary"];
const FIELDFOX = file(...FOX, ...FOX_UNITS, "BEGIN", "1000,.5,.25", "2000,.6,.35", "END");
const single = (unit: string, value: string) =>
  file(...FOX, "! DATA Freq,S11", "! FREQ UNIT Hz", `! DATA UNIT ${unit}`, "BEGIN", `1,${value}`, "END");

grammar("FORMATS.md, vendor CSV: FieldFox", [
  ["! FILETYPE CSV .. BEGIN", "a.txt", FIELDFOX, and(reads(half), notes(say.instrument("Keysight Technologies N9917A")))],
  [
    "when it was measured, and at what source power",
    "a.csv",
    FIELDFOX,
    and(notes(say.sourcePower(-15)), (d) =>
      expect([d.started, d.conditions]).toEqual([
        "2023-11-08T22:26:30",
        [{ name: "power", value: expect.closeTo(10 ** -4.5, 15), unit: "W" }],
      ]),
    ),
  ],
  ["one column: dB", "a.csv", single("dB", "-20"), (d) => expect(columns(d)[1]).toEqual(["s11_mag", "s_mag", 0.1])],
  ["one column that is no part of S", "a.csv", single("VSWR", "1.2"), (d) => expect(d.kind).toBe("other")],
  ["no ! DATA", "a.csv", FIELDFOX.replace("! DATA Freq,S11\r\n", ""), { message: say.noHeader() }],
  ["no END", "a.csv", FIELDFOX.replace("END\r\n", ""), refused(11, say.noEnd(11))],
  ["|S| > 1 is a warning", "a.csv", FIELDFOX.replace(".6,.35", "3,4"), notes(network.aboveOne("11", 5, 0))],
]);

const ROHDE = file("freq[Hz];re:Trc1_S21;im:Trc1_S21;", "1.0E+09;5.0E-01;2.5E-01;", "2.0E+09;6.0E-01;3.5E-01;");
const rohde = (header: string, row: string) => file(header, row);

grammar("FORMATS.md, vendor CSV: Rohde & Schwarz", [
  ["freq[Hz];re:Trc1_S21;im:Trc1_S21; with ; at the end", "a.txt", ROHDE, reads(s21)],
  ["without ; at the end, comments in front", "a.dat", `# Version 1.00\n#\n${ROHDE.replaceAll(";\r\n", "\r\n")}`, reads(s21)],
  ["decimal comma", "a.csv", ROHDE.replaceAll(/(\d)\.(\d)/g, "$1,$2"), and(reads(s21), notes(say.decimalComma()))],
  ["mag / ang", "a.csv", rohde("freq[Hz];mag:Trc1_S21;ang:Trc1_S21;", "1;.1;90;"), reads(imaginary)],
  ["db / ang", "a.csv", rohde("freq[Hz];db:Trc1_S21;ang:Trc1_S21;", "1;-20;90;"), reads(imaginary)],
  ["db alone", "a.csv", rohde("freq[Hz];db:Trc2_S11;", "1;-20;"), (d) => expect(columns(d)[1]).toEqual(["s11_mag", "s_mag", 0.1])],
  [
    "stimulus power",
    "a.csv",
    rohde("power[dBm];mag:Trc1_S21;ang:Trc1_S21;", "-30;.1;90;"),
    (d) => expect([d.kind, values(d, "power")[0]]).toEqual(["other", expect.closeTo(1e-6, 18)]),
  ],
  [
    "stimulus time",
    "a.csv",
    rohde("time[s];mag:Trc1_S21;ang:Trc1_S21;", ".5;.1;90;"),
    (d) => expect([d.kind, values(d, "time")]).toEqual(["other", [0.5]]),
  ],
  [
    "S0201 of ten ports and more",
    "a.csv",
    rohde("freq[Hz];re:Trc1_S0211;im:Trc1_S0211;", "1;.5;0;"),
    (d) => expect(columns(d)[1]).toEqual(["s2,11_re", "s_re", 0.5]),
  ],
  ["|S| > 1 is a warning", "a.csv", ROHDE.replace("6.0E-01", "6.0E+01"), notes(network.aboveOne("21", Math.hypot(60, 0.35), 0))],
]);

const COPPER = file(
  "!Copper Mountain Technologies, S5048, 12345678",
  "!2026-09-11 14:48:21",
  "!Freq(Hz), S21(REAL), S21(IMAG)",
  "1e9, .5, .25",
  "2e9, .6, .35",
);
const ANRITSU = file(
  "MS46122B",
  "!9/11/2026 14:48:21",
  "!PARAMETER: S11,S21",
  "PNT,FREQ1.GHZ,LOGMAG1,FREQ2.GHZ,LOGMAG2,PHASE2.DEG",
  "1,1,-20,1,-40,90",
  "2,2,-20,2,-40,0",
);

grammar("FORMATS.md, vendor CSV: Copper Mountain, Anritsu, NanoVNA", [
  ["Copper Mountain: three ! lines", "a.txt", COPPER, and(reads(s21), (d) => expect(d.started).toBe("2026-09-11T14:48:21"))],
  ["Copper Mountain: names in a line of their own", "a.csv", COPPER.replace("!Freq", "Freq"), reads(s21)],
  [
    "Copper Mountain: the blocks of a PNA",
    "a.csv",
    COPPER.split("\r\n").slice(0, 2).join("\n") + PNA.slice(PNA.indexOf("\r\nBEGIN")),
    reads(half),
  ],
  ["Copper Mountain: without names", "a.csv", COPPER.replace("Freq(Hz), S21(REAL), S21(IMAG)", "x"), { message: say.noHeader() }],
  [
    "Copper Mountain: the same lines in front of Touchstone",
    "a.s1p",
    `${COPPER.split("\r\n").slice(0, 2).join("\n")}\n# Hz S RI R 50\n1e9 .5 .25\n2e9 .6 .35`,
    reads(half),
  ],
  [
    "Anritsu: an axis for each trace, names from !PARAMETER",
    "a.csv",
    ANRITSU,
    (d) =>
      expect(columns(d)).toEqual([
        ["frequency", "frequency", 1e9],
        ["s11_mag", "s_mag", 0.1],
        ["s21_re", "s_re", expect.closeTo(0, 15)],
        ["s21_im", "s_im", expect.closeTo(0.01, 15)],
      ]),
  ],
  [
    "Anritsu: traces of other axes are datasets of their own",
    "a.csv",
    ANRITSU.replace("2,2,-20,2,", "2,2,-20,3,"),
    (_, all) =>
      expect(all.map((d) => [d.labels.trace, values(d, "frequency")])).toEqual([
        ["S11", [1e9, 2e9]],
        ["S21", [1e9, 3e9]],
      ]),
  ],
  [
    "Anritsu: without !PARAMETER nobody knows the traces",
    "a.csv",
    ANRITSU.replace("!PARAMETER: S11,S21\r\n", ""),
    (d) => expect([d.kind, noteTexts(d)[1]]).toEqual(["other", say.tracesUnnamed()]),
  ],
  [
    "NanoVNA exports s1p",
    "nano.s1p",
    "# HZ S RI R 50\n50000 .96 -.01\n100000 .95 -.02\n",
    reads({
      f: [5e4, 1e5],
      11: [
        [0.96, -0.01],
        [0.95, -0.02],
      ],
    }),
  ],
  [
    "NanoVNA exports s2p",
    "nano.s2p",
    "# HZ S RI R 50\n50000 .9 0 .1 .2 0 0 0 0\n100000 .8 0 .1 .3 0 0 0 0\n",
    (d) => expect([values(d, "s_im", "21"), noteTexts(d)]).toEqual([[0.2, 0.3], [network.placeholder(["12", "22"])]]),
  ],
]);

const LABONE = "chunk;timestamp;x;y;frequency\n0;100;0.1;0.2;1e6\n0;200;0.3;0.4;1e6\n1;300;0.5;0.6;2e6\n";
const SWEEPER = "chunk;timestamp;size;fieldname;v0;v1;v2\n0;1;2;frequency;1e6;2e6;nan\n0;1;2;x;0.1;0.2;nan\n0;1;2;y;0.3;0.4;nan\n";

grammar("FORMATS.md, vendor CSV: LabOne", [
  [
    "chunk;timestamp;x;y;..: a row per sample, a dataset per chunk",
    "a.txt",
    LABONE,
    (_, all) =>
      expect(all.map((d) => [d.kind, d.labels.trace, values(d, "i"), values(d, "q")])).toEqual([
        ["other", "labone[0]", [0.1, 0.3], [0.2, 0.4]],
        ["other", "labone[1]", [0.5], [0.6]],
      ]),
  ],
  [
    "timestamps are ticks, and that is said",
    "a.csv",
    LABONE,
    (d) => expect(columnsOf(d)[0]).toMatchObject({ name: "timestamp", inferred: say.ticks() }),
  ],
  ["% in front of the names", "a.csv", `% ${LABONE}`, (_, all) => expect(all).toHaveLength(2)],
  [
    "a row per field, padded with nan",
    "a.csv",
    SWEEPER,
    (d) =>
      expect([values(d, "frequency"), values(d, "i"), values(d, "q")]).toEqual([
        [1e6, 2e6],
        [0.1, 0.2],
        [0.3, 0.4],
      ]),
  ],
  ["fields of different length", "a.csv", SWEEPER.replace("0;1;2;x", "0;1;3;x"), refused(3, say.fieldLength(3, "x", 3, 2))],
  ["a field longer than its row", "a.csv", SWEEPER.replace("0;1;2;x", "0;1;9;x"), refused(3, say.fieldLength(3, "x", 3, 9))],
]);
