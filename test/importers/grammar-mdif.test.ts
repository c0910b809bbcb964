import { expect } from "vitest";
import * as say from "../../src/core/messages/import-mdif.ts";
import * as network from "../../src/core/messages/import-network.ts";
import { lateOptionLine } from "../../src/core/messages/touchstone.ts";
import { columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { and, grammar, notes, type Refusal, reads } from "./grammar-table.ts";
import { noteTexts, values } from "./import-text.ts";

const ACDATA = "VAR Vg = -1\nBEGIN ACDATA\n# GHz S RI R 50\n% F n11x n11y n21x n21y n12x n12y n22x n22y\n1 .1 0 .2 0 .3 0 .4 0\nEND\n";
const twoPort = { f: [1e9], 11: [[0.1, 0]], 21: [[0.2, 0]], 12: [[0.3, 0]], 22: [[0.4, 0]] };
const block = (...lines: readonly string[]) => `BEGIN DATA\n${lines.join("\n")}\nEND\n`;
const onePort = (option: string, row: string) => block(option, "% F N11X N11Y", `1 ${row}`);
const imaginary = reads({ f: [1], 11: [[0, 0.1]] });
const half = {
  f: [1e9, 2e9],
  11: [
    [0.5, 0.25],
    [0.6, 0.35],
  ],
};
const refused = (line: number, message: string): Refusal => ({ line, message });
const names = (d: Dataset) => columnsOf(d).map((c) => `${c.name} ${c.role}`);
const conditions =
  (...expected: readonly (readonly [string, number, string])[]) =>
  (d: Dataset) =>
    expect(d.conditions.map((c) => [c.name, Number(c.value.toPrecision(12)), c.unit])).toEqual(expected);
/** As scikit-rf writes three ports and more: the names go on without a %. */
const THREE = block(
  "%F n1_1x n1_1y n1_2x n1_2y n1_3x n1_3y ",
  "n2_1x n2_1y n2_2x n2_2y n2_3x n2_3y ",
  "n3_1x n3_1y n3_2x n3_2y n3_3x n3_3y ",
  "# GHz S RI R 50.0 ",
  "1.0 .11 0 .12 0 .13 0",
  ".21 0 .22 0 .23 0",
  ".31 0 .32 0 .33 0",
);
const threePort = {
  f: [1e9],
  ...Object.fromEntries(["11", "12", "13", "21", "22", "23", "31", "32", "33"].map((port) => [port, [[Number(port) / 100, 0]]])),
};

grammar("FORMATS.md, MDIF: VAR and BEGIN .. END", [
  ["VAR x = v", "a.mdf", ACDATA, and(reads(twoPort), conditions(["Vg", -1, "1"]))],
  ["VAR with a type", "a.mdf", ACDATA.replace("Vg", "Vg(real)"), conditions(["Vg", -1, "1"])],
  ["VAR with a type's number", "a.mdf", ACDATA.replace("Vg = ", "Vg(1)="), conditions(["Vg", -1, "1"])],
  [
    "VAR of a stimulus has the format's unit, and that is said",
    "a.mdf",
    ACDATA.replace("Vg = -1", "power = -20"),
    and(conditions(["power", 1e-5, "W"]), notes(network.usualUnit("power", "dBm"))),
  ],
  [
    "VAR T may be a temperature as well as a time: it stays a number",
    "a.mdf",
    ACDATA.replace("Vg = -1", "T = 300"),
    conditions(["T", 300, "1"]),
  ],
  ["VAR of a text", "a.mdf", ACDATA.replace("Vg = -1", 'chip = "A1"'), and(conditions(), notes(say.textVariable("chip", "A1")))],
  ["VAR without a value", "a.mdf", ACDATA.replace("Vg = -1", "Vg"), refused(1, say.badVariable(1, "VAR Vg"))],
  [
    "a block for each value of the VARs; what is not stated again holds on",
    "a.mdf",
    ACDATA + ACDATA.replace("Vg = -1", "Vd = 2"),
    (_, all) =>
      expect(all.map((d) => [d.axis, d.labels.trace, d.conditions.map((c) => c.value)])).toEqual([
        ["swept", "S[0]", [-1]],
        ["swept", "S[1]", [-1, 2]],
      ]),
  ],
  [
    "in any case, with comments and other lines between",
    "a.mdf",
    `! c\nREM c\nversion 2\n${ACDATA.toLowerCase().replaceAll("\n", " ! c\n")}`,
    reads(twoPort),
  ],
  ["CR LF", "a.mdf", ACDATA.replaceAll("\n", "\r\n"), reads(twoPort)],
  ["whatever the file is called", "a.txt", ACDATA, reads(twoPort)],
  ["BEGIN inside a block", "a.mdf", ACDATA.replace("END", "BEGIN B\n% f\nEND"), refused(6, say.nested(6))],
  ["no END", "a.mdf", ACDATA.replace("END\n", ""), { message: say.noEnd("ACDATA", 2) }],
  ["no rows", "a.mdf", block("% f s"), { message: say.noBlocks() }],
]);

grammar("FORMATS.md, MDIF: # and %", [
  ["# option line as in Touchstone: RI", "a.mdf", ACDATA, reads(twoPort)],
  ["# MA, degrees", "a.mdf", onePort("# Hz S MA R 50", ".1 90"), imaginary],
  ["# DB is 20 log10", "a.mdf", onePort("# Hz S DB R 50", "-20 90"), imaginary],
  ["# behind the names", "a.mdf", block("% F N11X N11Y", "# Hz S DB R 50", "1 -20 90"), imaginary],
  ["# behind the rows", "a.mdf", block("% F N11X N11Y", "1 .1 90", "# Hz S MA R 50"), refused(4, lateOptionLine(4))],
  ["# R of S-parameters", "a.mdf", ACDATA.replace("R 50", "R 75"), and(reads(twoPort), notes(network.portResistances([75])))],
  ["# Z over R", "a.mdf", onePort("# Hz Z RI R 75", "2 0"), and(reads({ f: [1], 11: [[1 / 3, 0]] }), notes(network.converted("Z", [75])))],
  [
    "# AC ( .. FC 1 0 ) of older programs",
    "a.mdf",
    ACDATA.replace("# GHz S RI R 50", "# AC ( MHZ S RI R 50 FC 1 0 )"),
    reads({ ...twoPort, f: [1e6] }),
  ],
  ["# FC that converts frequencies", "a.mdf", ACDATA.replace("R 50", "R 50 FC 2 0"), refused(3, say.frequencyConversion(3))],
  [
    "# absent: the defaults, with a warning",
    "a.mdf",
    block("% F N11X N11Y", "1 .1 90"),
    and(reads({ f: [1e9], 11: [[0, 0.1]] }), notes(say.noOptionLine("DATA"))),
  ],
  [
    "% F n11x n11y ..: the columns are named, in any order",
    "a.mdf",
    ACDATA.replace("n21x n21y n12x n12y", "n12x n12y n21x n21y"),
    reads({ ...twoPort, 12: twoPort[21], 21: twoPort[12] }),
  ],
  ["% n1_1x .., rows and names over lines", "a.mdf", THREE, reads(threePort)],
  [
    "% n111x does not say its ports",
    "a.mdf",
    onePort("# Hz S RI R 50", "1 0").replace("N11X N11Y", "N111X N111Y"),
    { message: say.portsOfColumn("N111X") },
  ],
  ["% half of a pair", "a.mdf", ACDATA.replace("n22x n22y", "n22x n33y"), { message: say.halfPair("n22x") }],
  [
    "% typed columns, complex ones of two numbers, a frequency in Hz",
    "a.mdf",
    block("% freq(real) S[1,1](complex)", "1e9 .5 .25", "2e9 .6 .35"),
    reads(half),
  ],
  ["% types by their number", "a.mdf", block("% F(1) S[1,1](3) n(0)", "1e9 .5 .25 1", "2e9 .6 .35 2"), reads(half)],
  [
    "% over lines, rows over lines, a text column",
    "a.mdf",
    block("% freq(real) S[1,1](complex)", "% note(string)", "1e9 .5", '.25 "a b"', "2e9 .6 .35 c"),
    and(reads(half), notes(say.textColumn("note"))),
  ],
  [
    "% a real column called S is a number, no S-parameter",
    "a.mdf",
    block("% freq(real) S[1,1](real) gain(double)", "1e9 -.5 2"),
    (d) => expect([d.kind, names(d)]).toEqual(["other", ["frequency frequency", "S[1,1] (number) other", "gain other"]]),
  ],
  ["% Z with PortZ", "a.mdf", block("% freq(real) Z[1,1](complex) PortZ[1](complex)", "1 150 0 75 0"), reads({ f: [1], 11: [[1 / 3, 0]] })],
  [
    "% of a noise block: its optimum reflection is no S",
    "a.mdf",
    `${ACDATA}BEGIN NDATA\n# GHz S MA R 50\n% F NFMIN N11X N11Y RN\n1 .5 .3 90 .4\nEND`,
    (_, [, noise]) =>
      expect([noise!.kind, names(noise!)]).toEqual([
        "other",
        ["frequency frequency", "NFMIN other", "N11X other", "N11Y other", "RN other"],
      ]),
  ],
  [
    "a placeholder is not a measurement",
    "a.mdf",
    block("# Hz S MA R 50", "% F N11X N11Y N21X N21Y", "1 1 0 .5 0", "2 1 0 .6 0"),
    notes(network.placeholder(["11"])),
  ],
  ["|S| > 1 is a warning", "a.mdf", ACDATA.replace(".2", "2"), notes(network.aboveOne("21", 2, 0))],
  [
    "no number: kept as not known",
    "a.mdf",
    ACDATA.replace(".1 0", "nan 0"),
    and(notes(network.missing(1, 5)), (d) =>
      expect([values(d, "s_re", "11"), noteTexts(d)[0]]).toEqual([[Number.NaN], say.blockName("ACDATA")]),
    ),
  ],
  ["numbers without names", "a.mdf", `${ACDATA}BEGIN B\n1 2\nEND`, refused(8, say.noColumns(8, "B"))],
  ["a row cut off", "a.mdf", ACDATA.replace(" .4 0\n", " .4\n"), refused(6, say.cutOff(6, 8, 9))],
  ["a row ends inside a line", "a.mdf", ACDATA.replace(" .4 0\n", " .4 0 5\n"), refused(5, say.rowInsideLine(5, 9))],
  ["what is no number", "a.mdf", ACDATA.replace(".4 0", ".4 x"), refused(5, say.notANumber(5, "x"))],
]);
