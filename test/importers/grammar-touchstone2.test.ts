import { expect } from "vitest";
import { converted } from "../../src/core/messages/import-network.ts";
import * as say from "../../src/core/messages/touchstone.ts";
import { columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { and, grammar, notes, type Refusal, reads } from "./grammar-table.ts";
import { noteTexts } from "./import-text.ts";

const FULL = ["[Version] 2.0", "# GHz S RI R 50", "[Number of Ports] 2", "[Two-Port Data Order] 12_21", "[Number of Frequencies] 1"];
const DATA = ["[Network Data]", "1 .1 0 .2 0 .3 0 .4 0"];
const file = (...lines: readonly (string | readonly string[])[]) => `${lines.flat().join("\n")}\n`;
/** The header with one line in place of the one that begins so; none removes it. */
const having = (begin: string, ...lines: readonly string[]) => FULL.flatMap((line) => (line.startsWith(begin) ? lines : [line]));
const twoPort = { f: [1e9], 11: [[0.1, 0]], 12: [[0.2, 0]], 21: [[0.3, 0]], 22: [[0.4, 0]] };
const swapped = { ...twoPort, 12: [[0.3, 0]], 21: [[0.2, 0]] };
const only =
  (...sentences: readonly string[]) =>
  (dataset: Dataset) =>
    expect(noteTexts(dataset)).toEqual(sentences);
const refused = (line: number, message: string): Refusal => ({ line, message });

const ONE = ["[Version] 2.0", "# GHz S RI R 50", "[Number of Ports] 1", "[Network Data]", "1 .5 0", "[End]"];
const onePort = { f: [1e9], 11: [[0.5, 0]] };
const ports = (n: number, ...lines: readonly string[]) => [
  "[Version] 2.0",
  "# Hz S RI",
  `[Number of Ports] ${n}`,
  "[Number of Frequencies] 1",
  ...lines,
];

grammar("FORMATS.md, Touchstone 2.x: keywords", [
  ["[Version] 2.0", "a.ts", file(FULL, DATA, "[End]"), and(reads(twoPort), only())],
  ["[Version] 2.1", "a.ts", file(having("[Version]", "[Version] 2.1"), DATA), reads(twoPort)],
  ["[Version] of another number", "a.ts", file(having("[Version]", "[Version] 3.0"), DATA), refused(1, say.unknownVersion(1, "3.0"))],
  [
    "keywords in any case, with blanks inside the brackets",
    "a.ts",
    file(FULL, DATA).replace("[Number of Ports] 2", "  [ NUMBER  of ports ]\t2 ! c"),
    reads(twoPort),
  ],
  [
    "comments anywhere, behind any number of them",
    "a.ts",
    `${"! c\r\n\r\n".repeat(900)}${file(FULL, "! c", "[Network Data] ! c", "! c", "1 .1 0 .2 0 ! c", "! c", ".3 0 .4 0", "[End] ! c")}`,
    reads(twoPort),
  ],
  ["bare CR", "a.ts", file(FULL, DATA, "[End]").replaceAll("\n", "\r"), reads(twoPort)],
  [
    "option line: only the first counts",
    "a.ts",
    file(FULL.slice(0, 2), "# Hz", FULL.slice(2), DATA),
    and(reads(twoPort), only(say.secondOptionLine(3))),
  ],
  [
    "option line: absent, the defaults with a warning",
    "a.ts",
    file(having("#"), "[Network Data]", "1 .1 0 .2 0 .3 0 .4 0"),
    and(reads(twoPort), only(say.noOptionLine())),
  ],
  ["option line: behind the data", "a.ts", file(having("#"), DATA, "# Hz S RI"), refused(7, say.lateOptionLine(7))],
  ["[Number of Ports] wins over the ending", "a.s7p", file(FULL, DATA), and(reads(twoPort), only(say.namedPorts(7, 2)))],
  [
    "[Number of Ports] is needed",
    "a.ts",
    file(having("[Number of Ports]"), DATA),
    refused(5, say.missingKeyword("Number of Ports", "the records cannot be cut without it")),
  ],
  [
    "[Number of Ports] is a whole number of this world",
    "a.ts",
    file(having("[Number of Ports]", "[Number of Ports] 1000000"), DATA),
    refused(3, say.badArgument(3, "Number of Ports", "1000000", "a whole number from 1 to 999")),
  ],
  ["[Two-Port Data Order] 12_21", "a.ts", file(FULL, DATA), reads(twoPort)],
  ["[Two-Port Data Order] 21_12 is the order of version 1", "a.ts", file(FULL, DATA).replace("12_21", "21_12"), reads(swapped)],
  [
    "[Two-Port Data Order] of another order",
    "a.ts",
    file(FULL, DATA).replace("12_21", "22_11"),
    refused(4, say.badArgument(4, "Two-Port Data Order", "22_11", "12_21 or 21_12")),
  ],
  [
    "[Two-Port Data Order] is needed for two ports",
    "a.ts",
    file(having("[Two-Port"), DATA),
    refused(5, say.missingKeyword("Two-Port Data Order", "S21 and S12 cannot be told apart without it")),
  ],
  [
    "[Number of Frequencies] is held against the data: fewer",
    "a.ts",
    file(having("[Number of Freq", "[Number of Frequencies] 2"), DATA),
    refused(7, say.frequencyCount("Number of Frequencies", 2, 1)),
  ],
  [
    "[Number of Frequencies] is held against the data: more",
    "a.ts",
    file(FULL, DATA, "2 .1 0 .2 0 .3 0 .4 0"),
    refused(8, say.frequencyCount("Number of Frequencies", 1, 2)),
  ],
  [
    "[Reference] port by port, on its line",
    "a.ts",
    file(FULL, "[Reference] 50 75", DATA),
    and(reads(twoPort), only(say.references([50, 75]))),
  ],
  [
    "[Reference] over lines with comments between",
    "a.ts",
    file(FULL, "[Reference] ! 1", "50 ! c", "! c", "", "75", DATA),
    and(reads(twoPort), only(say.references([50, 75]))),
  ],
  [
    "[Reference] wins over R",
    "a.ts",
    file(ports(1, "[Reference] 75", "[Network Data]", "5000 150 0")).replace("S RI", "Z RI R 50"),
    and(reads({ f: [5000], 11: [[1 / 3, 0]] }), only(converted("Z", [75]))),
  ],
  [
    "[Reference] of fewer ports",
    "a.ts",
    file(FULL, "[Reference] 50", DATA),
    refused(7, say.badArgument(7, "Reference", "50", "2 resistances")),
  ],
  [
    "[Reference] of more ports",
    "a.ts",
    file(FULL, "[Reference] 50 75 90", DATA),
    refused(6, say.badArgument(6, "Reference", "90", "one of 2 resistances")),
  ],
  [
    "[Reference] in front of [Number of Ports]",
    "a.ts",
    file(FULL.slice(0, 2), "[Reference] 50 75", FULL.slice(2), DATA),
    refused(3, say.missingKeyword("Number of Ports", "[Reference] in line 3 needs it")),
  ],
  [
    "R of each port on the option line (2.1)",
    "a.ts",
    file(having("#", "# GHz S RI R 50 75"), DATA),
    and(reads(twoPort), only(say.references([50, 75]))),
  ],
  ["a keyword stands once", "a.ts", file(FULL, "[Number of Ports] 2", DATA), refused(6, say.keywordTwice(6, "number of ports"))],
  [
    "a keyword that is not known is passed over, and said so",
    "a.ts",
    file(FULL, "[Colour] red", DATA),
    and(reads(twoPort), only(say.unknownKeyword(6, "colour"))),
  ],
  ["a keyword behind the data", "a.ts", file(FULL, DATA, "[Reference] 50 75"), refused(8, say.keywordAfterData(8, "reference"))],
  [
    "[Begin Information] .. [End Information] is no data",
    "a.ts",
    file(FULL, "[Begin Information]", "[Manufacturer] X", "1 2 3", "# Hz", "[End Information]", DATA),
    and(reads(twoPort), only()),
  ],
  ["[Begin Information] without its end", "a.ts", file(FULL, "[Begin Information]", DATA), refused(8, say.unclosedInformation(6))],
  [
    "[Network Data] is missing: the numbers are taken for them, and said so",
    "a.ts",
    file(FULL, DATA[1]!),
    and(reads(twoPort), only(say.noNetworkDataKeyword(6))),
  ],
  ["[Network Data] without data", "a.ts", file(FULL, "[Network Data]"), { message: say.noData() }],
  ["[End]: what follows is no data", "a.ts", file(FULL, DATA, "[End]", "2 garbage [[ 1"), and(reads(twoPort), only())],
  ["neither [End] nor [Number of Frequencies]", "a.ts", file(ONE.slice(0, -1)), and(reads(onePort), only(say.noEnd()))],
]);

const TRIANGLES: Record<string, unknown> = { f: [1] };
for (const i of [1, 2, 3]) for (const j of [1, 2, 3]) TRIANGLES[`${i}${j}`] = [[(10 * Math.max(i, j) + Math.min(i, j)) / 100, 0]];
const LOWER = ["1 .11 0", ".21 0 .22 0", ".31 0 .32 0 .33 0"];
const matrix = (rows: readonly string[]) => ["[Network Data]", ...rows, "[End]"];
const MODES = matrix(["1 .1 0 .2 0 .3 0", ".4 0 .5 0 .6 0", ".7 0 .8 0 .9 0"]);
const mixed = (order: string) => file(ports(3, "[Reference] 50 75 75", `[Mixed-Mode Order] ${order}`), MODES);
const modal = (dataset: Dataset) =>
  columnsOf(dataset)
    .map((c) => [c.port, c.values[0]])
    .slice(1);

grammar("FORMATS.md, Touchstone 2.x: matrices", [
  [
    "[Matrix Format] Full, row by row",
    "a.ts",
    file(ports(3), MODES),
    (d) =>
      expect(modal(d).filter((_, i) => i % 2 === 0)).toEqual(
        ["11", "12", "13", "21", "22", "23", "31", "32", "33"].map((port, i) => [port, (i + 1) / 10]),
      ),
  ],
  ["[Matrix Format] Lower", "a.ts", file(ports(3, "[Matrix Format] Lower"), matrix(LOWER)), reads(TRIANGLES)],
  [
    "[Matrix Format] Upper, in any case",
    "a.ts",
    file(ports(3, "[matrix format] UPPER"), matrix(["1 .11 0 .21 0 .31 0", ".22 0 .32 0", ".33 0"])),
    reads(TRIANGLES),
  ],
  [
    "[Matrix Format] Lower, lines wrapped anywhere",
    "a.ts",
    file(ports(3, "[Matrix Format] Lower"), matrix(["1 .11 0 .21", "0 .22 0 .31 0 .32 0", ".33 0"])),
    reads(TRIANGLES),
  ],
  [
    "[Matrix Format] Lower of two ports",
    "a.ts",
    file(ports(2, "[Matrix Format] Lower"), matrix(["1 .1 0 .2 0 .4 0"])),
    reads({ f: [1], 11: [[0.1, 0]], 12: [[0.2, 0]], 21: [[0.2, 0]], 22: [[0.4, 0]] }),
  ],
  [
    "[Matrix Format] of another word",
    "a.ts",
    file(ports(3, "[Matrix Format] Sparse"), matrix(LOWER)),
    refused(5, say.badArgument(5, "Matrix Format", "Sparse", "Full, Lower or Upper")),
  ],
  [
    "[Mixed-Mode Order] names the ports, 2 R and R/2 refer to pairs",
    "a.ts",
    mixed("D2,3 C2,3 S1"),
    and(notes(say.mixedModes(["D2,3", "C2,3", "S1"]), say.references([150, 37.5, 50])), (d) =>
      expect(modal(d).filter((_, i) => i % 2 === 0)).toEqual(
        ["D2,3|D2,3", "D2,3|C2,3", "D2,3|1", "C2,3|D2,3", "C2,3|C2,3", "C2,3|1", "1|D2,3", "1|C2,3", "11"].map((port, i) => [
          port,
          (i + 1) / 10,
        ]),
      ),
    ),
  ],
  ["[Mixed-Mode Order] over lines", "a.ts", mixed("D2,3 ! c\n! c\nC2,3 S1"), notes(say.mixedModes(["D2,3", "C2,3", "S1"]))],
  ["[Mixed-Mode Order] names every port once", "a.ts", mixed("D2,3 C2,3 S2"), refused(6, say.modesDoNotFit(6, 3))],
  ["[Mixed-Mode Order] names as many modes as ports", "a.ts", mixed("D2,3 S1"), refused(6, say.modesDoNotFit(6, 3))],
  ["[Mixed-Mode Order] of a port that is not there", "a.ts", mixed("D2,3 C2,3 S4"), refused(6, say.badMode(6, "S4", 3))],
  ["[Mixed-Mode Order] of ports at different references", "a.ts", mixed("D1,2 C1,2 S3"), refused(6, say.pairResistances("1,2"))],
  [
    "a record ends inside a line",
    "a.ts",
    file(FULL, "[Network Data]", "1 .1 0 .2 0 .3 0 .4 0 .5 0"),
    refused(7, say.recordInsideLine(7, 9)),
  ],
  ["a record cut in the middle", "a.ts", file(FULL, DATA, "2 .1 0"), refused(8, say.cutOff(8, 3, 9))],
  ["what is no number", "a.ts", file(FULL, "[Network Data]", "1 .1 0 .2 x .3 0 .4 0"), refused(7, say.notANumber(7, "x"))],
]);

// Series impedance of 60 ohm between R1 = 50 and R2 = 75 (Pozar, Microwave Engineering, sec. 4.3, power waves): with s = R1 + R2 + Z,
// S11 = (Z + R2 - R1)/s, S22 = (Z + R1 - R2)/s, S21 = S12 = 2 sqrt(R1 R2)/s.
const through = [[(2 * Math.sqrt(3750)) / 185, 0]];
const series = { f: [1e9], 11: [[85 / 185, 0]], 12: through, 21: through, 22: [[35 / 185, 0]] };
const unequal = (letter: string, ...elements: readonly number[]) =>
  file(having("#", `# GHz ${letter} RI`), "[Reference] 50 75", "[Network Data]", `1 ${elements.map((x) => `${x} 0`).join(" ")}`);
// All ports on one node that a resistor of 50 ohm shunts: Z_ij = 50, and with y = 1 at the node S_ij = 2/(3 + 1) - delta_ij.
const star: Record<string, unknown> = { f: [1] };
for (const i of [1, 2, 3]) for (const j of [1, 2, 3]) star[`${i}${j}`] = [[i === j ? -0.5 : 0.5, 0]];
const NOISY = [...FULL.slice(0, 4), "[Number of Noise Frequencies] 2", ...DATA, "[Noise Data]"];

grammar("FORMATS.md, Touchstone 2.x: not normalised; noise", [
  // Two unconnected loads: S11 = (100 - 50)/(100 + 50), S22 = (25 - 75)/(25 + 75).
  ["Z in ohm", "a.ts", unequal("Z", 100, 0, 0, 25), reads({ f: [1e9], 11: [[1 / 3, 0]], 12: [[0, 0]], 21: [[0, 0]], 22: [[-0.5, 0]] })],
  [
    "Z in ohm, three ports",
    "a.ts",
    file(ports(3), matrix(["1 50 0 50 0 50 0", "50 0 50 0 50 0", "50 0 50 0 50 0"])).replace("S RI", "Z RI"),
    reads(star),
  ],
  ["Y in siemens", "a.ts", unequal("Y", 1 / 60, -1 / 60, -1 / 60, 1 / 60), reads(series)],
  ["H in ohm and siemens", "a.ts", unequal("H", 60, 1, -1, 0), reads(series)],
  ["G in siemens and ohm", "a.ts", unequal("G", 0, -1, 1, 60), reads(series)],
  [
    "[Noise Data], R_n in ohm",
    "a.ts",
    file(NOISY, "1 .7 .5 90 19", "2 2.7 .46 -33 20", "[End]"),
    (d, [, noise]) => {
      expect(noteTexts(d)).toEqual([say.noiseRead(2, 9, 50)]);
      expect(columnsOf(noise!).map((c) => [c.name, c.values[0]])).toEqual([
        ["frequency", 1e9],
        ["nf_min", 0.7],
        ["gamma_opt_re", 0],
        ["gamma_opt_im", 0.5],
        ["r_n", 19 / 50],
      ]);
    },
  ],
  [
    "[Noise Data] at any frequency: no order tells it from the network data",
    "a.ts",
    file(NOISY, "7 .7 .5 90 19", "8 2.7 .46 -33 20"),
    (_, all) => expect(all).toHaveLength(2),
  ],
  [
    "[Number of Noise Frequencies] is held against the data",
    "a.ts",
    file(NOISY, "1 .7 .5 90 19"),
    refused(9, say.frequencyCount("Number of Noise Frequencies", 2, 1)),
  ],
  [
    "[Number of Noise Frequencies] without [Noise Data]",
    "a.ts",
    file(NOISY.slice(0, -1)),
    notes(say.frequencyCount("Number of Noise Frequencies", 2, 0)),
  ],
  ["[Noise Data] cut in the middle", "a.ts", file(NOISY, "1 .7 .5 90"), refused(9, say.cutOff(9, 4, 5))],
  ["[Noise Data] in front of [Network Data]", "a.ts", file(FULL, "[Noise Data]", "1 .7 .5 90 19", DATA), refused(6, say.noiseFirst(6))],
]);
