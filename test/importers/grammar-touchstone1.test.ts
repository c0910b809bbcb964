import { expect } from "vitest";
import * as network from "../../src/core/messages/import-network.ts";
import * as say from "../../src/core/messages/touchstone.ts";
import { columnsOf } from "../../src/tables/dataset.ts";
import { numbersByName } from "./expected-networks.ts";
import { and, grammar, notes, reads } from "./grammar-table.ts";

const half = { f: [5e9], 11: [[0.5, -0.25]] };
const imaginary = (f: number) => ({ f: [f], 11: [[0, 0.1]] });
const LINE = "# GHz S RI R 50";
const TWO = `${LINE}\n1 .1 0 .2 0 .3 0 .4 0\n2 .1 0 .2 0 .3 0 .4 0\n`;
const twoPort = { f: [1e9, 2e9], 11: both(0.1), 21: both(0.2), 12: both(0.3), 22: both(0.4) };
function both(x: number): number[][] {
  return [
    [x, 0],
    [x, 0],
  ];
}
/** Nine numbers 11, 12, 13, 21, .. as S / 100. */
const CELLS = ["11", "12", "13", "21", "22", "23", "31", "32", "33"];
const threePort = { f: [1e9], ...Object.fromEntries(CELLS.map((port) => [port, [[Number(port) / 100, 0]]])) };
const cells = (...ports: string[]) => ports.map((port) => `.${port} 0`).join(" ");
const FOUR = Array.from({ length: 16 }, (_, i) => `${i} 0`);
const series = (format: string, numbers: string) => `# GHz ${format} RI R 75\n1 ${numbers}\n`;
// Series impedance of 75 (1 + i) ohm between ports of 75 ohm: S11 = z/(z+2), S21 = 2/(z+2).
const line = { f: [1e9], 11: [[0.4, 0.2]], 21: [[0.6, -0.2]], 12: [[0.6, -0.2]], 22: [[0.4, 0.2]] };

grammar("FORMATS.md, Touchstone 1.x: option line", [
  ["in any order: as the specification writes it", "a.s1p", `${LINE}\n5 0.5 -0.25`, reads(half)],
  ["in any order: format first, unit last", "a.s1p", "# RI R 50 S GHz\n5 0.5 -0.25", reads(half)],
  ["in any order: R first", "a.s1p", "# R 50 GHz RI S\n5 0.5 -0.25", reads(half)],
  ["case-insensitive", "a.s1p", "# gHZ s rI r 50\n5 0.5 -0.25", reads(half)],
  ["may be indented, with tabs", "a.s1p", "  \t#\tRI\tGHz \n5 0.5 -0.25", reads(half)],
  ["no blank behind #", "a.s1p", "#GHz S RI R 50\n5 0.5 -0.25", reads(half)],
  ["with a comment behind it", "a.s1p", `${LINE} ! Hz DB\n5 0.5 -0.25`, reads(half)],
  ["only the first counts", "a.s1p", `${LINE}\n# Hz S DB R 75\n5 0.5 -0.25\n# MHz`, and(reads(half), notes(say.secondOptionLine(2)))],
  ["defaults GHz S MA R 50: a bare #", "a.s1p", "#\n5 0.1 90", reads(imaginary(5e9))],
  ["default unit GHz", "a.s1p", "# S MA R 50\n5 0.1 90", reads(imaginary(5e9))],
  ["default parameter S", "a.s1p", "# GHz MA\n5 0.1 90", reads(imaginary(5e9))],
  ["default format MA", "a.s1p", "# GHz S R 50\n5 0.1 90", reads(imaginary(5e9))],
  ["default R 50", "a.s1p", "# GHz Z MA\n5 1 0", and(reads({ f: [5e9], 11: [[0, 0]] }), notes(network.converted("Z", [50])))],
  ["absent line: the defaults, with a warning", "a.s1p", "5 0.1 90\n", and(reads(imaginary(5e9)), notes(say.noOptionLine()))],
  ["unit Hz", "a.s1p", "# Hz RI\n5 0.5 -0.25", reads({ ...half, f: [5] })],
  ["unit kHz", "a.s1p", "# kHz RI\n5 0.5 -0.25", reads({ ...half, f: [5e3] })],
  ["unit MHz", "a.s1p", "# MHz RI\n5 0.5 -0.25", reads({ ...half, f: [5e6] })],
  [
    "frequencies with one rounding",
    "a.s1p",
    "# GHz RI\n8.200016 0.5 -0.25",
    (d) => expect(numbersByName(d).get("frequency")![0]).toBe(8200016000),
  ],
  [
    "unit s: a sweep in time",
    "a.s1p",
    "# s S RI R 50\n1 0.5 0\n2 0.6 0",
    (d) => expect([d.kind, ...numbersByName(d).get("time")!]).toEqual(["other", 1, 2]),
  ],
  ["a word that is no option", "a.s1p", "! c\n# GHz S XX R 50\n5 0.5 0", { line: 2, message: say.unknownOption(2, "XX") }],
  ["R is a number above 0", "a.s1p", "# GHz S RI R zero\n5 0.5 0", { line: 1, message: say.badReference(1, "zero") }],
  [
    "R complex, outside the format: kept as written, noted",
    "a.s1p",
    "# GHz S RI R (50-10j)\n5 0.5 -0.25",
    and(reads(half), notes(say.complexReference("(50-10j)"))),
  ],
  [
    "R of each port (version 1.1 of 2024)",
    "a.s2p",
    `${LINE} 75\n1 .1 0 .2 0 .3 0 .4 0\n2 .1 0 .2 0 .3 0 .4 0`,
    and(reads(twoPort), notes(say.references([50, 75]))),
  ],
  ["R of each port, of other than all", "a.s1p", `${LINE} 75\n5 0.5 -0.25`, { message: say.referenceCount(2, 1) }],
  ["stands in front of the data", "a.s1p", `5 0.1 90\n${LINE}\n6 0.1 90`, { line: 2, message: say.lateOptionLine(2) }],
]);

grammar("FORMATS.md, Touchstone 1.x: numbers and lines", [
  ["RI: real and imaginary part", "a.s1p", "# GHz RI\n5 0.5 -0.25", reads(half)],
  ["MA: magnitude, angle in degrees", "a.s1p", "# GHz MA\n5 0.1 90", reads(imaginary(5e9))],
  ["DB is 20 log10, angle in degrees", "a.s1p", "# GHz DB\n5 -20 90", reads(imaginary(5e9))],
  ["! comments anywhere", "a.s1p", `! a\n\n ! b\n${LINE} ! c\n! d\n5 0.5 -0.25 ! e\n!f`, reads(half)],
  ["2-port order N11 N21 N12 N22", "a.s2p", TWO, reads(twoPort)],
  [
    "3 ports row-major, a row per line",
    "a.s3p",
    `${LINE}\n1 ${cells("11", "12", "13")}\n${cells("21", "22", "23")}\n${cells("31", "32", "33")}`,
    reads(threePort),
  ],
  [
    "3 ports, wrapped at 4 pairs",
    "a.s3p",
    `${LINE}\n1 ${cells("11", "12", "13", "21")}\n${cells("22", "23", "31", "32")}\n${cells("33")}`,
    reads(threePort),
  ],
  ["3 ports, on one line", "a.s3p", `${LINE}\n1 ${cells(...CELLS)}`, reads(threePort)],
  [
    "4 ports, wrapped at 4 pairs, frequency only on the first line",
    "a.s4p",
    `${LINE}\n${[1, 2].map((f) => `${f} ${FOUR.slice(0, 4).join(" ")}\n${FOUR.slice(4, 8).join(" ")}\n${FOUR.slice(8, 12).join(" ")}\n${FOUR.slice(12).join(" ")}`).join("\n")}`,
    (d) => {
      const numbers = numbersByName(d);
      expect([[...numbers.get("frequency")!], [...numbers.get("s14_re")!], [...numbers.get("s41_re")!]]).toEqual([
        [1e9, 2e9],
        [3, 3],
        [12, 12],
      ]);
    },
  ],
  ["LF", "a.s2p", TWO, reads(twoPort)],
  ["CR LF", "a.s2p", TWO.replaceAll("\n", "\r\n"), reads(twoPort)],
  ["bare CR", "a.s2p", TWO.replaceAll("\n", "\r"), reads(twoPort)],
  ["line ends mixed, none behind the last line", "a.s2p", TWO.trimEnd().replace("\n", "\r").replace("\n", "\r\n"), reads(twoPort)],
  ["Latin-1", "a.s2p", Buffer.from(`! 45\u00b0\n${TWO}`, "latin1"), reads(twoPort)],
  ["byte-order mark, UTF-8", "a.s2p", `\ufeff${TWO}`, reads(twoPort)],
  ["byte-order mark, UTF-16", "a.s2p", Buffer.from(`\ufeff${TWO}`, "utf16le"), reads(twoPort)],
  ["the end mark of DOS", "a.s2p", `${TWO}\u001a`, reads(twoPort)],
  ["exponent of three digits: e-001", "a.s1p", "# GHz RI\n5e+000 5.0e-001 -2.5E-001", reads(half)],
  ["Fortran D", "a.s1p", "# GHz RI\n5D0 5.0D-01 -2.5d-1", reads(half)],
  ["tabs and blanks around", "a.s1p", "# GHz RI\n \t5\t 0.5\t-0.25 \t\n  \n", reads(half)],
  ["without an ending .sNp, 3 numbers are one port", "a.txt", "# GHz RI\n5 0.5 -0.25", reads(half)],
  ["without an ending .sNp, 9 numbers are two ports", "a.txt", TWO, reads(twoPort)],
  ["without an ending .sNp, others are none", "a.txt", "# GHz RI\n5 0.5 -0.25 1 1", { message: say.portsUnknown(5) }],
  ["one frequency", "a.s1p", "# GHz RI\n5 0.5 -0.25\n", reads(half)],
  [
    "no number: kept as not known",
    "a.s1p",
    "# GHz RI\n5 nan -0.25",
    and(reads({ f: [5e9], 11: [[Number.NaN, -0.25]] }), notes(network.missing(1, 2))),
  ],
]);

grammar("FORMATS.md, Touchstone 1.x: normalisation", [
  ["Z = z R", "a.s1p", "# GHz Z RI R 75\n1 2 0", and(reads({ f: [1e9], 11: [[1 / 3, 0]] }), notes(network.converted("Z", [75])))],
  ["Y = y / R", "a.s1p", "# GHz Y RI R 50\n1 2 0", reads({ f: [1e9], 11: [[-1 / 3, 0]] })],
  ["Y of two ports", "a.s2p", series("Y", "0.5 -0.5 -0.5 0.5 -0.5 0.5 0.5 -0.5"), reads(line)],
  ["H11 R, H12, H21, H22 / R", "a.s2p", series("H", "1 1 -1 0 1 0 0 0"), reads(line)],
  ["G11 / R, G12, G21, G22 R", "a.s2p", series("G", "0 0 1 0 -1 0 1 1"), reads(line)],
  [
    "Z of two ports: a shunt of R",
    "a.s2p",
    "# GHz Z RI R 50\n1 1 0 1 0 1 0 1 0",
    reads({ f: [1e9], 11: [[-1 / 3, 0]], 21: [[2 / 3, 0]], 12: [[2 / 3, 0]], 22: [[-1 / 3, 0]] }),
  ],
  // V1 = V2 = 100 (I1 + I2) ohm over sqrt(R1 R2), R1 = 50, R2 = 200: S11 = (y1 - y2 - y)/(y1 + y2 + y) with y1 = 4, y2 = 1, y = 2 in units of 5 mS.
  [
    "Z over the root of both references where ports differ",
    "a.s2p",
    "# GHz Z RI R 50 200\n1 2 0 1 0 1 0 .5 0",
    reads({ f: [1e9], 11: [[1 / 7, 0]], 21: [[4 / 7, 0]], 12: [[4 / 7, 0]], 22: [[-5 / 7, 0]] }),
  ],
  ["H and G need two ports", "a.s1p", "# GHz H RI\n1 1 0", { message: say.hybridNeedsTwoPorts("H", 1) }],
]);

const NOISE = "1 .7 .5 90 .38\n1.5 2.7 .46 180 .4\n";
grammar("FORMATS.md, Touchstone 1.x: noise, order, comments of programs", [
  [
    "2-port noise block: 5 columns from a frequency <= the last one",
    "a.s2p",
    TWO + NOISE,
    and(reads(twoPort), notes(say.noiseRead(2, 4, 50)), (_, [, noise]) => {
      expect(noise).toMatchObject({ kind: "other", labels: { trace: "noise" } });
      expect(columnsOf(noise!).map((c) => [c.name, c.unit, ...c.values])).toEqual([
        ["frequency", "Hz", 1e9, 1.5e9],
        ["nf_min", "dB", 0.7, 2.7],
        ["gamma_opt_re", "1", 0, -0.46],
        ["gamma_opt_im", "1", 0.5, expect.closeTo(0, 15)],
        ["r_n", "1", 0.38, 0.4],
      ]);
    }),
  ],
  ["noise from the last frequency itself", "a.s2p", `${TWO}2 .7 .5 90 .38`, (_, all) => expect(all).toHaveLength(2)],
  [
    "R_n is normalised",
    "a.s2p",
    TWO.replace("R 50", "R 75") + NOISE,
    and(notes(say.noiseRead(2, 4, 75)), (_, [, noise]) => expect([...numbersByName(noise!).get("r_n")!]).toEqual([0.38, 0.4])),
  ],
  ["five columns at a higher frequency are a record cut off", "a.s2p", `${TWO}3 .7 .5 90 .38`, { line: 4, message: say.cutOff(4, 5, 9) }],
  [
    "five columns in a sweep that falls are a record cut off",
    "a.s2p",
    `${LINE}\n2 .1 0 .2 0 .3 0 .4 0\n1 .1 0 .2 0 .3 0 .4 0\n.5 .1 0 .2 0`,
    { line: 4, message: say.cutOff(4, 5, 9) },
  ],
  ["noise before the network data", "a.s2p", `${LINE}\n${NOISE}1 .1 0 .2 0 .3 0 .4 0`, { line: 2, message: say.wrongCount(2, 5, 9, 2) }],
  ["network data behind the noise", "a.s2p", `${TWO}${NOISE}5 .1 0 .2 0 .3 0 .4 0`, { line: 6, message: say.afterNoise(6) }],
  ["a noise line has 5 columns", "a.s2p", `${TWO}${NOISE}2 1 2`, { line: 6, message: say.badNoise(6, 3) }],
  [
    "decreasing frequency of 9 columns is no noise: sorted with a warning, none dropped",
    "a.s2p",
    TWO.replace("\n2", "\n.5"),
    and(reads({ ...twoPort, f: [5e8, 1e9] }), notes(network.sorted())),
  ],
  [
    "repeated frequencies are kept, in their order",
    "a.s1p",
    "# Hz RI\n1 .1 0\n2 .2 0\n2 .3 0",
    and(
      reads({
        f: [1, 2, 2],
        11: [
          [0.1, 0],
          [0.2, 0],
          [0.3, 0],
        ],
      }),
      notes(network.repeatedFrequencies(1)),
    ),
  ],
  [
    "HFSS: ! Gamma, ! Port Impedance6.46.. per frequency, wrapped",
    "a.s1p",
    `${LINE}\n1 .5 0\n! Gamma ! 1 2\n! Port Impedance30 -10\n2 .6 0\n! Port Impedance 20\n! 10`,
    and(notes(say.portImpedance()), (d) => {
      const numbers = numbersByName(d);
      expect([[...numbers.get("z1_re")!], [...numbers.get("z1_im")!]]).toEqual([
        [30, 20],
        [-10, 10],
      ]);
    }),
  ],
  [
    "HFSS: port impedances that are not there for every frequency are left out",
    "a.s1p",
    `${LINE}\n1 .5 0\n! Port Impedance 30 -10\n2 .6 0`,
    (d) => expect([...numbersByName(d).keys()]).toEqual(["frequency", "s11_re", "s11_im"]),
  ],
  [
    "HFSS terminal data state a matrix: its diagonal",
    "a.s2p",
    `${LINE}\n1 .5 0 0 0 0 0 .5 0\n! Port Impedance51 1 0 0\n! 0 0 52 2`,
    (d) => expect(["z1_re", "z1_im", "z2_re", "z2_im"].map((name) => numbersByName(d).get(name)![0])).toEqual([51, 1, 52, 2]),
  ],
  [
    "HFSS terminal data whose ports are coupled have no impedance of each",
    "a.s2p",
    `${LINE}\n1 .5 0 0 0 0 0 .5 0\n! Port Impedance51 1 3 0\n! 0 0 52 2`,
    (d) => expect(numbersByName(d).has("z1_re")).toBe(false),
  ],
  [
    "a placeholder is not a measurement: 1+0j and 1e-10 at 45 degrees beside a signal",
    "a.s2p",
    "# GHz MA\n1 1 0 .5 1 1e-10 45 0 0\n2 1 0 .6 1 1e-10 45 0 0",
    and(notes(network.placeholder(["11", "12", "22"])), (d) =>
      expect(
        columnsOf(d)
          .filter((c) => c.role === "s_re")
          .map((c) => c.port),
      ).toEqual(["21"]),
    ),
  ],
  [
    "a placeholder alone may be an ideal element: kept, and said to be no measurement",
    "a.s1p",
    "# GHz MA\n1 1 0\n2 1 0",
    and(
      notes(network.idealElement(["11"])),
      reads({
        f: [1e9, 2e9],
        11: [
          [1, 0],
          [1, 0],
        ],
      }),
    ),
  ],
  ["|S| > 1 is a warning", "a.s2p", "# GHz MA\n1 .1 0 3.2 40 1.5 0 .5 0", notes(network.aboveOne("21", 3.2, 1))],
]);

grammar("Touchstone 1.x: damaged files, with the line", [
  ["no line of data", "a.s1p", `${LINE}\n! nothing\n`, { message: say.noData() }],
  [
    "a record cut in the middle",
    "a.s3p",
    `${LINE}\n1 ${cells("11", "12", "13")}\n${cells("21", "22")}\n`,
    { line: 3, message: say.cutOff(3, 11, 19) },
  ],
  ["a number too few", "a.s1p", `${LINE}\n1 0.5 0\n2 0.5\n3 0.5 0`, { line: 3, message: say.wrongCount(3, 2, 3, 1) }],
  ["a name of another number of ports", "a.s1p", TWO, { line: 2, message: say.wrongCount(2, 9, 3, 1) }],
  ["a name of more ports", "a.s2p", `${LINE}\n1 0.5 0\n2 0.5 0`, { line: 2, message: say.wrongCount(2, 3, 9, 2) }],
  ["a name of no port", "a.s0p", `${LINE}\n1 0.5 0`, { message: say.portsUnknown(0) }],
  ["a decimal comma", "a.s1p", `${LINE}\n1,5 0,5 0`, { line: 2, message: say.notANumber(2, "1,5") }],
  ["a frequency that is no number", "a.s1p", `${LINE}\nnan 0.5 0`, { line: 2, message: say.notANumber(2, "NaN") }],
  ["a number beyond float64", "a.s1p", `${LINE}\n1 1e400 0`, { line: 2, message: say.notANumber(2, "1e400") }],
  ["a keyword of version 2", "a.s1p", `${LINE}\n[Number of Ports] 1\n1 0 0`, { line: 2, message: say.noVersion(2, "Number of Ports") }],
]);
